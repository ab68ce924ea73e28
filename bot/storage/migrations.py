"""The schema made and brought up to date: numbered steps, each once, safe to run twice and at the same time."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.storage.connection import Connection
from bot.storage.sqlite import BUSY
from bot.storage.tables import CLAIMS, COUNTERS, INBOX, SESSIONS, VERSIONS, Table

LOCK = 0x66617162  # "faqb": the advisory lock that one migration holds at a time
PATIENCE = 10_000  # milliseconds for another migration on SQLite to end


class Step(NamedTuple):
    """One change of the schema. Steps are for ever: a published one is never edited, only followed by another."""

    version: int
    title: str
    tables: tuple[Table, ...] = ()  # that it makes
    statements: tuple[str, ...] = ()


STEPS = (
    Step(1, "counters", (COUNTERS,)),
    Step(2, "claims on updates", (CLAIMS,)),
    Step(3, "shared sessions and the inbox", (SESSIONS, INBOX)),
)
NEWEST = STEPS[-1].version


async def migrate(connection: Connection, now: float, steps: Sequence[Step] = STEPS) -> list[Step]:
    """Apply what is missing and give it back. The caller commits; `now` is in seconds since 1970."""
    await _alone(connection)
    if not await _there(connection, VERSIONS):
        await _make(connection, VERSIONS)
    reached = await version_of(connection)
    missing = [step for step in steps if step.version > reached]
    for step in missing:
        for table in step.tables:
            await _make(connection, table)
        for statement in step.statements:
            await connection.execute(statement)
        await connection.execute("INSERT INTO schema_versions (version, applied) VALUES ($1, $2)", step.version, now)
    return missing


async def version_of(connection: Connection) -> int:
    """The version that a database has reached; 0 where nothing was ever made."""
    if not await _there(connection, VERSIONS):
        return 0
    return int(await connection.value("SELECT max(version) FROM schema_versions") or 0)


async def _make(connection: Connection, table: Table) -> None:
    for statement in table.made(connection.kind):
        await connection.execute(statement)


async def _there(connection: Connection, table: Table) -> bool:
    if connection.kind == "postgresql":
        return await connection.value("SELECT to_regclass($1)::text", table.name) is not None
    return bool(await connection.value("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", table.name))


async def _alone(connection: Connection) -> None:
    """One migration at a time; whoever waited finds it done."""
    if connection.kind == "postgresql":
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        return
    await connection.execute("ROLLBACK")  # the caller's own transaction takes the lock too late to wait for it
    await connection.rows(f"PRAGMA busy_timeout={PATIENCE}")
    try:
        await connection.execute("BEGIN IMMEDIATE")
    finally:
        await connection.rows(f"PRAGMA busy_timeout={round(1000 * BUSY)}")
