"""Tries patterns on a text, in Python: where there is no compiled kernel, which does the same (`bot/kernel/gate.c`)."""

from __future__ import annotations

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


def trying(tried: Rows, filled: Rows, patterns: list[Pattern]) -> Trying | Patterns:
    """With the compiled kernel, or without."""
    found = kernel()
    if found is None:
        return Trying(tried, filled, patterns)
    codes: list[int] = []
    starts = []
    for pattern in patterns:
        starts.append(len(codes))
        codes += (pattern.kind, len(pattern.needs), len(pattern.right), len(pattern.left), *pattern.needs)
        codes += [move.place << 8 | move.gap << 1 | move.optional for move in (*pattern.right, *pattern.left)]
    return Patterns(found, tried, filled, codes, starts)


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
