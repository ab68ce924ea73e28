"""All patterns at once: each is tried only where its rarest word stands, and only when its other words are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from bot.urgent.patterns import NUMBER, Compiled, Compiler, Piece, Steps, walk
from bot.urgent.text import Text

MARK = "~"
BLOCK = 40  # no pattern reaches further than this many words
NO_FILLERS: frozenset[str] = frozenset()


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
        self, groups: Iterable[tuple[str, str]], compiler: Compiler, fillers: frozenset[str], negative: frozenset[str]
    ) -> None:
        self._fillers = fillers
        sequences = [(concept, line, steps) for concept, line in groups for steps in compiler.sequences(line)]
        often = Counter(form for _, _, steps in sequences for piece, _ in steps for form in piece.forms)
        numbers: dict[Piece, int] = {}
        self._anchored: dict[str, list[Compiled]] = {}
        self._numeric: list[Compiled] = []  # those that begin and end with numbers
        for concept, line, steps in sequences:
            made = _split(concept, line, steps, often, fillers, numbers, negative)
            for form in made.anchor.forms:
                self._anchored.setdefault(form, []).append(made)
            if not made.anchor.forms:
                self._numeric.append(made)
        self._fills: dict[str, frozenset[int]] = _fills(numbers)
        self._ranges = [(piece, number) for piece, number in numbers.items() if piece.high >= piece.low]
        self.known = frozenset(self._fills) - {NUMBER}

    def hits(self, text: Text) -> list[Hit]:
        """Every pattern that the text meets."""
        words = text.words
        blocks = [self._present(words[start : start + BLOCK]) for start in range(0, len(words), BLOCK)]
        found: list[Hit] = []
        for number in range(len(blocks)):
            present = set().union(*blocks[max(0, number - 1) : number + 2])
            for place in range(number * BLOCK, min(len(words), (number + 1) * BLOCK)):
                for pattern in self._at(words[place]):
                    if pattern.needs <= present and (hit := self._try(pattern, text, place)) is not None:
                        found.append(hit)
        return found

    def _at(self, word: str) -> Iterable[Compiled]:
        """The patterns whose anchor the word fills."""
        if not word[0].isdigit():
            return self._anchored.get(word, ())
        return [*self._anchored.get(word, ()), *(made for made in self._numeric if made.anchor.takes(word))]

    def _present(self, words: list[str]) -> set[int]:
        present: set[int] = set()
        for word in set(words):
            if word in self._fills:
                present |= self._fills[word]
            if word[0].isdigit():
                present |= {number for piece, number in self._ranges if piece.takes(word)}
        return present

    def _try(self, pattern: Compiled, text: Text, place: int) -> Hit | None:
        fillers = NO_FILLERS if pattern.concept.startswith(MARK) else self._fillers
        end = walk(text, pattern.right, place, 1, fillers) if pattern.right else place
        if end is None:
            return None
        start = walk(text, pattern.left, place, -1, fillers) if pattern.left else place
        return None if start is None else Hit(pattern.concept, start, end, pattern.source, pattern.nos)


def _fills(numbers: dict[Piece, int]) -> dict[str, frozenset[int]]:
    fills: dict[str, set[int]] = {}
    for piece, number in numbers.items():
        for form in piece.forms:
            fills.setdefault(form, set()).add(number)
    alike: dict[frozenset[int], frozenset[int]] = {}  # the forms of a word fill the same places: one set for all
    return {form: alike.setdefault(frozenset(found), frozenset(found)) for form, found in fills.items()}


def _split(
    concept: str,
    line: str,
    steps: list[tuple[Piece, int]],
    often: Counter[str],
    fillers: frozenset[str],
    numbers: dict[Piece, int],
    negative: frozenset[str],
) -> Compiled:
    def cost(place: int) -> tuple[bool, int]:
        piece = steps[place][0]
        unfit = piece.optional or not piece.forms or piece.high >= piece.low
        return unfit, sum(often[form] + 1000 * (form in fillers) for form in piece.forms)

    at = min(range(len(steps)), key=cost)
    right: Steps = tuple(steps[at + 1 :])
    left: Steps = tuple((steps[place][0], steps[place + 1][1]) for place in range(at - 1, -1, -1))
    for piece, _ in steps:
        numbers.setdefault(piece, len(numbers))
    needs = frozenset(numbers[piece] for piece, _ in (*right, *left) if not piece.optional)
    nos = negative.intersection(form for piece, _ in steps for form in piece.forms)
    return Compiled(concept, line, steps[at][0], right, left, needs, nos)
