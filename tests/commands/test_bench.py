"""`faqbot bench`: the cost of matching on this machine, as a table."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.commands import bench as bench_module
from bot.commands.main import app
from bot.matching.model import SentenceModel
from tests.support.tiny import write_faq

Bench = Callable[..., Result]
MODEL = pytest.mark.skipif(SentenceModel.load() is None, reason="the extra `model` is not installed")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny FAQ without gate and guide, which take a second to load."""
    return write_faq(tmp_path_factory.mktemp("bare") / "faq", without=("urgent.yaml", "guide.yaml"))


@pytest.fixture
def bench(bare: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Bench:
    """The command on the tiny FAQ, with small sizes, away from the project's own test wordings."""
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bench_module, "SIZES", {4: 60})
    monkeypatch.setattr(bench_module, "LARGE", {8: 60})
    monkeypatch.setattr(bench_module, "MESSAGES", 20)
    return lambda *args: CliRunner().invoke(app, ["bench", "--faq", str(bare), *args])


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the extra were not installed."""
    monkeypatch.setattr(bench_module, "load_model", lambda: None)


def test_each_size_has_a_row(bench: Bench, no_model: None) -> None:
    """And so has the FAQ itself; how busy the machine is stands below."""
    result = bench()
    assert 0 == result.exit_code, result.output
    wanted = ["A, 4 x 10 made", "A, this FAQ, cached", "peak MB", "cores, load"]
    assert [] == [words for words in wanted if words not in result.stdout]


def test_large_sizes_are_measured_when_asked_for(bench: Bench, no_model: None) -> None:
    """They take minutes."""
    assert "A, 8 x 10 made" in bench("--large").stdout


@MODEL
def test_the_cascade_has_a_row(bench: Bench) -> None:
    """With the share of messages that needed the model; and a row for a hundred of the entries at most."""
    printed = bench().stdout
    assert "B, this FAQ, cached" in printed
    assert " x 10 of this FAQ, cached" in printed


def test_what_takes_too_long_is_given_up(bench: Bench, no_model: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other rows are printed; exit code 1."""
    monkeypatch.setattr(bench_module, "SIZES", {4: 0})
    result = bench()
    assert (1, True, True) == (result.exit_code, "over 0 s" in result.stdout, "A, this FAQ" in result.stdout)
