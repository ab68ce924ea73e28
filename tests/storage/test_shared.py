"""Sessions that replicas share: seen by all of them, read by none who lacks the key, gone after half an hour."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.session import LIFETIME, Session
from bot.storage.database import Database
from bot.storage.retention import sweep
from bot.storage.sealing import Keys
from bot.storage.shared import SharedSessions
from bot.storage.tables import sessions as table
from tests.support.databases import KEY, opened

ANNA, BEN = (1001, 1001), (1002, 1002)
MARKS = Session(
    album="13000000000000001",
    seen=(("saddle_numb", 99.5),),
    silenced=(("chest_pain", 98.0),),
    card=97.0,
    guide="ab",
    guide_at=96.0,
    entry="mri_need",
    touched=100.0,
    strayed=True,
)


async def rows(database: Database) -> list[Any]:
    """What stands on disk."""

    async def work(connection: Any) -> list[Any]:
        return list((await connection.execute(select(table))).all())

    return await database.run(work)


async def test_what_one_replica_put_another_gets(database: Database) -> None:
    """Every mark of it, and nobody else's."""
    await SharedSessions(database, Keys(KEY)).put(ANNA, MARKS, 100.0)
    other = SharedSessions(database, Keys(KEY))
    assert (MARKS, Session()) == (await other.get(ANNA), await other.get(BEN))


async def test_every_field_of_a_session_survives() -> None:
    """A field that is added is in this test, or it fails."""
    assert [] == [name for name in Session._fields if getattr(MARKS, name) == getattr(Session(), name)]


async def test_on_disk_there_is_neither_chat_nor_mark(database: Database) -> None:
    """A keyed hash and bytes."""
    await SharedSessions(database, Keys(KEY)).put(ANNA, MARKS, 100.0)
    (row,) = await rows(database)
    assert {"who", "until", "sealed"} == set(row._mapping)
    assert [] == [word for word in ("1001", "saddle", "chest", "mri") if word in repr(row)]


async def test_another_key_finds_nothing(database: Database) -> None:
    """After DATA_KEY changed everybody starts afresh."""
    await SharedSessions(database, Keys(KEY)).put(ANNA, MARKS, 100.0)
    assert Session() == await SharedSessions(database, Keys(KEY + "x")).get(ANNA)


async def test_the_newest_counts(database: Database) -> None:
    """Whichever replica wrote it."""
    one, two = (SharedSessions(database, Keys(KEY)) for _ in range(2))
    await one.put(ANNA, MARKS, 100.0)
    await two.put(ANNA, MARKS._replace(entry="xray", touched=101.0), 101.0)
    assert "xray" == (await one.get(ANNA)).entry


async def test_what_could_not_be_written_is_not_lost_when_the_database_is_back(database_url: str) -> None:
    """The marks of a danger sign are newer here than there."""
    async with opened(database_url) as other, opened(database_url) as database:
        await other.prepare(0.0)
        await SharedSessions(other, Keys(KEY)).put(ANNA, MARKS, 100.0)
        sessions = SharedSessions(database, Keys(KEY))
        await sessions.put(ANNA, MARKS._replace(entry="xray", touched=101.0), 101.0)
        await database.prepare(0.0)
        assert "xray" == (await sessions.get(ANNA)).entry


async def test_forget_deletes_it_everywhere(database: Database) -> None:
    """On disk, and for the replica that put it."""
    one, two = (SharedSessions(database, Keys(KEY)) for _ in range(2))
    await one.put(ANNA, MARKS, 100.0)
    await one.put(BEN, MARKS, 100.0)
    await two.put(ANNA, Session(), 101.0)
    assert 1 == len(await rows(database))
    assert (Session(), Session()) == (await one.get(ANNA), await two.get(ANNA))


async def test_it_runs_out_after_half_an_hour(database: Database) -> None:
    """The clock says when."""
    await SharedSessions(database, Keys(KEY)).put(ANNA, MARKS, 100.0)
    await database.run(lambda connection: sweep(connection, 100.0 + LIFETIME - 1))
    assert 1 == len(await rows(database))
    await database.run(lambda connection: sweep(connection, 100.0 + LIFETIME))
    assert [] == await rows(database)


async def test_without_the_database_memory_does(database_url: str) -> None:
    """One replica's conversation goes on."""
    async with opened(database_url) as database:
        sessions = SharedSessions(database, Keys(KEY))
        await sessions.put(ANNA, MARKS, 100.0)
        assert MARKS == await sessions.get(ANNA)


async def test_what_was_to_be_forgotten_meanwhile_is_forgotten_later(database_url: str) -> None:
    """And not seen again before."""
    async with opened(database_url) as database, opened(database_url) as away:
        await database.prepare(0.0)
        await SharedSessions(database, Keys(KEY)).put(ANNA, MARKS, 100.0)
        sessions = SharedSessions(away, Keys(KEY))
        await sessions.put(ANNA, Session(), 101.0)
        await away.prepare(0.0)
        assert Session() == await sessions.get(ANNA)
        await sessions.settle()
        assert [] == await rows(database)


async def test_a_session_of_another_version_is_a_fresh_one(database: Database) -> None:
    """A deploy overlaps; unknown marks are dropped, odd ones too."""
    keys = Keys(KEY)
    sessions = SharedSessions(database, keys)
    await sessions.put(ANNA, MARKS, 100.0)
    who = keys.hashed("sessions", *ANNA)
    assert "mri" == sessions._opened(who, keys.seal("sessions", b'{"entry": "mri", "new": 1}', who)).entry
    assert Session() == sessions._opened(who, keys.seal("sessions", b"[1]", who))
