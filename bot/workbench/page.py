"""The page's own routes: its files, what the person does there, and the stream of what happens."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from importlib import resources
from typing import Any

from aiohttp import web

from bot.workbench import samples
from bot.workbench.board import Board
from bot.workbench.fields import Json
from bot.workbench.methods.profile import shown
from bot.workbench.person import Person
from bot.workbench.problems import Problems

STYLES = dict.fromkeys(("chat.css", "guide.css"), "text/css")
FILES = (
    {"index.html": "text/html", "icon.svg": "image/svg+xml"}
    | STYLES
    | dict.fromkeys(
        ("chat.js", "compose.js", "menus.js", "panel.js", "reasons.js", "render.js", "wire.js"), "text/javascript"
    )
)
KINDS = frozenset(
    {"snapshot", "message", "edit", "delete", "typing", "answer", "profile", "problems", "read", "refused", "ping"}
)
LONGEST = 4096


class Page:
    """The handlers, on one board."""

    def __init__(self, board: Board, problems: Problems, why: Callable[[str], list[str]] | None = None) -> None:
        self._board = board
        self._problems = problems
        self._why = why

    def routes(self) -> list[web.AbstractRouteDef]:
        """Everything but the Bot API."""
        files = [web.get(f"/{name}", self.file) for name in ("", *FILES)]
        looks = [
            web.get("/events", self.events),
            web.get("/problems", self.problems),
            web.get("/file/{id}", self.upload),
        ]
        acts = {
            "say": self.say,
            "tap": self.tap,
            "edit": self.edit,
            "attach": self.attach,
            "new": self.new,
            "why": self.why,
        }
        return [*files, *looks, *(web.post(f"/{name}", act) for name, act in acts.items())]

    async def file(self, request: web.Request) -> web.Response:
        """The page and what belongs to it."""
        name = request.path.removeprefix("/") or "index.html"
        body = resources.files("bot.workbench").joinpath("page", name).read_bytes()
        return web.Response(body=body, content_type=FILES[name], charset="utf-8")

    async def upload(self, request: web.Request) -> web.Response:
        """A picture that the bot sent; anything else is only ever saved, never shown."""
        upload = self._board.files.get(request.match_info["id"])
        if upload is None:
            raise web.HTTPNotFound
        if upload.content_type in ("image/png", "image/jpeg", "image/webp", "image/gif"):
            return web.Response(body=upload.content, content_type=upload.content_type)
        return web.Response(body=upload.content, headers={"Content-Disposition": "attachment"})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Everything in the chat as it is, then every change as it comes."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        with contextlib.suppress(ConnectionError), self._board.hub.listen() as events:  # the page may go any time
            await stream.prepare(request)
            await _push(stream, self.snapshot())
            async for event in events:
                if event["kind"] in KINDS and event.get("chat_id") in (None, self._board.person):
                    await _push(stream, event)
        return stream

    async def problems(self, request: web.Request) -> web.Response:
        """What is wrong with the content."""
        return web.json_response(self._problems.now())

    async def say(self, request: web.Request) -> web.Response:
        """A text from the person; a very long one goes out in parts, as Telegram's apps do it."""
        body = await _body(request)
        text = _word(body, "text")
        for start in range(0, len(text), LONGEST):
            self._person().say(text[start : start + LONGEST], body.get("reply_to"))
        return web.json_response({})

    async def tap(self, request: web.Request) -> web.Response:
        """A button."""
        body = await _body(request)
        query = self._person().tap(_number(body), _word(body, "data"))
        return web.json_response({"query_id": query.id})

    async def edit(self, request: web.Request) -> web.Response:
        """Other words for an own message."""
        body = await _body(request)
        self._person().edit(_number(body), _word(body, "text"))
        return web.json_response({})

    async def attach(self, request: web.Request) -> web.Response:
        """A photo, a voice message and the like."""
        body = await _body(request)
        try:
            content = samples.of(_word(body, "what"))
        except KeyError as error:
            raise web.HTTPBadRequest(text="There is no such sample.") from error
        self._person().send(content)
        return web.json_response({})

    async def why(self, request: web.Request) -> web.Response:
        """What the bot makes of a text taken alone, and why; no lines where nobody can tell."""
        text = _word(await _body(request), "text")
        lines = await asyncio.to_thread(self._why, text[:LONGEST]) if self._why else []
        return web.json_response({"lines": lines})

    async def new(self, request: web.Request) -> web.Response:
        """Another patient with an empty chat, so that the bot remembers nothing."""
        await _body(request)
        self._board.person += 1
        self._board.hub.tell(**self.snapshot())
        return web.json_response({})

    def snapshot(self) -> Json:
        """Everything that the page shows."""
        chat = self._board.chats.private(self._board.person)
        return {
            "kind": "snapshot",
            "chat_id": chat.id,
            "profile": shown(self._board),
            "messages": list(chat.messages.values()),
            "unread": self._unread(),
            "problems": self._problems.now(),
            "why": self._why is not None,
            "awake": bool(self._board.calls),
        }

    def _unread(self) -> list[int]:
        contents = (update.get("message", {}) for update in self._board.updates.waiting.values())
        return [content["message_id"] for content in contents if "message_id" in content]

    def _person(self) -> Person:
        return Person(self._board, self._board.chats.private(self._board.person), self._board.person)


async def _push(stream: web.StreamResponse, event: Json) -> None:
    await stream.write(f"data: {json.dumps(event)}\n\n".encode())


async def _body(request: web.Request) -> Json:
    try:
        body: Any = await request.json()
    except ValueError as error:
        raise web.HTTPBadRequest(text="JSON expected.") from error
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="A JSON object expected.")
    return body


def _word(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise web.HTTPBadRequest(text=f"{name!r} is missing.")
    return value


def _number(body: Json) -> int:
    value = body.get("message_id")
    if not isinstance(value, int):
        raise web.HTTPBadRequest(text="'message_id' is missing.")
    return value
