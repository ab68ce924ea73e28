"""Likeness: between a message and wordings, and of wordings among each other."""

import numpy as np
import pytest

from bot.content.words import Words
from bot.matching import likeness
from bot.matching.index import Index
from bot.matching.likeness import MODEL_WEIGHT, ModelLikeness
from bot.matching.rows import Floats
from tests.support.entries import ENTRIES


@pytest.fixture
def vectors() -> Floats:
    """Ten unit vectors."""
    found = np.random.default_rng(3).standard_normal((10, 384)).astype(np.float32)
    unit: Floats = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def test_a_wording_is_as_like_others_as_a_message_that_says_the_same() -> None:
    """One kernel for both."""
    index = Index(ENTRIES, Words(), "en")
    for number, text in enumerate(index.phrasings):
        assert index.likeness.of(number) == pytest.approx(index.near(index.understand(text).words), abs=1e-5)


def test_wordings_are_alike_among_each_other_as_each_is_to_all() -> None:
    """Two ways of reckoning the same."""
    near = Index(ENTRIES, Words(), "en").likeness
    some = np.array([0, 3, 5, 7])
    assert near.among(some) == pytest.approx(np.array([near.of(number)[some] for number in some]), abs=1e-6)


@pytest.mark.parametrize("share", [0.0, 0.1, 2.0])
def test_dense_or_not_is_all_the_same(monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    """Where all features, some, or none count as common."""
    wanted = Index(ENTRIES, Words(), "en").near(["need", "a", "scan"])
    monkeypatch.setattr(likeness, "COMMON", share)
    assert Index(ENTRIES, Words(), "en").near(["need", "a", "scan"]) == pytest.approx(wanted, abs=1e-6)


def test_the_model_finds_a_text_wholly_like_itself(vectors: Floats) -> None:
    """The weight of the model's part is what is reached."""
    among = ModelLikeness(vectors).among(np.arange(10))
    assert [float(MODEL_WEIGHT)] * 10 == pytest.approx(np.diag(among).tolist(), rel=1e-5)


def test_the_model_sees_messages_and_wordings_alike(vectors: Floats) -> None:
    """Several messages at once as well."""
    space = ModelLikeness(vectors)
    assert space.to(vectors[:4]) == pytest.approx(space.among(np.arange(10))[:4], rel=1e-5)
