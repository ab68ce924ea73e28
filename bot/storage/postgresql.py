"""PostgreSQL, by asyncpg. Loaded only where DATABASE_URL says so: memory."""

from collections.abc import Sequence
from typing import Any

import asyncpg

from bot.storage.connection import Engine, Kind, Row, Value

CONNECT = 2.0  # seconds for a new connection
MOST = 10  # connections; small plans allow twenty in all
QUICK = "SET synchronous_commit TO off"  # claims and sessions: a server that crashes may forget the last half second


class PostgresConnection:
    """One connection."""

    kind: Kind = "postgresql"

    def __init__(self, made: Any) -> None:
        self._made = made

    @property
    def closed(self) -> bool:
        """By the server, or by us."""
        return bool(self._made.is_closed())

    async def execute(self, statement: str, *values: Value) -> int:
        """Do it, and tell how many rows were changed."""
        told = str(await self._made.execute(statement, *values)).rpartition(" ")[2]  # such as "DELETE 3"
        return int(told) if told.isdigit() else 0

    async def many(self, statement: str, rows: Sequence[Sequence[Value]]) -> None:
        """Do it once for each row of values."""
        await self._made.executemany(statement, rows)

    async def rows(self, statement: str, *values: Value) -> Sequence[Row]:
        """What it finds."""
        found: Sequence[Row] = await self._made.fetch(statement, *values)
        return found

    async def value(self, statement: str, *values: Value) -> Any:
        """The first value of the first row; None where there is none."""
        return await self._made.fetchval(statement, *values)

    async def recover(self) -> None:
        """Closed at once, without a word to the server: it may be gone, or at work on what was given up."""
        self._made.terminate()

    async def close(self) -> None:
        """Say goodbye, for so long at most."""
        await self._made.close(timeout=CONNECT)


def postgresql(dsn: str) -> Engine:
    """An address as asyncpg reads it."""

    async def connect() -> PostgresConnection:
        made = await asyncpg.connect(dsn, timeout=CONNECT)
        try:
            await made.execute(QUICK)
        except BaseException:  # given up while it was being set: nobody else would ever close it
            made.terminate()
            raise
        return PostgresConnection(made)

    return Engine("postgresql", connect, MOST)
