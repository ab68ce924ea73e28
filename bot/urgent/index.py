"""All patterns at once: each is tried only where its rarest word stands, and only when its other words are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.urgent.compiling import NOTHING, Compiler, Pattern
from bot.urgent.families import Forms, families
from bot.urgent.meanings import Meaning, Meanings
from bot.urgent.patterns import Places
from bot.urgent.text import Text
from bot.urgent.walking import Ground, walk

MARK = "~"
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
        compiler = Compiler(places, lines, words, fillers, negative)
        self._meanings = Meanings(words, places.limits, [compiler.pattern(*line) for line in lines])

    @property
    def known(self) -> Mapping[str, object]:
        """All words of the patterns, with their forms."""
        return self._meanings.known

    def hits(self, text: Text) -> list[Hit]:
        """Every pattern that the text meets."""
        words = text.words
        meanings = list(map(self._meanings.of, words))
        fills = [meaning.fills for meaning in meanings]
        concepts = Ground(fills, text.breaks, [word in self._fillers for word in words])
        cues = Ground(fills, text.breaks, [False] * len(words))
        found: list[Hit] = []
        for place, pattern in _tried(meanings):
            hit = _try(pattern, cues if pattern.concept.startswith(MARK) else concepts, place)
            if hit is not None:
                found.append(hit)
        return found


def _tried(meanings: list[Meaning]) -> Iterator[tuple[int, Pattern]]:
    """The patterns whose words are all near, and where their anchors stand."""
    starts = range(0, len(meanings), BLOCK)
    blocks = [frozenset().union(*(meaning.fills for meaning in meanings[start : start + BLOCK])) for start in starts]
    for number, start in enumerate(starts):
        present = {NOTHING}.union(*blocks[max(0, number - 1) : number + 2])
        for place in range(start, min(len(meanings), start + BLOCK)):
            for pattern in meanings[place].anchors:
                if pattern.rare in present and present.issuperset(pattern.needs):
                    yield place, pattern


def _try(pattern: Pattern, ground: Ground, place: int) -> Hit | None:
    end = walk(ground, pattern.right, place, 1) if pattern.right else place
    if end is None:
        return None
    start = walk(ground, pattern.left, place, -1) if pattern.left else place
    return None if start is None else Hit(pattern.concept, start, end, pattern.source, pattern.nos)
