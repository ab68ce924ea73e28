"""What may come in from outside, byte by byte, over real HTTP: the bot shrugs and goes on answering."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import time
import tracemalloc
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import structlog

from bot.content.loading import Content
from bot.reply import Replier
from bot.telegram import entrance, listening, webhook
from bot.telegram.webhook import HEADER, LARGEST
from bot.workbench import LocalBotApi
from tests.support.matching import CANARY
from tests.support.serving import SECRET, by_webhook, quick_api, served

pytestmark = pytest.mark.loopback
ANNA = {"id": 1001, "is_bot": False, "first_name": "Anna"}
HERE = {"id": 1001, "type": "private", "first_name": "Anna"}


class Post:
    """A bot on the webhook, and whoever posts to it."""

    def __init__(self, api: LocalBotApi, port: int, http: aiohttp.ClientSession) -> None:
        self.api, self.port, self._http = api, port, http
        self._number = 900

    def update(self, **message: Any) -> dict[str, Any]:
        """A message of Anna's."""
        self._number += 1
        base = {"message_id": self._number, "date": int(time.time()), "chat": HERE, "from": ANNA}
        return {"update_id": self._number, "message": base | message}

    async def post(self, body: bytes | dict[str, Any], **headers: str) -> int:
        """As Telegram posts; gives the status."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {HEADER: SECRET, "Content-Type": "application/json"} | headers
        async with self._http.post(f"http://127.0.0.1:{self.port}/telegram", data=data, headers=named) as answer:
            await answer.read()
            return answer.status

    async def metrics(self) -> str:
        """What is counted."""
        async with self._http.get(f"http://127.0.0.1:{self.port}/metrics") as answer:
            return await answer.text()

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Byte by byte."""
        return await asyncio.open_connection("127.0.0.1", self.port)

    def raw(self, body: bytes, length: int | None = None) -> bytes:
        """A whole request, or one that promises more than it holds."""
        length = len(body) if length is None else length
        head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nContent-Length: {length}\r\n\r\n"
        return head.encode() + body

    @property
    def sent(self) -> list[str]:
        """The texts that Telegram accepted."""
        return [call.params["text"] for call in self.api.calls_of("sendMessage") if call.ok]

    async def still_answers(self) -> bool:
        """The next patient is served."""
        before = len(self.sent)
        return await self.post(self.update(text="thanks")) == 200 and len(self.sent) == before + 1


@pytest.fixture
async def post(tiny_content: Content, tiny_replier: Replier) -> AsyncIterator[Post]:
    """The bot, ready."""
    async with quick_api() as api, aiohttp.ClientSession() as http:
        await api.say("hello")  # so that Anna's chat exists
        wanted = by_webhook(api)
        async with served(wanted, tiny_content, tiny_replier):
            await api.wait_for_reply()
            await api.wait_for_call("setMyShortDescription")
            api.board.calls.clear()
            yield Post(api, wanted.port, http)


@pytest.mark.parametrize(
    "text",
    [
        "\x00" * 4096,
        "\ud800",
        "a\udfff b",
        "🦵" * 4096,
        "é" * 4096,
        "\u202e\u200b\ufeff",
        " ",
        "/",
        "/@",
        "@",
        "{phone}",
        "%s",
    ],
    ids=lambda text: f"{len(text)} of {text[:2]!a}",
)
async def test_any_text_gets_one_reply(post: Post, text: str) -> None:
    """NULs, half characters, nothing but emoji, signs that turn the line around."""
    assert 200 == await post.post(post.update(text=text))
    assert 1 == len(post.sent)
    assert await post.still_answers()


@pytest.mark.parametrize("data", ["", "1", "1p", "1k:\ud800", "1k:token", "1b:\udfff", "1e:\x00", "9z", ":" * 64])
async def test_any_tap_gets_one_reply(post: Post, data: str) -> None:
    """Forged, of another version, with half characters in it and in what was asked."""
    replied = {"message_id": 5, "date": 1, "chat": HERE, "from": ANNA, "text": "flumps \ud83d"}
    message = {"message_id": 6, "date": 1, "chat": HERE, "reply_to_message": replied}
    tap = {"id": "1", "from": ANNA, "message": message, "chat_instance": "1", "data": data}
    assert 200 == await post.post({"update_id": 1, "callback_query": tap})
    assert 1 == sum(call.method in ("sendMessage", "editMessageText") for call in post.api.board.calls if call.ok)
    assert 'faqbot_events_total{event="broken"} 0.0' in await post.metrics()


@pytest.mark.parametrize("number", [0, 2**31, 2**53 + 1, 2**63, 2**70])
async def test_any_number_of_an_update_is_taken(post: Post, number: int) -> None:
    """They start anywhere, and no machine's word is their limit."""
    for _ in range(2):
        assert 200 == await post.post(post.update(text="thanks") | {"update_id": number})
    assert 1 == len(post.sent)


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1},
        {"update_id": 1, "something_of_tomorrow": {"text": CANARY}},
        {"update_id": 1, "channel_post": {"message_id": 1, "date": 1, "chat": HERE, "text": CANARY}},
        {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": HERE, "text": CANARY}},
        {
            "update_id": 1,
            "message": {"message_id": 1, "date": 1, "chat": HERE, "from": ANNA | {"is_bot": True}, "text": "x"},
        },
        {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": HERE, "from": ANNA, "new_chat_title": CANARY}},
        {"update_id": 1, "callback_query": {"id": "1", "from": ANNA, "chat_instance": "1", "inline_message_id": "1"}},
        {"update_id": 1, "poll_answer": {"poll_id": "1", "option_ids": []}},
        {"update_id": 1, "my_chat_member": {}},
    ],
)
async def test_what_is_not_for_us_is_taken_counted_and_not_answered(post: Post, update: dict[str, Any]) -> None:
    """Unknown kinds, channels, service messages, other bots."""
    assert 200 == await post.post(update)
    assert [] == post.sent
    assert 'faqbot_events_total{event="ignored"} 1.0' in await post.metrics()


@pytest.mark.parametrize(
    "message",
    [
        {"chat": None},
        {"chat": {}},
        {"chat": {"id": "1001", "type": "private"}},
        {"from": []},
        {"text": {"a": 1}},
        {"text": 5},
        {"message_id": None},
    ],
)
async def test_what_cannot_be_read_is_counted_and_never_told(post: Post, message: dict[str, Any]) -> None:
    """200, for a 500 would hold up the chat for a day; no word of it in any log."""
    with structlog.testing.capture_logs() as logs:
        assert 200 == await post.post(post.update(**({"caption": CANARY, "text": CANARY} | message)))
    assert ([], ["an update could not be read"]) == (post.sent, [line["event"] for line in logs])
    assert CANARY not in str(logs)


@pytest.mark.parametrize("date", [10**400, -1, 1 << 50, True, "yesterday", None])
async def test_a_date_that_is_none_is_left_out(post: Post, date: object) -> None:
    """The message is answered all the same."""
    assert 200 == await post.post(post.update(text="thanks", date=date))
    assert 1 == len(post.sent)


async def test_an_odd_field_that_nobody_needs_does_no_harm(post: Post) -> None:
    """A poll without its parts makes the library give up the whole message."""
    assert 200 == await post.post(post.update(text="thanks", poll={"id": "1"}, entities="none", via_bot=7))
    assert 1 == len(post.sent)


async def test_a_gzipped_update_is_read(post: Post) -> None:
    """Some proxies do that."""
    body = gzip.compress(json.dumps(post.update(text="thanks")).encode())
    assert 200 == await post.post(body, **{"Content-Encoding": "gzip"})
    assert 1 == len(post.sent)


async def test_a_strangers_bomb_is_not_even_unpacked(post: Post) -> None:
    """Ten of them, without the secret: what was read is what was sent."""
    bomb = gzip.compress(b" " * 50_000_000)
    tracemalloc.start()
    try:
        for _ in range(10):
            assert 401 == await post.post(bomb, **{"Content-Encoding": "gzip", HEADER: "wrong"})
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


async def test_a_gzip_bomb_is_refused(post: Post) -> None:
    """A small body that unpacks to a hundred megabytes: the limit is on what comes out."""
    assert 413 == await post.post(gzip.compress(b" " * 100_000_000), **{"Content-Encoding": "gzip"})
    assert await post.still_answers()


async def test_a_body_that_is_not_what_it_says_is_not_read(post: Post) -> None:
    """Half a gzip."""
    body = gzip.compress(json.dumps(post.update(text=CANARY)).encode())[:-20]
    assert await post.post(body, **{"Content-Encoding": "gzip"}) in (200, 400)
    assert [] == post.sent
    assert await post.still_answers()


async def test_too_large_is_refused_before_it_is_read(post: Post) -> None:
    """At the head already: not one byte of the gigabyte is waited for."""
    reader, writer = await post.connect()
    writer.write(post.raw(b"", length=1 << 30))
    assert b"413" in await asyncio.wait_for(reader.readline(), 5)
    writer.close()


async def test_endless_chunks_are_refused(post: Post) -> None:
    """No length was told, so they are counted."""
    reader, writer = await post.connect()
    writer.write(post.raw(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked"))
    for _ in range(LARGEST // 65536 + 2):
        writer.write(b"10000\r\n" + b" " * 65536 + b"\r\n")
    assert b"413" in await asyncio.wait_for(reader.readline(), 5)
    writer.close()


@pytest.mark.parametrize("more", ["", "X-Y: z\r\nConnection: close\r\n"], ids=["plain", "not plain"])
async def test_a_body_that_dribbles_is_given_up(post: Post, monkeypatch: pytest.MonkeyPatch, more: str) -> None:
    """Within the limit of time; nobody else waits for it."""
    for module in (webhook, entrance):
        monkeypatch.setattr(module, "READ_WITHIN", 0.1)
    reader, writer = await post.connect()
    writer.write(post.raw(b'{"upd', length=500).replace(b"Host:", f"{more}Host:".encode()))
    assert await post.still_answers()
    assert b"408" in await asyncio.wait_for(reader.readline(), 5)
    writer.close()


async def test_whoever_says_nothing_is_shown_out(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred half-open requests that never go on."""
    monkeypatch.setattr(listening, "SPEAK_WITHIN", 0.1)
    lines = [await post.connect() for _ in range(100)]
    for _, writer in lines:
        writer.write(b"POST /telegram HT")
    assert await post.still_answers()
    try:
        assert [b""] * 100 == [await asyncio.wait_for(_rest(reader), 5) for reader, _ in lines]
    finally:
        for _, writer in lines:
            writer.close()


async def _rest(reader: asyncio.StreamReader) -> bytes:
    """What is still said before the line ends; cut off counts as ended, for what we wrote may cross the goodbye."""
    with contextlib.suppress(ConnectionResetError):
        return await reader.read()
    return b""


async def test_a_connection_that_breaks_while_we_answer_costs_nobody_the_answer(post: Post) -> None:
    """Telegram brings it again, and it is not answered twice."""
    update = post.update(text="thanks")
    _, writer = await post.connect()
    writer.write(post.raw(json.dumps(update).encode()))
    await writer.drain()
    writer.transport.abort()
    await post.api.wait_for_call("sendMessage")
    assert 200 == await post.post(update)
    assert 1 == len(post.sent)


async def test_a_half_closed_connection_is_served(post: Post) -> None:
    """It says no more, but it listens; or else the update comes again."""
    update = post.update(text="thanks")
    reader, writer = await post.connect()
    writer.write(post.raw(json.dumps(update).encode()))
    writer.write_eof()
    await asyncio.wait_for(reader.read(), 5)
    assert 200 == await post.post(update)
    assert 1 == len(post.sent)
    writer.close()


async def test_half_an_update_is_no_update(post: Post) -> None:
    """The connection broke in the middle: Telegram brings the whole again."""
    body = json.dumps(post.update(text="thanks")).encode()
    _, writer = await post.connect()
    writer.write(post.raw(body)[:-30])
    await writer.drain()
    writer.close()
    assert await post.still_answers()
    assert 1 == len(post.sent)


@pytest.mark.parametrize(
    "head", [b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"POST /telegram\r\n\r\n", b"\r\n" * 50]
)
async def test_what_is_not_http_disturbs_nobody(post: Post, head: bytes) -> None:
    """Scanners, TLS on the wrong port."""
    _, writer = await post.connect()
    writer.write(head)
    assert await post.still_answers()
    writer.close()


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "telegram", 405), ("PUT", "telegram", 405), ("GET", "", 404)]
)
async def test_other_methods_and_paths_are_told_so(post: Post, method: str, path: str, status: int) -> None:
    """405 and 404."""
    async with aiohttp.ClientSession() as http, http.request(method, f"http://127.0.0.1:{post.port}/{path}") as answer:
        assert status == answer.status


async def test_many_repeats_at_once_get_one_reply(post: Post) -> None:
    """The first is at work, the others wait for it, and all are acknowledged."""
    update = post.update(text="do i need an mri")
    assert [200] * 20 == await asyncio.gather(*(post.post(update) for _ in range(20)))
    assert 1 == len(post.sent)
