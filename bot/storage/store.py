"""Everything that is kept, as one thing: built from the settings, made ready in the background, swept by the clock."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import structlog

from bot.errand import Errand, Result
from bot.kept import Kept
from bot.settings import Settings
from bot.storage.address import address_of
from bot.storage.claims import Claims, MemoryClaims
from bot.storage.counters import Counters
from bot.storage.database import Database, Unavailable
from bot.storage.engine import build_engine
from bot.storage.inbox import Inbox
from bot.storage.keeping import Keeping, NoErrands
from bot.storage.leases import Leases
from bot.storage.retention import EVERY, sweep
from bot.storage.sealing import Keys
from bot.storage.sessions import MemorySessions, Sessions
from bot.storage.shared import SharedSessions

FLUSH_EVERY = 3.0  # seconds
READY_WITHIN = 2.0  # seconds that a start waits for the tables, so that the first updates are claimed like all others
PREPARE_FROM, PREPARE_TO = 0.5, 30.0  # seconds between two attempts at a database that is down at the start
Health = Literal["ok", "degraded", "memory"]
log = structlog.get_logger()


class Store:
    """`database` None: counters, sessions and claims live in memory, and nothing is passed on."""

    def __init__(
        self,
        database: Database | None = None,
        *,
        claims: Claims | None = None,
        sessions: Sessions | None = None,
        inbox: Inbox | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.database, self.inbox = database, inbox
        self.counters = Counters(database)
        self.keeping = Keeping(  # not `or`: an empty one has the length 0
            MemoryClaims() if claims is None else claims,
            MemorySessions() if sessions is None else sessions,
            NoErrands() if inbox is None else self,
        )
        self._clock = clock
        self._tending: asyncio.Task[None] | None = None
        self._tried = asyncio.Event()  # to make the tables

    @property
    def kept(self) -> Kept:
        """What /privacy tells."""
        return Kept(self.inbox is not None, isinstance(self.keeping.sessions, SharedSessions))

    @property
    def health(self) -> Health:
        """ "degraded": there is a database, and it does not answer."""
        if self.database is None:
            return "memory"
        return "ok" if self.database.healthy else "degraded"

    async def run(self, errand: Errand, who: tuple[int, int]) -> Result:
        """Do an errand of a person in a chat."""
        return await self.inbox.run(errand, who, self._clock()) if self.inbox else "failed"

    async def start(self) -> None:
        """Begin to make the tables and to tend them. Nobody waits for it."""
        if self.database is not None and self._tending is None:
            self._tending = asyncio.create_task(self._tend(self.database))

    async def attempted(self, within: float = READY_WITHIN) -> None:
        """Wait until the tables are there, or could not be made: a database that is down holds up no start."""
        if self.database is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(within):
                    await self._tried.wait()

    async def stop(self) -> None:
        """Write what waits, and give the connections back: two seconds at most for each."""
        if self._tending is not None:
            self._tending.cancel()
            await asyncio.gather(self._tending, return_exceptions=True)
        await self.counters.flush()
        if self.database is not None:
            await self.database.close()

    async def tend(self) -> None:
        """Delete what has run out."""
        if self.database is None:
            return
        now = self._clock()
        with contextlib.suppress(Unavailable):
            await self.database.run(lambda connection: sweep(connection, now), within=10.0)

    async def _tend(self, database: Database) -> None:
        pause = PREPARE_FROM
        while not database.prepared:
            try:
                for step in await database.prepare(self._clock()):
                    log.info("database step applied", version=step.version, title=step.title)
            except Unavailable:
                self._tried.set()
                await asyncio.sleep(pause)
                pause = min(pause * 2, PREPARE_TO)
        self._tried.set()
        swept = -EVERY
        while True:
            if time.monotonic() - swept >= EVERY:
                swept = time.monotonic()
                await self.tend()
            await self.counters.flush()
            if isinstance(self.keeping.sessions, SharedSessions):
                await self.keeping.sessions.settle()
            await asyncio.sleep(FLUSH_EVERY)


def build_store(settings: Settings, cache: Path, clock: Callable[[], float] = time.time) -> Store:
    """What the settings allow. Nothing is opened yet."""
    address = address_of(settings, cache)
    database = Database(build_engine(address))
    key = settings.data_key.get_secret_value() if settings.data_key else None
    keys = Keys(key) if key else None
    bot = int(settings.token.partition(":")[0])
    return Store(
        database,
        claims=Leases(database, bot, clock) if address.named else None,
        sessions=SharedSessions(database, keys) if keys and address.kind == "postgresql" else None,
        inbox=Inbox(database, keys) if keys and address.lasting else None,
        clock=clock,
    )
