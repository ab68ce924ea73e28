"""`faqbot guide`: a picture and a table, written into a folder."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.commands.main import app
from tests.support.tiny import write_faq

FAQ = Path(__file__).parents[2] / "faq"


def run(out: Path, faq: Path = FAQ) -> Result:
    """The command."""
    return CliRunner().invoke(app, ["guide", str(out), "--faq", str(faq)])


def test_it_writes_the_picture_and_the_table(tmp_path: Path) -> None:
    """And says how many paths there are; the table opens in a spreadsheet with its accents."""
    result = run(tmp_path)
    assert 0 == result.exit_code, result.output
    assert "69 paths, 6 taps as a rule, 6 at most" == result.stdout.splitlines()[-1]
    assert (tmp_path / "guide.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert (tmp_path / "guide.csv").read_bytes().startswith(codecs.BOM_UTF8 + b"path,taps,end,")


def test_a_guide_that_is_not_proven_is_not_drawn(tmp_path: Path) -> None:
    """Nobody should sign it: its faults are told."""
    result = run(tmp_path, write_faq(tmp_path / "faq"))  # points to answers that this FAQ does not hold
    assert 1 == result.exit_code
    assert "there is no answer `danger_signs`" in result.stderr
    assert not (tmp_path / "guide.svg").exists()


def test_without_a_guide_it_says_so(tmp_path: Path) -> None:
    """With what is needed."""
    result = run(tmp_path, write_faq(tmp_path / "faq", without=("guide.yaml",)))
    assert (1, True) == (result.exit_code, "there is no guide to draw" in result.stderr)


@pytest.mark.parametrize("missing", ["nowhere", "a/b"])
def test_a_folder_that_is_not_there_is_told(tmp_path: Path, missing: str) -> None:
    """Exit code 2."""
    result = run(tmp_path / missing)
    assert (2, True) == (result.exit_code, "name a folder that exists" in result.stderr)
