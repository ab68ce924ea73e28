"""The words of patients: `faq/<language>/words.yaml`."""

from pydantic import Field

from bot.content.base import Strict


class Words(Strict):
    """How words are brought together before matching. Keys and values are written as patients type them."""

    spelled_out: dict[str, str] = Field(
        {}, description='chat spellings and contractions: "im" -> "i am", "appt" -> "appointment"'
    )
    same_as: dict[str, str] = Field({}, description='lay names and abbreviations: "pm&r" -> "rehab doctor"')
    never_swap: list[list[str]] = Field(
        [], description="words that spelling correction must never turn into one another"
    )
    refers_back: list[str] = Field([], description='words that point back to the last answer: "it", "they", "one"')
    stands_for: dict[str, str] = Field(
        {}, description='what such a word stands for after an answer, by topic or entry id: mri_need -> "an MRI"'
    )
