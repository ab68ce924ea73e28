"""All patterns at once: each is tried only where its rarest word stands, and only when its other words are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.urgent.compiling import Compiler, Pattern
from bot.urgent.families import Forms, families
from bot.urgent.patterns import Places
from bot.urgent.text import Text
from bot.urgent.vocabulary import Vocabulary
from bot.urgent.walking import Ground, walk

MARK = "~"
FIGURE = MARK + "figures"
BLOCK = 40  # no pattern reaches further than this many words


class Hit(NamedTuple):
    """A pattern met: which concept, from which word to which, by which line, and its words that say no."""

    concept: str
    start: int
    end: int
    source: str
    nos: frozenset[str]


class Index:
    """Patterns under their anchors."""

    def __init__(
        self,
        groups: Iterable[tuple[str, str]],
        lists: Mapping[str, tuple[str, ...]],
        forms: Forms,
        fillers: frozenset[str],
        negative: frozenset[str],
    ) -> None:
        """`groups`: concept and line; a concept that begins with MARK is a cue, in which no small words may stand."""
        self._fillers = fillers
        places = Places()
        lines = [(concept, line, steps) for concept, line in groups for steps in places.orders(line)]
        words = families(places.filled_by, lists, forms)
        self._vocabulary = Vocabulary(words, places.limits.values())
        compiler = Compiler(places, lines, words, self._vocabulary, fillers, negative)
        anchored: list[list[Pattern]] = [[] for _ in range(len(self._vocabulary) + 1)]  # the last: of unknown words
        for line in lines:
            anchors, pattern = compiler.pattern(*line)
            for number in anchors:
                anchored[number].append(pattern)
        self._anchored = [tuple(patterns) for patterns in anchored]

    @property
    def known(self) -> Mapping[str, int]:
        """All words of the patterns, with their forms."""
        return self._vocabulary.known

    def hits(self, text: Text) -> list[Hit]:
        """Every pattern that the text meets; of a set phrase each run of its own words."""
        words = self._vocabulary.read(text.words)
        concepts = Ground(words, text.breaks, [word in self._fillers for word in text.words])
        cues = Ground(words, text.breaks, [False] * len(words))
        found: list[Hit] = []
        for start in range(0, len(words), BLOCK):
            present = set(words[max(0, start - BLOCK) : start + 2 * BLOCK])
            for place in range(start, min(len(words), start + BLOCK)):
                for pattern in self._anchored[words[place]]:
                    for need in pattern.needs:
                        if present.isdisjoint(need):
                            break
                    else:
                        span = _span(pattern, cues if pattern.concept[0] == MARK else concepts, place)
                        if span is None:
                            continue
                        figure = pattern.concept == FIGURE
                        for run in _runs(pattern, words, text.breaks, place, *span) if figure else (span,):
                            found.append(Hit(pattern.concept, *run, pattern.source, pattern.nos))
        return found


def _span(pattern: Pattern, ground: Ground, place: int) -> tuple[int, int] | None:
    """From which word to which the text meets the pattern, if it does."""
    end = walk(ground, pattern.right, place, 1) if pattern.right else place
    if end is None:
        return None
    start = walk(ground, pattern.left, place, -1) if pattern.left else place
    return None if start is None else (start, end)


def _runs(
    pattern: Pattern, words: Sequence[int], breaks: Sequence[int], anchor: int, start: int, end: int
) -> Iterator[tuple[int, int]]:
    """Where the text says the words of a set phrase: neither what stands in its gaps nor what begins after a comma in
    it (“dad slumped at the computer, not responding”)."""
    own = [move.wanted for move in (*pattern.left, *pattern.right)]
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
