"""The state of one workbench: what the local Bot API, the page and the tests share."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.workbench.chats import FIRST_PERSON, Chat, Chats
from bot.workbench.faults import Faults
from bot.workbench.fields import Json, Upload
from bot.workbench.hub import Hub
from bot.workbench.updates import Updates
from bot.workbench.webhook import Webhook

CALLS_KEPT = 100_000


@dataclass(frozen=True)
class Call:
    """One call of the bot, as understood, and what it was told."""

    method: str
    params: Json
    answer: Json

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return bool(self.answer["ok"])


@dataclass(frozen=True)
class Query:
    """A tap on a button that the bot may answer."""

    id: str
    chat_id: int
    message_id: int
    data: str


@dataclass
class Profile:
    """What the bot says about itself; keys are (scope, language)."""

    name: str
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)


class Board:
    """Everything that one workbench knows. Built once, handed to all."""

    def __init__(self, token: str, name: str = "Clinic bot", clock: Callable[[], float] = time.time) -> None:
        self.token = token
        self.clock = clock
        self.profile = Profile(name)
        self.chats = Chats()
        self.person = FIRST_PERSON
        self.queries: dict[str, Query] = {}
        self.files: dict[str, Upload] = {}
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.hub = Hub()
        self.faults = Faults()
        self.updates = Updates(self._confirmed, polling=lambda: self.hub.tell("polling"))
        self.webhook = Webhook(self.updates, clock=clock, told=lambda: self.hub.tell("undelivered"))

    @property
    def bot(self) -> Json:
        """The bot as the `User` that signs its messages."""
        number = self.token.partition(":")[0]
        return {
            "id": int(number) if number.isdigit() else 1,
            "is_bot": True,
            "first_name": self.profile.names.get("", self.profile.name),
            "username": "workbench_bot",
        }

    def now(self) -> int:
        """The time as Telegram writes it."""
        return int(self.clock())

    def keep(self, chat: Chat, message: Json, event: str) -> Json:
        """Store a message (new or changed) and tell the listeners of the event."""
        chat.messages[message["message_id"]] = message
        self.hub.tell(event, chat_id=chat.id, message=message)
        return message

    def post(self, kind: str, content: Json) -> None:
        """Queue an update for the bot and hand it to the webhook if there is one."""
        update = self.updates.add(kind, content)
        if update is not None:
            self.webhook.offer(update)

    def post_raw(self, update: Json) -> Json:
        """Queue an update as it is."""
        update = self.updates.add_raw(update)
        self.webhook.offer(update)
        return update

    async def close(self) -> None:
        """End everything that waits."""
        self.hub.close()
        self.faults.close()
        self.updates.interrupt("closed")
        await self.webhook.close()

    def _confirmed(self, update: Json) -> None:
        message = update.get("message") or update.get("edited_message") or {}
        if message:
            self.hub.tell("read", chat_id=message.get("chat", {}).get("id"), message_id=message.get("message_id"))
        self.hub.tell("confirmed", update_id=update["update_id"])
