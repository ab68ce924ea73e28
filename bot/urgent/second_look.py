"""Where no rule shows a card: do the words of a text, taken together, sound like an emergency?

Rules know what somebody thought of. This weighs every word and pair of words, as learned from thousands of examples of
both kinds (`make learn`), and so hears signs told in a way that nobody thought of. It has only the second word: what a
rule has decided it never takes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

import numpy as np

from bot.content.weights import KINDS, Adds, Weights, hashes
from bot.urgent.text import STOP, Text

MOST = 40  # words that are weighed in one go: of a longer text its sentences, a few at a time
FEWEST = 4  # words of a message: "fever" alone is no emergency, and may answer a question of the guide
TOLD = 4  # features that are named as reasons


class Heard(NamedTuple):
    """What a text sounds like (one of KINDS), from which word to which, and the features that say it loudest."""

    kind: str
    start: int
    end: int
    loudest: tuple[str, ...]


def features(words: Sequence[str]) -> list[str]:
    """Each different word, pair of neighbours, and pair with one word between; `^` and `$` are where a text ends."""
    pairs = [f"{left} {right}" for left, right in pairwise(("^", *words, "$"))]
    apart = [f"{left} _ {right}" for left, right in zip(words, words[2:], strict=False)]
    return list(dict.fromkeys([*words, *pairs, *apart]))


class SecondLook:
    """Pure: the same words weigh the same on every machine."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def __call__(self, text: Text) -> list[Heard]:
        """What the text sounds like, if like an emergency: of either kind its loudest part."""
        loudest: dict[str, tuple[float, Heard]] = {}
        for start, end in parts(text):
            words = text.words[start:end]
            adds, known = self._adds(words)
            root = sqrt(len(known))
            for row, total in enumerate((known @ adds).tolist()):  # whole numbers: the same sum on every machine
                over = total / root + self._weights.starts[row] - self._weights.bars[row]
                kind = KINDS[row]
                if over >= 0 and (kind not in loudest or over > loudest[kind][0]):
                    told = _loudest(features(words), (adds[:, row] * known).tolist())
                    loudest[kind] = over, Heard(kind, start, end - 1, told)
        return [heard for _, heard in loudest.values()]

    def _adds(self, words: Sequence[str]) -> tuple[Adds, Adds]:
        """What each feature may add for either kind, (features, kinds), and 1 where one is meant, else 0."""
        sought = hashes(words)
        at = self._weights.hashes.searchsorted(sought)
        known: Adds = (self._weights.hashes.take(at) == sought).astype(np.int32)
        return self._weights.adds.take(at, axis=0), known


def _loudest(found: list[str], adds: list[int]) -> tuple[str, ...]:
    loud = sorted(zip(adds, found, strict=True), key=lambda pair: (-pair[0], pair[1]))
    return tuple(feature for weight, feature in loud[:TOLD] if weight > 0)


def parts(text: Text) -> Iterator[tuple[int, int]]:
    """From which word to which the text is weighed in one go: as a whole, or so many sentences as MOST words allow.

    Of a text with fewer than FEWEST words nothing is.
    """
    start, count = 0, len(text.words)
    if count <= MOST:
        yield from [(0, count)] if count >= FEWEST else []
        return
    stops = [place for place in range(1, count) if text.breaks[place] >= STOP] + [count]
    end = 0
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
