"""What is wrong with the content, kept current on the page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from aiohttp import web

from bot.workbench.fields import Json
from bot.workbench.hub import Hub

LOOK_EVERY = 0.5


class Problems:
    """Asks for the problems again and again while a page is open, and tells it when they change."""

    def __init__(self, ask: Callable[[], list[Json]], hub: Hub) -> None:
        self._ask = ask
        self._hub = hub
        self._told: list[Json] = []

    def now(self) -> list[Json]:
        """The problems at this moment."""
        return list(self._ask())

    def look(self) -> None:
        """Tell the page if something is new."""
        problems = self.now()
        if problems != self._told:
            self._told = problems
            self._hub.tell("problems", problems=problems)

    async def watch(self, app: web.Application) -> AsyncIterator[None]:
        """An aiohttp cleanup context: looks as long as the application runs."""
        task = asyncio.create_task(self._watch())
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            if self._hub.streaming:
                self.look()
            await asyncio.sleep(LOOK_EVERY)
