"""How alike a message and each wording of the FAQ are, and the wordings among each other: the kernel.

Words and characters: the sum of both cosines, 0 to 2. With the sentence model also 5 exp(2 (cosine - 1)).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.matching.space import Floats, Space, Weighed

MODEL_WEIGHT, MODEL_WIDTH = np.float32(5.0), np.float32(2.0)  # a plateau: 3 to 8, 1 to 3
KEPT_WHOLE = 2_048  # wordings up to which all likenesses among them are computed once (16 MB at most)

Numbers = npt.NDArray[np.int64]


class Likeness:
    """Words and characters, side by side in one sparse matrix of unit rows."""

    def __init__(self, spaces: Sequence[Space]) -> None:
        """`spaces`: over the same wordings."""
        self._offsets = np.cumsum([0, *(space.rows.shape[1] for space in spaces)]).tolist()
        self._rows: sparse.csr_matrix = sparse.hstack([space.rows for space in spaces], format="csr")
        self._columns: sparse.csr_matrix = self._rows.T.tocsr()
        self._whole = self._product(self._rows) if self._rows.shape[0] <= KEPT_WHOLE else None

    def to(self, message: Sequence[Weighed]) -> Floats:
        """The likeness of a message, weighed in each space, to every wording, shape (wordings,)."""
        numbers = np.concatenate([part.numbers + offset for part, offset in zip(message, self._offsets, strict=False)])
        values = np.concatenate([part.values for part in message])
        near: Floats = values @ self._columns[numbers]
        return near

    def of(self, wording: int) -> Floats:
        """The likeness of one wording to every wording."""
        if self._whole is not None:
            row: Floats = self._whole[wording]
            return row
        near: Floats = (self._rows[wording] @ self._columns).toarray()[0]
        return near

    def among(self, chosen: Numbers) -> Floats:
        """The likeness of some wordings among each other, shape (chosen, chosen)."""
        return self._product(self._rows[chosen]) if self._whole is None else self._whole[np.ix_(chosen, chosen)]

    @staticmethod
    def _product(rows: sparse.csr_matrix) -> Floats:
        products: Floats = (rows @ rows.T).toarray()
        return products


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
