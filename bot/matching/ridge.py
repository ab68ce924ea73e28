"""Kernel ridge regression solved by conjugate gradients: alpha = (K + penalty I)^-1 Y, scores s = k(q) . alpha.

K is the sum of a sparse part X X' (words and characters) and, with the sentence model, a dense part F F'. Both are
features, so that cost and memory grow linearly with the rows.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

Matrix = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
TOLERANCE = 3e-3  # of the residual; scores are compared to two digits
MOST_STEPS = 80
ROUGH_TOLERANCE, ROUGH_STEPS = 1e-2, 80  # for held-out rows, whose scores are only averaged over
FOLDS = 5


class Kernel(NamedTuple):
    """`rows`: phrasings x features, sparse; `dense`: phrasings x the model's features, or None."""

    rows: sparse.csr_matrix
    dense: Matrix | None = None
    own: npt.NDArray[np.float32] | None = None  # what each row's product with itself lacks, where `dense` approximates

    def part(self, rows: Numbers) -> "Kernel":
        """The kernel among some of the rows."""
        dense = None if self.dense is None else self.dense[rows]
        return Kernel(self.rows[rows], dense, None if self.own is None else self.own[rows])

    def between(self, rows: Numbers, others: Numbers, alpha: Matrix) -> Matrix:
        """K[rows, others] . alpha."""
        product = self.rows[rows] @ (self.rows[others].T @ alpha)
        if self.dense is not None:
            product = product + self.dense[rows] @ (self.dense[others].T @ alpha)
        return np.asarray(product, dtype=np.float32)


def solve(kernel: Kernel, targets: Matrix, penalty: float, rough: bool = False) -> Matrix:
    """alpha, phrasings x classes; `targets` has the same shape."""
    tolerance, steps = (ROUGH_TOLERANCE, ROUGH_STEPS) if rough else (TOLERANCE, MOST_STEPS)
    rows, columns = kernel.rows, kernel.rows.T.tocsr()
    ridge = np.float32(penalty) if kernel.own is None else (kernel.own + np.float32(penalty))[:, None]
    alpha = np.zeros_like(targets)
    residual = targets.copy()
    direction = residual.copy()
    size = (residual * residual).sum(axis=0)
    for _ in range(steps):
        if float(np.sqrt(size.max(initial=0.0))) < tolerance * max(1.0, penalty):
            break
        applied = rows @ (columns @ direction) + ridge * direction
        if kernel.dense is not None:
            applied += kernel.dense @ (kernel.dense.T @ direction)
        step = size / np.maximum((direction * applied).sum(axis=0), 1e-12)
        alpha += step * direction
        residual -= step * applied
        smaller = (residual * residual).sum(axis=0)
        direction = residual + (smaller / np.maximum(size, 1e-12)) * direction
        size = smaller
    return alpha


def held_out(kernel: Kernel, targets: Matrix, penalty: float, fold: Numbers) -> Iterator[tuple[Numbers, Matrix]]:
    """For each fold: its rows, and their scores by a model that never saw them. `fold`: the fold of each row."""
    for number in range(int(fold.max()) + 1):
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if len(inside) and len(outside):
            alpha = solve(kernel.part(inside), targets[inside], penalty, rough=True)
            yield outside, kernel.between(outside, inside, alpha)
