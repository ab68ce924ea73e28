"""`faqbot migrate` and `faqbot inbox`, on both databases."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.commands.main import app
from bot.errand import Errand
from bot.said import Said
from bot.storage.inbox import Inbox
from bot.storage.migrations import NEWEST
from bot.storage.sealing import Keys
from tests.support.databases import KEY, opened

ANNA = (1001, 1001)
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """A command with this environment."""
    for name in ("DATABASE_URL", "DATA_KEY", "WEBHOOK_URL", "WEBHOOK_SECRET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))

    def command(*args: str, **environ: str) -> Result:
        return CliRunner().invoke(app, args, env=environ)

    return command


def passed_on(url: str, *texts: str) -> None:
    """Patients passed these on."""

    async def work() -> None:
        async with opened(url) as database:
            await database.prepare(0.0)
            for number, text in enumerate(texts):
                errand = Errand("keep", f"token{number}", Said("failed"), Said("enough"), text)
                assert "done" == await Inbox(database, Keys(KEY)).run(errand, (number, number), time.time())

    asyncio.run(work())


def test_migrate_makes_the_tables_once(run: Run, database_url: str) -> None:
    """The second run says that there was nothing to do."""
    first, second = (run("migrate", DATABASE_URL=database_url) for _ in range(2))
    assert (0, 0) == (first.exit_code, second.exit_code)
    assert "step 1: counters" in first.stdout
    assert second.stdout.endswith(f"version {NEWEST}, nothing to do\n")


def test_migrate_without_a_url_makes_the_default_file(run: Run, tmp_path: Path) -> None:
    """In the cache folder."""
    assert 0 == run("migrate").exit_code
    assert (tmp_path / "cache" / "faqbot.sqlite3").is_file()


def test_migrate_tells_what_is_wrong_and_the_remedy(run: Run, tmp_path: Path) -> None:
    """Exit code 1, without the password."""
    result = run("migrate", DATABASE_URL=f"postgres://anna:hush@/faq?host={tmp_path}")
    assert 1 == result.exit_code
    assert "DATABASE_URL: nobody listens there\n    -> start the database" in result.stderr
    assert "hush" not in result.output


def test_a_wrong_url_is_wrong_usage(run: Run) -> None:
    """Exit code 2."""
    result = run("migrate", DATABASE_URL="mysql://anna:hush@db/faq")
    assert 2 == result.exit_code
    assert "DATABASE_URL: must be" in result.stderr
    assert "hush" not in result.output


def test_inbox_lists_what_came_in(run: Run, database_url: str) -> None:
    """With a number, the day and the words; nobody knows who."""
    passed_on(database_url, "why does my\nknee click", "is yoga ok")
    result = run("inbox", DATABASE_URL=database_url, DATA_KEY=KEY)
    assert 0 == result.exit_code, result.output
    assert "why does my knee click" in result.stdout
    assert result.stdout.endswith("2 questions; each is deleted after 30 days\n")


def test_inbox_as_json(run: Run, database_url: str) -> None:
    """A line each."""
    passed_on(database_url, "is yoga ok")
    (line,) = run("inbox", "--json", DATABASE_URL=database_url, DATA_KEY=KEY).stdout.splitlines()
    assert {"number", "day", "text"} == set(json.loads(line))
    assert "is yoga ok" == json.loads(line)["text"]


def test_one_question_is_deleted_by_its_number(run: Run, database_url: str) -> None:
    """The other stays; an unknown number is told."""
    passed_on(database_url, "first", "second")
    environ = {"DATABASE_URL": database_url, "DATA_KEY": KEY}
    first = json.loads(run("inbox", "--json", **environ).stdout.splitlines()[0])
    assert "1 deleted\n" == run("inbox", "--delete", first["number"], **environ).stdout
    left = [json.loads(line)["text"] for line in run("inbox", "--json", **environ).stdout.splitlines()]
    assert [{"first", "second"} - {first["text"]}] == [set(left)]
    assert 1 == run("inbox", "--delete", "0" * 8, **environ).exit_code


def test_all_are_deleted(run: Run, database_url: str) -> None:
    """Those sealed under a lost key too."""
    passed_on(database_url, "first", "second")
    environ = {"DATABASE_URL": database_url, "DATA_KEY": KEY[::-1]}
    assert "(sealed under another DATA_KEY)" in run("inbox", **environ).stdout
    assert "2 deleted\n" == run("inbox", "--delete", "all", **environ).stdout


def test_inbox_needs_the_key(run: Run) -> None:
    """Exit code 2."""
    result = run("inbox")
    assert (2, True) == (result.exit_code, "DATA_KEY: not set" in result.stderr)
