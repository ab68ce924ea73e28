"""Test wordings: enough of them, none that proves nothing."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from pathlib import Path

from bot.checks.trials import read_trials, trials
from tests.support.cases import WAYS, a_case, an_entry, told
from tests.support.questions import write_questions

FIVE = [("back_pain", f"test {n}") for n in range(5)]


def test_without_a_folder_of_wordings_nothing_is_told() -> None:
    """A clinic's own content has none."""
    assert [] == told(trials, a_case(an_entry()))


def test_an_entry_has_five_test_wordings() -> None:
    """Untested entries win what is not theirs."""
    assert ["`back_pain`: 4 test wordings"] == told(trials, a_case(an_entry(), trials=FIVE[:4]))
    assert [] == told(trials, a_case(an_entry(), trials=FIVE))


def test_a_test_wording_is_none_of_the_faqs() -> None:
    """It would only show that the FAQ knows its own words."""
    known = f"{WAYS[0]} BACK_PAIN"
    problems = list(trials(a_case(an_entry(), trials=[*FIVE, ("back_pain", known)])))
    assert [f"the test wording “{known}” stands in the FAQ, in `back_pain`: it proves nothing"] == [
        problem.message for problem in problems
    ]
    assert ["test.yaml"] == [problem.place.file for problem in problems]


def test_a_test_wording_belongs_to_an_entry_that_exists() -> None:
    """One problem an entry, with what was meant."""
    lost = [("back_pian", "a"), ("back_pian", "b"), (None, "nobody's")]
    problems = list(trials(a_case(an_entry(), trials=[*FIVE, *lost])))
    assert [("test wordings for `back_pian`, which does not exist", "did you mean `back_pain`?")] == [
        (problem.message, problem.hint) for problem in problems
    ]


def test_test_wordings_of_an_old_id_go_to_the_entry_of_today() -> None:
    """The hint names it."""
    entry = an_entry(formerly=["spine"])
    problems = list(trials(a_case(entry, trials=[*FIVE, ("spine", "a")])))
    assert ["did you mean `back_pain`?"] == [problem.hint for problem in problems]


def test_wordings_are_read_with_their_places(tmp_path: Path) -> None:
    """So that a problem can point at them; a broken file is told and the others are read."""
    folder = write_questions(tmp_path / "questions", broken="questions: [", known_failures="not: read")
    found, problems = read_trials(folder)
    one = next(one for one in found if one.text == "should i get that mri")
    assert ("mri_need", 4) == (one.entry, one.place.line)
    assert [None] == [one.entry for one in found if one.text == "purple elephants on tuesday"]
    assert ["broken.yaml"] == [Path(problem.place.file).name for problem in problems]
