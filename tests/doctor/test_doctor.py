"""`faqbot doctor`: one line for each thing, with the remedy, and never a secret."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog
import typer
from click.testing import Result
from typer.testing import CliRunner

from bot.commands import doctor as command
from bot.commands.main import app
from bot.doctor import content, database, engine, telegram
from bot.doctor.finding import Finding, exit_code
from bot.errand import Errand
from bot.said import Said
from bot.settings import read_settings
from bot.storage.address import parse
from bot.storage.inbox import Inbox
from bot.storage.sealing import Keys
from bot.workbench import LocalBotApi
from bot.workbench.errors import ApiError
from bot.workbench.faults import Fault
from tests.support.databases import KEY, opened
from tests.support.serving import SECRET, quick_api, settings
from tests.support.tiny import write_faq

WEBHOOK = "https://bot.example.org"


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    """Telegram."""
    async with quick_api() as api:
        yield api


def lines(findings: list[Finding]) -> str:
    """As they are printed."""
    return "\n".join(finding.as_text() for finding in findings)


@pytest.mark.loopback
async def test_a_bot_that_polls_is_fine(api: LocalBotApi) -> None:
    """Token, no webhook, nothing waits, the clock."""
    found = await telegram.look(settings(api), time.time())
    assert {"ok"} == {finding.level for finding in found}
    assert ["token", "webhook", "webhook", "clock"] == [finding.about for finding in found]
    assert 0 == exit_code(found)


@pytest.mark.loopback
async def test_a_webhook_that_is_not_set_yet_is_told(api: LocalBotApi) -> None:
    """With what sets it."""
    found = await telegram.look(settings(api, WEBHOOK_URL=WEBHOOK, WEBHOOK_SECRET=SECRET), time.time())
    assert "warn  webhook   not set yet -> start `faqbot serve`" in lines(found)


@pytest.mark.loopback
async def test_updates_that_wait_are_told(api: LocalBotApi) -> None:
    """A few are not; twenty are."""
    for number in range(21):
        await api.say(f"message {number}")
    assert "warn  webhook   21 updates wait" in lines(await telegram.look(settings(api), time.time()))


@pytest.mark.loopback
async def test_an_unknown_token_is_told(api: LocalBotApi) -> None:
    """And not shown."""
    found = await telegram.look(settings(api, TELEGRAM_BOT_TOKEN="43:hushhush"), time.time())
    assert "fail  token     Telegram does not know it -> copy it again from @BotFather" == lines(found)


@pytest.mark.loopback
async def test_a_clock_that_is_wrong_is_told(api: LocalBotApi) -> None:
    """Leases and lifetimes hang on it."""
    found = await telegram.look(settings(api), time.time() + 120)
    assert "seconds ahead -> set this machine's clock" in lines(found)
    assert 1 == exit_code(found)


@pytest.mark.parametrize("date", ["", "quokka", "Thu, 99 Nov 2026 25:61:61 GMT"])
def test_a_date_that_makes_no_sense_tells_nothing_of_the_clock(date: str) -> None:
    """Some proxies leave it out, or write their own."""
    assert telegram._date(date) is None


@pytest.mark.loopback
async def test_a_telegram_that_is_down_is_told(api: LocalBotApi) -> None:
    """Without the address, which holds the token."""
    api.faults.add("getMe", Fault(ApiError(502, "Bad Gateway")))
    assert "no answer of Telegram's (502)" in lines(await telegram.look(settings(api), time.time()))
    nobody = read_settings({"TELEGRAM_BOT_TOKEN": "42:hushhush", "TELEGRAM_API_URL": "http://127.0.0.1:9"})
    told = lines(await telegram.look(nobody, time.time()))
    assert ("Telegram cannot be reached" in told, "hushhush" in told) == (True, False)


def test_what_telegram_last_complained_of_is_told() -> None:
    """While it is news; a webhook of somebody else only by its host."""
    wanted = read_settings({"WEBHOOK_URL": WEBHOOK, "WEBHOOK_SECRET": SECRET})
    info = {"url": "https://other.example.org/42:hush", "last_error_message": "Wrong response", "last_error_date": 1000}
    news = lines(telegram._webhook(info, wanted, 1060.0))
    assert "set to other.example.org, not to https://bot.example.org/telegram" in news
    assert "warn  webhook   last error 1 minutes ago: Wrong response" in news
    assert "hush" not in news
    assert "ok    webhook   last error 28 hours ago" in lines(telegram._webhook(info, wanted, 101_000.0))


async def test_a_missing_token_is_a_missing_setting() -> None:
    """Exit code 2; the rest is looked at all the same."""
    found = await telegram.look(read_settings({}), 0.0)
    assert 2 == exit_code(found)
    assert "Get a token from @BotFather" in lines(found)


def test_sound_content_is_fine_and_drafts_are_told(tiny_faq: Path) -> None:
    """With what becomes of them."""
    told = lines(content.look(tiny_faq, require_review=False))
    assert "ok    content   16 entries" in told
    assert "answers unsigned, marked as drafts" in told
    assert "ok    gate" in told
    assert "withheld (REQUIRE_REVIEW)" in lines(content.look(tiny_faq, require_review=True))


def test_content_that_cannot_be_served_is_told(tmp_path: Path) -> None:
    """Missing, incomplete, or broken."""
    assert "is not there -> set FAQ_DIR" in lines(content.look(tmp_path / "none", False))
    incomplete = write_faq(tmp_path / "faq", without=("urgent.yaml",))
    assert "fail  content   urgent.yaml missing" in lines(content.look(incomplete, False))
    (incomplete / "clinic.yaml").write_text("name: 5\n", encoding="utf-8")
    assert "run `faqbot check`" in lines(content.look(incomplete, False))


def test_the_engine_is_named_with_the_reason(tmp_path: Path) -> None:
    """A by order, or B once its vectors are kept."""
    assert "ok    engine    A, as ENGINE says" == lines(engine.look(tmp_path, "A")).splitlines()[0]
    told = lines(engine.look(tmp_path, "B"))
    assert "A at first, then B" in told or "not installed" in told
    (tmp_path / "file").write_text("")
    assert "every start learns anew -> set CACHE_DIR" in lines(engine.look(tmp_path / "file", "A"))


def test_the_kernel_is_told_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note, since it is for speed only: with a compiler one command, without one first that."""
    monkeypatch.setattr(engine, "kernel", lambda: None)
    monkeypatch.setattr(engine, "compiler", lambda: "/usr/bin/cc")
    assert "note  kernel    not compiled" in lines(engine.look(tmp_path, "A"))
    assert "takes longer -> run `faqbot build`" in lines(engine.look(tmp_path, "A"))
    monkeypatch.setattr(engine, "compiler", lambda: None)
    assert "install a C compiler" in lines(engine.look(tmp_path, "A"))
    monkeypatch.setattr(engine, "kernel", object)
    assert "ok    kernel    compiled" in lines(engine.look(tmp_path, "A"))


async def test_a_database_is_looked_at_and_left_as_it_was(database_url: str) -> None:
    """Not made yet, then fine; both databases."""
    given, address = read_settings({"DATABASE_URL": database_url, "DATA_KEY": KEY}), parse(database_url)
    before = await database.look(given, address)
    assert "version 0 of" in lines(before)
    assert "run `faqbot migrate`" in lines(before)
    async with opened(database_url) as made:
        await made.prepare(0.0)
    found = await database.look(given, address)
    assert ["ok", "ok"] == [finding.level for finding in found if finding.level != "warn"][-2:]
    assert "counts, and the inbox for 30 days, encrypted" in lines(found)
    assert lines(found).count("version") == lines(await database.look(given, address)).count("version")


async def test_a_database_that_is_away_is_told_with_the_remedy(tmp_path: Path) -> None:
    """Without the password."""
    url = f"postgres://anna:hush@/faq?host={tmp_path}"
    told = lines(await database.look(read_settings({"DATABASE_URL": url}), parse(url)))
    assert "fail  database  PostgreSQL: nobody listens there" in told
    assert "hush" not in told


async def test_questions_under_a_lost_key_are_told(database_url: str) -> None:
    """With the two ways out."""
    async with opened(database_url) as made:
        await made.prepare(0.0)
        errand = Errand("keep", "token", Said("failed"), Said("enough"), "is yoga ok")
        await Inbox(made, Keys(KEY)).run(errand, (1, 1), 0.0)
    address = parse(database_url)
    for key, expected in ((KEY, "1 questions: run `faqbot inbox`"), (KEY[::-1], "sealed under another DATA_KEY")):
        given = read_settings({"DATABASE_URL": database_url, "DATA_KEY": key})
        assert expected in lines(await database.look(given, address))
    assert "set DATA_KEY as it was" in lines(
        await database.look(read_settings({"DATABASE_URL": database_url}), address)
    )


def test_the_command_prints_a_line_each_and_the_code(
    tiny_faq: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing setting: 2. As text and as JSON, with no secret in either."""
    for name in ("TELEGRAM_BOT_TOKEN", "WEBHOOK_URL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    environ = {"FAQ_DIR": str(tiny_faq), "CACHE_DIR": str(tmp_path), "DATA_KEY": KEY, "ADMIN_IDS": "7"}
    text, as_json = (CliRunner().invoke(app, ["doctor", *more], env=environ) for more in ([], ["--json"]))
    assert (2, 2) == (text.exit_code, as_json.exit_code), text.output
    abouts = [json.loads(line)["about"] for line in as_json.stdout.splitlines()]
    assert ["token", "content", "content", "gate", "engine", "kernel", "database", "storage", "admins"] == abouts
    assert KEY not in text.output + as_json.output


@pytest.mark.parametrize(
    ("name", "value", "remedy", "untold"),
    [
        ("PORT", "many", "-> Use a number", ""),
        ("LOG_LEVEL", "loud", "-> Use DEBUG, INFO, WARNING or ERROR", ""),
        ("DATABASE_URL", "mysql://hushhush", "-> Copy it again", "database"),
        ("DATA_KEY", "hushhush", "-> Make one: python3", "storage"),
        ("TELEGRAM_API_URL", "hushhush", "-> It must begin with https://", "token"),
        ("WEBHOOK_URL", "https://bot.example.org", "-> Make one: python3", "webhook"),
    ],
)
def test_a_wrong_setting_is_told_with_its_remedy_and_hides_nothing_else(
    tiny_faq: Path, tmp_path: Path, name: str, value: str, remedy: str, untold: str
) -> None:
    """Exit code 2; what hangs on it cannot be told."""
    environ = {"FAQ_DIR": str(tiny_faq), "CACHE_DIR": str(tmp_path), name: value}
    result: Result = CliRunner().invoke(app, ["doctor"], env=environ)
    first, *rest = result.stdout.splitlines()
    assert (2, True, True) == (result.exit_code, first.startswith("unset settings"), remedy in first)
    abouts = [line.split()[1] for line in rest]
    assert (True, False) == ("gate" in abouts, untold in abouts)
    assert "hushhush" not in result.output


@pytest.mark.loopback
def test_what_commands_print_is_theirs_alone(tiny_faq: Path, tmp_path: Path) -> None:
    """No line of the log between them: programs read this."""
    environ = {"FAQ_DIR": str(tiny_faq), "CACHE_DIR": str(tmp_path), "DATABASE_URL": "postgres://a:b@127.0.0.1:9/c"}
    with structlog.testing.capture_logs() as logs:
        for command_line in (["doctor", "--json"], ["migrate"], ["inbox"]):
            CliRunner().invoke(app, command_line, env=environ | {"DATA_KEY": KEY})
    assert [] == logs


@pytest.mark.loopback
async def test_no_secret_is_printed_even_where_telegram_tells_it(
    api: LocalBotApi,
    tiny_faq: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The bot's own name could hold it, for all we know."""
    given = settings(api, FAQ_DIR=str(tiny_faq), CACHE_DIR=str(tmp_path), DATA_KEY=KEY)

    async def telling(*ignored: object) -> list[Finding]:
        return [Finding("ok", "token", f"@{api.token} {KEY}")]

    monkeypatch.setattr(command.telegram, "look", telling)
    monkeypatch.setattr(command, "read_settings", lambda environ: given)
    with pytest.raises(typer.Exit):
        await asyncio.to_thread(command.doctor, as_json=False)
    printed = capsys.readouterr().out
    assert (False, False) == (api.token in printed, KEY in printed)
