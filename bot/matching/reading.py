"""Reading a text with one engine: the score of each class, and what speaks for the best of them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from bot.matching.confidence import Evidence
from bot.matching.coverage import Coverage
from bot.matching.index import Index
from bot.matching.likeness import ModelLikeness
from bot.matching.neighbourhood import NEAREST, NEAREST_BY_WORDS, NOWHERE, Neighbourhood
from bot.matching.rows import Doubles, Floats, Numbers


class Scored(NamedTuple):
    """Scores by class; the best class's number, and the evidence for it."""

    scores: Doubles
    best: int
    evidence: Evidence


class Reader:
    """Engine A, or engine B where the wordings' place in the sentence model's space is given."""

    def __init__(self, index: Index, model: ModelLikeness | None = None) -> None:
        self.index = index
        self.model = model
        self._neighbourhood = Neighbourhood(index, NEAREST if model else NEAREST_BY_WORDS)
        self._coverage = Coverage(index)

    def read(self, near: Floats, words: tuple[str, ...]) -> Scored:
        """Score a message by its likeness to each wording. `words`: of the message, in normal form."""
        return self._scored(near, lambda best: self._coverage.strange(words, best))

    def read_wording(self, wording: int, without: Numbers) -> Scored:
        """Score a wording of the FAQ itself while some wordings are left out, as if they had never been written."""
        near = self.index.likeness.of(wording).copy()
        if self.model is not None:
            near += self.model.to(self.model.vectors[wording])
        near[without] = NOWHERE
        return self._scored(near, lambda best: self._coverage.strange_wording(wording, best))

    def evidence(self, scores: Doubles, words: tuple[str, ...]) -> Evidence:
        """What speaks for the best class of some scores. `words`: of the message, in normal form."""
        return self._evidence(scores, lambda best: self._coverage.strange(words, best)).evidence

    def _scored(self, near: Floats, strange: Callable[[int], float]) -> Scored:
        return self._evidence(self._neighbourhood.scores(near, self._among), strange)

    @staticmethod
    def _evidence(scores: Doubles, strange: Callable[[int], float]) -> Scored:
        best = int(np.argmax(scores))
        first = float(scores[best])
        second = float(np.partition(scores, -2)[-2]) if len(scores) > 1 else 0.0
        return Scored(scores, best, Evidence(first, first - second, strange(best)))

    def _among(self, chosen: Numbers) -> Floats:
        among = self.index.likeness.among(chosen)
        return among if self.model is None else among + self.model.among(chosen)
