"""What a gate looks at, and what comes out of all of them."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from bot.content.base import fill
from bot.content.entries import Entry
from bot.content.loading import Content
from bot.content.sources import Sources
from bot.problems import Place, Problem

WORDINGS = 5  # test wordings that an entry needs


class Trial(NamedTuple):
    """One test wording and where it stands. `entry` is None where it belongs to nobody."""

    entry: str | None
    text: str
    place: Place


class Case(NamedTuple):
    """The content, where everything in it stands, and its test wordings (None: there is no folder of them)."""

    content: Content
    sources: Sources
    trials: tuple[Trial, ...] | None = None
    today: date | None = None  # without it no review is due

    @property
    def medical(self) -> tuple[Entry, ...]:
        """The entries whose answers a clinician signs."""
        return tuple(entry for entry in self.content.entries.values() if entry.medical)

    def wording(self, entry: Entry, text: str) -> Place:
        """Where a wording of an entry stands first."""
        return self.numbered(entry, entry.wordings.index(text))

    def numbered(self, entry: Entry, number: int) -> Place:
        """Where one of an entry's wordings stands, by its position among them all."""
        if number == 0:
            return self.sources.entry(entry.id, "question")
        if number <= len(entry.asked_as):
            return self.sources.entry(entry.id, "asked_as", number - 1)
        return self.sources.wording(entry.id, number - 1 - len(entry.asked_as))

    def shown(self, text: str) -> str:
        """The text as a patient reads it; without a clinic, placeholders are taken for a short word each."""
        known = self.content.clinic.values() if self.content.clinic else {}
        lines = self.content.urgent.lines if self.content.urgent else {}
        numbers = lines.get(self.content.clinic.country) if self.content.clinic else None
        if numbers is not None:
            known |= {"emergency": numbers.emergency, "crisis": numbers.crisis, "poison": numbers.poison}
        return fill(text, known)


class Checked(NamedTuple):
    """Every problem that was found, and the figures that are told even when all is well."""

    problems: tuple[Problem, ...]
    figures: Mapping[str, str]
