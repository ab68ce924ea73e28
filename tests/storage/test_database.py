"""A database that is down, slow or broken costs a fraction of a second, a few times, and then nothing."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
import structlog
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import FAILURES, PAUSE_FROM, Database, Unavailable
from tests.support.chat import Clock
from tests.support.databases import Postgres, opened, threads_ended


async def one(connection: AsyncConnection) -> int:
    """The least that can be asked."""
    return int(await connection.scalar(select(1)) or 0)


async def broken(connection: AsyncConnection) -> None:
    """Asks for what is not there; the error holds the words."""
    await connection.execute(text("SELECT * FROM zanzibarquokka"))


async def hanging(connection: AsyncConnection) -> None:
    """Never ends."""
    await asyncio.Event().wait()


async def failing(database: Database, times: int = FAILURES) -> None:
    """Fail so often in a row."""
    for _ in range(times):
        with pytest.raises(Unavailable):
            await database.run(broken)


async def test_work_is_done(database: Database) -> None:
    """In a transaction, or as one statement."""
    assert (1, 1, True) == (await database.run(one), await database.single(one), database.healthy)


async def test_what_hangs_is_given_up_in_time(database_url: str) -> None:
    """The patient has waited so long and no longer."""
    async with opened(database_url, within=0.05) as database:
        await database.prepare(0.0)
        began = time.perf_counter()
        with pytest.raises(Unavailable):
            await database.run(hanging)
        assert time.perf_counter() - began < 0.5
        assert not database.healthy


async def test_a_sleeping_postgresql_is_given_up_in_time(postgres: Postgres) -> None:
    """And works again afterwards: the connection was not left behind."""
    async with opened(postgres.url()) as database:
        await database.prepare(0.0)
        began = time.perf_counter()
        with pytest.raises(Unavailable):
            await database.run(_sleep, within=0.1)
        assert time.perf_counter() - began < 0.6
        assert 1 == await database.run(one)
        assert database.healthy


async def _sleep(connection: AsyncConnection) -> None:
    await connection.execute(text("SELECT pg_sleep(30)"))


async def test_a_burst_is_no_fault_of_the_database(postgres: Postgres) -> None:
    """A hundred pieces of work at once take longer than one may, and each of them is done."""
    async with opened(postgres.url(), within=0.1) as database:
        await database.prepare(0.0)
        assert [1] * 100 == await asyncio.gather(*(database.run(_short) for _ in range(100)))
        assert 0 == database.errors


async def _short(connection: AsyncConnection) -> int:
    await connection.execute(text("SELECT pg_sleep(0.02)"))
    return 1


async def test_a_process_that_was_busy_itself_does_not_blame_the_database(database: Database) -> None:
    """The answer came while decisions took the processor: it is read, not thrown away."""
    assert 1 == await database.run(_while_busy, within=0.1)
    assert 0 == database.errors


async def _while_busy(connection: AsyncConnection) -> int:
    for _ in range(2):
        time.sleep(0.11)  # noqa: ASYNC251 - the event loop stands still: that is the point
        await connection.execute(select(1))
    return 1


async def test_whoever_waits_behind_a_database_that_hangs_is_let_go(postgres: Postgres) -> None:
    """A hundred pieces of work, ten at a time: once three have failed the others are not tried."""
    async with opened(postgres.url(), within=0.1) as database:
        await database.prepare(0.0)
        began = time.perf_counter()
        results = await asyncio.gather(*(database.run(hanging) for _ in range(100)), return_exceptions=True)
        assert {Unavailable} == {type(result) for result in results}
        assert (True, True) == (time.perf_counter() - began < 1.0, database.errors <= 10)


async def test_only_transactions_wait_for_the_disk_of_postgresql(postgres: Postgres) -> None:
    """A claim is asked for in front of a patient; a question that was passed on must last."""
    async with opened(postgres.url()) as database:
        await database.prepare(0.0)
        assert ["on", "off"] == [await database.run(_waits), await database.single(_waits)]


async def _waits(connection: AsyncConnection) -> str:
    return str(await connection.scalar(text("SHOW synchronous_commit")))


async def test_after_three_failures_nobody_asks_for_a_while(database_url: str) -> None:
    """Then one asks, and when that works all do."""
    clock = Clock()
    async with opened(database_url, clock=clock) as database:
        await database.prepare(0.0)
        await failing(database)
        with pytest.raises(Unavailable):
            await database.run(one)
        assert FAILURES == database.errors
        clock.turn(seconds=PAUSE_FROM + 0.1)
        assert (1, True) == (await database.run(one), database.healthy)
        assert 1 == await database.run(one)


async def test_only_one_asks_when_the_pause_is_over(database_url: str) -> None:
    """The others need not wait for what it finds."""
    clock = Clock()
    async with opened(database_url, clock=clock) as database:
        await database.prepare(0.0)
        await failing(database)
        clock.turn(seconds=PAUSE_FROM + 0.1)
        results = await asyncio.gather(*(database.run(one) for _ in range(5)), return_exceptions=True)
        assert [1] == [result for result in results if not isinstance(result, Unavailable)]


async def test_pauses_grow(database_url: str) -> None:
    """A database that stays away is asked less and less."""
    clock = Clock()
    async with opened(database_url, clock=clock) as database:
        await database.prepare(0.0)
        await failing(database)
        clock.turn(seconds=PAUSE_FROM + 0.1)
        await failing(database, 1)
        clock.turn(seconds=PAUSE_FROM + 0.1)
        with pytest.raises(Unavailable):
            await database.run(one)
        assert FAILURES + 1 == database.errors


async def test_a_database_that_is_not_made_yet_is_not_asked(database_url: str) -> None:
    """Until its tables are there."""
    async with opened(database_url) as database:
        with pytest.raises(Unavailable):
            await database.run(one)
        assert not database.healthy


async def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    """Nothing but Unavailable is ever raised."""
    urls = {
        f"postgres://anna:secret@/faq?host={tmp_path}": "FileNotFoundError",
        f"sqlite:///{tmp_path}/no/folder/kept.sqlite3": "OperationalError",
    }
    for url, kind in urls.items():
        async with opened(url) as database:
            with pytest.raises(Unavailable):
                await database.prepare(0.0)
            assert (False, kind) == (database.healthy, database.fault)
        await threads_ended()


async def test_a_connection_that_went_stale_is_replaced(postgres: Postgres) -> None:
    """The server was restarted while nobody wrote: no failure at all."""
    url = postgres.url()
    async with opened(url) as database, opened(url) as other:
        await database.prepare(0.0)
        await other.prepare(0.0)
        assert 1 == await database.run(one)
        await other.run(_end_others)
        assert (1, 0) == (await database.run(one), database.errors)


async def _end_others(connection: AsyncConnection) -> None:
    await connection.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    )


async def test_failures_are_told_once_and_without_words(database_url: str) -> None:
    """When it begins, and when it is over."""
    clock = Clock()
    with structlog.testing.capture_logs() as logs:
        async with opened(database_url, clock=clock) as database:
            await database.prepare(0.0)
            await failing(database)
            clock.turn(minutes=1)
            await database.run(one)
    assert ["warning", "info"] == [line["log_level"] for line in logs]
    assert "zanzibarquokka" not in str(logs)
