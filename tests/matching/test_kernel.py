"""The compiled kernel: the same as numpy, faster; and no need of it where it cannot be."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from bot.content.loading import load as load_content
from bot.content.words import Words
from bot.kernel import compiling, library
from bot.kernel.calls import Closeness, Common, Completing, Panels, Room, Scores, Shares, at
from bot.kernel.compiling import NotCompiled, compile_kernel
from bot.kernel.library import Kernel, load
from bot.matching.choosing import Entries
from bot.matching.index import Index
from bot.matching.matcher import Engine, Matcher
from bot.matching.matrices import Matrix, room, times
from bot.matching.neighbourhood import Neighbourhood, nearest
from bot.matching.reading import Reader
from bot.reply import Replier
from tests.support.entries import ENTRIES
from tests.support.kernels import COMPILER, without_kernel

FAQ = Path(__file__).parents[2] / "faq"
TEXTS = (
    "do i need a scan",
    "how much is it",
    "zzz qqq",
    "knee",
    "my back hurts and the scan said a disc",
    "scan scan scan",
)


@pytest.fixture
def compiled(kernel_file: Path) -> Kernel:
    """The kernel, compiled for these tests."""
    found = load(kernel_file)
    assert found is not None
    return found


@pytest.fixture
def chance() -> np.random.Generator:
    """The same numbers every time."""
    return np.random.default_rng(7)


@COMPILER
def test_the_likeness_to_every_wording_is_that_of_numpy(compiled_kernel: Kernel) -> None:
    """To the last bits, which depend on the order of adding."""
    with without_kernel():
        plain = Index(ENTRIES, Words(), "en")
    index = Index(ENTRIES, Words(), "en")
    for text in TEXTS:
        message = index.understand(text)
        found, wanted = index.near(message), plain.near(message)
        assert found.to == pytest.approx(wanted.to, abs=1e-6)
        assert found.close.tolist() == wanted.close.tolist()


@COMPILER
def test_decisions_are_the_same_with_and_without(compiled_kernel: Kernel, shipped_replier: Replier) -> None:
    """On the shipped FAQ: ranking and confidence of what patients might write."""
    shipped = load_content(FAQ).unwrap()
    entries = list(shipped.entries.values())
    sure = shipped_replier.decider.matcher.plain.confidence

    def built() -> Matcher:
        index = Index(entries, shipped.words, shipped.language)
        return Matcher(index, Engine(Reader(index), sure))

    matcher = built()
    with without_kernel():
        plain = built()
    texts = [*(entry.question for entry in entries[::3]), *TEXTS]
    for text in texts:
        found, wanted = matcher.match(text), plain.match(text)
        assert [entry for entry, _ in found.ranking] == [entry for entry, _ in wanted.ranking], text
        assert found.confidence == pytest.approx(wanted.confidence, abs=1e-3), text


@COMPILER
@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.uint32])
def test_slots_of_any_width_are_added_up(compiled: Kernel, kind: type[np.generic]) -> None:
    """A FAQ of many thousand wordings has more slots than 16 bits can number."""
    slots, starts = np.array([0, 3, 4, 1, 0, 4], dtype=kind), np.array([0, 3, 5, 6], dtype=np.int32)
    weights, scale = np.array([2, 1, 5], np.float32), np.array([1, 10, 100, 1000, 0.5], np.float32)
    shares = Shares(compiled, slots, starts, weights, scale, 2, np.array([1]))
    values = np.array([1, 3], dtype=np.float32)
    # The first feature adds 2 to slots 0, 3 and 4, the second 3 to 1 and 0; slot 3 is of wording 1's characters.
    assert [5.0, 30 + 2000 + 1] == shares(np.array([0, 1]), values).tolist()
    assert [0.0, 0.0] == shares(np.zeros(0, np.int64), np.zeros(0, np.float32)).tolist()


@COMPILER
@pytest.mark.parametrize("size", [1, 7, 400, 401, 5_000])
def test_the_nearest_are_those_of_numpy(compiled: Kernel, chance: np.random.Generator, size: int) -> None:
    """However many there are, and of equally near ones the first."""
    near = np.round(chance.random(size).astype(np.float32), 2)
    completing = Completing(compiled, Common(np.zeros((size, 0), np.uint8)), np.zeros((size, 2), np.float32), 400, 8)
    none = np.zeros(0)
    close = completing(near, none.astype(np.int32), none.astype(np.float32), none.astype(np.uint8), 2e-5)
    if len(close) > 50:
        scores = Scores(compiled, np.zeros(1, np.int64), size)
        found = scores.nearest(near, close, 50, 1e5, -1.0)
        assert found is not None
        assert nearest(near, 50, close).tolist() == found.tolist()
    else:
        assert list(range(size)) == close.tolist()


@COMPILER
def test_where_too_many_were_left_out_all_are_looked_at(compiled: Kernel) -> None:
    """The kernel says so, and numpy goes on."""
    near = np.full(100, -1.0, dtype=np.float32)
    near[:3] = 1
    scores = Scores(compiled, np.zeros(1, np.int64), 100)
    assert scores.nearest(near, np.arange(100), 50, 1e5, -1.0) is None


@COMPILER
@pytest.mark.parametrize("count", [1, 2, 49, 50, 80])
def test_equations_are_solved(compiled: Kernel, chance: np.random.Generator, count: int) -> None:
    """For the first of the wordings, or for all."""
    rows = chance.standard_normal((80, 30)).astype(np.float32)
    system, close = rows @ rows.T, chance.random(80)
    found = Scores(compiled, np.zeros(1, np.int64), 80).solved(system, count, 3.0, close)
    whole = system[:count, :count].astype(float) + 3.0 * np.eye(count)
    assert whole @ found == pytest.approx(close[:count], abs=1e-9)


@COMPILER
@pytest.mark.parametrize("some", [1, 3, 4, 30, 49])
def test_the_first_of_some_equations_are_solved_besides(
    compiled: Kernel, chance: np.random.Generator, some: int
) -> None:
    """As if the others were not there."""
    rows = chance.standard_normal((50, 30)).astype(np.float32)
    system, close = rows @ rows.T, chance.random(50)
    found, first = np.empty(50), np.empty(some)
    ours = (at(system), 50, 50, 3.0, at(close), at(found), some, at(first))
    assert compiled["solved"](*ours) == 0
    whole = system.astype(float) + 3.0 * np.eye(50)
    assert whole @ found == pytest.approx(close, abs=1e-9)
    assert whole[:some, :some] @ first == pytest.approx(close[:some], abs=1e-9)


@COMPILER
@pytest.mark.parametrize("width", [1, 63, 64, 65, 200])
def test_common_features_are_added_to_the_nearest(compiled: Kernel, chance: np.random.Generator, width: int) -> None:
    """However many there are, and however often they stand in a wording."""
    much = chance.choice([0, 16, 27, 200], (30, width)).astype(np.uint8)
    scale, near = chance.random((30, 2)).astype(np.float32), chance.random(30).astype(np.float32)
    places = np.flatnonzero(chance.random(width) < 0.5).astype(np.int32)
    values, written = chance.random(len(places)).astype(np.float32), (places > width / 2).astype(np.uint8)
    halves = [much[:, places].astype(np.float32) @ (values * (written == half)) for half in (0, 1)]
    wanted = near + halves[0] * scale[:, 0] + halves[1] * scale[:, 1]
    completing = Completing(compiled, Common(much), scale, 400, 8)
    assert list(range(30)) == completing(near, places, values, written, 0).tolist()
    assert near == pytest.approx(wanted, rel=1e-5)


@COMPILER
def test_the_closest_of_each_class_is_found(compiled: Kernel, chance: np.random.Generator) -> None:
    """Of classes of any size; what comes after the last class does not count."""
    near = chance.random(60).astype(np.float32)
    near[50:] = 9
    starts = np.array([0, 1, 5, 22, 23, 49])
    found = Scores(compiled, starts, 50).closest(near)
    assert np.maximum.reduceat(near[:50], starts).tolist() == found.tolist()


@COMPILER
def test_entries_come_as_close_as_with_numpy(compiled: Kernel, chance: np.random.Generator) -> None:
    """The mean of the closest three, less what look-alikes are closer."""
    near = chance.random(30).astype(np.float32)
    own = np.array([[3, 1, 2, 30], [4, 5, 4, 30], [6, 7, 8, 9]])
    against = np.array([[30, 30], [10, 30], [11, 12]])
    closeness = Closeness(compiled, own, against, 30)
    padded = np.concatenate([near, np.zeros(1, np.float32)])
    close = np.sort(padded[own], axis=1)[:, -3:].sum(axis=1) / 3
    close -= np.maximum(padded[against].max(axis=1) - close, 0)
    assert closeness(np.array([2, 0, 1]), near) == pytest.approx(close[[2, 0, 1]], abs=1e-6)


@COMPILER
@pytest.mark.parametrize("lanes", [8, 16])
@pytest.mark.parametrize("rows", [1, 5, 6, 7, 12, 13, 23, 24, 50])
def test_products_are_those_of_numpy(compiled: Kernel, chance: np.random.Generator, rows: int, lanes: int) -> None:
    """With whatever the processor can, and less."""
    if compiled.lanes < lanes:
        pytest.skip(f"this processor multiplies {compiled.lanes or 'no'} numbers at once, not {lanes}")
    numbers = chance.integers(-127, 128, (1536, 384)).astype(np.int8)
    scale, many = chance.random(384).astype(np.float32) / 1e4, chance.standard_normal((rows, 1536)).astype(np.float32)
    panels = Panels(compiled, numbers, scale)
    panels._lanes = lanes
    assert times(many, panels, room()) == pytest.approx(times(many, Matrix.of(numbers, scale), room()), abs=1e-5)


@COMPILER
def test_every_thread_has_room_of_its_own() -> None:
    """Two that are at work at once do not write into each other's."""
    import threading

    held, seen = Room(4, np.float32), []
    other = threading.Thread(target=lambda: seen.append(held.at))
    other.start()
    other.join()
    assert seen != [held.at]


@COMPILER
def test_what_was_compiled_from_another_source_is_not_used(
    tmp_path: Path, kernel_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update of the bot, until it is compiled again."""
    for file in compiling.FOLDER.glob("*.[ch]"):
        shutil.copy(file, tmp_path)
    changed = tmp_path / "kernel.h"
    changed.write_bytes(changed.read_bytes() + b"\n")
    assert load(kernel_file) is not None
    monkeypatch.setattr(compiling, "FOLDER", tmp_path)
    assert load(kernel_file) is None


def test_without_a_compiler_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line, and writes nothing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CC", raising=False)
    with pytest.raises(NotCompiled, match="no C compiler is installed"):
        compile_kernel(tmp_path / "kernel.so")
    assert [] == list(tmp_path.iterdir())


@COMPILER
def test_a_compiler_that_fails_leaves_the_last_kernel_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole or not at all."""
    kept = tmp_path / "kernel.so"
    (tmp_path / "broken.c").write_text("int kernel(")
    kept.write_bytes(b"before")
    monkeypatch.setattr(compiling, "FOLDER", tmp_path)
    with pytest.raises(NotCompiled, match="failed"):
        compile_kernel(kept)
    assert b"before" == kept.read_bytes()


def test_a_file_that_is_no_kernel_is_not_used(tmp_path: Path) -> None:
    """Nor is one that is not there."""
    (tmp_path / "kernel.so").write_bytes(b"not a library")
    assert load(tmp_path / "kernel.so") is None
    assert load(tmp_path / "none.so") is None


def test_matching_works_without_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is for speed only."""
    with without_kernel():
        index = Index(ENTRIES, Words(), "en")
        assert library.kernel() is None
        scores = Neighbourhood(index).scores(index.near(index.understand("do i need a scan")), index.likeness.among)
        named = index.classes[int(np.argmax(scores))]
        assert Entries(index).best([int(np.argmax(scores))], index.near(index.understand("do i need a scan")).to)
    assert "scan" in named or "mri" in named
