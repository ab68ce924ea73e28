"""Products of few rows with a matrix of whole numbers: it stays as small as it ships, and is unpacked block by block.

With the dozen rows of one message a product costs what reading the matrix costs. As int8 all matrices of the model are
11 MB, which the processor's cache holds; as floats they are 42, which come from memory each time. A block is unpacked
into the quick part of the cache, and multiplied there.
"""

from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from bot.matching.onnx import Floats

INNER, COLUMNS = 384, 384
"""Of a block: unpacked it takes 576 KiB, which most processors have near each core. Every matrix is made of such."""

EVEN = 4
"""Rows are filled up to a multiple of it: BLAS takes three rows more time for three rows left over than for four."""

FEW = 96
"""Rows; with more it is cheaper to unpack the whole matrix and multiply at once."""

Bytes = npt.NDArray[np.int8]


class Matrix(NamedTuple):
    """`blocks`: int8, (inner / INNER, outputs / COLUMNS, INNER, COLUMNS); `scale`: of each output, float32."""

    blocks: Bytes
    scale: Floats

    @classmethod
    def of(cls, numbers: Bytes, scale: Floats) -> Self:
        """A matrix of whole numbers, (inner, outputs), each column times its scale."""
        inner, outputs = numbers.shape
        split = numbers.reshape(inner // INNER, INNER, outputs // COLUMNS, COLUMNS).transpose(0, 2, 1, 3)
        return cls(np.ascontiguousarray(split), scale)

    def floats(self) -> Floats:
        """All of it, before the scale: (inner, outputs)."""
        parts, across = self.blocks.shape[:2]
        floats: Floats = self.blocks.transpose(0, 2, 1, 3).astype(np.float32, order="C")
        return floats.reshape(parts * INNER, across * COLUMNS)


def room() -> Floats:
    """Where blocks are unpacked: one for each thread that multiplies."""
    return np.empty((INNER, COLUMNS), dtype=np.float32)


def times(rows: Floats, matrix: Matrix, unpacked: Floats) -> Floats:
    """`rows` @ the matrix: (n, inner) -> (n, outputs), a new array. `unpacked`: a `room`; what is in it is lost."""
    count = len(rows)
    if count > FEW:
        whole: Floats = rows @ matrix.floats()
        whole *= matrix.scale
        return whole
    even = np.zeros((count + -count % EVEN, rows.shape[1]), dtype=np.float32)
    even[:count] = rows
    product = np.empty((len(even), len(matrix.scale)), dtype=np.float32)
    for number, line in enumerate(matrix.blocks):
        part = even[:, number * INNER : (number + 1) * INNER]
        for place, block in enumerate(line):
            unpacked[:] = block
            out = product[:, place * COLUMNS : (place + 1) * COLUMNS]
            if number:
                out += part @ unpacked
            else:
                np.matmul(part, unpacked, out=out)
    product *= matrix.scale
    return product[:count]
