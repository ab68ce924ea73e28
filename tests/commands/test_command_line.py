"""The command line as a whole: help everywhere, a missing setting named with its remedy, exit codes 0, 1, 2, 3."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import Result
from typer.testing import CliRunner

from bot.commands import main
from bot.commands.main import app
from bot.content.loading import load
from tests.support.tiny import write_faq

COMMANDS = [
    "ask",
    "bench",
    "build",
    "check",
    "doctor",
    "inbox",
    "migrate",
    "schema",
    "score",
    "serve",
    "sign",
    "workbench",
]
TOKEN = "42:ABC-def"
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Run]:
    """A command in an empty environment, so to say."""
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "WEBHOOK_URL", "WEBHOOK_SECRET", "PORT", "FAQ_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("TERM", "dumb")

    def command(*args: str, **environ: str) -> Result:
        return CliRunner().invoke(app, args, env=environ)

    yield command
    structlog.reset_defaults()  # a command's logs go to an output that is closed by now


@pytest.fixture
def taken() -> Iterator[str]:
    """A port that somebody listens on, on every address."""
    with socket.socket() as taken:
        taken.bind(("", 0))
        taken.listen()
        yield str(taken.getsockname()[1])


def test_help_names_every_command(run: Run) -> None:
    """Each with a line."""
    result = run("--help")
    assert 0 == result.exit_code
    assert [] == [name for name in COMMANDS if name not in result.stdout]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run: Run, name: str) -> None:
    """With what it does and its options."""
    result = run(name, "--help")
    assert (0, True) == (result.exit_code, "--help" in result.stdout)


def test_an_unknown_command_is_wrong_usage(run: Run) -> None:
    """Exit code 2."""
    assert 2 == run("sevre").exit_code


def test_a_missing_token_is_named_with_its_remedy(run: Run) -> None:
    """Exit code 2, one plain sentence, before anything is loaded."""
    result = run("serve")
    assert 2 == result.exit_code
    assert "TELEGRAM_BOT_TOKEN: not set. Get a token from @BotFather" in result.stderr
    assert "faqbot workbench" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"TELEGRAM_BOT_TOKEN": "hello"}, "TELEGRAM_BOT_TOKEN: this has not the shape of a token"),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "PORT": "many"}, "PORT:"),
        (
            {"TELEGRAM_BOT_TOKEN": TOKEN, "WEBHOOK_URL": "https://bot.example.org"},
            "WEBHOOK_SECRET: needed",
        ),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "WEBHOOK_URL": "bot.example.org"}, "WEBHOOK_URL: this is no address."),
    ],
)
def test_a_wrong_setting_is_named_with_its_remedy(run: Run, environ: dict[str, str], told: str) -> None:
    """Exit code 2; what was set is not shown."""
    result = run("serve", **environ)
    assert 2 == result.exit_code
    assert told in result.stderr
    assert TOKEN not in result.stderr


def test_serve_refuses_content_without_the_gate(run: Run, tmp_path: Path) -> None:
    """Exit code 1: no patient is talked to without it."""
    faq = write_faq(tmp_path / "faq", without=("urgent.yaml",))
    result = run("serve", TELEGRAM_BOT_TOKEN=TOKEN, FAQ_DIR=str(faq))
    assert 1 == result.exit_code
    assert "urgent.yaml" in result.stderr


def test_serve_refuses_broken_content(run: Run, tmp_path: Path) -> None:
    """Exit code 1, with the place."""
    faq = write_faq(tmp_path / "faq")
    (faq / "clinic.yaml").write_text("name: 5\n", encoding="utf-8")
    result = run("serve", TELEGRAM_BOT_TOKEN=TOKEN, FAQ_DIR=str(faq))
    assert 1 == result.exit_code
    assert "clinic.yaml:1" in result.stderr


def test_serve_refuses_a_gate_that_misses_its_own_example(run: Run, tmp_path: Path) -> None:
    """At the line of the example."""
    faq = write_faq(tmp_path / "faq")
    file = faq / "en" / "urgent.yaml"
    example = load(faq).unwrap().urgent.rules[0].fires_on[0]  # type: ignore[union-attr]
    file.write_text(file.read_text(encoding="utf-8").replace(example, "a sunny day", 1), encoding="utf-8")
    result = run("serve", TELEGRAM_BOT_TOKEN=TOKEN, FAQ_DIR=str(faq))
    assert 1 == result.exit_code
    assert "urgent.yaml:" in result.stderr
    assert "does not fire on its example “a sunny day”" in result.stderr


@pytest.mark.loopback
def test_a_taken_port_is_told_by_serve(run: Run, tiny_faq: Path, taken: str) -> None:
    """Exit code 2, with the variable's name."""
    result = run("serve", TELEGRAM_BOT_TOKEN=TOKEN, FAQ_DIR=str(tiny_faq), PORT=taken)
    assert 2 == result.exit_code, result.output
    assert f"PORT {taken} cannot be used" in result.stderr
    assert "set PORT to a free one" in result.stderr


@pytest.mark.loopback
def test_a_taken_port_is_told_by_the_workbench(run: Run, tiny_faq: Path, taken: str) -> None:
    """In the same way."""
    result = run("workbench", "--faq", str(tiny_faq), PORT=taken)
    assert 2 == result.exit_code, result.output
    assert f"PORT {taken} cannot be used" in result.stderr


def test_a_fault_of_ours_is_one_plain_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3, no traceback, and none of the words that the error holds."""

    def broken() -> None:
        raise RuntimeError("somebody's words")

    monkeypatch.setattr(main, "assembled", lambda names: broken)
    with pytest.raises(SystemExit) as ended:
        main.run()
    told = capsys.readouterr().err
    assert 3 == ended.value.code
    assert "a fault of ours: RuntimeError in broken" in told
    assert "somebody" not in told
