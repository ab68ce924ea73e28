"""The updates that a poller is at: which are finished, and how far it may tell Telegram to forget them."""

import asyncio
import time
from typing import NamedTuple

import structlog

BATCH = 100  # updates that Telegram hands out at once, counted from the first one that is not confirmed
HELD_UP = 75  # updates from there on; more, and hardly a new one comes
STRAGGLERS = 50  # unfinished ones that may be passed; more, and it is Telegram that takes no replies, not their chats
STRAGGLES = 2.0  # seconds
log = structlog.get_logger()


class Begun(NamedTuple):
    """Work on one update, and when it began."""

    task: asyncio.Task[None]
    at: float


class Window:
    """Telegram keeps what is not confirmed, and confirming one update confirms all before it.

    So one chat that takes no reply would in time leave everybody without an answer, emergencies too. Where few updates
    hold up many, they are passed: kept at work in memory, where only a crash can lose them.
    """

    def __init__(self) -> None:
        self._open: dict[int, Begun] = {}
        self._passed: set[asyncio.Task[None]] = set()
        self._next = 0  # the update after the last one that was seen

    def __contains__(self, identifier: int) -> bool:
        return identifier in self._open

    def begin(self, identifier: int, task: asyncio.Task[None]) -> None:
        """Work on an update has begun."""
        self._open[identifier] = Begun(task, time.monotonic())
        self._next = identifier + 1

    def unfinished(self) -> list[asyncio.Task[None]]:
        """Work that goes on, but for what was passed."""
        return [begun.task for begun in self._open.values() if not begun.task.done()]

    def everything(self) -> list[asyncio.Task[None]]:
        """All work, finished or not, what was passed too."""
        return [*(begun.task for begun in self._open.values()), *self._passed]

    def offset(self, passing: bool = True) -> int | None:
        """The first update that is not finished; everything below it is confirmed by asking for it.

        `passing`: stragglers are passed where there is need; not at the end, when Telegram is to keep them.
        """
        for identifier in sorted(self._open):
            task = self._open[identifier].task
            if passing and self._straggles(identifier):
                log.warning("one chat takes no reply: its update waits in memory, the others go on", update=identifier)
                self._passed.add(task)
                task.add_done_callback(self._passed.discard)
            elif not task.done() or task.cancelled() or task.exception() is not None:
                return identifier
            del self._open[identifier]
        return self._next or None

    def _straggles(self, identifier: int) -> bool:
        begun = self._open[identifier]
        if begun.task.done() or len(self._open) < HELD_UP or time.monotonic() - begun.at < STRAGGLES:
            return False
        return len(self._passed) + len(self.unfinished()) <= STRAGGLERS
