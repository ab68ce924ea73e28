"""How often what happened, by the hour: counted in memory, written every few seconds, nothing about anybody."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database, Unavailable
from bot.storage.tables import counters
from bot.storage.upsert import upsert

HOUR = 3600
MOST = 20_000  # kept while the database is away; beyond it the oldest hours go
ROWS = 500  # in one go


class Count(NamedTuple):
    """What was counted: the hour since 1970, an outcome, an entry's id or ""."""

    hour: int
    outcome: str
    entry: str


class Counters:
    """`database` None: they are counted for this process's life."""

    def __init__(self, database: Database | None) -> None:
        self._database = database
        self._waiting: Counter[Count] = Counter()
        self._writing = asyncio.Lock()

    def count(self, outcome: str, entry: str | None, now: float) -> None:
        """Once more. `now`: seconds since 1970."""
        self._waiting[Count(int(now) // HOUR, outcome, entry or "")] += 1

    async def flush(self) -> None:
        """Write what waits; where that fails it goes on waiting."""
        if self._database is None or not self._waiting:
            return
        async with self._writing:
            taken, self._waiting = self._waiting, Counter()
            try:
                await self._database.run(lambda connection: _add(connection, taken), within=2.0)
            except (Unavailable, asyncio.CancelledError) as error:
                self._waiting.update(taken)
                self._trim()
                if isinstance(error, asyncio.CancelledError):
                    raise

    async def since(self, hour: int) -> Mapping[Count, int]:
        """All counts from an hour on, those that wait included."""
        found: Counter[Count] = Counter()
        if self._database is not None:
            with contextlib.suppress(Unavailable):
                found.update(await self._database.run(lambda connection: _read(connection, hour), within=2.0))
        found.update({count: times for count, times in self._waiting.items() if count.hour >= hour})
        return found

    def _trim(self) -> None:
        for count in sorted(self._waiting)[: max(0, len(self._waiting) - MOST)]:
            del self._waiting[count]


async def _add(connection: AsyncConnection, taken: Mapping[Count, int]) -> None:
    rows = [{**count._asdict(), "times": times} for count, times in sorted(taken.items())]
    statement = upsert(connection, counters)
    adding = statement.on_conflict_do_update(
        index_elements=[counters.c.hour, counters.c.outcome, counters.c.entry],
        set_={"times": counters.c.times + statement.excluded.times},
    )
    for first in range(0, len(rows), ROWS):  # written into the statement they took eight times as long
        await connection.execute(adding, rows[first : first + ROWS])


async def _read(connection: AsyncConnection, hour: int) -> dict[Count, int]:
    rows = await connection.execute(select(counters).where(counters.c.hour >= hour))
    return {Count(row.hour, row.outcome, row.entry): row.times for row in rows}
