"""Stems: those of the FAQ's words are remembered, whatever becomes of the file, and no patient's word is."""

import json
from pathlib import Path

import pytest

from bot.matching.stems import Stems


def settled(cache: Path, *words: str) -> Stems:
    """Stems of a FAQ with these words."""
    stems = Stems("en", cache)
    for word in words:
        stems(word)
    stems.settle()
    return stems


def file(cache: Path) -> Path:
    """The one that was written."""
    return next(cache.glob("stems-en-*.json"))


def test_stems_are_kept(tmp_path: Path) -> None:
    """Each word of the FAQ with its own."""
    settled(tmp_path, "scans", "hips")
    assert json.loads(file(tmp_path).read_bytes()) == {"scans": "scan", "hips": "hip"}


def test_what_is_kept_is_what_is_said(tmp_path: Path) -> None:
    """Nothing is found anew."""
    settled(tmp_path, "scans")
    file(tmp_path).write_text('{"scans": "from the file"}')
    assert Stems("en", tmp_path)("scans") == "from the file"


def test_only_words_of_the_faq_as_it_is_are_kept(tmp_path: Path) -> None:
    """Others make room once there are new ones."""
    settled(tmp_path, "scans")
    settled(tmp_path, "hips")
    assert json.loads(file(tmp_path).read_bytes()) == {"hips": "hip"}


def test_no_word_of_a_patient_is_kept(tmp_path: Path) -> None:
    """What comes after settling is answered, and forgotten."""
    assert settled(tmp_path, "scans")("secrets") == "secret"
    settled(tmp_path, "scans")
    assert "secret" not in file(tmp_path).read_text()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"scans": ""}', b'{"scans": null}', b"\xff\xfe"])
def test_a_damaged_file_is_as_none(damage: bytes, tmp_path: Path) -> None:
    """Stems are found anew."""
    settled(tmp_path, "scans")
    file(tmp_path).write_bytes(damage)
    assert Stems("en", tmp_path)("scans") == "scan"


def test_a_place_that_nobody_can_write_to_is_no_fault(tmp_path: Path) -> None:
    """The folder's name is that of a file."""
    (tmp_path / "file").touch()
    assert settled(tmp_path / "file" / "cache", "scans")("scans") == "scan"


def test_a_language_without_stemmer_keeps_nothing(tmp_path: Path) -> None:
    """Its words are whole."""
    stems = Stems("xx", tmp_path)
    assert stems("scans") == "scans"
    stems.settle()
    assert list(tmp_path.iterdir()) == []
