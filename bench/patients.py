"""Patients who write as fast as they are answered, posted to a bot's webhook as Telegram posts them."""

import asyncio
import itertools
import json
import time
from pathlib import Path
from typing import NamedTuple

import yaml

from bench.telegram import LENGTH, FakeTelegram

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions" / "en"
SECRET = "bench-secret"  # noqa: S105
PATIENCE = 10.0  # seconds for one reply


class Figures(NamedTuple):
    """What one run gave: replies a second, and seconds from an update to its reply at Telegram."""

    rate: float
    p50: float
    p99: float
    lost: int


def wordings() -> list[str]:
    """Our own test wordings: what patients might really type."""
    found: list[str] = []
    for file in sorted(QUESTIONS.glob("*.yaml")):
        asked = yaml.safe_load(file.read_text("utf-8")).get("questions") or {}
        found += [text for texts in asked.values() for text in texts if isinstance(text, str)]
    return found[:: max(1, len(found) // 500)]


class Post(asyncio.Protocol):
    """One connection of Telegram to a bot."""

    def __init__(self) -> None:
        self._buffer = b""
        self.answered: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep it."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """An acknowledgement, whole when its Content-Length is there."""
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        length = LENGTH.search(self._buffer[:end]) if end >= 0 else None
        if end >= 0 and len(self._buffer) >= end + 4 + (int(length[1]) if length else 0):
            status, self._buffer = self._buffer[9:12], b""
            if self.answered is not None and not self.answered.done():
                self.answered.set_result(status)


class Patients:
    """All who write to the bots under test; each update is a new chat, as in a busy clinic."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self._chats = itertools.count(1000)
        self._texts = itertools.cycle(wordings())
        self._waiting: dict[int, asyncio.Future[float]] = {}
        telegram.replied = self._replied

    async def write(self, port: int, connections: int, seconds: float, rate: float = 0.0) -> Figures:
        """Post from so many connections for so long. `rate`: updates a second in all; 0: as fast as answered."""
        loop = asyncio.get_running_loop()
        posts = [(await loop.create_connection(Post, "127.0.0.1", port))[1] for _ in range(connections)]
        took: list[float] = []
        started = time.perf_counter()
        turns = itertools.count()
        lost = await asyncio.gather(*(self._one(post, port, started, seconds, rate, turns, took) for post in posts))
        elapsed = time.perf_counter() - started
        for post in posts:
            post.transport.close()
        took.sort()
        if not took:
            return Figures(0.0, 0.0, 0.0, sum(lost))
        return Figures(len(took) / elapsed, took[len(took) // 2], took[int(len(took) * 0.99)], sum(lost))

    async def _one(
        self,
        post: Post,
        port: int,
        started: float,
        seconds: float,
        rate: float,
        turns: "itertools.count[int]",
        took: list[float],
    ) -> int:
        lost = 0
        while (now := time.perf_counter()) - started < seconds:
            if rate:
                due = started + next(turns) / rate
                await asyncio.sleep(max(0.0, due - now))
                now = time.perf_counter()
            chat = next(self._chats)
            loop = asyncio.get_running_loop()
            self._waiting[chat], post.answered = loop.create_future(), loop.create_future()
            post.transport.write(_update(chat, next(self._texts), port))
            try:
                async with asyncio.timeout(PATIENCE):
                    took.append(await self._waiting[chat] - now)
                    lost += await post.answered != b"200"
            except TimeoutError:
                lost += 1
            del self._waiting[chat]
        return lost

    def _replied(self, chat: int) -> None:
        waiting = self._waiting.get(chat)
        if waiting is not None and not waiting.done():
            waiting.set_result(time.perf_counter())


def _update(chat: int, text: str, port: int) -> bytes:
    person = {"id": chat, "first_name": "Anna", "last_name": "Example", "username": f"a{chat}", "language_code": "en"}
    message = {
        "message_id": 11,
        "from": {"is_bot": False, **person},
        "chat": {"type": "private", **person},
        "date": int(time.time()),
        "text": text,
    }
    body = json.dumps({"update_id": 100_000_000 + chat, "message": message}).encode()
    head = (
        f"POST /telegram HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
