"""What a decision is worth to the patient who typed a wording."""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from bot.content.entries import Entry
from bot.decision import Decision
from bot.scoring.questions import Wording

Mark = Literal["right", "offered", "missed", "turned_away", "wrong", "emergency", "quiet", "suggested"]
PASSED: tuple[Mark, ...] = ("right", "offered", "quiet", "suggested")
FAILED: tuple[Mark, ...] = ("wrong", "emergency", "turned_away", "missed")  # gravest first
MEANINGS: dict[Mark, str] = {
    "wrong": "answered with another medical topic: the patient reads a wrong answer",
    "turned_away": "answered with small talk or 'we don't treat that' instead of its own entry",
    "missed": "neither answered nor among the three suggestions",
    "emergency": "fired an emergency card",
}


class Judged(NamedTuple):
    """A wording, what the bot decided, and what that is worth."""

    wording: Wording
    decision: Decision
    mark: Mark


class Judge:
    """Knows which entries count as the same: those of a topic; each chat.* and not_ours.* entry stands alone."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries

    def kind(self, entry: str) -> str:
        """The topic of a medical entry, the id of any other."""
        return self._entries[entry].topic if self._entries[entry].medical else entry

    def medical(self, entry: str | None) -> bool:
        """Is it an entry that a clinician signs?"""
        return entry is not None and self._entries[entry].medical

    def related(self, entry: str, other: str) -> bool:
        """Is `other` of the same kind, or of a kind to which `entry` points by `see_also`?"""
        helpful = {self.kind(one) for one in (entry, *self._entries[entry].see_also)}
        return self.kind(other) in helpful

    def mark(self, wording: Wording, decision: Decision) -> Mark:
        """The worth of one decision."""
        if decision.outcome == "urgent":
            return "emergency"
        if wording.entry is None:
            if decision.outcome == "answer" and self.medical(decision.entry):
                return "wrong"
            return "suggested" if decision.outcome == "suggest" else "quiet"
        return self._inside(self.kind(wording.entry), decision)

    def _inside(self, wanted: str, decision: Decision) -> Mark:
        if decision.outcome == "answer" and decision.entry is not None:
            if self.kind(decision.entry) == wanted:
                return "right"
            return "wrong" if self.medical(decision.entry) else "turned_away"
        offered = decision.outcome == "suggest" and wanted in map(self.kind, decision.suggestions[:3])
        return "offered" if offered else "missed"


def judge(wordings: Iterable[Wording], decide: Callable[[str], Decision], entries: Mapping[str, Entry]) -> list[Judged]:
    """Decide every wording, and judge the decisions."""
    bench = Judge(entries)
    decisions = ((wording, decide(wording.text)) for wording in wordings)
    return [Judged(wording, decision, bench.mark(wording, decision)) for wording, decision in decisions]


def explained(judged: Judged) -> str:
    """One line for a person: what was typed, what came of it, what should have."""
    decision, wanted = judged.decision, judged.wording.entry or "no medical answer"
    came = decision.entry or ", ".join(decision.suggestions) or ", ".join(decision.verdict.rules) or "nothing"
    return f"{judged.mark}: {judged.wording.text!r} -> {came} ({decision.confidence:.2f}), wanted: {wanted}"
