"""The local Bot API for tests: a real server on a free port of this machine, driven from the same event loop.

async with LocalBotApi("1:token") as api:
    ...                                  # let a bot poll `api.base_url`, or set a webhook
    await api.say("hi")
    reply = await api.wait_for_reply()
    await api.tap(reply, "Not sure")
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Any

from aiohttp import web

from bot.workbench import samples
from bot.workbench.app import BOARD, build
from bot.workbench.board import Board, Call, Query
from bot.workbench.chats import FIRST_PERSON
from bot.workbench.faults import Faults
from bot.workbench.fields import Json
from bot.workbench.person import Person

PATIENCE = 5.0
TEST_BOT = "42:test"


class LocalBotApi:
    """A server, the people who write to its bot, and everything the bot did."""

    def __init__(
        self,
        token: str = TEST_BOT,
        problems: Callable[[], list[Json]] = list,
        port: int = 0,
        why: Callable[[str], list[str]] | None = None,
    ) -> None:
        self.token = token
        self.base_url = ""
        self.replies: list[Json] = []
        self._problems = problems
        self._why = why
        self._port = port
        self._seen = 0
        self._changed = asyncio.Event()

    async def __aenter__(self) -> LocalBotApi:
        app = build(self.token, self._problems, why=self._why)
        self.board: Board = app[BOARD]
        self.board.hub.watch(self._note)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def faults(self) -> Faults:
        """Order faults here."""
        return self.board.faults

    @property
    def calls(self) -> list[Call]:
        """Every call of the bot so far, getUpdates too."""
        return list(self.board.calls)

    def calls_of(self, *methods: str) -> list[Call]:
        """The calls of these methods."""
        return [call for call in self.board.calls if call.method in methods]

    def messages(self, chat: int = FIRST_PERSON) -> list[Json]:
        """The messages of a chat as they are now, oldest first."""
        return list(self.board.chats.get(chat).messages.values())

    def person(self, user: int = FIRST_PERSON) -> Person:
        """Someone in their private chat with the bot."""
        return Person(self.board, self.board.chats.private(user), user)

    def member(self, user: int = FIRST_PERSON) -> Person:
        """Someone in the group."""
        return Person(self.board, self.board.chats.group(), user)

    async def say(self, text: str, user: int = FIRST_PERSON, reply_to: int | None = None) -> Json:
        """A text from a person in private."""
        self._seen = len(self.replies)
        return self.person(user).say(text, reply_to)

    async def say_in_group(self, text: str, user: int = FIRST_PERSON, reply_to: int | None = None) -> Json:
        """A text in the group. Write @workbench_bot or /command into it as a person would."""
        self._seen = len(self.replies)
        return self.member(user).say(text, reply_to)

    async def post_in_channel(self, text: str) -> Json:
        """A channel post: no user stands behind it."""
        return Person(self.board, self.board.chats.channel(), 0).say(text)

    async def send(self, kind: str, caption: str = "", user: int = FIRST_PERSON) -> Json:
        """ "photo", "document" (with words or without), "voice", "sticker", "location" or "contact"."""
        self._seen = len(self.replies)
        return self.person(user).send(samples.of(kind, caption))

    async def edit(self, message: Json | int, text: str, user: int = FIRST_PERSON) -> Json:
        """A person changes an own message."""
        self._seen = len(self.replies)
        return self.person(user).edit(_number(message), text)

    async def tap(self, wanted: str, message: Json | int | None = None, user: int = FIRST_PERSON) -> Query:
        """A person taps the newest button with this label or data (of this message)."""
        person = self.person(user)
        number, data = person.find_button(wanted, None if message is None else _number(message))
        self._seen = len(self.replies)
        return person.tap(number, data)

    async def tap_data(self, message: Json | int, data: str, user: int = FIRST_PERSON) -> Query:
        """A tap with any data: stale, forged, on a message long gone."""
        self._seen = len(self.replies)
        return self.person(user).tap(_number(message), data)

    async def inject(self, update: Json) -> Json:
        """An update exactly as given, well-formed or not; `update_id` is added where it is missing."""
        self._seen = len(self.replies)
        return self.board.post_raw(update)

    def expire_queries(self) -> None:
        """Every tap so far is now too old to be answered."""
        self.board.queries.clear()

    async def wait_for_reply(self, within: float = PATIENCE) -> Json:
        """The next message or edit of the bot since the person's last act, or since the last `wait_for_reply`."""
        await self.wait_until(lambda: len(self.replies) > self._seen, within)
        self._seen += 1
        return self.replies[self._seen - 1]

    async def wait_until_settled(self, within: float = PATIENCE) -> None:
        """Wait until the bot has confirmed every update."""
        await self.wait_until(lambda: not self.board.updates.waiting, within)

    async def wait_for_call(self, method: str, count: int = 1, within: float = PATIENCE) -> Call:
        """Wait for the bot's `count`-th call of a method, refused ones included."""
        await self.wait_until(lambda: len(self.calls_of(method)) >= count, within)
        return self.calls_of(method)[count - 1]

    async def wait_until(self, condition: Callable[[], Any], within: float = PATIENCE) -> None:
        """Wait until something is so; it is looked at again after every event."""
        async with asyncio.timeout(within):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    def _note(self, event: Json) -> None:
        message = event.get("message", {})
        if event["kind"] in ("message", "edit") and message.get("from", {}).get("is_bot"):
            self.replies.append(message)
        self._changed.set()


def _number(message: Json | int) -> int:
    return message if isinstance(message, int) else int(message["message_id"])
