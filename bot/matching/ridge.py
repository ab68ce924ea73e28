"""Kernel ridge regression over sparse rows, solved by conjugate gradients: cost grows linearly with the rows.

Scores are s = k(q) . alpha with alpha = (X X' + penalty I)^-1 Y; X holds one unit row a phrasing in each space.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

Matrix = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
TOLERANCE = 2e-3  # of the residual; scores are compared to two digits
MOST_STEPS = 60
FOLDS = 5


class Problem(NamedTuple):
    """What is to be solved. `rows`: phrasings x features; `targets`: phrasings x classes."""

    rows: sparse.csr_matrix
    targets: Matrix
    penalty: float


def solve(problem: Problem) -> Matrix:
    """alpha, phrasings x classes."""
    rows, columns = problem.rows, problem.rows.T.tocsr()
    alpha = np.zeros_like(problem.targets)
    residual = problem.targets.copy()
    direction = residual.copy()
    size = (residual * residual).sum(axis=0)
    for _ in range(MOST_STEPS):
        if float(np.sqrt(size.max(initial=0.0))) < TOLERANCE:
            break
        applied = rows @ (columns @ direction) + problem.penalty * direction
        step = size / np.maximum((direction * applied).sum(axis=0), 1e-12)
        alpha += step * direction
        residual -= step * applied
        smaller = (residual * residual).sum(axis=0)
        direction = residual + (smaller / np.maximum(size, 1e-12)) * direction
        size = smaller
    return alpha


def held_out(problem: Problem, fold: Rows) -> Iterator[tuple[Rows, Matrix]]:
    """For each fold: its rows, and their scores by a model that never saw them. `fold`: the fold of each row."""
    for number in range(int(fold.max()) + 1):
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if not len(inside) or not len(outside):
            continue
        rows = problem.rows[inside]
        alpha = solve(Problem(rows, problem.targets[inside], problem.penalty))
        yield outside, np.asarray(problem.rows[outside] @ (rows.T @ alpha), dtype=np.float32)
