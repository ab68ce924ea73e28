"""A question that somebody asked us to pass on: sealed, without any id, for 30 days, and taken back with its token."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.errand import Errand
from bot.said import Said
from bot.storage.database import Database
from bot.storage.inbox import AN_HOURS_WORTH, DAY, LONGEST, Inbox
from bot.storage.retention import DAYS, sweep
from bot.storage.sealing import Keys
from bot.storage.tables import inbox as table
from tests.support.databases import KEY, opened

ANNA, BEN = (1001, 1001), (1002, 1002)
NOON = 20_000.5 * DAY
TOKEN = "token"
WORDS = "zanzibarquokka, why does my knee click"


def keep(token: str = TOKEN, text: str = WORDS) -> Errand:
    """Somebody tapped yes."""
    return Errand("keep", token, Said("failed"), Said("enough"), text)


def take_back(token: str = TOKEN) -> Errand:
    """Somebody tapped "Take it back"."""
    return Errand("take_back", token, Said("failed"), Said("enough"))


async def rows(database: Database) -> list[Any]:
    """What stands on disk."""

    async def work(connection: Any) -> list[Any]:
        return list((await connection.execute(select(table))).all())

    return await database.run(work)


async def test_a_question_is_kept_and_read_with_the_key(database: Database) -> None:
    """And with no other."""
    assert "done" == await Inbox(database, Keys(KEY)).run(keep(), ANNA, NOON)
    assert [(20_000, WORDS)] == [(one.day, one.text) for one in await Inbox(database, Keys(KEY)).passed()]
    assert [None] == [one.text for one in await Inbox(database, Keys(KEY + "x")).passed()]


async def test_what_is_on_disk_tells_neither_words_nor_token_nor_person(database: Database) -> None:
    """A hash of the token, a day, and bytes."""
    await Inbox(database, Keys(KEY)).run(keep(), ANNA, NOON)
    (row,) = await rows(database)
    assert {"ticket", "day", "sealed"} == set(row._mapping)
    assert [] == [word for word in ("zanzibarquokka", "knee", "token", "1001") if word in repr(row)]


async def test_the_same_tap_twice_is_one_question(database: Database) -> None:
    """Telegram may bring it again."""
    inbox = Inbox(database, Keys(KEY))
    assert ["done", "done"] == [await inbox.run(keep(), ANNA, NOON) for _ in range(2)]
    assert 1 == len(await inbox.passed())


async def test_it_is_taken_back_with_its_token(database: Database) -> None:
    """The others stay; twice does no harm."""
    inbox = Inbox(database, Keys(KEY))
    for token in ("one", "two"):
        await inbox.run(keep(token, token), ANNA, NOON)
    assert ["done", "done"] == [await inbox.run(take_back("one"), ANNA, NOON) for _ in range(2)]
    assert ["two"] == [one.text for one in await inbox.passed()]


async def test_it_is_taken_back_after_the_key_was_changed(database: Database) -> None:
    """What nobody can read any more is deleted all the same: the patient is told so."""
    await Inbox(database, Keys(KEY)).run(keep(), ANNA, NOON)
    other = Inbox(database, Keys(KEY + "x"))
    assert ("done", []) == (await other.run(take_back(), ANNA, NOON), await other.passed())


async def test_it_is_gone_after_30_days(database: Database) -> None:
    """The clock says when."""
    inbox = Inbox(database, Keys(KEY))
    await inbox.run(keep(), ANNA, NOON)
    await database.run(lambda connection: sweep(connection, NOON + (DAYS - 1) * DAY))
    assert 1 == len(await inbox.passed())
    await database.run(lambda connection: sweep(connection, NOON + DAYS * DAY))
    assert [] == await inbox.passed()


async def test_one_person_passes_on_only_so_many_an_hour(database: Database) -> None:
    """Others are not held up; an hour later they may again."""
    inbox = Inbox(database, Keys(KEY))
    results = [await inbox.run(keep(f"token{number}"), ANNA, NOON) for number in range(AN_HOURS_WORTH + 1)]
    assert ["done"] * AN_HOURS_WORTH + ["enough"] == results
    assert "done" == await inbox.run(keep("ben"), BEN, NOON)
    assert "done" == await inbox.run(keep("later"), ANNA, NOON + 3600)


async def test_people_are_forgotten_after_an_hour(database: Database) -> None:
    """The limit remembers nobody longer, and never by number."""
    inbox = Inbox(database, Keys(KEY))
    await inbox.run(keep("anna"), ANNA, NOON)
    assert "1001" not in repr(inbox._recent)
    await inbox.run(keep("ben"), BEN, NOON + 3600)
    assert 1 == len(inbox._recent)


async def test_only_so_many_are_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """And of each only so much."""
    monkeypatch.setattr("bot.storage.inbox.MOST", 1)
    inbox = Inbox(database, Keys(KEY))
    assert "done" == await inbox.run(keep("one", "x" * 5000), ANNA, NOON)
    assert "enough" == await inbox.run(keep("two"), BEN, NOON)
    assert ["x" * LONGEST] == [one.text for one in await inbox.passed()]


async def test_a_database_that_is_away_is_told(database_url: str) -> None:
    """The person hears that nothing was kept, or nothing deleted."""
    async with opened(database_url) as database:
        inbox = Inbox(database, Keys(KEY))
        assert ["failed", "failed"] == [await inbox.run(errand, ANNA, NOON) for errand in (keep(), take_back())]
