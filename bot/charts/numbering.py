"""What a reader finds things by: questions are Q1, Q2 ... and ends E1, E2 ..., in the order of the file."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.content.base import fill
from bot.content.guide import Guide, Option, Outcome, Question

TIERS = {
    "call_911": "emergency number, now",
    "crisis": "crisis line, now",
    "er_today": "emergency room, today",
    "same_day": "same day",
    "within_24_48h": "within 1 to 2 days",
    "routine": "a visit at leisure",
}
COLOURS = {
    "call_911": "#b3261e",
    "crisis": "#7b3fa0",
    "er_today": "#c2571a",
    "same_day": "#8a6a00",
    "within_24_48h": "#5f7300",
    "routine": "#1d6b52",
}


class Plan(NamedTuple):
    """The guide with everything named, and its placeholders filled in."""

    guide: Guide
    values: Mapping[str, str]
    names: Mapping[str, str]  # Q1 or E1 of each id
    nodes: Mapping[str, Question | Outcome]
    before: Mapping[str, tuple[str, ...]]  # where each is reached from: "Q1 y"
    titles: Mapping[str, str] = {}  # the questions of the answers that ends point to

    def say(self, text: str) -> str:
        """A text as patients read it."""
        return fill(text.strip(), dict(self.values))


def plan(guide: Guide, values: Mapping[str, str], titles: Mapping[str, str]) -> Plan:
    """Number questions and ends. `titles`: entry id -> its question."""
    names = {question.id: f"Q{number}" for number, question in enumerate(guide.questions, 1)}
    names |= {outcome.id: f"E{number}" for number, outcome in enumerate(guide.outcomes, 1)}
    before: dict[str, list[str]] = {name: [] for name in names}
    for question in guide.questions:
        for option in question.options:
            before.setdefault(option.to, []).append(f"{names[question.id]} {option.id}")
    found: tuple[Question | Outcome, ...] = (*guide.questions, *guide.outcomes)
    nodes = {node.id: node for node in found}
    return Plan(guide, values, names, nodes, {name: tuple(found) for name, found in before.items()}, titles)


def marks(option: Option) -> str:
    """What an option is for, in words."""
    told = (("goes on", option.clear), ("unsure", option.unsure), ('a typed "yes"', option.affirms))
    return ", ".join(word for word, flag in told if flag)
