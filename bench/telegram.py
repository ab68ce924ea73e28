"""A Telegram for the bench: takes every call, tells when a reply for a chat came. As little work as can be."""

import asyncio
import json
import re
from collections.abc import Callable

CHAT = re.compile(rb'chat_id(?:"?[=:]\s*"?|"[^\0]*?\r\n\r\n)(-?\d+)')
LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
METHOD = re.compile(rb"\w+ /bot[^/]*/(\w+)")
ME = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
SENT = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private", "first_name": "A"}, "from": ME, "text": "ok"}


def _page(result: object) -> bytes:
    body = json.dumps({"ok": True, "result": result}).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


ANSWERS = {b"getMe": _page(ME), b"sendMessage": _page(SENT)}
OTHERWISE = _page(True)


class Calls(asyncio.Protocol):
    """One connection of a bot. Calls come with a Content-Length, or in chunks that end in an empty one."""

    def __init__(self, server: "FakeTelegram") -> None:
        self._server, self._buffer = server, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A bot calls."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each call that is complete."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = LENGTH.search(head)
            whole = end + 4 + int(length[1]) if length else self._chunked_end(head, end + 4)
            if whole == 0 or len(self._buffer) < whole:
                return
            call, self._buffer = self._buffer[:whole], self._buffer[whole:]
            self._take(call, end + 4)

    def _chunked_end(self, head: bytes, start: int) -> int:
        if b"chunked" not in head.lower():
            return start
        return self._buffer.find(b"0\r\n\r\n", start) + 5 if b"0\r\n\r\n" in self._buffer[start:] else 0

    def _take(self, call: bytes, body: int) -> None:
        found = METHOD.match(call)
        method = found[1] if found else b""
        chat = CHAT.search(call, body) if method == b"sendMessage" else None
        if self._server.delay:
            asyncio.get_running_loop().call_later(self._server.delay, self._answer, method, chat)
        else:
            self._answer(method, chat)

    def _answer(self, method: bytes, chat: re.Match[bytes] | None) -> None:
        if chat is not None:
            self._server.replied(int(chat[1]))
        if not self._transport.is_closing():
            self._transport.write(ANSWERS.get(method, OTHERWISE))


class FakeTelegram:
    """Listens on a free port. `delay`: seconds before each answer. `replied` is called with each reply's chat."""

    def __init__(self) -> None:
        self.delay = 0.0
        self.replied: Callable[[int], None] = lambda chat: None
        self.url = ""

    async def start(self) -> None:
        """Listen."""
        server = await asyncio.get_running_loop().create_server(lambda: Calls(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
