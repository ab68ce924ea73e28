"""Reading a text with one engine: the score of each class, and what speaks for the best of them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from bot.matching.confidence import Evidence
from bot.matching.coverage import Coverage
from bot.matching.index import Index
from bot.matching.likeness import Near
from bot.matching.modelled import ModelView
from bot.matching.neighbourhood import NEAREST, NEAREST_BY_WORDS, NOWHERE, Neighbourhood
from bot.matching.rows import Doubles, Floats, Numbers


class Scored(NamedTuple):
    """Scores by class; the classes' numbers, best first, ties by number; the best one, and the evidence for it."""

    scores: Doubles
    order: Sequence[int]
    best: int
    evidence: Evidence


class Reader:
    """Engine A, or engine B where the wordings' place in the sentence model's space is given."""

    def __init__(self, index: Index, model: ModelView | None = None) -> None:
        self.index = index
        self.model = model
        self.coverage = Coverage(index)
        self.neighbourhood = Neighbourhood(index, NEAREST if model else NEAREST_BY_WORDS)

    def read(self, near: Near, stems: Sequence[str], overall: Doubles | None = None) -> Scored:
        """Score a message by its likeness to each wording. `stems`: of the message.

        `overall`: what all wordings together say for each class, with the sentence model.
        """
        return self.scored(near, overall, lambda best: self.coverage.strange(stems, best))

    def scored(self, near: Near, overall: Doubles | None, strange: Callable[[int], float]) -> Scored:
        """The same, where it is known otherwise what is strange to the best class."""
        scores = self.neighbourhood.scores(near, self._among)
        return _evidence(scores if overall is None else np.round(scores + overall, 4), strange)

    def judged(self, scores: Doubles, stems: Callable[[int], Sequence[str]]) -> Scored:
        """What speaks for the best class of some scores. `stems`: of what was said, by the class."""
        return _evidence(scores, lambda best: self.coverage.strange(stems(best), best))

    def _among(self, chosen: Numbers) -> Floats:
        among = self.index.likeness.among(chosen)
        return among if self.model is None else among + self.model.likeness.among(chosen)


class HeldOut:
    """Reads the wordings of the FAQ itself, each while some are left out as if they had never been written."""

    def __init__(self, reader: Reader, before: Floats | None = None) -> None:
        """`before`: with the sentence model, the wordings' vectors before its last layer, (wordings, 384)."""
        self.index = reader.index
        self._reader = reader
        self._before = before

    def read(self, wording: int, without: Numbers) -> Scored:
        """Score a wording. `without`: the numbers of those left out, its own among them."""
        sketch, besides, overall = self.index.likeness.sketch_of(wording), None, None
        model = self._reader.model
        if model is not None and self._before is not None:
            besides = model.likeness.to(model.likeness.vectors(np.array([wording])))[0]
            overall = model.overall.left_out(self._before, wording, without)
        near = self.index.likeness.completed(sketch, besides)
        near.to[without] = NOWHERE
        return self._reader.scored(near, overall, lambda best: self._reader.coverage.strange_wording(wording, best))


def _evidence(scores: Doubles, strange: Callable[[int], float]) -> Scored:
    order: list[int] = np.argsort(-scores, kind="stable").tolist()
    best, *others = order[:2]
    first, second = float(scores[best]), float(scores[others[0]]) if others else 0.0
    return Scored(scores, order, best, Evidence(first, first - second, strange(best)))
