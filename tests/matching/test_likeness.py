"""Likeness: between a message and wordings, and of wordings among each other."""

import numpy as np
import pytest

from bot.content.words import Words
from bot.matching import likeness
from bot.matching.index import Index
from bot.matching.likeness import MODEL_WEIGHT, ModelLikeness
from bot.matching.rows import Floats
from tests.support.entries import ENTRIES, made

pytestmark = pytest.mark.usefixtures("both_ways")


@pytest.fixture
def vectors() -> Floats:
    """Ten unit vectors."""
    found = np.random.default_rng(3).standard_normal((10, 384)).astype(np.float32)
    unit: Floats = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def of(index: Index, wording: int) -> Floats:
    """The likeness of a wording to all of them."""
    return index.likeness.completed(index.likeness.sketch_of(wording)).to


def near(index: Index, text: str) -> Floats:
    """The likeness of a message to all wordings."""
    return index.near(index.understand(text)).to


def test_a_wording_is_as_like_others_as_a_message_that_says_the_same() -> None:
    """One kernel for both."""
    index = Index(ENTRIES, Words(), "en")
    for number, text in enumerate(index.phrasings):
        assert of(index, number) == pytest.approx(near(index, text), abs=1e-5)


def test_wordings_are_alike_among_each_other_as_each_is_to_all() -> None:
    """Two ways of reckoning the same."""
    index = Index(ENTRIES, Words(), "en")
    some = np.array([0, 3, 5, 7])
    among = index.likeness.among(some)
    assert among == pytest.approx(np.array([of(index, number)[some] for number in some.tolist()]), abs=1e-6)


@pytest.mark.parametrize("share", [0.0, 0.1, 2.0])
def test_common_or_not_is_all_the_same(monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    """Where all features, some, or none count as common."""
    wanted = near(Index(ENTRIES, Words(), "en"), "need a scan")
    monkeypatch.setattr(likeness, "COMMON", share)
    assert near(Index(ENTRIES, Words(), "en"), "need a scan") == pytest.approx(wanted, abs=1e-6)


def test_the_close_are_as_close_as_ever_where_the_far_are_looked_at_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nobody comes closer by it."""
    monkeypatch.setattr(likeness, "COMMON", 0.1)
    monkeypatch.setattr(likeness, "SKIPPED", 1)
    whole = near(Index(ENTRIES, Words(), "en"), "need a scan")
    monkeypatch.setattr(likeness, "CLOSE", 3)
    some = near(Index(ENTRIES, Words(), "en"), "need a scan")
    first = np.argsort(-whole)[:2]
    assert some[first] == pytest.approx(whole[first], abs=1e-6)
    assert (some < whole - 1e-3).any()
    assert (some <= whole + 1e-6).all()


def test_the_leading_are_the_nearest() -> None:
    """None that is nearer than one of them is left out, and there are about as many as asked for."""
    found = np.random.default_rng(1).random(4000, dtype=np.float32)
    first = likeness.leading(found, 400)
    assert 250 < len(first) < 600
    assert found[first].min() > np.delete(found, first).max()


def test_what_the_model_finds_near_is_looked_at_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few rare words it shares."""
    monkeypatch.setattr(likeness, "COMMON", 0.1)
    index = Index(ENTRIES, Words(), "en")
    whole = near(index, "need a scan")
    monkeypatch.setattr(likeness, "CLOSE", 1)
    monkeypatch.setattr(likeness, "SKIPPED", 1)
    far = int(np.argmin(whole))
    besides = np.zeros(len(whole), dtype=np.float32)
    besides[far] = 9
    found = index.likeness.completed(index.sketch(index.understand("need a scan")), besides).to
    assert found[far] == pytest.approx(whole[far] + 9, abs=1e-5)


def test_the_model_finds_a_text_wholly_like_itself(vectors: Floats) -> None:
    """The weight of the model's part is what is reached."""
    among = ModelLikeness(vectors).among(np.arange(10))
    assert [float(MODEL_WEIGHT)] * 10 == pytest.approx(np.diag(among).tolist(), rel=1e-5)


def test_the_model_sees_messages_and_wordings_alike(vectors: Floats) -> None:
    """Several messages at once as well; as whole numbers the wordings are a hundredth off."""
    space = ModelLikeness(vectors)
    assert space.to(vectors[:4]) == pytest.approx(space.among(np.arange(10))[:4], rel=1e-2)
    assert space.to(space.vectors(np.arange(4))) == pytest.approx(space.among(np.arange(10))[:4], rel=1e-5)


def test_the_model_sees_the_same_with_and_without_the_kernel(monkeypatch: pytest.MonkeyPatch, vectors: Floats) -> None:
    """Its panels are filled up to a round number of wordings; nobody sees the rest."""
    with_it = ModelLikeness(vectors).to(vectors[:3])
    monkeypatch.setattr(likeness, "kernel", lambda: None)
    assert with_it == pytest.approx(ModelLikeness(vectors).to(vectors[:3]), rel=1e-5)


@pytest.mark.parametrize("share", [0.1, 0.3, 2.0])
def test_the_likeness_is_that_of_two_cosines(monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    """However often a word or a run stands in a message or a wording, and whichever of them are common."""
    monkeypatch.setattr(likeness, "COMMON", share)
    index = Index([made("knee", "knee knee or hip", "hip", "kneeneenee"), *ENTRIES], Words(), "en")
    message = index.understand("hip hip knee kneenee scan")
    weighed = index.space.weigh(index.features.of(message.stems, message.words))
    whole = np.zeros(index.features.width)
    whole[weighed.numbers] = weighed.values
    rows = [index.space.held.row(number) for number in range(len(index.phrasings))]
    wanted = [float(values @ whole[columns]) for columns, values in rows]
    assert index.near(message).to == pytest.approx(np.array(wanted), abs=1e-6)
