"""`faqbot score`: figures about decisions, on test wordings of the FAQ's own."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.commands.main import app
from bot.problems import ContentError
from bot.scoring.known import read_known
from tests.support.questions import write_questions
from tests.support.tiny import write_faq

Score = Callable[..., Result]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny FAQ without gate and guide, which take a second to load."""
    return write_faq(tmp_path_factory.mktemp("bare") / "faq", without=("urgent.yaml", "guide.yaml"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Test wordings for it."""
    return write_questions(tmp_path / "tests" / "questions" / "en")


@pytest.fixture
def score(bare: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Score:
    """The command on the tiny FAQ, by words and characters alone."""
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))

    def run(*args: str) -> Result:
        return CliRunner().invoke(app, ["score", str(folder), "--faq", str(bare), "--engine", "A", *args])

    return run


def test_the_tables_are_printed(score: Score) -> None:
    """Decisions, confidence, and plain matchers on the same wordings."""
    result = score()
    assert 0 == result.exit_code, result.output
    wanted = ["Engine A, 16 entries, 6 test wordings", "imaging", "treatment", "expected calibration error"]
    wanted += ["0.9+", "rapidfuzz WRatio >= 80", "rapidfuzz token_set_ratio >= 80", "BM25"]
    assert [] == [words for words in wanted if words not in result.stdout]


def test_the_plot_is_drawn(score: Score, tmp_path: Path) -> None:
    """Into the file that was named."""
    score("--plot", str(tmp_path / "plot.svg"))
    assert (tmp_path / "plot.svg").read_text(encoding="utf-8").startswith("<svg")


def test_what_fails_is_listed(score: Score, folder: Path) -> None:
    """The command rewrites the list, and says how long it is."""
    (folder / "imaging.yaml").write_text('questions:\n  emg:\n    - "should i wear a knee brace"\n', encoding="utf-8")
    result = score("--write-known")
    assert (0, "1 of 3 wordings are known failures\n") == (result.exit_code, result.stdout)
    assert {("emg", "should i wear a knee brace"): "wrong"} == read_known(folder).marks()


def test_wordings_of_an_entry_that_is_gone_are_a_problem(score: Score, folder: Path) -> None:
    """Exit code 1, and the id that was meant."""
    (folder / "imaging.yaml").write_text('questions:\n  mri_ned:\n    - "an mri?"\n', encoding="utf-8")
    result = score()
    assert (1, True) == (result.exit_code, "did you mean `mri_need`?" in result.stderr)


def test_without_wordings_there_is_nothing_to_score(score: Score, folder: Path) -> None:
    """The fault names the folder."""
    for file in folder.iterdir():
        file.unlink()
    result = score()
    assert isinstance(result.exception, ContentError)
    assert "no test wordings here" in str(result.exception)


def test_a_setting_of_another_command_does_not_matter(score: Score, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is served here, so a wrong port stops nothing."""
    monkeypatch.setenv("PORT", "many")
    assert 0 == score().exit_code


def test_an_unknown_engine_is_wrong_usage(score: Score) -> None:
    """There are two."""
    assert 2 == score("--engine", "C").exit_code
