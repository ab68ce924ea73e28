"""The list of known failures: written by a command, read by the tests."""

# ruff: noqa: SIM300 - expected == actual is the house style

from pathlib import Path

import pytest

from bot.decision import Decision
from bot.problems import ContentError
from bot.scoring.judging import Judged, Mark
from bot.scoring.known import read_known, write_known
from bot.scoring.questions import KNOWN_FAILURES, Wording


def judged(text: str, mark: Mark, entry: str | None = "scan") -> Judged:
    """A wording with its mark."""
    return Judged(Wording("imaging", entry, text), Decision("none"), mark)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Each failure with its kind; what passes is left out."""
    marks: list[Judged] = [judged("one", "wrong"), judged("two", "right"), judged("three", "missed")]
    assert 2 == write_known(tmp_path, marks)
    assert {("scan", "one"): "wrong", ("scan", "three"): "missed"} == read_known(tmp_path).marks()


def test_nobodys_wordings_stand_under_none(tmp_path: Path) -> None:
    """They have no entry."""
    write_known(tmp_path, [judged("zebra", "wrong", None)])
    assert {("none", "zebra"): "wrong"} == read_known(tmp_path).marks()


@pytest.mark.parametrize("text", ["yes", 'say "ahh"', "12:30", "a: b # c", "ça va 😀", "back\\slash"])
def test_any_wording_survives(tmp_path: Path, text: str) -> None:
    """Whatever YAML would make of it."""
    write_known(tmp_path, [judged(text, "missed")])
    assert {("scan", text): "missed"} == read_known(tmp_path).marks()


def test_the_list_is_the_same_whatever_the_order(tmp_path: Path) -> None:
    """So that a diff shows what changed."""
    marks = [judged("b", "missed"), judged("a", "missed"), judged("c", "missed", "brace")]
    written = []
    for order in (marks, marks[::-1]):
        write_known(tmp_path, order)
        written.append((tmp_path / KNOWN_FAILURES).read_bytes())
    assert written[0] == written[1]


def test_no_file_is_an_empty_list(tmp_path: Path) -> None:
    """Nothing fails yet."""
    assert {} == read_known(tmp_path).marks()


def test_an_empty_list_is_read(tmp_path: Path) -> None:
    """Everything passes."""
    write_known(tmp_path, [])
    assert {} == read_known(tmp_path).marks()


def test_a_list_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """With its place."""
    (tmp_path / KNOWN_FAILURES).write_text("wrong:\n  - a list\n")
    with pytest.raises(ContentError, match=KNOWN_FAILURES):
        read_known(tmp_path)
