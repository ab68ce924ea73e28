"""The webhook: handled inside the request, acknowledged after the reply was accepted. Telegram is the durable queue."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
import telegram
from aiohttp import web

from bot.telegram.sending import NotDelivered

PATH = "/telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1 << 20  # bytes; a real update is a few kilobytes
READ_WITHIN = 10.0  # seconds
RETRY_AFTER = "2"
log = structlog.get_logger()


class Webhook:
    """The route that Telegram posts updates to."""

    def __init__(self, bot: telegram.Bot, secret: str, handle: Callable[[telegram.Update], Awaitable[None]]) -> None:
        self._bot, self._secret, self._handle = bot, secret.encode(), handle
        self.unreadable = 0
        self.closing = False

    def routes(self) -> list[web.RouteDef]:
        """For aiohttp; other methods on the path get 405 from it."""
        return [web.post(PATH, self.post)]

    async def post(self, request: web.Request) -> web.Response:
        """200: done or never to be done; 503: bring it again; 401, 413, 400: not from Telegram as we know it."""
        if not hmac.compare_digest(request.headers.get(HEADER, "").encode("utf-8", "surrogateescape"), self._secret):
            return web.Response(status=401)
        if (request.content_length or 0) > LARGEST:
            return web.Response(status=413)
        if self.closing:
            return _again()
        try:
            body = await asyncio.wait_for(request.read(), READ_WITHIN)
        except TimeoutError:
            return web.Response(status=408)
        update = self._update(body)
        if update is None:  # a 500 would block this chat for a day
            self.unreadable += 1
            log.warning("an update could not be read", so_far=self.unreadable)
            return web.Response()
        try:
            await self._handle(update)
        except NotDelivered:
            return _again()
        except Exception as error:  # a 500 would bring it again and again, and block this chat for a day
            log.error("a fault of ours, update given up", update=update.update_id, kind=type(error).__name__)
        return web.Response()

    def _update(self, body: bytes) -> telegram.Update | None:
        try:
            data: Any = json.loads(body)
            return telegram.Update.de_json(data, self._bot) if isinstance(data, dict) else None
        except Exception:  # whatever the parser stumbles over; the body is never logged
            return None


def _again() -> web.Response:
    return web.Response(status=503, headers={"Retry-After": RETRY_AFTER})
