"""The webhook: handled inside the request, acknowledged after the reply was accepted. Telegram is the durable queue."""

import asyncio
import hmac
import math
import zlib
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web
from aiohttp.http import HttpVersion11, RawRequestMessage

from bot.telegram.entrance import CONTENT_LENGTH, LARGEST, READ_WITHIN
from bot.telegram.parsing import parsed
from bot.telegram.reading import Json, Unreadable
from bot.telegram.sending import NotDelivered
from bot.telegram.watching import Unwatched, Watch

PATH = "/telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
CONTENT_ENCODING = "Content-Encoding"
AGAIN = 2.0  # seconds
log = structlog.get_logger()


class Webhook:
    """The route that Telegram posts updates to. Closed until the bot can answer, and from the moment it is stopping."""

    def __init__(self, secret: str, handle: Callable[[Json], Awaitable[None]], watch: Watch | None = None) -> None:
        self._secret, self._handle = secret.encode(), handle
        self._watch = watch or Unwatched()
        self.unreadable = 0
        self.open = False

    def routes(self) -> list[web.RouteDef]:
        """For aiohttp; other methods on the path get 405 from it."""
        return [web.post(PATH, self.post)]

    def expects(self, message: RawRequestMessage) -> bool:
        """As `entrance.Deliveries`."""
        headers = message.headers
        length = headers.get(CONTENT_LENGTH, "")
        return (
            self.open
            and message.method == "POST"
            and message.path == PATH
            and message.version == HttpVersion11
            and not message.should_close
            and "Expect" not in headers
            and CONTENT_ENCODING not in headers
            and length.isdecimal()
            and int(length) <= LARGEST
            and self._knows(headers.get(HEADER, ""))
        )

    async def take(self, body: bytes) -> float | None:
        """Handle an update. Seconds after which it is to be brought again, None where it is done or never will be."""
        try:
            await self._handle(_update(body))
        except NotDelivered as error:
            return error.after
        except Unreadable:  # a 500 would block this chat for a day
            self.unreadable += 1
            self._watch.event("unreadable")
            log.warning("an update could not be read", so_far=self.unreadable)
        except Exception as error:  # a 500 would bring it again and again, and block this chat for a day
            self._watch.event("broken")
            log.error("a fault of ours, update given up", kind=type(error).__name__)
        return None

    async def post(self, request: web.Request) -> web.Response:
        """200: done or never to be done; 503: bring it again; 401, 408, 413: not from Telegram as we know it."""
        if not self._knows(request.headers.get(HEADER, "")):
            self._watch.event("refused")
            return _refused(401)
        if not self.open:
            return _again(AGAIN)
        try:
            body = await _body(request)
        except TimeoutError:
            return _refused(408)
        except web.HTTPRequestEntityTooLarge:
            return _refused(413)
        again = await self.take(body)
        return web.Response() if again is None else _again(again)

    def _knows(self, secret: str) -> bool:
        return hmac.compare_digest(secret.encode("utf-8", "surrogateescape"), self._secret)


async def _body(request: web.Request) -> bytes:
    """The body, within its limits of size and time; empty where it is not what its headers say."""
    if (request.content_length or 0) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, request.content_length or 0)
    try:
        async with asyncio.timeout(READ_WITHIN):
            body = await request.read()
    except (web.RequestPayloadError, ConnectionError):
        return b""
    return _unpacked(body) if CONTENT_ENCODING in request.headers else body


def _unpacked(body: bytes) -> bytes:
    """What a proxy may have packed, as long as it stays within the limit of size; nothing where it is broken."""
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 32)  # gzip or deflate, by its head
    try:
        unpacked = unpacking.decompress(body, LARGEST + 1)
    except zlib.error:
        return b""
    if len(unpacked) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, len(unpacked))
    return unpacked if unpacking.eof else b""


def _update(body: bytes) -> Any:
    try:
        return parsed(body)
    except (ValueError, RecursionError):
        raise Unreadable from None


def _refused(status: int) -> web.Response:
    """The connection closes too: whoever dribbles shall not hold it."""
    response = web.Response(status=status)
    response.force_close()
    return response


def _again(seconds: float) -> web.Response:
    return web.Response(status=503, headers={"Retry-After": str(math.ceil(seconds))})
