"""The say of all wordings: every class counts alike, and what is left out is as if it had never been written."""

import numpy as np
import pytest

from bot.matching.overall import Overall
from bot.matching.rows import Floats, Numbers

CLASSES = np.array([0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2])
SIZE = 4  # the last class has no wording


@pytest.fixture
def vectors() -> Floats:
    """Eleven wordings, each near its class's own direction."""
    chance = np.random.default_rng(5)
    found: Floats = np.eye(384, dtype=np.float32)[CLASSES]
    found += 0.05 * chance.standard_normal((11, 384)).astype(np.float32)
    return found


def fitted(vectors: Floats, positive: Numbers | None = None) -> Overall:
    """Over all of them, or some."""
    return Overall(vectors, CLASSES, np.arange(11) if positive is None else positive, SIZE)


def test_a_message_is_nearest_to_its_class(vectors: Floats) -> None:
    """By the sum of what all wordings say."""
    assert CLASSES.tolist() == fitted(vectors).scores(vectors).argmax(axis=1).tolist()


def test_a_class_of_many_wordings_is_no_louder(vectors: Floats) -> None:
    """Halfway between a class of six and one of two, neither wins by its number."""
    between = (vectors[:6].mean(axis=0) + vectors[6:8].mean(axis=0))[None]
    many, few, *_ = fitted(vectors).scores(between)[0]
    assert 0.5 < few / many < 2  # not weighed, it is 0.2


@pytest.mark.parametrize("without", [[3], [6, 7], [8, 9, 10], [0, 1, 2, 3, 4, 5]])
def test_what_is_left_out_is_as_if_its_target_had_never_been_learned(vectors: Floats, without: list[int]) -> None:
    """The formula gives what solving anew gives: same mean, same weights of the rest."""
    overall, wording = fitted(vectors), without[0]
    kept = np.setdiff1d(np.arange(11), without)
    loud = (11 / (3 * np.bincount(CLASSES)))[CLASSES]
    rows = vectors - np.average(vectors, axis=0, weights=loud)
    rows /= np.linalg.norm(rows, axis=1)[:, None]
    targets = np.eye(SIZE)[CLASSES]
    solved = np.linalg.solve(
        (rows[kept] * loud[kept, None]).T @ rows[kept] + 5.0 * np.eye(384),
        (rows[kept] * loud[kept, None]).T @ targets[kept],
    )
    np.testing.assert_allclose(
        rows[wording] @ solved, overall.left_out(vectors, wording, np.array(without)), atol=1e-5
    )


def test_what_does_not_count_says_nothing(vectors: Floats) -> None:
    """Look-alikes are no wordings of their entry."""
    some = fitted(vectors, np.arange(8))
    assert (some.scores(vectors)[:, 2] == 0).all()


def test_a_class_without_wordings_gets_nothing(vectors: Floats) -> None:
    """And divides by nothing."""
    assert (fitted(vectors).scores(vectors)[:, 3] == 0).all()


def test_all_wordings_alike_are_tolerated() -> None:
    """About their mean nothing is left of them."""
    same = np.ones((11, 384), dtype=np.float32)
    assert np.isfinite(fitted(same).scores(same)).all()
