"""Confidence: a probability learned from rows that were held out."""

# ruff: noqa: SIM300 - expected == actual is the house style

import numpy as np
import numpy.typing as npt
import pytest

from bot.matching.confidence import Confidence, Evidence, fit


def drawn(number: int, seed: int = 1) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Rows whose chance to be right is sigma(4 best + 2 margin - strange - 3)."""
    chance = np.random.default_rng(seed)
    rows = chance.random((number, 3))
    p = 1 / (1 + np.exp(-(4 * rows[:, 0] + 2 * rows[:, 1] - rows[:, 2] - 3)))
    return rows, (chance.random(number) < p).astype(np.float64)


def test_the_weights_behind_the_rows_are_found() -> None:
    """From enough of them."""
    assert (4, 2, -1, -3) == pytest.approx(tuple(fit(*drawn(60_000))), abs=0.15)


def test_stated_and_true_shares_agree() -> None:
    """On rows that were not used to fit."""
    confidence, (rows, right) = fit(*drawn(20_000)), drawn(20_000, seed=2)
    stated = [confidence(Evidence(*row)) for row in rows.tolist()]
    assert float(right.mean()) == pytest.approx(float(np.mean(stated)), abs=0.01)


def test_confidence_grows_with_the_best_score() -> None:
    """The margin unchanged."""
    confidence = fit(*drawn(5_000))
    assert confidence(Evidence(0.4, 0.2, 0.1)) < confidence(Evidence(0.6, 0.2, 0.1))


def test_confidence_grows_with_the_margin() -> None:
    """A close runner-up is a reason for doubt."""
    confidence = fit(*drawn(5_000))
    assert confidence(Evidence(0.6, 0.1, 0.1)) < confidence(Evidence(0.6, 0.5, 0.1))


@pytest.mark.parametrize("best", [-1e9, 0.0, 1e9])
def test_a_confidence_is_a_probability(best: float) -> None:
    """However wild the score."""
    assert 0 <= Confidence(4, 2, -1, -2)(Evidence(best, 0.0, 0.0)) <= 1


@pytest.mark.parametrize("right", [0.0, 1.0])
def test_rows_that_are_all_alike_do_not_break_the_fit(right: float) -> None:
    """A tiny FAQ may have nothing but successes."""
    confidence = fit(np.array([[0.5, 0.1, 0.2], [0.7, 0.3, 0.1], [0.9, 0.6, 0.0]]), np.full(3, right))
    assert right == pytest.approx(confidence(Evidence(0.7, 0.3, 0.1)), abs=0.05)


def test_rows_that_a_line_parts_do_not_break_the_fit() -> None:
    """The likelihood has no top there; the weights stay finite all the same."""
    confidence = fit(
        np.array([[0.1, 0.0, 0.9], [0.2, 0.1, 0.8], [0.8, 0.5, 0.1], [0.9, 0.6, 0.0]]), np.array([0.0, 0.0, 1.0, 1.0])
    )
    assert bool(np.isfinite(confidence).all())


def test_confidence_falls_with_strange_words() -> None:
    """A word that no wording of the best class has is a reason for doubt."""
    confidence = fit(*drawn(5_000))
    assert confidence(Evidence(0.6, 0.3, 0.7)) < confidence(Evidence(0.6, 0.3, 0.1))
