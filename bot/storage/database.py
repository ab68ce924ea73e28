"""The database as patients need it: quick or not at all. Whatever is wrong with it, an answer never waits for it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.engine import LASTING, POOLED
from bot.storage.migrations import Step, migrate

Result = TypeVar("Result")
Work = Callable[[AsyncConnection], Awaitable[Result]]
WITHIN = 0.5  # seconds for one piece of work
SLICES = 10  # looks at it within that time
AT_ONCE = 10  # pieces of work; as many as there are connections
SQLITE_AT_ONCE = 1  # it writes one after the other anyway, and whoever waits for its lock may starve
QUEUE_WITHIN = 2.0  # seconds that one waits for its turn
FAILURES = 3  # in a row, then nobody asks for a while
PAUSE_FROM, PAUSE_TO = 1.0, 30.0  # seconds
MIGRATE_WITHIN = 30.0
log = structlog.get_logger()


class Unavailable(Exception):
    """The database is down, slow, read-only or not made yet. Nothing about why: an error may hold what was written."""


class Database:
    """One engine behind a time limit and a circuit breaker. `clock` gives seconds that only move forward."""

    def __init__(
        self,
        engine: AsyncEngine,
        within: float = WITHIN,
        clock: Callable[[], float] = time.monotonic,
        quiet: bool = False,
    ) -> None:
        """`quiet`: for commands, which tell by themselves what is wrong."""
        self.engine, self._quiet = engine, quiet
        pooled = engine.get_execution_options().get(POOLED)  # there, preparing and asking are two transactions
        self._autocommit = engine if pooled else engine.execution_options(isolation_level="AUTOCOMMIT")
        self.errors = 0
        self.fault = ""  # the kind of the last one
        self.prepared = False
        self._within, self._clock = within, clock
        self._failures, self._pause = 0, PAUSE_FROM
        self._ask_again = 0.0
        self._left: set[asyncio.Task[Any]] = set()  # given up, and ending by themselves
        self._turns = asyncio.Semaphore(SQLITE_AT_ONCE if engine.dialect.name == "sqlite" else AT_ONCE)

    @property
    def healthy(self) -> bool:
        """Made, and its last piece of work was done."""
        return self.prepared and not self._failures

    async def prepare(self, now: float) -> list[Step]:
        """Make or upgrade the tables (`now`: seconds since 1970), and give back what was done. Raises Unavailable."""

        async def work(connection: AsyncConnection) -> list[Step]:
            return await migrate(connection, now)

        done = await self._guarded(work, MIGRATE_WITHIN)
        self.prepared = True
        return done

    async def run(self, work: Work[Result], within: float | None = None) -> Result:
        """Do a piece of work in one transaction. Raises Unavailable, at once where it has failed several times."""

        async def lasting(connection: AsyncConnection) -> Result:
            if connection.dialect.name == "postgresql":
                await connection.execute(text(LASTING))
            return await work(connection)

        return await self._asked(lasting, within or self._within)

    async def single(self, work: Work[Result]) -> Result:
        """The same for one statement, which is a transaction by itself: one way to the server instead of three.

        It is not waited for until it is on the server's disk: a crash of the server may forget it.
        """
        return await self._asked(work, self._within, self._autocommit)

    async def _asked(self, work: Work[Result], within: float, engine: AsyncEngine | None = None) -> Result:
        """In turn: a hundred updates at once are no fault of the database, and must not look like one."""
        self._may_be_asked()
        try:
            async with asyncio.timeout(QUEUE_WITHIN):
                await self._turns.acquire()
        except TimeoutError:
            raise Unavailable from None
        try:
            self._may_be_asked()
            if self._failures >= FAILURES:
                self._ask_again = self._clock() + self._pause  # one asks; the others need not wait for what it finds
            return await self._guarded(work, within, engine)
        finally:
            self._turns.release()

    def _may_be_asked(self) -> None:
        if not self.prepared or self._clock() < self._ask_again:
            raise Unavailable

    async def close(self) -> None:
        """Give the connections back."""
        if self._left:
            await asyncio.wait(set(self._left), timeout=2.0)
        await asyncio.wait({asyncio.ensure_future(self.engine.dispose())}, timeout=2.0)

    async def _guarded(self, work: Work[Result], within: float, engine: AsyncEngine | None = None) -> Result:
        task = asyncio.ensure_future(_twice(work, engine or self.engine))
        self._left.add(task)
        task.add_done_callback(self._ended)
        try:
            await _patiently(task, within)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if not task.done():
            task.cancel()  # and not waited for: a dead network would hold that up too
            self._failed("TimeoutError")
        elif task.cancelled():
            self._failed("CancelledError")
        elif (error := task.exception()) is not None:
            self._failed(_kind(error))
        else:
            self._worked()
            return task.result()
        raise Unavailable from None

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._left.discard(task)
        if not task.cancelled():
            task.exception()  # seen, so that asyncio does not print it

    def _failed(self, kind: str) -> None:
        self.errors += 1
        self.fault = kind
        self._failures += 1
        if self._failures == 1 and not self._quiet:
            log.warning("the database does not answer; patients are answered all the same", kind=kind)
        if self._failures >= FAILURES:
            self._ask_again = self._clock() + self._pause
            self._pause = min(self._pause * 2, PAUSE_TO)

    def _worked(self) -> None:
        if self._failures and not self._quiet:
            log.info("the database answers again")
        self._failures, self._pause, self._ask_again = 0, PAUSE_FROM, 0.0


async def _patiently(task: asyncio.Task[Any], within: float) -> None:
    """Wait for so many seconds, in slices: time in which this process itself was busy counts as one of them.

    Else a burst of messages, whose answers take all of the processor, would pass for a database that does not answer.
    """
    for _ in range(SLICES):
        done, _ = await asyncio.wait({task}, timeout=within / SLICES)
        if done:
            return


async def _twice(work: Work[Result], engine: AsyncEngine) -> Result:
    """A connection that went stale while nobody wrote is no fault of the database: once more, on a new one."""
    try:
        return await _once(work, engine)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return await _once(work, engine)


async def _once(work: Work[Result], engine: AsyncEngine) -> Result:
    async with engine.begin() as connection:
        return await work(connection)


def _kind(error: BaseException) -> str:
    """The name of what the driver raised, without its text: that may hold what was written."""
    cause: BaseException | None = error
    while cause is not None:
        error, cause = cause, getattr(cause, "orig", None) or cause.__cause__
    return type(error).__name__
