"""The answer to almost every delivery: 200 and nothing else, written at once.

For each response aiohttp puts headers together, asks signals and goes through its own writer: a twentieth of what an
update costs. This one is the same bytes every time but for the date.
"""

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.client_exceptions import ClientConnectionResetError
from aiohttp.helpers import rfc822_formatted_time
from aiohttp.http import HttpVersion11


class Acknowledged(web.StreamResponse):
    """200 to whoever keeps the connection open. It holds nothing of a request: one serves them all."""

    @property
    def keep_alive(self) -> bool:
        """Always: others get another response."""
        return True

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Write it. Raises ConnectionError where nobody is there any more."""
        transport = request.transport
        if transport is None or transport.is_closing():
            raise ClientConnectionResetError
        transport.write(f"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nDate: {rfc822_formatted_time()}\r\n\r\n".encode())
        return None

    async def write_eof(self, data: bytes = b"") -> None:
        """There is no more."""


_ACKNOWLEDGED = Acknowledged()


def acknowledged(request: web.Request) -> web.StreamResponse:
    """200, as this request can be told."""
    if request.version == HttpVersion11 and request.keep_alive:
        return _ACKNOWLEDGED
    return web.Response()
