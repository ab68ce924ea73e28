"""`/livez`, `/readyz`, `/metrics`: for the platform, for people, for Prometheus."""

import time
from collections.abc import Callable
from typing import NamedTuple

from aiohttp import web

from bot.storage.store import Store
from bot.watch.meter import Meter


class State(NamedTuple):
    """What the service is at the moment. `content` is a hash."""

    ready: bool
    content: str
    engine: str


class Health:
    """`look` tells the state; `clock` gives seconds since 1970."""

    def __init__(
        self, meter: Meter, store: Store, look: Callable[[], State], clock: Callable[[], float] = time.time
    ) -> None:
        self._meter, self._store, self._look, self._clock = meter, store, look, clock

    def routes(self) -> list[web.RouteDef]:
        """For aiohttp."""
        return [web.get("/livez", self.livez), web.get("/readyz", self.readyz), web.get("/metrics", self.metrics)]

    async def livez(self, request: web.Request) -> web.Response:
        """The process lives: 200."""
        return web.json_response({"alive": True})

    async def readyz(self, request: web.Request) -> web.Response:
        """200 while Telegram may send, else 503. A database that is away makes it degraded, not unready."""
        state, last = self._look(), self._meter.last_update
        told = {
            "ready": state.ready,
            "content": state.content[:12],
            "engine": state.engine,
            "database": self._store.health,
            "degraded": self._store.health == "degraded",
            "last_update_age": None if last is None else round(max(0.0, self._clock() - last), 1),
        }
        return web.json_response(told, status=200 if state.ready else 503)

    async def metrics(self, request: web.Request) -> web.Response:
        """Counts since the start."""
        return web.Response(body=self._meter.page(), headers={"Content-Type": self._meter.kind})
