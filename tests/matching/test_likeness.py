"""Likeness: between a message and wordings, and of wordings among each other."""

import numpy as np
import pytest

from bot.content.words import Words
from bot.matching import likeness
from bot.matching.index import Index
from bot.matching.likeness import MODEL_WEIGHT, ModelLikeness
from bot.matching.space import Floats
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


def test_likenesses_kept_whole_are_those_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small FAQ keeps them, a large one computes what it needs."""
    small = Index(ENTRIES, Words(), "en").likeness
    monkeypatch.setattr(likeness, "KEPT_WHOLE", 0)
    large = Index(ENTRIES, Words(), "en").likeness
    some = np.array([0, 3, 7])
    assert small.among(some) == pytest.approx(large.among(some), abs=1e-6)
    assert small.of(5) == pytest.approx(large.of(5), abs=1e-6)


def test_the_model_finds_a_text_wholly_like_itself(vectors: Floats) -> None:
    """The weight of the model's part is what is reached."""
    among = ModelLikeness(vectors).among(np.arange(10))
    assert [float(MODEL_WEIGHT)] * 10 == pytest.approx(np.diag(among).tolist(), rel=1e-5)


def test_the_model_sees_messages_and_wordings_alike(vectors: Floats) -> None:
    """Several messages at once as well."""
    space = ModelLikeness(vectors)
    assert space.to(vectors[:4]) == pytest.approx(space.among(np.arange(10))[:4], rel=1e-5)
