"""How alike a message and each wording of the FAQ are, and the wordings among each other: the kernel.

Words and characters: the sum of both cosines, 0 to 2. With the sentence model also 5 exp(2 (cosine - 1)).
"""

from typing import NamedTuple

import numpy as np

from bot.matching.rows import Floats, Numbers, Rows
from bot.matching.space import Weighed

MODEL_WEIGHT, MODEL_WIDTH = np.float32(5.0), np.float32(2.0)  # a plateau: 3 to 8, 1 to 3
COMMON = 0.1  # the share of the wordings from which a feature is common: it tells little, and is looked at last
CLOSE = 400  # wordings for which common features are counted too; the 50 nearest were always among the first 400
ROUNDED = np.float32(2e-5)  # more than rounding errors
SKIPPED = 8
RARE = -1


class Sketch(NamedTuple):
    """The likeness to every wording by rare features, and what the common ones would add: place and value of each."""

    near: Floats
    places: Numbers
    values: Floats


class Likeness:
    """Words and characters, side by side in one sparse matrix; its rows are the wordings."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        common = np.bincount(rows.columns, minlength=rows.width) > COMMON * len(rows)
        self._place = np.where(common, np.cumsum(common) - 1, RARE)
        dense = common[rows.columns]
        self._common = np.zeros((len(rows), np.count_nonzero(common)), dtype=np.float32)
        self._common[rows.lines()[dense], self._place[rows.columns[dense]]] = rows.values[dense]
        self._rare = rows.only(~dense).turned()

    def sketch(self, message: Weighed) -> Sketch:
        """A message's likeness by the features that tell most."""
        places = self._place[message.numbers]
        rare = places == RARE
        numbers, near = message.numbers[rare], np.zeros(len(self._rows), dtype=np.float32)
        firsts, ends = self._rare.starts[numbers], self._rare.starts[numbers + 1]
        spans = [slice(first, end) for first, end in zip(firsts.tolist(), ends.tolist(), strict=True)]
        if spans:
            wordings = np.concatenate([self._rare.columns[span] for span in spans])
            shares = np.concatenate([self._rare.values[span] for span in spans])
            shares *= np.repeat(message.values[rare], ends - firsts)
            near += np.bincount(wordings, shares, minlength=len(near))
        return Sketch(near, places[~rare], message.values[~rare])

    def sketch_of(self, wording: int) -> Sketch:
        """The same for one of the wordings."""
        columns, values = self._rows.row(wording)
        return self.sketch(Weighed(columns.astype(np.int64), values))

    def completed(self, sketch: Sketch, besides: Floats | None = None) -> Floats:
        """The likeness to every wording, shape (wordings,); to those far away, without their common features.

        `besides`: what else makes a wording near, by the sentence model.
        """
        near = sketch.near.copy() if besides is None else sketch.near + besides
        shares = np.zeros(self._common.shape[1], dtype=np.float32)
        shares[sketch.places] = sketch.values
        if len(near) <= CLOSE:
            near += self._common @ shares
        else:
            close = leading(near, CLOSE)
            near[close] += self._common[close] @ shares
        return near

    def among(self, chosen: Numbers) -> Floats:
        """The likeness of some wordings among each other, shape (chosen, chosen)."""
        places, lengths = self._rows.places(chosen)
        columns, values = self._rows.columns[places], self._rows.values[places]
        lines = np.repeat(np.arange(len(chosen)), lengths)
        last = np.empty(self._rows.width, dtype=np.int64)  # where each feature stands last: a number of its own
        last[columns] = np.arange(len(columns))
        feature = last[columns]
        shared = np.bincount(feature, minlength=len(columns)) > 1  # what one of them has alone makes none alike
        place = np.where(shared, np.cumsum(shared), 0)  # 0: a column for the rest, left out below
        table = np.zeros((len(chosen), np.count_nonzero(shared) + 1), dtype=np.float32)
        table[lines, place[feature]] = values
        table = table[:, 1:]
        near: Floats = table @ table.T
        np.fill_diagonal(near, np.bincount(lines, values**2, minlength=len(chosen)))
        return near


def leading(near: Floats, about: int) -> Numbers:
    """About so many of the nearest, and all that are as near as the last of them.

    Where that is comes from every eighth: to sort all of them takes longer than what is saved by looking at few.
    """
    some = near[::SKIPPED]
    last = min(len(some), max(1, about // SKIPPED))
    return np.flatnonzero(near > np.partition(some, -last)[-last] - ROUNDED)


class ModelLikeness:
    """The sentence model's part, from unit vectors."""

    def __init__(self, vectors: Floats) -> None:
        """`vectors`: of all wordings, (wordings, 384)."""
        self.vectors = vectors

    def to(self, vector: Floats) -> Floats:
        """The likeness of a message to every wording; of several messages (n, 384), shape (n, wordings)."""
        return _near(vector @ self.vectors.T)

    def among(self, chosen: Numbers) -> Floats:
        """The likeness of some wordings among each other."""
        some = self.vectors[chosen]
        return _near(some @ some.T)


def _near(cosines: Floats) -> Floats:
    near: Floats = MODEL_WEIGHT * np.exp(MODEL_WIDTH * (cosines - np.float32(1.0)))
    return near
