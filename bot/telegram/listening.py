"""The port: opened before Telegram hears of us, closed last. Whoever connects and says nothing is shown out."""

import asyncio
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

SPEAK_WITHIN = 10.0  # seconds for the head of a connection's first request
KEEP_ALIVE = 3600.0  # seconds between requests: Telegram comes back over the same connection after a quiet hour
ENDS_WITHIN = 0.5  # seconds for answers that are being written when the port closes


class Door:
    """One port that serves one application."""

    def __init__(self, app: web.Application) -> None:
        self._runner = web.AppRunner(
            app, access_log=None, keepalive_timeout=KEEP_ALIVE, shutdown_timeout=ENDS_WITHIN, handle_signals=False
        )
        self._silent: set[RequestHandler] = set()
        self._listening: asyncio.Server | None = None

    async def open(self, host: str | None, port: int) -> int:
        """Listen; the port, which matters where 0 was asked for. Raises OSError where it is taken."""
        await self._runner.setup()
        server = self._runner.server
        assert server is not None  # noqa: S101
        make = server.request_factory

        def noted(message: Any, payload: Any, protocol: RequestHandler, writer: Any, task: Any) -> Any:
            self._silent.discard(protocol)
            return make(message, payload, protocol, writer, task)

        def enter() -> RequestHandler:
            protocol = server()
            self._silent.add(protocol)
            loop.call_later(SPEAK_WITHIN, self._show_out, protocol)
            return protocol

        server.request_factory = noted
        loop = asyncio.get_running_loop()
        self._listening = await loop.create_server(enter, host, port, backlog=1024, reuse_address=True)
        return int(self._listening.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Take no more connections and end those that are open."""
        if self._listening is not None:
            self._listening.close()
        await self._runner.cleanup()

    def _show_out(self, protocol: RequestHandler) -> None:
        if protocol in self._silent:
            self._silent.discard(protocol)
            protocol.force_close()
