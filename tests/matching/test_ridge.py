"""The ridge, solved by conjugate gradients, is the ridge that algebra gives."""

# ruff: noqa: SIM300 - expected == actual is the house style

import numpy as np
import numpy.typing as npt
import pytest
from scipy import sparse

from bot.matching.ridge import Kernel, held_out, solve

PENALTY = 1.0
Floats = npt.NDArray[np.float32]


@pytest.fixture
def rows() -> Floats:
    """Thirty unit rows of twelve features."""
    found = np.random.default_rng(1).random((30, 12)).astype(np.float32)
    unit: Floats = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


@pytest.fixture
def targets() -> Floats:
    """Each row belongs to one of three classes."""
    return np.eye(3, dtype=np.float32)[np.arange(30) % 3]


def exact(rows: Floats, targets: Floats) -> npt.NDArray[np.float64]:
    """By direct inversion."""
    among = rows.astype(np.float64) @ rows.T
    return np.linalg.solve(among + PENALTY * np.eye(len(rows)), targets.astype(np.float64))


def test_the_solution_is_the_exact_one(rows: Floats, targets: Floats) -> None:
    """To two digits of a score, which is what decisions look at."""
    scores = rows @ rows.T @ solve(Kernel(sparse.csr_matrix(rows)), targets, PENALTY)
    assert rows @ rows.T @ exact(rows, targets) == pytest.approx(scores, abs=5e-3)


def test_held_out_rows_are_scored_by_what_never_saw_them(rows: Floats, targets: Floats) -> None:
    """Each fold's scores are those of a ridge on the others."""
    fold = np.arange(30) % 5
    for outside, scores in held_out(Kernel(sparse.csr_matrix(rows)), targets, PENALTY, fold):
        inside = np.setdiff1d(np.arange(30), outside)
        wanted = rows[outside] @ rows[inside].T @ exact(rows[inside], targets[inside])
        assert wanted == pytest.approx(scores, abs=2e-2)


def test_every_row_is_held_out_once(rows: Floats, targets: Floats) -> None:
    """No more, no less."""
    folds = held_out(Kernel(sparse.csr_matrix(rows)), targets, PENALTY, np.arange(30) % 5)
    assert list(range(30)) == sorted(int(row) for outside, _ in folds for row in outside)


def test_one_fold_holds_nothing_out(rows: Floats, targets: Floats) -> None:
    """There would be nothing left to learn from."""
    kernel = Kernel(sparse.csr_matrix(rows))
    assert [] == list(held_out(kernel, targets, PENALTY, np.zeros(30, dtype=np.int64)))


def test_the_solution_is_the_same_twice(rows: Floats, targets: Floats) -> None:
    """Bit for bit."""
    kernel = Kernel(sparse.csr_matrix(rows))
    assert solve(kernel, targets, PENALTY).tobytes() == solve(kernel, targets, PENALTY).tobytes()


def test_targets_of_nothing_have_a_solution_of_nothing(rows: Floats) -> None:
    """No division by a residual of zero."""
    nothing = np.zeros((30, 2), dtype=np.float32)
    assert not solve(Kernel(sparse.csr_matrix(rows)), nothing, PENALTY).any()
