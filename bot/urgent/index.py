"""All patterns at once: each is tried only where its rarest word stands, and only when its other words are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.kernel.library import kernel
from bot.kernel.patterns import CUE
from bot.kernel.patterns import FIGURE as OF_FIGURE
from bot.urgent.compiling import Compiler, Pattern
from bot.urgent.families import Forms, families
from bot.urgent.patterns import Places
from bot.urgent.text import Text
from bot.urgent.trying import Written, trying
from bot.urgent.vocabulary import Vocabulary

MARK = "~"
FIGURE = MARK + "figures"


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
        anchored: list[list[int]] = [[] for _ in range(len(self._vocabulary) + 1)]  # the last: of unknown words
        patterns: list[Pattern] | Written = Written() if kernel() else []
        self._said: list[tuple[str, str, frozenset[str]]] = []  # of each pattern its concept, its line, and its nos
        for concept, source, steps in lines:
            kind = CUE * (concept[0] == MARK) + OF_FIGURE * (concept == FIGURE)
            anchors, pattern = compiler.pattern(kind, steps)
            number = len(self._said)
            for word in anchors:
                anchored[word].append(number)
            patterns.append(pattern)
            self._said.append((concept, source, compiler.nos(steps)))
        self.trying = trying(anchored, compiler.filled, patterns)

    @property
    def known(self) -> Mapping[str, int]:
        """All words of the patterns, with their forms."""
        return self._vocabulary.known

    def hits(self, text: Text) -> list[Hit]:
        """Every pattern that the text meets; of a set phrase each run of its own words."""
        words = self._vocabulary.read(text.words)
        small = list(map(self._fillers.__contains__, text.words))
        met = iter(self.trying(words, text.breaks, small))
        found = []
        for number, start, end in zip(met, met, met, strict=True):
            concept, source, nos = self._said[number]
            found.append(Hit(concept, start, end, source, nos))
        return found
