"""`faqbot check`: every problem with its place and remedy, for people, programs and GitHub."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.checks.case import Checked
from bot.commands.main import app
from bot.problems import Place, Problem
from tests.support.tiny import write_faq

Check = Callable[..., Result]


@pytest.fixture
def faq(tmp_path: Path) -> Path:
    """A small content directory without errors: entries and the clinic."""
    return write_faq(tmp_path / "faq", without=("urgent.yaml", "guide.yaml"))


@pytest.fixture
def check(faq: Path) -> Check:
    """The command on it."""

    def run(*args: str, place: Path = faq) -> Result:
        return CliRunner().invoke(app, ["check", "--faq", str(place), *args])

    return run


def break_it(faq: Path) -> None:
    """One error: a key misspelt in the third line of an entry."""
    file = faq / "en" / "entries" / "treatment.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('"answer"', '"anwser"', 1), encoding="utf-8")


def test_drafts_are_warnings(check: Check) -> None:
    """Exit code 0, told all the same, with a summary."""
    result = check()
    assert 0 == result.exit_code, result.output
    assert "answers are drafts" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("16 entries, 0 errors, ")


def test_strict_lets_warnings_fail(check: Check) -> None:
    """Exit code 1."""
    assert 1 == check("--strict").exit_code


def test_strict_lets_drafts_pass(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a clinician can mend them, so they would make `--strict` useless until then."""
    draft = Problem("warning", Place("guide.yaml"), "the guide is a draft", waits=True)
    monkeypatch.setattr("bot.commands.check.check_loaded", lambda *_: Checked((draft,), {}))
    assert 0 == check("--strict").exit_code


def test_reading_level_is_told_to_people_only(check: Check) -> None:
    """A line of text would break the other forms."""
    assert "reading level: grade " in check().stdout
    assert "reading level" not in check("--format", "github").stdout


def test_errors_fail(check: Check, faq: Path) -> None:
    """Exit code 1, with place, line and suggestion."""
    break_it(faq)
    result = check()
    assert 1 == result.exit_code
    assert "treatment.yaml:" in result.stdout
    assert "did you mean `answer`?" in result.stdout


def test_all_errors_come_in_one_pass(check: Check, faq: Path) -> None:
    """Of several files."""
    break_it(faq)
    (faq / "en" / "words.yaml").write_text("spelled_out: {a: no}\nsmae_as: {}\n", encoding="utf-8")
    result = check()
    assert "treatment.yaml:" in result.stdout
    assert "words.yaml:" in result.stdout


def test_json_is_for_programs(check: Check, faq: Path) -> None:
    """A list, empty or not, and nothing else."""
    assert {"warning"} == {problem["severity"] for problem in json.loads(check("--format", "json").stdout)}
    break_it(faq)
    problems = json.loads(check("--format", "json").stdout)
    errors = [problem for problem in problems if problem["severity"] == "error"]
    assert {"severity", "place", "message", "hint"} == set(errors[0])
    assert {"file", "line", "column", "text"} == set(errors[0]["place"])
    assert errors[0]["place"]["line"] > 1


def test_github_shows_problems_beside_the_line(check: Check, faq: Path) -> None:
    """One workflow command a line, and nothing else."""
    break_it(faq)
    lines = check("--format", "github").stdout.splitlines()
    assert any(line.startswith("::error file=") and ",line=" in line and ",col=" in line for line in lines)
    assert [] == [line for line in lines if not line.startswith(("::error ", "::warning "))]


def test_a_place_without_content_is_an_error(check: Check, tmp_path: Path) -> None:
    """Exit code 1, and what to point at."""
    result = check(place=tmp_path / "nowhere")
    assert 1 == result.exit_code
    assert "no FAQ entries found here" in result.stdout


@pytest.mark.parametrize("args", [("--format", "xml"), ("--nonsense",), ("too", "many")])
def test_wrong_usage_is_told(check: Check, args: tuple[str, ...]) -> None:
    """Exit code 2, without a traceback."""
    result = check(*args)
    assert 2 == result.exit_code
    assert "Traceback" not in result.stderr


def test_the_gate_and_the_guide_are_checked_too(tiny_faq: Path, check: Check) -> None:
    """The guide that ships points to answers that the tiny FAQ does not have; nothing else is wrong with it."""
    problems = json.loads(check("--format", "json", place=tiny_faq).stdout)
    errors = [problem["message"] for problem in problems if problem["severity"] == "error"]
    assert errors
    assert [] == [message for message in errors if "there is no answer `" not in message]
