"""The tables are made and brought up to date, once, whoever asks and however often."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from bot.storage.database import Database
from bot.storage.migrations import NEWEST, STEPS, Step, migrate, version_of
from bot.storage.tables import metadata
from tests.support.databases import opened

Columns = dict[str, set[str]]


async def tables(database: Database) -> Columns:
    """The columns of every table there is."""

    def look(sync: Connection) -> Columns:
        found = inspect(sync)
        return {name: {column["name"] for column in found.get_columns(name)} for name in found.get_table_names()}

    return await database.run(lambda connection: connection.run_sync(look))


async def test_the_steps_make_what_the_schema_says(database: Database) -> None:
    """Every table with every column, and none besides."""
    wanted = {table.name: set(table.columns.keys()) for table in metadata.sorted_tables}
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
        assert {table.name for table in metadata.sorted_tables} == set(await tables(database))


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
    bad = (*STEPS, Step(NEWEST + 1, "broken", (), ("CREATE TABLE half (a INTEGER)", "SELECT nothing FROM nowhere")))

    async with opened(database_url) as database:
        with pytest.raises(DBAPIError, match="nowhere"):
            async with database.engine.begin() as connection:
                await migrate(connection, 0.0, bad)
        async with database.engine.begin() as connection:
            assert 0 == await version_of(connection)
            await connection.execute(text("CREATE TABLE half (a INTEGER)"))


def test_versions_count_up_from_one() -> None:
    """None is missing, none stands twice."""
    assert list(range(1, NEWEST + 1)) == [step.version for step in STEPS]
