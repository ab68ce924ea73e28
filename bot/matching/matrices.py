"""Products of few rows with a matrix of whole numbers: it stays as small as it ships, and is unpacked piece by piece.

With the dozen rows of one message a product costs what reading the matrix costs. As int8 all matrices of the model are
11 MB, which the processor's cache holds; as floats they are 42, which come from memory each time. A piece is unpacked
into the quick part of the cache, and multiplied there.
"""

from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from bot.kernel.calls import Panels
from bot.kernel.library import kernel
from bot.matching.onnx import Floats

INNER, ACROSS, COLUMNS = 384, 6, 64
"""Of a piece: ACROSS blocks of INNER x COLUMNS. A small product with a block is spared a copy of it (OpenBLAS with
AVX-512: rows x inner x columns of at most a million); unpacked a piece takes 576 KiB."""
EVEN = 4
"""Rows are filled up to a multiple of it: BLAS takes three rows more time for three rows left over than for four."""
FEW = 96
"""Rows; with more it is cheaper to unpack the whole matrix and multiply at once."""
WIDE = ACROSS * COLUMNS

Bytes = npt.NDArray[np.int8]


def matrix(numbers: Bytes, scale: Floats) -> "Matrix | Panels":
    """A matrix of whole numbers, (inner, outputs), each column times its scale: compiled where that is faster."""
    return Panels.fitting(kernel(), numbers, scale) or Matrix.of(numbers, scale)


class Matrix(NamedTuple):
    """For numpy. `pieces`: int8, (inner / INNER, outputs / WIDE, ACROSS, INNER, COLUMNS); `scale`: of each output."""

    pieces: Bytes
    scale: Floats

    @classmethod
    def of(cls, numbers: Bytes, scale: Floats) -> Self:
        """A matrix of whole numbers, (inner, outputs), each column times its scale."""
        inner, outputs = numbers.shape
        split = numbers.reshape(inner // INNER, INNER, outputs // WIDE, ACROSS, COLUMNS).transpose(0, 2, 3, 1, 4)
        return cls(np.ascontiguousarray(split), scale)

    def floats(self) -> Floats:
        """All of it, before the scale: (inner, outputs)."""
        parts, wide = self.pieces.shape[:2]
        floats: Floats = self.pieces.transpose(0, 3, 1, 2, 4).astype(np.float32, order="C")
        return floats.reshape(parts * INNER, wide * WIDE)


def room() -> Floats:
    """Where pieces are unpacked: one for each thread that multiplies."""
    return np.empty((ACROSS, INNER, COLUMNS), dtype=np.float32)


def times(rows: Floats, matrix: Matrix | Panels, unpacked: Floats) -> Floats:
    """`rows` @ the matrix: (n, inner) -> (n, outputs), a new array. `unpacked`: a `room`; what is in it is lost."""
    if isinstance(matrix, Panels):
        return matrix.times(rows)
    count = len(rows)
    if count > FEW:
        whole: Floats = rows @ matrix.floats()
        whole *= matrix.scale
        return whole
    even = np.zeros((count + -count % EVEN, rows.shape[1]), dtype=np.float32)
    even[:count] = rows
    product = np.empty((len(even), matrix.pieces.shape[1], ACROSS, COLUMNS), dtype=np.float32)
    places = product.transpose(1, 2, 0, 3)
    for number, line in enumerate(matrix.pieces):
        part = even[:, number * INNER : (number + 1) * INNER]
        for piece, place in zip(line, places, strict=True):
            unpacked[:] = piece
            if number:
                place += part @ unpacked
            else:
                np.matmul(part, unpacked, out=place)
    flat = product.reshape(len(even), -1)
    flat *= matrix.scale
    return flat[:count]
