"""Hand-written stand-ins: a bot that calls by hand, a webhook that answers by script, a tiny echo bot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

from bot.workbench import LocalBotApi
from bot.workbench.local import TEST_BOT
from tests.bot_api import SPECIFICATION, Contract

Json = dict[str, Any]


class Client:
    """Calls the Bot API in each way that HTTP allows."""

    def __init__(self, http: aiohttp.ClientSession, base_url: str, token: str) -> None:
        self._http = http
        self._address = f"{base_url}/bot{token}"

    async def __call__(self, method: str, **params: Any) -> Json:
        """As JSON; the whole answer, `ok` and all."""
        async with self._http.post(f"{self._address}/{method}", json=params) as answer:
            body: Json = await answer.json()
            assert answer.status == (200 if body["ok"] else body["error_code"])
            return body

    async def get(self, method: str, **params: Any) -> Json:
        """In the address."""
        async with self._http.get(f"{self._address}/{method}", params=_flat(params)) as answer:
            return await self._json(answer)

    async def form(self, method: str, **params: Any) -> Json:
        """As a web form; structures as JSON inside."""
        async with self._http.post(f"{self._address}/{method}", data=_flat(params)) as answer:
            return await self._json(answer)

    async def multipart(self, method: str, files: dict[str, bytes], kind: str = "image/png", **params: Any) -> Json:
        """As a multipart form with files."""
        form = aiohttp.FormData(_flat(params))
        for name, content in files.items():
            form.add_field(name, content, filename=name, content_type=kind)
        async with self._http.post(f"{self._address}/{method}", data=form) as answer:
            return await self._json(answer)

    async def ok(self, method: str, **params: Any) -> Any:
        """The result of a call that must be done."""
        body = await self(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        """What Telegram says to a call that must be refused."""
        body = await self(method, **params)
        assert not body["ok"], body
        return str(body["description"])

    async def _json(self, answer: aiohttp.ClientResponse) -> Json:
        body: Json = await answer.json()
        return body


def _flat(params: Json) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}


class Hook:
    """A webhook. Answers 200 unless `answers` says otherwise; keeps what it got."""

    def __init__(self) -> None:
        self.url = ""
        self.updates: list[Json] = []
        self.secrets: list[str | None] = []
        self.answers: list[web.Response] = []
        self.hold: Callable[[Json], bool] = lambda update: False
        self.release = asyncio.Event()
        self._more = asyncio.Condition()

    async def handle(self, request: web.Request) -> web.Response:
        """Take one update."""
        update = await request.json()
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        async with self._more:
            self.updates.append(update)
            self._more.notify_all()
        if self.hold(update):
            await self.release.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def wait_for(self, count: int) -> list[Json]:
        """The updates, once there are this many."""
        async with asyncio.timeout(5), self._more:
            await self._more.wait_for(lambda: len(self.updates) >= count)
        return self.updates

    def texts(self) -> list[str]:
        """The words of what came, taps by their data."""
        return [
            update["message"]["text"] if "message" in update else update["callback_query"]["data"]
            for update in self.updates
        ]


@asynccontextmanager
async def checked_api(token: str = TEST_BOT) -> AsyncIterator[LocalBotApi]:
    """A server. At the end every call that was done, and its result, must be as the official Bot API has them."""
    async with LocalBotApi(token) as api:
        yield api
    if SPECIFICATION.exists() and any(call.ok for call in api.calls):
        Contract.load().check_all(api.calls)


@asynccontextmanager
async def webhook() -> AsyncIterator[Hook]:
    """A webhook on a free port."""
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    hook.url = f"http://{host}:{port}/hook"
    try:
        yield hook
    finally:
        hook.release.set()
        await runner.cleanup()
