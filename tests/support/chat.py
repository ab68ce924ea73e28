"""The chat harness: a person, the bot's real way of an update, and no network.

    chat = Chat(replier)
    await chat.say("do i need an mri")
    assert "Do I need an MRI?" in chat.last.text
    await chat.tap("Yes")

What the person does becomes a real update in JSON; what the bot does is a real call of the Bot API. Both are checked
against the official Bot API where it is at hand.
"""

from __future__ import annotations

from typing import Any

import telegram

from bot.reply import Replier
from bot.storage.store import Store
from bot.telegram.desk import Desk
from bot.telegram.handling import Handler
from bot.watch.meter import Meter
from bot.workbench import samples
from bot.workbench.board import Board
from bot.workbench.person import Person
from tests.support.recording import Recorder, official

Json = dict[str, Any]
TOKEN = "42:test"
ANNA, BEN = 1001, 1002
HARMLESS = ("message to edit not found", "exactly the same as a current content and reply markup of the message")


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 10_000.0

    def __call__(self) -> float:
        return self.now

    def turn(self, minutes: float = 0.0, seconds: float = 0.0) -> None:
        """Let time pass."""
        self.now += 60 * minutes + seconds


class Bubble:
    """One message of the bot as the person sees it."""

    def __init__(self, message: Json, edited: bool = False) -> None:
        self.id: int = message["message_id"]
        self.text: str = message.get("text") or message.get("caption", "")
        self.edited = edited
        self.quoted: str | None = message.get("reply_to_message", {}).get("text")
        self._entities: list[Json] = message.get("entities", [])
        self._rows: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])

    @property
    def rows(self) -> list[list[str]]:
        """The labels of the buttons, row by row."""
        return [[button["text"] for button in row] for row in self._rows]

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons."""
        return [label for row in self.rows for label in row]

    @property
    def links(self) -> dict[str, str]:
        """The buttons that open a page: label -> address."""
        return {button["text"]: button["url"] for row in self._rows for button in row if "url" in button}

    @property
    def bold(self) -> list[str]:
        """The bold stretches, cut out as Telegram cuts: by UTF-16 units."""
        return self._styled("bold")

    @property
    def italic(self) -> list[str]:
        """The italic stretches."""
        return self._styled("italic")

    def data(self, label: str) -> str:
        """What a button sends back."""
        return next(str(button["callback_data"]) for row in self._rows for button in row if button["text"] == label)

    def _styled(self, style: str) -> list[str]:
        raw = self.text.encode("utf-16-le")
        spans = [(e["offset"], e["offset"] + e["length"]) for e in self._entities if e["type"] == style]
        return [raw[2 * start : 2 * end].decode("utf-16-le") for start, end in spans]


class Line:
    """The bot with everything behind it, and the board on which its chats are."""

    def __init__(self, replier: Replier, clock: Clock, store: Store | None = None) -> None:
        self.store = store or Store()
        self.meter = Meter(self.store, clock)
        self.board = Board(TOKEN)
        self.request = Recorder(self.board)
        self.bot = telegram.Bot(TOKEN, request=self.request, get_updates_request=self.request)
        self.handler = Handler(replier, self.bot, clock, self.store.keeping, self.meter)
        self.desk = Desk((ANNA,), self.bot, self.store.counters, lambda: replier.decider, clock)
        self.handler.desk = self.desk
        self.shown: list[tuple[int, Bubble]] = []
        self.board.hub.watch(self._note)

    async def deliver(self) -> None:
        """Hand every waiting update to the bot, oldest first; one that it could not answer goes on waiting."""
        if not self.request.of("getMe"):
            await self.bot.initialize()
        for update in self.board.updates.batch(100):
            await self.handler.handle(self.checked(update))
            self.board.updates.done(update["update_id"])
        refusals = [call.answer["description"] for call in self.request.refused]
        assert [told for told in refusals if not told.endswith(HARMLESS)] == []

    def checked(self, update: Json) -> Json:
        """An update as the bot gets it, checked."""
        contract = official()
        if contract is not None:
            contract.check_update(update)
        return update

    def _note(self, event: Json) -> None:
        message = event.get("message", {})
        if event["kind"] in ("message", "edit") and message.get("from", {}).get("is_bot"):
            self.shown.append((message["chat"]["id"], Bubble(message, event["kind"] == "edit")))


class Chat:
    """What one person does in one chat, and what they see of the bot."""

    def __init__(self, replier: Replier, clock: Clock | None = None, store: Store | None = None) -> None:
        self.clock = clock or Clock()
        self.line = Line(replier, self.clock, store)
        self._here = self.line.board.chats.private(ANNA)
        self._person = Person(self.line.board, self._here, ANNA)
        self._before = 0
        self._mine = 0

    def group(self, person: int = ANNA) -> Chat:
        """The same person, or another, in a group that the bot is a member of."""
        return self._beside(self.line.board.chats.group(), person)

    def other(self, person: int = BEN) -> Chat:
        """Someone else in their own private chat with the same bot."""
        return self._beside(self.line.board.chats.private(person), person)

    @property
    def seen(self) -> list[Bubble]:
        """Everything the bot showed here, edits too, oldest first."""
        return [bubble for chat, bubble in self.line.shown if chat == self._here.id]

    @property
    def replies(self) -> list[Bubble]:
        """What the bot showed since the person's last act."""
        return self.seen[self._before :]

    @property
    def last(self) -> Bubble:
        """The newest of these; the test fails where the bot kept silent."""
        assert self.replies, "the bot said nothing"
        return self.replies[-1]

    @property
    def messages(self) -> int:
        """How many messages of the bot stand in the chat: an edit adds none."""
        return sum(message["from"]["is_bot"] for message in self._here.messages.values())

    async def say(self, text: str, reply_to: Bubble | None = None) -> None:
        """Type a text and send it."""
        await self._acted(lambda: self._sent(self._person.say(text, reply_to.id if reply_to else None)))

    async def edit(self, text: str) -> None:
        """Change the words of the person's last message."""
        await self._acted(lambda: self._person.edit(self._mine, text))

    async def tap(self, label: str, bubble: Bubble | None = None) -> None:
        """Press the newest button with this label (under this message)."""
        number, data = self._person.find_button(label, bubble.id if bubble else None)
        await self.tap_data(data, number)

    async def tap_data(self, data: str, message: int | None = None) -> None:
        """Press a button with any data, on a message or on one that is long gone."""
        await self._acted(lambda: self._person.tap(message or self._newest(), data))

    async def send(self, content: Json, reply_to: Bubble | None = None) -> None:
        """Send a message with any content, in Telegram's form."""
        await self._acted(lambda: self._sent(self._person.send(content, reply_to.id if reply_to else None)))

    async def send_photo(self, caption: str = "") -> None:
        """Send a photo."""
        await self.send(samples.photo(caption))

    async def erase(self, bubble: Bubble) -> None:
        """Delete one of the bot's messages."""
        del self._here.messages[bubble.id]

    async def inject(self, update: Json) -> None:
        """An update exactly as given."""
        await self._acted(lambda: self.line.board.post_raw(update))

    async def _acted(self, act: Any) -> None:
        self._before = len(self.seen)
        act()
        await self.line.deliver()

    def _sent(self, message: Json) -> None:
        self._mine = message["message_id"]

    def _newest(self) -> int:
        return max((bubble.id for bubble in self.seen), default=1)

    def _beside(self, here: Any, person: int) -> Chat:
        beside = object.__new__(Chat)
        beside.clock, beside.line, beside._here = self.clock, self.line, here
        beside._person = Person(self.line.board, here, person)
        beside._before = beside._mine = 0
        return beside
