"""The small pattern language, made ready to be compared with words."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.urgent.text import STOP, Text

GAP = 4
FILLERS = 3
PAUSE_COST = 2
NUMBER = "<number>"
_RANGE = re.compile(r"<(\d+)(?:-(\d+)|(\+))?>")
Forms = Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """One place of a pattern: the forms that fill it, or a range of numbers."""

    forms: frozenset[str]
    low: float = 1
    high: float = 0
    optional: bool = False

    def takes(self, word: str) -> bool:
        """Does this word fill the place?"""
        return word in self.forms or (
            self.high >= self.low and word[0].isdigit() and self.low <= float(word.replace(",", ".")) <= self.high
        )


Steps = tuple[tuple[Piece, int], ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern split at its rarest word: the steps to the right of it and, mirrored, to the left."""

    concept: str
    source: str
    anchor: Piece
    right: Steps
    left: Steps
    needs: frozenset[int]
    nos: frozenset[str]


class Compiler:
    """Knows the named lists and the endings; turns pattern lines into pieces."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]], forms: Forms) -> None:
        self._lists = lists
        self._forms = forms
        self._pieces: dict[str, Piece] = {}
        self._known: dict[str, frozenset[str]] = {}  # the same forms for each place a word stands: memory

    def sequences(self, pattern: str) -> list[list[tuple[Piece, int]]]:
        """Each order of a pattern as pieces with the gap allowed before them."""
        left, tilde, right = pattern.partition(" ~ ")
        if not tilde:
            return [self._sequence(pattern)]
        return [self._sequence(f"{left} ... {right}"), self._sequence(f"{right} ... {left}")]

    def _sequence(self, pattern: str) -> list[tuple[Piece, int]]:
        steps: list[tuple[Piece, int]] = []
        gap = 0
        for word in pattern.split():
            if word == "...":
                gap = GAP
                continue
            steps.append((self._piece(word), gap))
            gap = 0
        return steps

    def _piece(self, text: str) -> Piece:
        if text not in self._pieces:
            self._pieces[text] = self._make(text)
        return self._pieces[text]

    def _make(self, text: str) -> Piece:
        optional = text.endswith("?")
        forms: set[str] = set()
        low, high = 1.0, 0.0
        for part in text.removesuffix("?").split("|"):
            limits = _RANGE.fullmatch(part)
            if limits or part == NUMBER:
                low, high = _limits(limits)
            elif part.startswith("<"):
                for word in self._lists[part[1:-1]]:
                    forms |= self._of(word)
            else:
                forms |= self._of(part)
        return Piece(frozenset(forms), low, high, optional)

    def _of(self, word: str) -> frozenset[str]:
        found = self._known.get(word)
        if found is None:
            found = frozenset({word[:-1]}) if word.endswith("!") else self._forms(word)
            found = self._known[word] = frozenset(map(sys.intern, found))
        return found


def _limits(limits: re.Match[str] | None) -> tuple[float, float]:
    if limits is None:
        return 0.0, 1e9
    low = float(limits[1])
    return low, 1e9 if limits[3] else float(limits[2] or low)


def walk(
    text: Text, steps: Steps, start: int, way: int, fillers: frozenset[str], step: int = 0, carried: int = 0
) -> int | None:
    """Where the steps end when followed from `start` in one direction, or None. A piece that is left out leaves its gap
    (`carried`) to the next."""
    if step == len(steps):
        return start
    piece, gap = steps[step]
    if carried > gap:
        gap = carried
    room, place, small = gap, start, 0
    words, breaks = text
    forms, ranged, last = piece.forms, piece.high >= piece.low, len(words) if way > 0 else -1
    while (place := place + way) != last:
        pause = breaks[place if way > 0 else place + 1]
        if pause:
            if pause == STOP:
                break
            gap = max(0, gap - PAUSE_COST)
        word = words[place]
        if word in forms or (ranged and piece.takes(word)):
            end = place if step + 1 == len(steps) else walk(text, steps, place, way, fillers, step + 1)
            if end is not None:
                return end
        if word in fillers and small < FILLERS:
            small += 1
        elif gap:
            gap -= 1
        else:
            break
    return walk(text, steps, start, way, fillers, step + 1, room) if piece.optional else None
