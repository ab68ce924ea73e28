"""The port: opened before Telegram hears of us, closed last. Whoever connects and says nothing is shown out."""

import asyncio
from typing import Any

from aiohttp import web
from aiohttp.base_protocol import BaseProtocol
from aiohttp.web_protocol import RequestHandler

from bot.telegram.entrance import Deliveries, Entrance

SPEAK_WITHIN = 10.0  # seconds for the head of a connection's first request, and for the first that aiohttp gets
KEEP_ALIVE = 3600.0  # seconds between requests: Telegram comes back over the same connection after a quiet hour
OTHERS_ALIVE = 75.0  # seconds after which aiohttp shows out whoever is quiet or dribbles
LINGERS = 2.0  # seconds in which what is left of a refused body is read, so that the refusal is
ENDS_WITHIN = 0.5  # seconds for answers that are being written when the port closes


class Door:
    """One port that serves one application. `deliveries`: who takes what Telegram brings, the short way."""

    def __init__(self, app: web.Application, deliveries: Deliveries | None = None) -> None:
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handle_signals=False,
            shutdown_timeout=ENDS_WITHIN,
            keepalive_timeout=OTHERS_ALIVE,
            lingering_time=LINGERS,
            auto_decompress=False,  # else a stranger's forty kilobytes become forty megabytes before we look
        )
        self._deliveries = deliveries
        self._silent: set[RequestHandler] = set()
        self._entrances: dict[Entrance, asyncio.TimerHandle] = {}  # each with when it is looked at next
        self._listening: asyncio.Server | None = None
        self._serve: web.Server

    async def open(self, host: str | None, port: int) -> int:
        """Listen; the port, which matters where 0 was asked for. Raises OSError where it is taken."""
        await self._runner.setup()
        server = self._runner.server
        assert server is not None  # noqa: S101
        self._serve, make = server, server.request_factory

        def noted(message: Any, payload: Any, protocol: RequestHandler, writer: Any, task: Any) -> Any:
            self._silent.discard(protocol)
            return make(message, payload, protocol, writer, task)

        server.request_factory = noted
        loop = asyncio.get_running_loop()
        self._listening = await loop.create_server(self._enter, host, port, backlog=1024, reuse_address=True)
        return int(self._listening.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Take no more connections and end those that are open."""
        if self._listening is not None:
            self._listening.close()
        for entrance in list(self._entrances):
            entrance.close()
        await self._runner.cleanup()

    def _enter(self) -> BaseProtocol:
        loop = asyncio.get_running_loop()
        if self._deliveries is None:
            return self._other()
        entrance = Entrance(loop, self._deliveries, self._other, self._leave)
        self._entrances[entrance] = loop.call_later(SPEAK_WITHIN, self._watch, entrance)
        return entrance

    def _other(self) -> BaseProtocol:
        """aiohttp's own protocol: for a connection from its beginning, or from where it is no plain delivery's."""
        protocol = self._serve()
        self._silent.add(protocol)
        asyncio.get_running_loop().call_later(SPEAK_WITHIN, self._show_out, protocol)
        return protocol

    def _watch(self, entrance: Entrance) -> None:
        """Show out who says nothing, at first or for an hour."""
        loop = asyncio.get_running_loop()
        since = loop.time() if entrance.busy else entrance.since
        ends = since + (KEEP_ALIVE if entrance.answered or entrance.busy else SPEAK_WITHIN)
        if ends > loop.time():
            self._entrances[entrance] = loop.call_at(ends, self._watch, entrance)
        else:
            entrance.close()

    def _leave(self, entrance: Entrance) -> None:
        looked_at = self._entrances.pop(entrance, None)
        if looked_at is not None:
            looked_at.cancel()

    def _show_out(self, protocol: RequestHandler) -> None:
        if protocol in self._silent:
            self._silent.discard(protocol)
            protocol.force_close()
