"""Confidence: a probability learned from rows that were held out."""

# ruff: noqa: SIM300 - expected == actual is the house style

import numpy as np
import numpy.typing as npt
import pytest

from bot.matching.confidence import Confidence, fit


def drawn(number: int, seed: int = 1) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Rows whose chance to be right is sigma(4 best + 2 margin - 3)."""
    chance = np.random.default_rng(seed)
    rows = chance.random((number, 2))
    p = 1 / (1 + np.exp(-(4 * rows[:, 0] + 2 * rows[:, 1] - 3)))
    return rows, (chance.random(number) < p).astype(np.float64)


def learned(rows: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> Confidence:
    """Fitted with equal weights."""
    return fit(rows, right, np.ones(len(right)))


def test_the_weights_behind_the_rows_are_found() -> None:
    """From enough of them."""
    assert (4, 2, -3) == pytest.approx(tuple(learned(*drawn(60_000))), abs=0.15)


def test_stated_and_true_shares_agree() -> None:
    """On rows that were not used to fit."""
    confidence, (rows, right) = learned(*drawn(20_000)), drawn(20_000, seed=2)
    stated = [confidence(best, best - margin) for best, margin in rows]
    assert float(right.mean()) == pytest.approx(float(np.mean(stated)), abs=0.01)


def test_confidence_grows_with_the_best_score() -> None:
    """The margin unchanged."""
    confidence = learned(*drawn(5_000))
    assert confidence(0.4, 0.2) < confidence(0.6, 0.4)


def test_confidence_grows_with_the_margin() -> None:
    """A close runner-up is a reason for doubt."""
    confidence = learned(*drawn(5_000))
    assert confidence(0.6, 0.5) < confidence(0.6, 0.1)


@pytest.mark.parametrize("best", [-1e9, 0.0, 1e9])
def test_a_confidence_is_a_probability(best: float) -> None:
    """However wild the score."""
    assert 0 <= Confidence(4, 2, -2)(best, 0.0) <= 1


@pytest.mark.parametrize("right", [0.0, 1.0])
def test_rows_that_are_all_alike_do_not_break_the_learned(right: float) -> None:
    """A tiny FAQ may have nothing but successes."""
    confidence = learned(np.array([[0.5, 0.1], [0.7, 0.3], [0.9, 0.6]]), np.full(3, right))
    assert right == pytest.approx(confidence(0.7, 0.4), abs=0.05)


def test_rows_that_a_line_parts_do_not_break_the_learned() -> None:
    """The likelihood has no top there; the weights stay finite all the same."""
    confidence = learned(np.array([[0.1, 0.0], [0.2, 0.1], [0.8, 0.5], [0.9, 0.6]]), np.array([0.0, 0.0, 1.0, 1.0]))
    assert bool(np.isfinite(confidence).all())


def test_a_row_of_weight_two_counts_twice() -> None:
    """As if it stood there twice."""
    rows, right = drawn(50)
    twice = fit(rows, right, np.where(np.arange(50) < 10, 2.0, 1.0))
    assert tuple(twice) == pytest.approx(tuple(learned(np.vstack([rows, rows[:10]]), np.append(right, right[:10]))))
