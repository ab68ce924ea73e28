"""Calls to Telegram on aiohttp: several times the throughput of the library's own client, and no token in logs."""

import json
import socket
import time
from typing import Any, Protocol, runtime_checkable

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.telegram.posting import CONNECT, FORM, Address, Answer, Stale, post

KEEP_ALIVE = 600.0  # seconds; a quiet bot should not shake hands again for each reply
POOL = 512  # connections; Telegram posts at most 100 updates at once to one webhook
MOVED = range(300, 400)
STALE = 3  # connections found closed, after which a call at once tries the next one
LEAST = 0.05  # seconds
ASKS_AFTER, ASKS_EVERY, ASKS = 45, 15, 4  # seconds, seconds, times
"""When a quiet connection asks whether the other side is there: routers forget it otherwise, and we would not hear."""
NOT_JSON = json.dumps({"ok": False, "error_code": 502, "description": "the answer is not Telegram's"}).encode()


@runtime_checkable
class Exchange(Protocol):
    """One call there and back."""

    async def exchange(self, url: str, form: str, seconds: float, at_once: bool = True) -> Answer:
        """Post an urlencoded form. Raises TimedOut or NetworkError, whose texts hold neither address nor words.

        Unless `at_once`, it may leave together with others.
        """
        ...


class AiohttpRequest(BaseRequest):
    """One connection pool for one bot, for the library's calls and for ours. Timeouts in seconds."""

    def __init__(self, read_timeout: float = 5.0) -> None:
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None
        self._addresses: dict[str, Address | None] = {}

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer, where a call does not say."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=POOL, keepalive_timeout=KEEP_ALIVE, ttl_dns_cache=300, socket_factory=_asking
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None
            self._addresses.clear()

    async def exchange(self, url: str, form: str, seconds: float, at_once: bool = True) -> Answer:
        """Post an urlencoded form; where the server has moved, or wants a name and a password, the way of all calls."""
        if self._session is None:
            raise NetworkError("the connection pool is closed")
        body = form.encode("ascii")
        if url not in self._addresses:
            self._addresses[url] = Address.of(URL(url), self._session)
        to, connector = self._addresses[url], self._session.connector
        if to is not None and connector is not None:
            answer = await self._post(connector, to, body, seconds, at_once)
            if answer.status not in MOVED:
                return answer
        return await self._fetch("POST", URL(url), body, {"Content-Type": FORM}, seconds)

    async def _post(
        self, connector: aiohttp.BaseConnector, to: Address, body: bytes, seconds: float, at_once: bool
    ) -> Answer:
        """Over the next connection, where one was closed in a quiet hour: whoever closes one closes many."""
        ends = time.monotonic() + seconds
        left = STALE
        while True:
            try:
                return await post(connector, to, body, seconds, at_once)
            except TimeoutError:
                raise TimedOut from None
            except (aiohttp.ClientError, OSError) as error:
                if not left or not isinstance(error, Stale):
                    raise NetworkError(type(error).__name__) from None
                left, seconds = left - 1, max(ends - time.monotonic(), LEAST)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """A call of the library's. What is not an answer of Telegram's is told as a 502: it would log the body."""
        seconds = self._read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        answer = await self._fetch(method, URL(url), _form(request_data), None, seconds)
        try:
            told = json.loads(answer.body)
            accepted = bool(told["ok"]) and "result" in told
        except (ValueError, TypeError, KeyError):
            return 502, NOT_JSON
        if answer.status < 300 and not accepted:
            return int(told.get("error_code") or 502), answer.body
        return answer.status, answer.body

    async def _fetch(self, method: str, url: URL, data: Any, headers: dict[str, str] | None, seconds: Any) -> Answer:
        if self._session is None:
            raise NetworkError("the connection pool is closed")
        timeout = aiohttp.ClientTimeout(total=seconds, connect=CONNECT if seconds is None else min(CONNECT, seconds))
        try:
            async with self._session.request(method, url, data=data, headers=headers, timeout=timeout) as response:
                return Answer(response.status, await response.read())
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


def _asking(address: tuple[Any, ...]) -> socket.socket:
    """A socket that asks now and then whether the other side is still there, as far as the system can."""
    family, kind, protocol = address[:3]
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", ASKS_AFTER), ("TCP_KEEPINTVL", ASKS_EVERY), ("TCP_KEEPCNT", ASKS)):
        if hasattr(socket, name):
            made.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
    return made


def _form(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None:
        return None
    if not data.multipart_data:
        return data.json_parameters
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
