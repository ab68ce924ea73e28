"""The FAQ as the sentence model sees it: how near its wordings are, and what all of them together say."""

from typing import NamedTuple, Self

import numpy as np

from bot.matching.index import Index
from bot.matching.likeness import ModelLikeness
from bot.matching.overall import Overall
from bot.matching.rows import Floats
from bot.matching.together import Seen
from bot.matching.vectors import WIDTH

HALF = WIDTH // 2


class ModelView(NamedTuple):
    """The likeness by the model's last layer; the say of all wordings by the layer before."""

    likeness: ModelLikeness
    overall: Overall

    @classmethod
    def of(cls, index: Index, vectors: Floats) -> Self:
        """`vectors`: of all wordings, (wordings, 768)."""
        likeness = ModelLikeness(vectors[:, :HALF])
        classes = index.class_of[index.owners]
        return cls(likeness, Overall(before(vectors), classes, np.flatnonzero(index.positive), len(index.classes)))

    def of_messages(self, vectors: Floats) -> list[Seen]:
        """For each message: its likeness to each wording, and what all of them say for each class."""
        near, overall = self.likeness.to(vectors[:, :HALF]), self.overall.scores(before(vectors))
        return list(zip(near, overall, strict=True))


def before(vectors: Floats) -> Floats:
    """The half of the vectors that comes from before the last layer."""
    return vectors[:, HALF:]
