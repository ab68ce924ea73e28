"""What is asked of a database: SQL that SQLite and PostgreSQL both read, with $1, $2 and so on for the values."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Literal, Protocol

Kind = Literal["sqlite", "postgresql"]
Value = str | int | float | bytes | None
Row = Sequence[Any]


class Stale(Exception):
    """A connection that had been used before is closed: it is worth a second try. Its cause is the driver's error."""


class Connection(Protocol):
    """One connection. Each statement raises whatever its driver raises: the text may hold what was to be written."""

    @property
    def kind(self) -> Kind:
        """Whose it is."""

    async def execute(self, statement: str, *values: Value) -> int:
        """Do it, and tell how many rows were changed."""

    async def many(self, statement: str, rows: Sequence[Sequence[Value]]) -> None:
        """Do it once for each row of values."""

    async def rows(self, statement: str, *values: Value) -> Sequence[Row]:
        """What it finds."""

    async def value(self, statement: str, *values: Value) -> Any:
        """The first value of the first row; None where there is none."""


class Opened(Connection, Protocol):
    """A connection as the engine keeps it."""

    @property
    def closed(self) -> bool:
        """By the server, or by us."""

    async def recover(self) -> None:
        """After a fault: undo what was begun, or close it at once."""

    async def close(self) -> None:
        """Give it back."""


class Engine:
    """Connections to one database, opened when they are needed, and kept."""

    def __init__(self, kind: Kind, connect: Callable[[], Awaitable[Opened]], most: int, keep: float = 300.0) -> None:
        """`most`: connections at a time. `keep`: seconds after which one is made anew."""
        self.kind, self._connect, self._keep = kind, connect, keep
        self._free = asyncio.Semaphore(most)
        self._idle: list[tuple[Opened, float]] = []

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Connection]:
        """A transaction: all of it, or nothing."""
        async with self.single() as connection:
            await connection.execute("BEGIN")
            yield connection
            await connection.execute("COMMIT")

    @asynccontextmanager
    async def single(self) -> AsyncIterator[Connection]:
        """For one statement, which is a transaction by itself. Raises Stale where it is worth a second try."""
        async with self._free:
            used = await self._taken()
            connection, opened = used or (await self._connect(), time.monotonic())
            try:
                yield connection
            except BaseException as error:
                stale = used is not None and connection.closed
                await connection.recover()
                if stale and isinstance(error, Exception):
                    raise Stale from error
                raise
            finally:
                if not connection.closed:
                    self._idle.append((connection, opened))

    async def dispose(self) -> None:
        """Close what is not in use."""
        while self._idle:
            await self._idle.pop()[0].close()

    async def _taken(self) -> tuple[Opened, float] | None:
        """A connection that was used before, the last one first."""
        while self._idle:
            connection, opened = self._idle.pop()
            if not connection.closed and time.monotonic() - opened < self._keep:
                return connection, opened
            if not connection.closed:
                await connection.close()
        return None
