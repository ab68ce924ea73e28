"""The tables are made and brought up to date, once, whoever asks and however often."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import sqlite3

import asyncpg
import pytest

from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.migrations import NEWEST, STEPS, Step, migrate, version_of
from bot.storage.tables import TABLES
from tests.support.databases import opened

Columns = dict[str, set[str]]
COLUMNS = {
    "sqlite": "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'",
    "postgresql": "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'",
}


async def tables(database: Database) -> Columns:
    """The columns of every table there is."""

    async def look(connection: Connection) -> Columns:
        found: Columns = {}
        for table, column in await connection.rows(COLUMNS[connection.kind]):
            found.setdefault(table, set()).add(column)
        return found

    return await database.run(look)


async def test_the_steps_make_what_the_schema_says(database: Database) -> None:
    """Every table with every column, and none besides."""
    wanted = {table.name: set(table.fields) for table in TABLES}
    assert wanted == await tables(database)
    assert NEWEST == await database.run(version_of)


async def test_a_second_time_does_nothing(database: Database) -> None:
    """And harms nothing."""
    before = await tables(database)
    assert [] == await database.prepare(1.0)
    assert before == await tables(database)


async def test_an_empty_database_has_version_0(database_url: str) -> None:
    """Asking makes nothing."""
    async with opened(database_url) as database, database.engine.begin() as connection:
        assert 0 == await version_of(connection)


async def test_every_older_version_is_upgraded(database_url: str) -> None:
    """From each of them, only what is missing is done."""
    async with opened(database_url) as database:
        for reached in range(len(STEPS)):
            async with database.engine.begin() as connection:
                done = await migrate(connection, 0.0, STEPS[: reached + 1])
            assert [STEPS[reached]] == done
        assert [] == await database.prepare(0.0)
        assert {table.name for table in TABLES} == set(await tables(database))


async def test_eight_at_once_apply_each_step_once(database_url: str) -> None:
    """The release phase, and every process that starts."""
    async with asyncio.timeout(60):
        several = [opened(database_url) for _ in range(8)]
        entered = [await one.__aenter__() for one in several]
        done = await asyncio.gather(*(database.prepare(0.0) for database in entered))
        for one in several:
            await one.__aexit__(None, None, None)
    assert list(STEPS) == [step for steps in done for step in steps]


async def test_a_step_that_breaks_leaves_nothing_behind(database_url: str) -> None:
    """All of a migration, or none of it."""
    bad = (*STEPS, Step(NEWEST + 1, "broken", (), ("CREATE TABLE half (a INTEGER)", "SELECT a FROM nowhere")))

    async with opened(database_url) as database:
        with pytest.raises((sqlite3.Error, asyncpg.PostgresError), match="nowhere"):
            async with database.engine.begin() as connection:
                await migrate(connection, 0.0, bad)
        async with database.engine.begin() as connection:
            assert 0 == await version_of(connection)
            await connection.execute("CREATE TABLE half (a INTEGER)")


def test_versions_count_up_from_one() -> None:
    """None is missing, none stands twice."""
    assert list(range(1, NEWEST + 1)) == [step.version for step in STEPS]
