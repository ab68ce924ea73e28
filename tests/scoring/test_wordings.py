"""Test wordings are read strictly, and each belongs to an entry."""

# ruff: noqa: SIM300 - expected == actual is the house style

from pathlib import Path

import pytest

from bot.content.loading import Content
from bot.problems import ContentError
from bot.scoring.questions import Wording, read_questions, strangers
from tests.support.questions import write_questions


def test_wordings_come_file_by_file(tmp_path: Path) -> None:
    """With their group and their entry; nobody's last."""
    found = read_questions(write_questions(tmp_path / "en"))
    assert Wording("imaging", "mri_need", "is an mri really needed") == found[0]
    assert Wording("imaging", None, "purple elephants on tuesday") == found[3]
    assert ["imaging"] * 4 + ["treatment"] * 2 == [wording.group for wording in found]


def test_the_list_of_known_failures_is_no_group(tmp_path: Path) -> None:
    """Though it stands beside them."""
    folder = write_questions(tmp_path / "en", known_failures="wrong: {}\n")
    assert {"imaging", "treatment"} == {wording.group for wording in read_questions(folder)}


def test_every_problem_is_told_with_its_place(tmp_path: Path) -> None:
    """In one pass."""
    folder = write_questions(tmp_path / "en", one="questions:\n  a: yes\n", two="question: {}\n")
    with pytest.raises(ContentError) as error:
        read_questions(folder)
    assert {"one.yaml", "two.yaml"} == {Path(problem.place.file).name for problem in error.value.problems}


@pytest.mark.parametrize("made", [True, False])
def test_a_folder_without_wordings_is_told(tmp_path: Path, made: bool) -> None:
    """Empty or not there: with what to do."""
    if made:
        (tmp_path / "en").mkdir()
    with pytest.raises(ContentError, match="no test wordings here"):
        read_questions(tmp_path / "en")


def test_wordings_of_an_entry_that_is_gone_are_told(tiny_content: Content) -> None:
    """Once an entry, with the id that was meant."""
    wordings = [Wording("imaging", "mri_ned", text) for text in ("one", "two")]
    (problem,) = strangers(wordings, tiny_content.entries)
    assert ("imaging.yaml", True) == (problem.place.file, "did you mean `mri_need`?" in problem.hint)


def test_wordings_of_entries_that_exist_are_no_problem(tiny_content: Content) -> None:
    """Nor are nobody's."""
    assert [] == strangers([Wording("a", "mri_need", "x"), Wording("a", None, "y")], tiny_content.entries)
