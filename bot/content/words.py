"""The words of patients: `faq/<language>/words.yaml`."""

from bot.content.base import Strict


class Words(Strict):
    """How words are brought together before matching. Keys and values are written as patients type them."""

    spelled_out: dict[str, str] = {}  # chat spellings and contractions: "im" -> "i am", "appt" -> "appointment"
    same_as: dict[str, str] = {}  # lay names and abbreviations: "pm&r" -> "rehab doctor"
    never_swap: list[list[str]] = []  # words that spelling correction must never turn into one another
    contrast: list[list[str]] = []  # words of one kind that exclude each other: knee / neck / shoulder
