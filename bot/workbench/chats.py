"""The chats of the workbench and the messages in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.workbench.errors import bad
from bot.workbench.fields import Json

FIRST_PERSON = 1001
GROUP = -1002000000001
CHANNEL = -1002000000002


@dataclass
class Chat:
    """One chat. A message is replaced, never changed, so whoever holds one holds what it was."""

    about: Json
    messages: dict[int, Json] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """Telegram's number for the chat."""
        return int(self.about["id"])

    def find(self, message_id: int | None, what: str) -> Json:
        """The message, or Telegram's "message to edit not found" with `what` in its place."""
        if message_id is None:
            raise bad("message identifier is not specified")
        if message_id not in self.messages:
            raise bad(f"message to {what} not found")
        return self.messages[message_id]


class Chats:
    """Every chat by number, and one row of message numbers for all of them."""

    def __init__(self) -> None:
        self._chats: dict[int, Chat] = {}
        self._last_message = 0

    def __iter__(self) -> Iterator[Chat]:
        return iter(self._chats.values())

    def get(self, chat_id: int | str) -> Chat:
        """The chat a bot may write to, by number; no chat here has a @username."""
        if not isinstance(chat_id, int) or chat_id not in self._chats:
            raise bad("chat not found")
        return self._chats[chat_id]

    def private(self, person: int) -> Chat:
        """The private chat with a person, begun if it is new."""
        return self._open({"id": person, "type": "private", **_name(person)})

    def group(self) -> Chat:
        """The one group of the workbench."""
        return self._open({"id": GROUP, "type": "supergroup", "title": "Test group"})

    def channel(self) -> Chat:
        """The one channel of the workbench."""
        return self._open({"id": CHANNEL, "type": "channel", "title": "Test channel"})

    def next_message_id(self) -> int:
        """The number of the next message."""
        self._last_message += 1
        return self._last_message

    def _open(self, about: Json) -> Chat:
        return self._chats.setdefault(about["id"], Chat(about))


def person(person_id: int) -> Json:
    """The `User` object of a made-up patient."""
    return {"id": person_id, "is_bot": False, "language_code": "en", **_name(person_id)}


def _name(person_id: int) -> Json:
    return {"first_name": "Patient", "last_name": str(person_id)}
