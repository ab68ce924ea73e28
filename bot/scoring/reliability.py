"""Is the confidence honest? Of what was given with p in a band, the share that is right should lie in the band."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.scoring.judging import Judge, Judged

EDGES = (0.0, 0.15, 0.3, 0.45, 0.6, 0.8, 0.9, 1.0)  # 0.15 and 0.6 are where the bot begins to suggest and to answer
ANSWERED_FROM = 0.6


class Guess(NamedTuple):
    """The confidence in the entry ranked first, whether it is right, and whether it is right or related to it."""

    confidence: float
    right: bool
    helpful: bool


class Band(NamedTuple):
    """The guesses with a confidence from `low` up to `high`."""

    low: float
    high: float
    number: int
    confidence: float
    right: float
    helpful: float

    @property
    def name(self) -> str:
        """Such as "0.6-0.8"; the last is "0.9+"."""
        return f"{self.low:g}+" if self.high >= 1 else f"{self.low:g}-{self.high:g}"


def guesses(judged: Iterable[Judged], judge: Judge) -> list[Guess]:
    """What was ranked first for each wording, whatever the outcome.

    Left out: emergency cards (nothing was ranked), and "we don't treat that" for a wording that is nobody's (the test
    wordings do not say which of these answers would be right).
    """
    found = []
    for one in judged:
        if not one.decision.ranking:
            continue
        first, wanted = one.decision.ranking[0][0], one.wording.entry
        if wanted is not None:
            right = judge.kind(first) == judge.kind(wanted)
            found.append(Guess(one.decision.confidence, right, judge.related(wanted, first)))
        elif judge.medical(first):
            found.append(Guess(one.decision.confidence, False, False))
    return found


def bands(found: Sequence[Guess]) -> list[Band]:
    """The bands that hold any guesses, lowest first."""
    filled = []
    for low, high in pairwise(EDGES):
        inside = [one for one in found if low <= one.confidence < high or (high == 1 and one.confidence == 1)]
        if inside:
            means = [sum(values) / len(inside) for values in zip(*inside, strict=True)]
            filled.append(Band(low, high, len(inside), *means))
    return filled


def calibration_error(found: Sequence[Band], helpful: bool = False) -> float:
    """The expected calibration error: how far confidence and share lie apart, on average over all guesses."""
    total = sum(band.number for band in found)
    gaps = (band.number * abs(band.confidence - (band.helpful if helpful else band.right)) for band in found)
    return sum(gaps) / total if total else 0.0
