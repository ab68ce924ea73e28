"""The schema made and brought up to date: numbered steps, each once, safe to run twice and at the same time."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Table, func, insert, inspect, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import claims, counters, inbox, sessions, versions

LOCK = 0x66617162  # "faqb": the advisory lock that one migration holds at a time
PATIENCE = 10_000  # milliseconds for another migration on SQLite to end


class Step(NamedTuple):
    """One change of the schema. Steps are for ever: a published one is never edited, only followed by another."""

    version: int
    title: str
    tables: tuple[Table, ...] = ()  # that it makes
    statements: tuple[str, ...] = ()


STEPS = (
    Step(1, "counters", (counters,)),
    Step(2, "claims on updates", (claims,)),
    Step(3, "shared sessions and the inbox", (sessions, inbox)),
)
NEWEST = STEPS[-1].version


async def migrate(connection: AsyncConnection, now: float, steps: Sequence[Step] = STEPS) -> list[Step]:
    """Apply what is missing and give it back. The caller commits; `now` is in seconds since 1970."""
    await _alone(connection)
    await connection.run_sync(lambda sync: versions.create(sync, checkfirst=True))
    reached = await connection.scalar(select(func.max(versions.c.version))) or 0
    missing = [step for step in steps if step.version > reached]
    for step in missing:
        for table in step.tables:
            await connection.run_sync(table.create)
        for statement in step.statements:
            await connection.execute(text(statement))
        await connection.execute(insert(versions).values(version=step.version, applied=now))
    return missing


async def version_of(connection: AsyncConnection) -> int:
    """The version that a database has reached; 0 where nothing was ever made."""

    def look(sync: Connection) -> int:
        if not inspect(sync).has_table(versions.name):
            return 0
        return sync.scalar(select(func.max(versions.c.version))) or 0

    return await connection.run_sync(look)


async def _alone(connection: AsyncConnection) -> None:
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
    else:
        await connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE}")
        await connection.exec_driver_sql("BEGIN IMMEDIATE")
