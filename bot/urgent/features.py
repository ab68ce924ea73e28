"""What of a text is weighed, and in which pieces: its words, pairs of them, and what the rules found in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple
from zlib import crc32

import numpy as np

from bot.content.weights import Adds, Weights, hashes
from bot.kernel.library import kernel
from bot.kernel.weighing import Sums
from bot.urgent.text import STOP, Text

MOST = 40  # words that are weighed in one go: of a longer text its sentences, a few at a time
FEWEST = 4  # words of a message: "fever" alone is no emergency, and may answer a question of the guide
TOLD = 4  # features that are named as reasons


class Part(NamedTuple):
    """Some words of a text, from `start` to `end` (not included), and marks of what the rules found there.

    `whole`: is it all of the text?
    """

    start: int
    end: int
    words: list[str]
    whole: bool = True
    marks: tuple[str, ...] = ()

    def features(self) -> list[str]:
        """Each different word, pair of neighbours, pair with one word between, and mark; `^` and `$` are the ends."""
        words = self.words
        pairs = [f"{left} {right}" for left, right in pairwise(("^", *words, "$"))] if words else []
        apart = [f"{left} _ {right}" for left, right in zip(words, words[2:], strict=False)]
        return list(dict.fromkeys([*words, *pairs, *apart, *self.marks]))


class Scales:
    """Weighs pieces of texts: pure, so that the same words weigh the same on every machine."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        found = kernel()
        self._compiled = Sums(found, weights.hashes, weights.adds) if found else None

    def over(self, part: Part) -> list[float]:
        """How far a part is over the bar of each kind, in hundredths."""
        totals, count = self._totals(part)  # whole numbers: the same sum on every machine
        root = sqrt(count) or 1.0
        weights = self._weights
        longs = (0,) * len(totals) if part.whole else weights.longs
        rows = zip(totals, weights.starts, weights.bars, longs, strict=True)
        return [total / root + start - bar + long for total, start, bar, long in rows]

    def loudest(self, part: Part, kind: int) -> tuple[str, ...]:
        """The features that say it loudest, for those who ask why."""
        adds = self._adds(part)[:, kind].tolist()
        loud = sorted(zip(adds, part.features(), strict=True), key=lambda pair: (-pair[0], pair[1]))
        return tuple(feature for weight, feature in loud[:TOLD] if weight > 0)

    def _totals(self, part: Part) -> tuple[list[int], int]:
        """What all features of a part add up to, for each kind, and how many there are."""
        if self._compiled:
            return self._compiled(part.words, [crc32(mark.encode()) for mark in part.marks])
        adds = self._adds(part)
        return adds.sum(axis=0, dtype=np.int64).tolist(), len(adds)

    def _adds(self, part: Part) -> Adds:
        """What each feature of a part adds for each kind, (features, kinds): nothing, where it means nothing."""
        weights = self._weights
        sought = hashes(part.words, part.marks)
        at = weights.hashes.searchsorted(sought)
        adds: Adds = weights.adds.take(at, axis=0)
        adds[weights.hashes.take(at) != sought] = 0
        return adds


def parts(text: Text) -> Iterator[Part]:
    """The pieces of a text that are weighed for what it sounds like.

    As a whole, or of a long one so many sentences as MOST words allow; of one with fewer than FEWEST words nothing.
    """
    count = len(text.words)
    if count > MOST:
        stops = [place for place in range(1, count) if text.breaks[place] >= STOP] + [count]
        yield from (Part(start, end, text.words[start:end], whole=False) for start, end in _runs(stops))
    elif count >= FEWEST:
        yield Part(0, count, text.words)


def marked(text: Text, found: Collection[str], rules: Sequence[str]) -> Part | None:
    """The text with marks of what the rules found in it, and of those that fire: what is weighed for sounding harmless.

    A long one too is weighed as a whole: what says that it is over may stand far from the words of danger.
    `found`: the names of concepts. None where they found nothing, or the text has fewer than FEWEST words.
    """
    count = len(text.words)
    if not found or count < FEWEST:
        return None
    marks = (*(f"={name}" for name in found), *(f"!{rule}" for rule in rules))
    return Part(0, count, text.words, count <= MOST, marks)


def _runs(stops: Sequence[int]) -> Iterator[tuple[int, int]]:
    """From which word to which: as few runs of whole sentences as MOST words allow. `stops`: where each ends."""
    start = end = 0
    for stop in stops:
        if stop - start > MOST and end > start:
            yield start, end
            start = end
        while stop - start > MOST:
            yield start, start + MOST
            start += MOST
        end = stop
    if end > start:
        yield start, end
