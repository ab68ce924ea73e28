"""What the bot and the person do, told to everyone who listens: the open pages and the waiting tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager

from bot.workbench.fields import Json

KEEP_ALIVE = 15.0
Watcher = Callable[[Json], None]


class Hub:
    """Fans events out. An event is a dict with a `kind`."""

    def __init__(self) -> None:
        self._watchers: list[Watcher] = []
        self._queues: set[asyncio.Queue[Json | None]] = set()
        self._closed = False

    @property
    def streaming(self) -> bool:
        """Whether anybody listens to a stream of events."""
        return bool(self._queues)

    def tell(self, kind: str, **content: object) -> None:
        """Pass an event to everyone."""
        event = {"kind": kind, **content}
        for watcher in self._watchers:
            watcher(event)
        for queue in self._queues:
            queue.put_nowait(event)

    def watch(self, watcher: Watcher) -> None:
        """Call this for every event, at once, as long as the hub lives."""
        self._watchers.append(watcher)

    def close(self) -> None:
        """Let every stream come to its end."""
        self._closed = True
        for queue in self._queues:
            queue.put_nowait(None)

    @contextmanager
    def listen(self) -> Iterator[AsyncIterator[Json]]:
        """A stream of events from now on."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        if self._closed:
            queue.put_nowait(None)
        self._queues.add(queue)
        try:
            yield _events(queue)
        finally:
            self._queues.discard(queue)


async def _events(queue: asyncio.Queue[Json | None]) -> AsyncIterator[Json]:
    """Events as they come, and a "ping" where none came for a while, so that a dead connection shows."""
    while True:
        try:
            event = await asyncio.wait_for(queue.get(), KEEP_ALIVE)
        except TimeoutError:
            event = {"kind": "ping"}
        if event is None:
            return
        yield event
