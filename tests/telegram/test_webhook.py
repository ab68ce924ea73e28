"""The webhook over real HTTP: who may post, what is read, and when it is acknowledged."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import structlog
from aiohttp import web

from bot.telegram.listening import Door
from bot.telegram.reading import number, read
from bot.telegram.sending import NotDelivered
from bot.telegram.webhook import HEADER, LARGEST, PATH, Webhook
from tests.support.matching import CANARY
from tests.support.serving import SECRET, until

pytestmark = pytest.mark.loopback
UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 1001, "type": "private", "first_name": "Anna"},
        "from": {"id": 1001, "is_bot": False, "first_name": "Anna"},
        "text": CANARY,
    },
}


class Hook:
    """The route on a free port, with a handler that waits or fails to order."""

    def __init__(self) -> None:
        self.texts: list[str | None] = []
        self.fault: Exception | None = None
        self.go = asyncio.Event()
        self.go.set()
        self.webhook = Webhook(SECRET, self.handle)
        self.webhook.open = True
        self.address = ""
        self.http: aiohttp.ClientSession

    async def handle(self, update: Any) -> None:
        """One update."""
        envelope = read(update, "bot", 42) if number(update) else None
        self.texts.append(envelope.incoming.text if envelope else None)
        await self.go.wait()
        if self.fault:
            raise self.fault

    async def post(self, body: Any, secret: str | None = SECRET, **headers: str) -> aiohttp.ClientResponse:
        """As Telegram posts."""
        data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        named = {"Content-Type": "application/json", **({HEADER: secret} if secret is not None else {}), **headers}
        async with self.http.post(self.address, data=data, headers=named) as answer:
            await answer.read()
            return answer


@pytest.fixture(params=["the short way", "aiohttp's way"])
async def hook(request: pytest.FixtureRequest) -> AsyncIterator[Hook]:
    """The route, served."""
    hook = Hook()
    app = web.Application()
    app.add_routes(hook.webhook.routes())
    door = Door(app, hook.webhook if request.param == "the short way" else None)
    hook.address = f"http://127.0.0.1:{await door.open('127.0.0.1', 0)}{PATH}"
    async with aiohttp.ClientSession() as hook.http:
        yield hook
    hook.go.set()
    await door.close()


async def test_an_update_is_taken(hook: Hook) -> None:
    """200, with nothing in it."""
    assert 200 == (await hook.post(UPDATE)).status
    assert [CANARY] == hook.texts


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "text/plain"])
async def test_the_kind_of_body_does_not_matter(hook: Hook, kind: str) -> None:
    """Proxies write it as they like."""
    assert 200 == (await hook.post(UPDATE, **{"Content-Type": kind})).status
    assert [CANARY] == hook.texts


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET.lower(), SECRET + "x", "x" * 5000])
async def test_only_who_knows_the_secret_may_post(hook: Hook, secret: str | None) -> None:
    """401, before anything is read."""
    assert 401 == (await hook.post(UPDATE, secret)).status
    assert [] == hook.texts


async def test_a_secret_of_odd_bytes_is_refused(hook: Hook) -> None:
    """And breaks nothing."""
    assert 401 == (await hook.post(UPDATE, "sécret")).status


async def test_only_posts_are_taken(hook: Hook) -> None:
    """405 for the rest."""
    async with hook.http.get(hook.address, headers={HEADER: SECRET}) as answer:
        assert 405 == answer.status


async def test_a_body_too_large_is_refused(hook: Hook) -> None:
    """Whether it says so or not."""
    assert 413 == (await hook.post(b" " * (LARGEST + 1))).status

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 65536 + 2):
            yield b" " * 65536

    async with hook.http.post(hook.address, data=pieces(), headers={HEADER: SECRET}) as answer:
        assert 413 == answer.status
    assert [] == hook.texts


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b"[" * 100_000,
        b'{"update_id": "one", "message": 5}',
        json.dumps({"update_id": 2, "message": {"text": CANARY}}).encode(),
    ],
)
async def test_what_cannot_be_read_is_never_to_come_again(
    hook: Hook, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """200: a 500 would block the chat for a day. It is counted, and never logged."""
    with structlog.testing.capture_logs() as logs:
        assert 200 == (await hook.post(body)).status
    assert ([], 1) == (hook.texts, hook.webhook.unreadable)
    assert CANARY not in caplog.text + str(logs)


async def test_it_is_acknowledged_after_the_reply(hook: Hook) -> None:
    """Until then Telegram keeps it."""
    hook.go.clear()
    posting = asyncio.create_task(hook.post(UPDATE))
    await until(lambda: hook.texts)
    await asyncio.sleep(0.02)
    assert not posting.done()
    hook.go.set()
    assert 200 == (await posting).status


async def test_what_was_not_delivered_is_asked_for_again(hook: Hook) -> None:
    """503, with a pause."""
    hook.fault = NotDelivered()
    answer = await hook.post(UPDATE)
    assert (503, "2") == (answer.status, answer.headers["Retry-After"])


async def test_a_fault_of_ours_does_not_come_again(hook: Hook) -> None:
    """It would break again; the operator is told, without the words."""
    hook.fault = ValueError(CANARY)
    with structlog.testing.capture_logs() as logs:
        assert 200 == (await hook.post(UPDATE)).status
    assert ["ValueError"] == [line["kind"] for line in logs]


async def test_a_bot_that_is_closing_asks_for_it_again(hook: Hook) -> None:
    """The next process gets it."""
    hook.webhook.open = False
    answer = await hook.post(UPDATE)
    assert (503, "2", []) == (answer.status, answer.headers["Retry-After"], hook.texts)
