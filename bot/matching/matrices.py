"""Products of few rows with a big matrix, at half the cost of the plain product.

BLAS copies the matrix into an order of its own before it multiplies. With the dozen rows of one message the copying
takes longer than the arithmetic. Small products are spared it (OpenBLAS: rows x inner x columns of at most a million,
on processors with AVX-512; elsewhere this costs and gains nothing), so the matrix is kept in blocks that are small.
"""

import numpy as np

from bot.matching.onnx import Floats

INNER, COLUMNS = 384, 64
"""Of a block: with up to 40 rows the product is small enough."""
LINE = 16
"""Numbers in a line of the processor's cache: what begins with one is read quicker."""
FEW = 48
"""Rows; with more the whole matrix at once is cheaper."""


class Shelf:
    """Memory for matrices side by side: one piece of it, for which the system uses big pages (a tenth quicker)."""

    def __init__(self, numbers: int) -> None:
        """`numbers`: of all matrices that will be put here."""
        room = np.empty(numbers + LINE, dtype=np.float32)
        self._free = room[-room.ctypes.data // 4 % LINE :]

    def put(self, matrix: Floats) -> Floats:
        """The matrix in blocks: (inner, columns) -> (inner / 384, columns / 64, 384, 64)."""
        inner, columns = matrix.shape
        blocks = matrix.reshape(inner // INNER, INNER, columns // COLUMNS, COLUMNS).transpose(0, 2, 1, 3)
        taken, self._free = self._free[: matrix.size].reshape(blocks.shape), self._free[matrix.size :]
        taken[:] = blocks
        return taken


def times(rows: Floats, blocks: Floats) -> Floats:
    """`rows` @ the matrix of which `blocks` are: (n, inner) -> (n, columns), a new array."""
    count = len(rows)
    parts, across = blocks.shape[:2]
    if count > FEW:
        return rows @ blocks.transpose(0, 2, 1, 3).reshape(parts * INNER, across * COLUMNS)
    if parts == 1:
        product: Floats = rows @ blocks[0]
    else:
        product = (rows.reshape(count, parts, 1, INNER).transpose(1, 2, 0, 3) @ blocks).sum(axis=0)
    return product.transpose(1, 0, 2).reshape(count, across * COLUMNS)
