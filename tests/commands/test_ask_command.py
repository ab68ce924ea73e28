"""`faqbot ask`: what would the bot do? The form that other programs read."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.commands.main import app
from tests.support.tiny import write_faq

ROOT = Path(__file__).parents[2]
KEYS = {"outcome", "entry", "suggestions", "confidence", "ranking", "rule", "rules", "tier", "why"}
Ask = Callable[..., Result]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny FAQ without gate and guide, which take a second to load."""
    return write_faq(tmp_path_factory.mktemp("bare") / "faq", without=("urgent.yaml", "guide.yaml"))


@pytest.fixture
def ask(bare: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The command on the bare FAQ (or another), by words and characters alone."""
    monkeypatch.setenv("CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))

    def run(*args: str, given: bytes | str = "", faq: Path = bare) -> Result:
        return CliRunner().invoke(app, ["ask", "--engine", "A", "--faq", str(faq), *args], input=given)

    return run


def rows(result: Result) -> list[dict[str, Any]]:
    """The JSON results, one a line."""
    assert 0 == result.exit_code, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_json_holds_every_key(ask: Ask) -> None:
    """Of the right kinds; lists are never null."""
    (row,) = rows(ask("--json", "do i need an mri"))
    assert KEYS <= set(row)
    assert ("answer", "mri_need", None, None) == (row["outcome"], row["entry"], row["rule"], row["tier"])
    assert 0.6 <= row["confidence"] <= 1
    assert "mri_need" == row["ranking"][0][0]
    assert 1 <= len(row["ranking"]) <= 5
    assert sorted(row["ranking"], key=lambda pair: -pair[1]) == row["ranking"]
    assert [list] * 4 == [type(row[name]) for name in ("suggestions", "ranking", "rules", "why")]


def test_an_emergency_names_its_rule_and_tier(ask: Ask, tiny_faq: Path) -> None:
    """The gravest first."""
    (row,) = rows(ask("--json", "crushing chest pain", faq=tiny_faq))
    assert ("urgent", None, "heart_chest", "call_911") == (row["outcome"], row["entry"], row["rule"], row["tier"])
    assert "heart_chest" in row["rules"]


def test_nothing_known_is_none(ask: Ask) -> None:
    """With the ranking all the same."""
    (row,) = rows(ask("--json", "bicycle repair"))
    assert ("none", None, []) == (row["outcome"], row["entry"], row["suggestions"])
    assert row["ranking"]


def test_for_people_it_says_why(ask: Ask) -> None:
    """The outcome, the entry, and the wording that came closest."""
    result = ask("do", "i", "need", "an", "mri")
    assert result.stdout.startswith("answer: mri_need  (confidence 0.99") or result.stdout.startswith(
        "answer: mri_need"
    )
    assert "closest: mri_need" in result.stdout


def test_each_line_of_standard_input_gets_a_line(ask: Ask, tiny_faq: Path) -> None:
    """In the same order, each a chat of its own, a blank one too."""
    result = rows(ask("--json", given="do i need an mri\n\nmy leg is swollen\ni am out of breath\n", faq=tiny_faq))
    assert ["answer", "none"] == [row["outcome"] for row in result[:2]]
    assert 4 == len(result)
    assert "urgent" not in [row["outcome"] for row in result]


def test_lines_end_with_a_line_feed_alone(ask: Ask) -> None:
    """Whatever else breaks a line belongs to the message; the last line needs none."""
    text = "do i need\x0b an mri\x85 \u2028\r\nthanks".encode()
    assert ["mri_need", "chat.thanks"] == [row["entry"] for row in rows(ask("--json", given=text))]


def test_broken_text_is_read_as_well_as_it_can_be(ask: Ask) -> None:
    """Bytes that are no UTF-8 stop nothing."""
    result = rows(ask("--json", given=b"\xff\xfe\nd\xc3o i need an mri\n\x00\n"))
    assert 3 == len(result)
    assert "mri_need" == result[1]["entry"]


def test_a_session_remembers_what_was_said(ask: Ask, tiny_faq: Path) -> None:
    """By chat and by time: two messages make one emergency, and not after ten minutes."""
    lines = [
        {"chat": 1, "at": 0, "text": "my leg is swollen"},
        {"chat": 2, "at": 0, "text": "my leg is swollen"},
        {"chat": 3, "at": 1, "text": "i am out of breath"},
        {"chat": 1, "at": 60, "text": "i am out of breath"},
        {"chat": 2, "at": 700, "text": "i am out of breath"},
        {"chat": 4, "at": 0, "text": "do i need\nan mri"},
    ]
    result = rows(ask("--json", "--session", given="".join(json.dumps(line) + "\n" for line in lines), faq=tiny_faq))
    assert [False, False, False, True, False, False] == [row["outcome"] == "urgent" for row in result]
    assert "mri_need" == result[-1]["entry"]


@pytest.mark.parametrize(
    "line", ["do i need an mri", "", "[]", "5", '{"chat": 1}', '{"chat": 1, "at": "x", "text": ""}']
)
def test_a_session_line_that_is_none_is_named(ask: Ask, line: str) -> None:
    """Exit code 2, with the line's number and the form; what came before was answered."""
    result = ask("--json", "--session", given='{"chat": 1, "at": 0, "text": "thanks"}\n' + line + "\n")
    assert 2 == result.exit_code
    assert "line 2 is not a message" in result.stderr
    assert 1 == len(result.stdout.splitlines())


def test_it_runs_without_the_gate_and_without_everything_but_entries(ask: Ask, tmp_path: Path) -> None:
    """As with anybody's own entries."""
    every = ("urgent.yaml", "messages.yaml", "words.yaml", "guide.yaml", "clinic.yaml")
    faq = write_faq(tmp_path / "faq", without=every)
    for place in (faq, faq / "en"):
        first, second = rows(ask("--json", given="crushing chest pain\ndo i need an mri\n", faq=place))
        assert ("mri_need", [], None) == (second["entry"], first["rules"], first["tier"])


def test_broken_content_is_told_with_its_place(ask: Ask, tmp_path: Path) -> None:
    """Exit code 1, on standard error."""
    faq = write_faq(tmp_path / "faq")
    file = faq / "en" / "entries" / "chat.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('"question"', '"qestion"', 1), encoding="utf-8")
    result = ask("hi", faq=faq)
    assert (1, "") == (result.exit_code, result.stdout)
    assert "chat.yaml:" in result.stderr
    assert "did you mean `question`?" in result.stderr


def test_a_place_without_content_is_told(ask: Ask, tmp_path: Path) -> None:
    """Exit code 1, and what to point at."""
    result = ask("hi", faq=tmp_path / "nowhere")
    assert 1 == result.exit_code
    assert "no FAQ entries found here" in result.stderr


def test_results_stream(bare: Path, tmp_path: Path) -> None:
    """The real command answers a line before the next one is written, and ends when nobody reads any more."""
    command = "from bot.commands.main import run; run()"
    with subprocess.Popen(
        [sys.executable, "-c", command, "ask", "--json", "--engine", "A", "--faq", str(bare)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as asking:
        assert asking.stdin is not None and asking.stdout is not None
        for text, entry in (("do i need an mri", "mri_need"), ("thanks", "chat.thanks")):
            asking.stdin.write(text.encode() + b"\n")
            asking.stdin.flush()
            assert entry == json.loads(asking.stdout.readline())["entry"]
        asking.stdin.close()
        assert 0 == asking.wait(10)


def test_odd_characters_break_nothing(ask: Ask) -> None:
    """Half a character, as some programs send it in JSON."""
    line = '{"chat": 1, "at": 0, "text": "zz\\ud800qq do i need an mri"}\n'
    assert "mri_need" == rows(ask("--json", "--session", given=line))[0]["entry"]
