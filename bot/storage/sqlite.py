"""SQLite: a file, or memory, on a thread of its own, for it waits for the disk."""

import asyncio
import contextlib
import math
import re
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from bot.storage.connection import Engine, Kind, Row, Value

Result = TypeVar("Result")
BUSY = 0.25  # seconds that it waits for another writer
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON")
NUMBERED = re.compile(r"\$(\d)")  # $1 is PostgreSQL's way, ?1 SQLite's


class SqliteConnection:
    """One connection and its thread."""

    kind: Kind = "sqlite"
    closed = False

    def __init__(self, place: str) -> None:
        self._thread = ThreadPoolExecutor(1, "sqlite")
        self._place = place

    async def open(self) -> None:
        """Open the file. Raises sqlite3.OperationalError where that cannot be done."""
        try:
            self._connection = await self._there(_opened, self._place)
        except BaseException:
            self._thread.shutdown(wait=False)
            raise

    async def execute(self, statement: str, *values: Value) -> int:
        """Do it, and tell how many rows were changed."""
        return await self._done(lambda connection: max(0, connection.execute(_numbered(statement), values).rowcount))

    async def many(self, statement: str, rows: Sequence[Sequence[Value]]) -> None:
        """Do it once for each row of values."""
        await self._done(lambda connection: connection.executemany(_numbered(statement), rows))

    async def rows(self, statement: str, *values: Value) -> Sequence[Row]:
        """What it finds."""
        return await self._done(lambda connection: connection.execute(_numbered(statement), values).fetchall())

    async def value(self, statement: str, *values: Value) -> Any:
        """The first value of the first row; None where there is none."""
        found = await self.rows(statement, *values)
        return found[0][0] if found else None

    async def recover(self) -> None:
        """Undo what was begun, once the thread comes to it. Never closed: that would empty one in memory."""
        with contextlib.suppress(sqlite3.Error):
            await self._done(lambda connection: connection.rollback())

    async def close(self) -> None:
        """Give the file and the thread back."""
        self.closed = True
        await self._done(lambda connection: connection.close())
        self._thread.shutdown(wait=False)

    async def _done(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        return await self._there(work, self._connection)

    async def _there(self, work: Callable[..., Result], *arguments: Any) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)


def sqlite(place: str) -> Engine:
    """A file's name or ":memory:". One connection: it writes one after the other anyway."""

    async def connect() -> SqliteConnection:
        made = SqliteConnection(place)
        await made.open()
        return made

    return Engine("sqlite", connect, most=1, keep=math.inf)


def _opened(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=BUSY, isolation_level=None, check_same_thread=False)
    for pragma in PRAGMAS:
        with contextlib.suppress(sqlite3.OperationalError):  # a file that is read-only or busy is told later, by use
            connection.execute(f"PRAGMA {pragma}")
    return connection


def _numbered(statement: str) -> str:
    return NUMBERED.sub(r"?\1", statement)
