"""A problem reads the same for people, programs and GitHub."""

# ruff: noqa: SIM300 - expected == actual is the house style

import json

import pytest

from bot.problems import ContentError, Place, Problem, has_errors

SLIP = Problem("error", Place("faq/a.yaml", 3, 5, "    anwser: x"), "unknown key `anwser`", "did you mean `answer`?")
DRAFT = Problem("warning", Place("faq/b.yaml"), "not signed")


def test_as_text_shows_place_line_and_remedy() -> None:
    """In three lines."""
    expected = "faq/a.yaml:3:5: error: unknown key `anwser`\n    anwser: x\n    -> did you mean `answer`?"
    assert expected == SLIP.as_text()


def test_as_text_leaves_out_what_is_not_there() -> None:
    """A file as a whole has neither line nor text."""
    assert "faq/b.yaml: warning: not signed" == DRAFT.as_text()


def test_as_text_cuts_a_long_line() -> None:
    """A terminal is not a page."""
    problem = SLIP._replace(place=Place("a", 1, 1, "x" * 500))
    assert "    " + "x" * 120 == problem.as_text().split("\n")[1]


def test_as_text_shows_no_control_characters() -> None:
    """A file cannot move the cursor of the person who checks it."""
    problem = SLIP._replace(place=Place("a", 1, 1, "a\x1b[2Jb\0"))
    assert "    a\ufffd[2Jb\ufffd" == problem.as_text().split("\n")[1]


def test_as_dict_holds_plain_data() -> None:
    """Ready for JSON."""
    expected = {
        "severity": "error",
        "place": {"file": "faq/a.yaml", "line": 3, "column": 5, "text": "    anwser: x"},
        "message": "unknown key `anwser`",
        "hint": "did you mean `answer`?",
    }
    assert expected == json.loads(json.dumps(SLIP.as_dict()))


def test_as_github_is_a_workflow_command() -> None:
    """It shows beside the changed line."""
    expected = "::error file=faq/a.yaml,line=3,col=5::unknown key `anwser` -> did you mean `answer`?"
    assert expected == SLIP.as_github()


def test_as_github_puts_a_file_as_a_whole_at_its_top() -> None:
    """GitHub counts from 1."""
    assert "::warning file=faq/b.yaml,line=1,col=1::not signed" == DRAFT.as_github()


@pytest.mark.parametrize(
    ("message", "escaped"), [("50% off", "50%25 off"), ("a\nb", "a%0Ab"), ("a\r\nb", "a%0D%0Ab"), ("%0A", "%250A")]
)
def test_as_github_escapes_the_message(message: str, escaped: str) -> None:
    """One problem is one line, whatever it says."""
    assert f"::warning file=faq/b.yaml,line=1,col=1::{escaped}" == DRAFT._replace(message=message).as_github()


def test_as_github_escapes_the_file() -> None:
    """A comma or a colon in a name does not end it."""
    problem = DRAFT._replace(place=Place("a,b:c%.yaml", 2, 1))
    assert "::warning file=a%2Cb%3Ac%25.yaml,line=2,col=1::not signed" == problem.as_github()


@pytest.mark.parametrize(
    ("place", "shown"), [(Place("a.yaml"), "a.yaml"), (Place("a.yaml", 7, 2), "a.yaml:7:2"), (Place("a", 0, 4), "a")]
)
def test_a_place_is_what_an_editor_opens(place: Place, shown: str) -> None:
    """file:line:column, or the file alone."""
    assert shown == str(place)


def test_a_content_error_carries_every_problem() -> None:
    """And says them all."""
    error = ContentError(problem for problem in (SLIP, DRAFT))
    assert (SLIP, DRAFT) == error.problems
    assert f"{SLIP.as_text()}\n{DRAFT.as_text()}" == str(error)


@pytest.mark.parametrize(
    ("problems", "expected"), [([], False), ([DRAFT], False), ([SLIP], True), ([DRAFT, SLIP], True)]
)
def test_only_errors_are_errors(problems: list[Problem], expected: bool) -> None:
    """A warning stops nothing."""
    assert expected == has_errors(problems)
