"""Engines: A at once, B where there is a model; what was learned is kept, and no cache can break a start."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.content.words import Words
from bot.matching import engines
from bot.matching.matcher import SURE, Matcher
from bot.matching.vectors import Floats
from tests.support.entries import ENTRIES, SCAN, made, matcher_of

MESSAGES = ["is a scan needed", "price of a scan", "zebra crossing", "hi"]


class Double:
    """A model that says how often it was asked; a vector is the mean of its words' random ones."""

    name = "double 1"

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def embed(self, texts: Sequence[str], /) -> Floats:
        """One unit vector a text."""
        self.asked.append(list(texts))
        rows = np.array([np.sum([_word(word) for word in text.split() or ["?"]], axis=0) for text in texts])
        unit = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return np.tile(unit, 2)


def _word(word: str) -> Floats:
    seed = int.from_bytes(hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()[:4], "big")
    return np.random.default_rng(seed).standard_normal(384).astype(np.float32)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where the cache goes; it does not exist yet."""
    return tmp_path / "deep" / "cache"


@pytest.fixture
def learning(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one each time something is learned."""
    times: list[str] = []
    calibrate: Callable[..., object] = engines.calibrate

    def counted(*args: object) -> object:
        times.append("learned")
        return calibrate(*args)

    monkeypatch.setattr(engines, "calibrate", counted)
    return times


def engine_b(model: Double, cache: Path | None = None) -> Matcher:
    """Engine B over the handful, with a double for its model."""
    return engines.build(ENTRIES, Words(), "en", cache, model)  # type: ignore[arg-type]


def test_without_a_model_it_is_engine_a() -> None:
    """At once."""
    assert "A" == matcher_of(SCAN).engine


def test_with_a_model_it_is_engine_b() -> None:
    """The same interface."""
    assert "B" == engine_b(Double()).engine


def test_what_was_learned_is_remembered(cache: Path, learning: list[str]) -> None:
    """A second start learns nothing."""
    for _ in range(2):
        matcher_of(*ENTRIES, cache=cache)
    assert ["learned"] == learning


def test_what_was_remembered_decides_as_what_was_learned(cache: Path) -> None:
    """To the last digit."""
    learned, remembered = (matcher_of(*ENTRIES, cache=cache) for _ in range(2))
    assert [learned.match(text) for text in MESSAGES] == [remembered.match(text) for text in MESSAGES]


def test_a_new_wording_is_learned(cache: Path, learning: list[str]) -> None:
    """Content that changed is other content."""
    matcher_of(*ENTRIES, cache=cache)
    matcher_of(*ENTRIES, made("new", "Something new"), cache=cache)
    assert ["learned", "learned"] == learning


def test_new_words_are_learned(cache: Path, learning: list[str]) -> None:
    """`words.yaml` changes what a wording means."""
    for words in (Words(), Words(same_as={"scan": "picture"})):
        matcher_of(*ENTRIES, words=words, cache=cache)
    assert ["learned", "learned"] == learning


@pytest.mark.parametrize("damage", [b"", b"not json", b'{"best": 1.0', b"[1, 2]", b'{"best": "x"}'])
def test_a_damaged_cache_is_built_anew(cache: Path, learning: list[str], damage: bytes) -> None:
    """Empty, something else, or cut off; the next start finds it whole."""
    matcher_of(*ENTRIES, cache=cache)
    for file in cache.glob("confidence-*.json"):
        file.write_bytes(damage)
    for _ in range(2):
        matcher_of(*ENTRIES, cache=cache)
    assert ["learned", "learned"] == learning


def test_a_cache_of_another_version_is_built_anew(cache: Path, learning: list[str]) -> None:
    """It may have had fewer weights."""
    matcher_of(*ENTRIES, cache=cache)
    for file in cache.glob("confidence-*.json"):
        file.write_text('{"best": 1.0, "margin": 2.0, "bias": -3.0}')
    matcher_of(*ENTRIES, cache=cache)
    assert ["learned", "learned"] == learning


def test_a_place_that_cannot_be_written_is_tolerated(tmp_path: Path) -> None:
    """A file stands where the folder would be; the bot starts all the same."""
    (tmp_path / "file").write_text("in the way")
    assert "scan" == matcher_of(*ENTRIES, cache=tmp_path / "file" / "cache").match("is a scan needed").ranking[0][0]


def test_nothing_is_left_beside_the_cache(cache: Path) -> None:
    """No half-written files."""
    matcher_of(*ENTRIES, cache=cache)
    assert [".json"] == [path.suffix for path in cache.iterdir()]  # a confidence


def test_the_model_is_not_asked_where_words_are_sure() -> None:
    """The cascade: engine A looks first."""
    model = Double()
    matcher = engine_b(model)
    before = len(model.asked)
    for text in MESSAGES:
        if matcher_of(*ENTRIES).match(text).confidence >= SURE:
            assert not matcher.match(text).modelled
    assert before == len(model.asked)


def test_the_model_is_asked_once_where_words_are_unsure() -> None:
    """For the message and its best sentences together, however long."""
    model = Double()
    matcher = engine_b(model)
    before = len(model.asked)
    assert matcher.match("something about a picture. " * 30).modelled
    assert 1 == len(model.asked) - before


def test_engine_b_decides_the_same_twice() -> None:
    """And from another start."""
    one, other = engine_b(Double()), engine_b(Double())
    assert [one.match(text) for text in MESSAGES] == [other.match(text) for text in MESSAGES]


def test_engine_b_starts_from_its_cache(cache: Path, learning: list[str]) -> None:
    """Neither a vector nor a weight is computed again."""
    engine_b(Double(), cache)
    model = Double()
    engine_b(model, cache)
    assert ([], ["learned", "learned"]) == (model.asked, learning)


def test_too_many_wordings_stay_with_engine_a(monkeypatch: pytest.MonkeyPatch) -> None:
    """Engine B's part of the kernel would not fit a small server."""
    monkeypatch.setattr(engines, "MOST_MODELLED", 3)
    assert "A" == engine_b(Double()).engine


def test_an_upgrade_leaves_the_old_matcher_as_it_is(matcher: Matcher) -> None:
    """It goes on answering until the new one takes over."""
    upgraded = engines.upgrade(matcher, Double())  # type: ignore[arg-type]
    assert ("A", "B") == (matcher.engine, upgraded.engine)


def test_others_are_decided_while_the_model_computes() -> None:
    """One at a time, but for the model: who is sure of a topic without it does not wait for it."""
    model = Double()
    matcher = engine_b(model)
    began, go_on = threading.Event(), threading.Event()
    embed = model.embed

    def slow(texts: Sequence[str], /) -> Floats:
        began.set()
        assert go_on.wait(10)
        return embed(texts)

    model.embed = slow  # type: ignore[method-assign]
    with ThreadPoolExecutor(1) as threads:
        modelled = threads.submit(matcher.match, "zebra crossing")
        assert began.wait(10)
        assert not matcher.match("").ranking
        assert not modelled.done()
        go_on.set()
        assert modelled.result(10).modelled
