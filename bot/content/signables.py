"""Everything that a clinician signs, and how it stands with each."""

from datetime import date
from typing import Literal, NamedTuple

from bot.content.entries import Review
from bot.content.loading import Content

Status = Literal["signed", "draft", "changed", "due"]  # changed: since it was signed, so that it is a draft again
Kind = Literal["entry", "guide", "gate", "rule"]  # gate: what all rules share


class Signable(NamedTuple):
    """A text with a review of its own."""

    kind: Kind
    name: str  # what `faqbot sign` calls it: an entry's id, `guide`, `gate`, or `rule:` and a rule's id
    group: str
    title: str
    review: Review
    fingerprint: str

    def status(self, today: date | None = None) -> Status:
        """How it stands; without `today` nothing is due."""
        if not self.review.named:
            return "draft"
        if not self.review.covers(self.fingerprint):
            return "changed"
        due = day(self.review.due)
        return "due" if today and due and due <= today else "signed"


def signables(content: Content) -> list[Signable]:
    """Medical answers in the order of their files, the guide, the gate and its rules."""
    found = [
        Signable("entry", entry.id, group.name, entry.question, entry.review, entry.fingerprint)
        for group in content.groups
        for entry in group.entries
        if entry.medical
    ]
    guide, urgent = content.guide, content.urgent
    if guide:
        found.append(Signable("guide", "guide", "guide", "Who should I see?", guide.review, guide.fingerprint))
    if urgent:
        title = "What all emergency rules share: numbers, cards, lists, sense"
        found.append(Signable("gate", "gate", "gate", title, urgent.review, urgent.fingerprint))
        found += [
            Signable("rule", f"rule:{rule.id}", "rules", rule.title, rule.review, urgent.fingerprints[rule.id])
            for rule in urgent.rules
        ]
    return found


def day(text: str | None) -> date | None:
    """The day that is written as 2026-01-31; None for anything else."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.isoformat() == text else None
