"""Scores in the message's own neighbourhood: the ridge that algebra gives, over the nearest wordings alone."""

# ruff: noqa: SIM300 - expected == actual is the house style

import numpy as np
import pytest

from bot.content.words import Words
from bot.matching.index import Index
from bot.matching.neighbourhood import FAR, NEAREST, NOWHERE, PENALTY, Neighbourhood, nearest
from tests.support.entries import BRACE, ENTRIES, SCAN, made

pytestmark = pytest.mark.usefixtures("both_ways")


@pytest.fixture
def index() -> Index:
    """Over the handful."""
    return Index(ENTRIES, Words(), "en")


def scores(index: Index, text: str) -> dict[str, float]:
    """The score of each class."""
    near = index.near(index.understand(text))
    return dict(zip(index.classes, Neighbourhood(index).scores(near, index.likeness.among).tolist(), strict=True))


def test_the_scores_are_those_of_a_ridge(index: Index) -> None:
    """Where all wordings are near, by direct inversion over all of them."""
    near = index.near(index.understand("is there a scan")).to.astype(np.float64)
    everything = np.arange(len(near))
    among = index.likeness.among(everything).astype(np.float64) + PENALTY * np.eye(len(near))
    targets = np.eye(len(index.classes))[index.class_of[index.owners]]
    closest = [near[index.class_of[index.owners] == number].max() for number in range(len(index.classes))]
    wanted = near @ np.linalg.solve(among, targets) + FAR * np.array(closest)
    assert wanted.tolist() == pytest.approx(list(scores(index, "is there a scan").values()), abs=2e-4)


def test_a_wording_finds_its_own_class(index: Index) -> None:
    """Each of them."""
    found = [max(scores(index, text).items(), key=lambda pair: pair[1])[0] for text in index.phrasings]
    assert [index.classes[index.class_of[owner]] for owner in index.owners] == found


def test_only_the_nearest_are_looked_at() -> None:
    """However many there are."""
    assert NEAREST == len(nearest(np.linspace(0, 1, 500, dtype=np.float32)))


def test_the_nearest_are_the_nearest() -> None:
    """In their own order."""
    near = np.zeros(500, dtype=np.float32)
    near[[3, 77, 400]] = 1.0
    assert {3, 77, 400} <= set(nearest(near).tolist())


def test_of_equally_near_wordings_the_first_count() -> None:
    """On every machine the same."""
    assert list(range(NEAREST)) == nearest(np.full(500, 0.5, dtype=np.float32)).tolist()


def test_what_is_left_out_is_not_near() -> None:
    """Even where fewer than enough remain."""
    near = np.array([0.5, NOWHERE, 0.1], dtype=np.float32)
    assert [0, 2] == nearest(near).tolist()


def test_a_look_alike_pushes_its_class_away() -> None:
    """`not_for` wordings."""
    dog = made("scan", "Do I need a scan?", "is a scan needed", "scan for me", not_for=["scan for my dog"])
    with_it, without = (Index((entry, BRACE), Words(), "en") for entry in (dog, SCAN))
    assert scores(with_it, "scan for my dog")["scan"] < scores(without, "scan for my dog")["scan"]


def test_a_message_like_nothing_scores_nothing(index: Index) -> None:
    """No class is pulled up by accident."""
    assert {0.0} == set(scores(index, "zzzz qqqq").values())


def test_where_the_close_were_left_out_the_others_are_near() -> None:
    """A whole class may be left out, and all that were close with it."""
    near = np.linspace(1, 0, 500, dtype=np.float32)
    close = np.arange(100)
    assert list(range(NEAREST)) == nearest(near, NEAREST, close).tolist()
    near[:50] = NOWHERE
    assert list(range(50, 50 + NEAREST)) == nearest(near, NEAREST, close).tolist()
