"""The guide "Who should I see?": `faq/<language>/guide.yaml`."""

from functools import cached_property
from typing import Literal

from pydantic import Field

from bot.content.base import Identifier, Strict, Template, Text, Web
from bot.content.entries import Review
from bot.content.signature import fingerprint

Tier = Literal["call_911", "crisis", "er_today", "same_day", "within_24_48h", "routine"]
OptionId = Field(pattern=r"^[a-z0-9]$")


class Option(Strict):
    """One button of a question. `id` is one letter or digit, stable for ever: it is what the button's data holds."""

    id: str = OptionId
    label: Text
    to: Identifier
    says: list[Text] = []  # what a person may type instead of tapping; `<1-5> weeks` stands for each number
    unsure: bool = False  # the way out: "I'm not sure"
    clear: bool = False  # "none of these": the only answer to a safety question that goes on
    affirms: bool = False  # where a bare "yes" leads; at a safety question to help, always


class Question(Strict):
    """One screen. `safety` questions ask about danger signs and come first; `route` questions choose a clinician."""

    id: Identifier
    kind: Literal["safety", "route"]
    short: Text  # names the question in the list of answers so far
    text: Template
    options: list[Option]
    sources: list[Web] = []


class Outcome(Strict):
    """Where a path ends: a kind of clinician (or help, now), why, and what to do next."""

    id: Identifier
    tier: Tier
    title: Template
    text: Template
    do_next: list[Template] = []
    bring: list[Template] = []
    related: list[Identifier] = []
    sources: list[Web] = []


class Spoken(Strict):
    """What people type for "yes", "none of these" and "I'm not sure", at any question that has such an answer."""

    affirms: list[Text] = []
    clear: list[Text] = []
    unsure: list[Text] = []
    fillers: list[Text] = []  # words that may stand anywhere in an answer; never one that turns it into its opposite


class Guide(Strict):
    """The whole decision table."""

    version: int  # printed on the drawing; old buttons start fresh by themselves when the guide means something else
    start: Identifier
    safety_net: Template
    safety_net_er: Template  # under ends that send to the emergency room: when to call instead
    disclaimer: Template
    do_next_heading: Text
    bring_heading: Text
    says: Spoken = Spoken()
    questions: list[Question]
    outcomes: list[Outcome]
    review: Review = Review()

    @cached_property
    def fingerprint(self) -> str:
        """Of all that is asked, answered and said; sources may be mended."""
        return fingerprint(self.model_dump(mode="json", exclude_defaults=True))  # a new setting unsigns nothing

    @property
    def signed(self) -> bool:
        """Did a clinician sign this very guide?"""
        return self.review.covers(self.fingerprint)
