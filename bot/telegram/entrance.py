"""The short way in: a whole delivery of Telegram's, read by aiohttp's parser and answered with the same few bytes.

For each request aiohttp builds what anything that may come needs: a request, readers, writers, a task, a response. That
was a tenth of what an update costs, and Telegram needs none of it. So a connection begins here, and whatever is not a
plain delivery is aiohttp's: the connection is handed over to it, with all that was read and not answered, and stays
there.
"""

import asyncio
import math
from collections.abc import Callable
from typing import Protocol

from aiohttp.base_protocol import BaseProtocol
from aiohttp.helpers import rfc822_formatted_time
from aiohttp.http import HttpProcessingError, HttpRequestParser, RawRequestMessage
from aiohttp.streams import StreamReader
from aiohttp.tcp_helpers import tcp_keepalive

LARGEST = 1 << 20  # bytes; a real update is a few kilobytes
READ_WITHIN = 10.0  # seconds for a body
LINE = 8190  # characters of a line of the head, as aiohttp has it
HEADERS = 128
HEAD_ENDS = b"\r\n\r\n"
CONTENT_LENGTH = "Content-Length"
_REST = "Content-Length: 0\r\n"
TOO_LATE = f"HTTP/1.1 408 Request Timeout\r\n{_REST}Connection: close\r\n\r\n".encode()


class Deliveries(Protocol):
    """Who takes them."""

    def expects(self, message: RawRequestMessage) -> bool:
        """Is this the head of a plain delivery, of at most LARGEST bytes, from Telegram, at a time to take one?"""
        ...

    async def take(self, body: bytes) -> float | None:
        """Handle one. Seconds after which it is to be brought again; None: never. It raises nothing."""
        ...


class Entrance(BaseProtocol):
    """One connection, as long as it brings plain deliveries, one after the other."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        deliveries: Deliveries,
        heir: Callable[[], BaseProtocol],
        left: Callable[["Entrance"], None],
    ) -> None:
        """`heir`: makes the protocol of aiohttp's that goes on; `left`: told once this one is over."""
        parser = HttpRequestParser(
            self, loop, LARGEST, max_line_size=LINE, max_field_size=LINE, max_headers=HEADERS, auto_decompress=False
        )
        super().__init__(loop, parser)
        self._deliveries, self._heir, self._left = deliveries, heir, left
        self._raw = b""  # what came and is not answered
        self._body: StreamReader | None = None  # of the delivery that is being read
        self._length = 0  # bytes of it
        self._late: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None  # of the delivery that is being handled
        self._closing = False
        self.since = loop.time()  # when it began, or when the last delivery was answered
        self.answered = False

    @property
    def busy(self) -> bool:
        """Is a delivery being read or handled?"""
        return self._task is not None or self._late is not None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there."""
        super().connection_made(transport)
        assert self.transport is not None  # noqa: S101
        tcp_keepalive(self.transport)

    def connection_lost(self, exc: BaseException | None) -> None:
        """What is being handled is handled to its end: the reply to a patient goes another way."""
        super().connection_lost(exc)
        self._leave()

    def data_received(self, data: bytes) -> None:
        """A delivery, a part of one, or something else. What comes before the last one is answered waits."""
        self._raw += data
        if self._task is None:
            self._next(data)
        elif len(self._raw) > LARGEST and self.transport is not None:
            self.transport.pause_reading()

    def pause_reading(self) -> None:
        """Not for a body: those that are read here are small."""

    def resume_reading(self, resume_parser: bool = True) -> None:
        """Nothing was paused."""

    def close(self) -> None:
        """Read no more; go once the delivery in work is answered."""
        self._closing = True
        if self._task is None and self.transport is not None:
            self.transport.close()

    def _next(self, data: bytes) -> None:
        assert self._parser is not None  # noqa: S101
        try:
            messages, upgraded, _ = self._parser.feed_data(data)
        except HttpProcessingError:
            return self._hand_over()
        if upgraded or len(messages) != (self._body is None):  # a head that is not whole, or more than one
            return self._hand_over()
        for message, self._body in messages:
            if not self._deliveries.expects(message):
                return self._hand_over()
            self._length = int(message.headers[CONTENT_LENGTH])
        body = self._body
        assert body is not None  # noqa: S101
        if not body.is_eof():
            if self._late is None:
                self._late = self._loop.call_later(READ_WITHIN, self._too_late)
            return None
        if len(self._raw) != self._raw.index(HEAD_ENDS) + len(HEAD_ENDS) + self._length:  # another one begins behind it
            return self._hand_over()
        self._in_time()
        self._raw, self._body = b"", None
        self._task = self._loop.create_task(self._deliver(body.read_nowait()))
        return None

    async def _deliver(self, body: bytes) -> None:
        again = await self._deliveries.take(body)
        self._loop.call_soon(self._done, again)  # together with what else this turn of the loop has to say

    def _done(self, again: float | None) -> None:
        self._task, self.since, self.answered = None, self._loop.time(), True
        if self.transport is None or self.transport.is_closing():
            return
        self.transport.write(_answer(again))
        if self._closing:
            self.transport.close()
        elif self._raw:
            data, self._raw = self._raw, b""
            self.transport.resume_reading()
            self.data_received(data)

    def _hand_over(self) -> None:
        """aiohttp goes on, from the first byte that is not answered."""
        transport, data = self.transport, self._raw
        self._leave()
        if transport is None:
            return
        heir = self._heir()
        transport.set_protocol(heir)
        heir.connection_made(transport)
        heir.data_received(data)

    def _leave(self) -> None:
        self._parser = self._body = None  # they hold this one: it would stay, and what it read, until a sweep
        self._raw = b""
        self._in_time()
        self._left(self)

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _too_late(self) -> None:
        if self.transport is not None:
            self.transport.write(TOO_LATE)
            self.transport.close()


def _answer(again: float | None) -> bytes:
    if again is None:
        return f"HTTP/1.1 200 OK\r\n{_REST}Date: {rfc822_formatted_time()}\r\n\r\n".encode()
    head = f"HTTP/1.1 503 Service Unavailable\r\nRetry-After: {math.ceil(again)}\r\n"
    return f"{head}{_REST}Date: {rfc822_formatted_time()}\r\n\r\n".encode()
