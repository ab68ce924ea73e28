"""How alike a message and each wording of the FAQ are, and the wordings among each other: the kernel.

Words and characters: the sum of both cosines, 0 to 2. With the sentence model also 5 exp(2 (cosine - 1)).
"""

import numpy as np

from bot.matching.rows import Floats, Numbers, Rows
from bot.matching.space import Weighed

MODEL_WEIGHT, MODEL_WIDTH = np.float32(5.0), np.float32(2.0)  # a plateau: 3 to 8, 1 to 3
COMMON = 0.1  # the share of the wordings from which a feature is kept as a dense row: adding it up is then faster
RARE = -1


class Likeness:
    """Words and characters, side by side in one sparse matrix; its rows are the wordings."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        common = np.bincount(rows.columns, minlength=rows.width) > COMMON * len(rows)
        self._place = np.where(common, np.cumsum(common) - 1, RARE)
        dense = common[rows.columns]
        self._dense = np.zeros((np.count_nonzero(common), len(rows)), dtype=np.float32)
        self._dense[self._place[rows.columns[dense]], rows.lines()[dense]] = rows.values[dense]
        self._rare = rows.only(~dense).turned()

    def to(self, message: Weighed) -> Floats:
        """The likeness of a message to every wording, shape (wordings,)."""
        places = self._place[message.numbers]
        rare = places == RARE
        near: Floats = message.values[~rare] @ self._dense[places[~rare]]
        numbers = message.numbers[rare]
        firsts, ends = self._rare.starts[numbers], self._rare.starts[numbers + 1]
        spans = [slice(first, end) for first, end in zip(firsts.tolist(), ends.tolist(), strict=True)]
        if spans:
            wordings = np.concatenate([self._rare.columns[span] for span in spans])
            shares = np.concatenate([self._rare.values[span] for span in spans])
            shares *= np.repeat(message.values[rare], ends - firsts)
            near += np.bincount(wordings, shares, minlength=len(near))
        return near

    def of(self, wording: int) -> Floats:
        """The likeness of one wording to every wording."""
        columns, values = self._rows.row(wording)
        return self.to(Weighed(columns.astype(np.int64), values))

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
