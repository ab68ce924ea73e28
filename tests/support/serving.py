"""What the tests of the server share: bots that call over real HTTP, and a service on a free port."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.content.loading import Content
from bot.reply import Replier
from bot.settings import Settings, read_settings
from bot.telegram.calling import Api
from bot.telegram.request import AiohttpRequest
from bot.telegram.serving import Service
from bot.workbench import LocalBotApi
from bot.workbench.local import TEST_BOT
from bot.workbench.webhook import Backoff
from tests.workbench.doubles import checked_api

SECRET = "s3cret_-S3CRET"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def settings(api: LocalBotApi, port: int = 0, **more: str) -> Settings:
    """The settings of a bot on the local Bot API."""
    environ = {"TELEGRAM_BOT_TOKEN": api.token, "TELEGRAM_API_URL": api.base_url, "PORT": str(port)}
    return read_settings(environ | more)


def by_webhook(api: LocalBotApi) -> Settings:
    """The settings of a bot that is told its updates."""
    port = free_port()
    return settings(api, port, WEBHOOK_URL=f"http://127.0.0.1:{port}", WEBHOOK_SECRET=SECRET)


async def until(condition: Callable[[], Any], within: float = 5.0) -> None:
    """Wait until something is so that nothing tells of."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - nothing sets an event
            await asyncio.sleep(0.002)


@asynccontextmanager
async def quick_api(token: str = TEST_BOT) -> AsyncIterator[LocalBotApi]:
    """The local Bot API, checked in the end, with pauses too short to be noticed."""
    async with checked_api(token) as api:
        api.board.webhook.backoff = Backoff(first=0.001, longest=0.01)
        yield api


@asynccontextmanager
async def calling(api: LocalBotApi) -> AsyncIterator[Api]:
    """Our own client."""
    request = AiohttpRequest()
    await request.initialize()
    yield Api(request, f"{api.base_url}/bot{api.token}")
    await request.shutdown()


@asynccontextmanager
async def served(settings: Settings, content: Content, replier: Replier) -> AsyncIterator[Service]:
    """The service, ready; stopped in the end as a signal stops it."""
    service, stop = Service(settings, content, replier), asyncio.Event()
    running = asyncio.create_task(service.run(stop))
    await until(lambda: service.ready or running.done(), 10)
    try:
        yield service
    finally:
        stop.set()
        await running
