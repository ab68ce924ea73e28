"""Kernel ridge regression solved by conjugate gradients: alpha = (K + penalty I)^-1 Y, scores s = k(q) . alpha.

K is the sum of a sparse part X X' (words and characters; cost linear in the rows) and, with the sentence model, a dense
part M.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

Matrix = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
TOLERANCE = 3e-3  # of the residual; scores are compared to two digits
MOST_STEPS = 40
FOLDS = 5


class Kernel(NamedTuple):
    """`rows`: phrasings x features, sparse; `dense`: phrasings x phrasings or None."""

    rows: sparse.csr_matrix
    dense: Matrix | None = None

    def part(self, rows: Numbers) -> "Kernel":
        """The kernel among some of the rows."""
        return Kernel(self.rows[rows], None if self.dense is None else self.dense[np.ix_(rows, rows)])

    def between(self, rows: Numbers, others: Numbers, alpha: Matrix) -> Matrix:
        """K[rows, others] . alpha."""
        product = self.rows[rows] @ (self.rows[others].T @ alpha)
        if self.dense is not None:
            product = product + self.dense[np.ix_(rows, others)] @ alpha
        return np.asarray(product, dtype=np.float32)


def solve(kernel: Kernel, targets: Matrix, penalty: float) -> Matrix:
    """alpha, phrasings x classes; `targets` has the same shape."""
    rows, columns = kernel.rows, kernel.rows.T.tocsr()
    alpha = np.zeros_like(targets)
    residual = targets.copy()
    direction = residual.copy()
    size = (residual * residual).sum(axis=0)
    for _ in range(MOST_STEPS):
        if float(np.sqrt(size.max(initial=0.0))) < TOLERANCE * max(1.0, penalty):
            break
        applied = rows @ (columns @ direction) + penalty * direction
        if kernel.dense is not None:
            applied += kernel.dense @ direction
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
            alpha = solve(kernel.part(inside), targets[inside], penalty)
            yield outside, kernel.between(outside, inside, alpha)
