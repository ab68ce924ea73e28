"""Tries patterns on a text, in Python: where there is no compiled kernel, which does the same (`bot/kernel/gate.c`)."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from bot.kernel.library import kernel
from bot.kernel.patterns import CUE, FIGURE, Patterns, Rows
from bot.urgent.compiling import Pattern, asked
from bot.urgent.walking import Ground, walk

BLOCK = 40  # no pattern reaches further than this many words


class Trying:
    """Each pattern is tried only where its rarest word stands, and only where its other words are near."""

    def __init__(self, tried: Rows, filled: Rows, patterns: list[Pattern]) -> None:
        """As `kernel.patterns.Patterns`."""
        self.patterns = patterns
        sought = {place for pattern in patterns for place in pattern.needs}
        sought.update(move.place for pattern in patterns for move in (*pattern.right, *pattern.left))
        self.filled = asked([words if place in sought else () for place, words in enumerate(filled)])
        self._tried = [tuple(numbers) for numbers in tried]

    def __call__(self, words: Sequence[int], breaks: Sequence[int], small: Sequence[bool]) -> list[int]:
        """As `kernel.patterns.Patterns`."""
        filled = self.filled
        concepts = Ground(words, breaks, small, filled)
        cues = Ground(words, breaks, [False] * len(words), filled)
        met: list[int] = []
        for start in range(0, len(words), BLOCK):
            present = set(words[max(0, start - BLOCK) : start + 2 * BLOCK])
            for place in range(start, min(len(words), start + BLOCK)):
                for number in self._tried[words[place]]:
                    pattern = self.patterns[number]
                    for need in pattern.needs:
                        if present.isdisjoint(filled[need]):
                            break
                    else:
                        ground = cues if pattern.kind & CUE else concepts
                        span = _span(pattern, ground, place)
                        if span is not None:
                            runs = _runs(pattern, ground, place, *span) if pattern.kind & FIGURE else (span,)
                            met += [part for run in runs for part in (number, *run)]
        return met


class Written:
    """Patterns as the kernel reads them (`gate.c`), written one after another: as objects they would take megabytes."""

    def __init__(self) -> None:
        self.codes, self.starts = array("i"), array("i")

    def append(self, pattern: Pattern) -> None:
        """One more."""
        kind, right, left, needs = pattern
        self.starts.append(len(self.codes))
        self.codes.extend((kind, len(needs), len(right), len(left), *needs))
        self.codes.extend([place << 8 | gap << 1 | optional for place, gap, optional in (*right, *left)])


def trying(tried: Rows, filled: Rows, patterns: list[Pattern] | Written) -> Trying | Patterns:
    """In Python, or by the compiled kernel where the patterns were written for it."""
    found = kernel()
    if isinstance(patterns, Written):
        assert found is not None, "they are written for it"  # noqa: S101
        return Patterns(found, tried, filled, patterns.codes, patterns.starts)
    return Trying(tried, filled, patterns)


def _span(pattern: Pattern, ground: Ground, place: int) -> tuple[int, int] | None:
    """From which word to which the text meets the pattern, if it does."""
    end = walk(ground, pattern.right, place, 1) if pattern.right else place
    if end is None:
        return None
    start = walk(ground, pattern.left, place, -1) if pattern.left else place
    return None if start is None else (start, end)


def _runs(pattern: Pattern, ground: Ground, anchor: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the text says the words of a set phrase: neither what stands in its gaps nor what begins after a comma in
    it (“dad slumped at the computer, not responding”)."""
    words, breaks, _, filled = ground
    own = [filled[move.place] for move in (*pattern.left, *pattern.right)]
    first: int | None = None
    for place in range(start, end + 1):
        if place > start and breaks[place]:
            end = place - 1
            break
        if place == anchor or any(words[place] in wanted for wanted in own):
            first = place if first is None else first
        elif first is not None:
            yield first, place - 1
            first = None
    if first is not None:
        yield first, end
