"""The cache of phrase vectors: what is known is not computed again, and no file can break a start."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.matching import vectors as vectors_module
from bot.matching.vectors import Floats, vectors

TEXTS = ["back pain", "do i need an mri", "cost?"]


class Double:
    """A model that remembers what it was asked; a vector depends on the name and the text alone."""

    def __init__(self, name: str = "double 1") -> None:
        self.name = name
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str], /) -> Floats:
        """Two unit vectors a text."""
        self.asked += texts
        rows = np.zeros((len(texts), 768), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            place = sum(map(ord, self.name + text)) % 384
            row[[place, 767 - place]] = 1
        return rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the cache goes; its directory does not exist yet."""
    return tmp_path / "cache" / "vectors.npz"


def test_vectors_come_in_the_order_of_the_texts(file: Path) -> None:
    """However they were computed."""
    assert vectors(Double(), TEXTS, file).tolist() == Double().embed(TEXTS).tolist()


def test_a_second_start_computes_nothing(file: Path) -> None:
    """Same model, same texts: everything is in the file, bit for bit."""
    first, again = vectors(Double(), TEXTS, file), Double()
    assert vectors(again, TEXTS, file).tobytes() == first.tobytes()
    assert again.asked == []


def test_only_changed_texts_are_computed(file: Path) -> None:
    """One new phrasing costs one vector, and the order of the texts does not matter."""
    vectors(Double(), TEXTS, file)
    again = Double()
    texts = ["knee pain", *TEXTS[::-1]]
    assert vectors(again, texts, file).tolist() == Double().embed(texts).tolist()
    assert again.asked == ["knee pain"]


def test_a_text_that_occurs_twice_is_computed_once(file: Path) -> None:
    """One row a distinct text, in the file too."""
    model = Double()
    assert vectors(model, ["mri", "mri"], file).tolist() == Double().embed(["mri", "mri"]).tolist()
    assert model.asked == ["mri"]
    with np.load(file) as stored:
        assert stored["rows"].shape == (1, 768)


def test_texts_that_are_gone_leave_the_file(file: Path) -> None:
    """The file does not grow for ever."""
    vectors(Double(), TEXTS, file)
    vectors(Double(), ["new", TEXTS[0]], file)
    with np.load(file) as stored:
        assert len(stored["rows"]) == 2


def test_fewer_texts_leave_the_file_alone(file: Path) -> None:
    """Nothing was computed, so nothing is written."""
    vectors(Double(), TEXTS, file)
    before = file.stat().st_mtime_ns
    vectors(Double(), TEXTS[:1], file)
    assert file.stat().st_mtime_ns == before


def test_another_model_starts_anew(file: Path) -> None:
    """Vectors of two models are never mixed."""
    vectors(Double("double 1"), TEXTS, file)
    other = Double("double 2")
    assert vectors(other, TEXTS, file).tolist() == Double("double 2").embed(TEXTS).tolist()
    assert sorted(other.asked) == sorted(TEXTS)


def test_no_texts_give_no_vectors(file: Path) -> None:
    """And no file."""
    assert vectors(Double(), [], file).shape == (0, 768)
    assert not file.exists()


def damaged(kind: str, good: bytes) -> bytes:
    """A cache file that went wrong."""
    return {
        "empty": b"",
        "text": b"not a cache",
        "cut short": good[: len(good) // 2],
        "a flipped byte": good[:900] + bytes([good[900] ^ 255]) + good[901:],
        "a pickle": b"\x80\x04\x95\x05\x00\x00\x00\x00\x00\x00\x00\x8c\x01a\x94.",
    }[kind]


@pytest.mark.parametrize("kind", ["empty", "text", "cut short", "a flipped byte", "a pickle"])
def test_a_damaged_file_is_built_anew(file: Path, kind: str) -> None:
    """The start goes on, and the next one finds a good file."""
    vectors(Double(), TEXTS, file)
    file.write_bytes(damaged(kind, file.read_bytes()))
    assert vectors(Double(), TEXTS, file).tolist() == Double().embed(TEXTS).tolist()
    again = Double()
    vectors(again, TEXTS, file)
    assert again.asked == []


KEYS, ROWS = np.zeros((3, 16), np.uint8), np.tile(np.eye(3, 384, dtype=np.float32), 2)


@pytest.mark.parametrize(
    "arrays",
    [
        {"other": ROWS},
        {"model": np.array("double 1"), "keys": KEYS[:2], "rows": ROWS},
        {"model": np.array("double 1"), "keys": KEYS, "rows": ROWS[:, :100]},
        {"model": np.array("double 1"), "keys": KEYS, "rows": ROWS.astype(np.float64)},
        {"model": np.array("double 1"), "keys": KEYS, "rows": ROWS * np.float32(np.nan)},
        {"model": np.array("double 1"), "keys": KEYS, "rows": ROWS * np.float32(3e38)},
        {"model": np.array("double 1"), "keys": KEYS.astype(object), "rows": ROWS},
    ],
)
def test_a_foreign_file_is_built_anew(file: Path, arrays: dict[str, np.ndarray]) -> None:
    """Other arrays, shapes, types or numbers than were written."""
    file.parent.mkdir()
    np.savez(file, **arrays)  # type: ignore[arg-type]
    assert vectors(Double(), TEXTS, file).tolist() == Double().embed(TEXTS).tolist()


def test_a_place_that_cannot_be_written_is_tolerated(tmp_path: Path) -> None:
    """A directory that is a file, as for root no directory is read-only: the vectors are computed in memory."""
    (tmp_path / "file").write_text("in the way")
    assert vectors(Double(), TEXTS, tmp_path / "file" / "vectors.npz").tolist() == Double().embed(TEXTS).tolist()


def test_a_failed_write_leaves_the_old_file_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk half-way: the old cache still stands and nothing is left beside it."""
    vectors(Double(), TEXTS, file)
    before = file.read_bytes()

    def full(stream: object, **arrays: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(vectors_module.np, "savez", full)
    assert len(vectors(Double(), ["new"], file)) == 1
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_directory_in_the_files_place_is_tolerated(file: Path) -> None:
    """Neither read nor replaced, and nothing is left beside it."""
    file.mkdir(parents=True)
    assert len(vectors(Double(), TEXTS, file)) == 3
    assert list(file.parent.iterdir()) == [file]


def test_progress_runs_from_nothing_to_all(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar can be drawn from it."""
    monkeypatch.setattr(vectors_module, "STEP", 2)
    seen: list[tuple[int, int]] = []
    vectors(Double(), TEXTS, file, lambda done, total: seen.append((done, total)))
    assert seen == [(0, 3), (2, 3), (3, 3)]


def test_progress_is_silent_where_nothing_is_computed(file: Path) -> None:
    """No bar flashes by at a start from the cache."""
    vectors(Double(), TEXTS, file)
    vectors(Double(), TEXTS, file, lambda done, total: pytest.fail("reported"))


def test_any_text_has_a_key(file: Path) -> None:
    """Emoji, lone surrogates, nothing at all."""
    texts = ["", "\ud800", "\N{GRINNING FACE}", "a\x00b"]
    vectors(Double(), texts, file)
    again = Double()
    vectors(again, texts, file)
    assert again.asked == []
