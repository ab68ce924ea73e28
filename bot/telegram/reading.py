"""From an update, as the JSON that Telegram sends, to `Incoming`, with the little that is needed to answer it.

The library's own objects are not built: they cost more than the rest of the wire, and one odd field that nobody needs
(a poll without its type) would make the whole message unreadable.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from bot.incoming import Incoming, Media

UPDATES = ["message", "edited_message", "callback_query"]
"""The kinds of updates that are handled: exactly what Telegram is asked for."""
KINDS: tuple[tuple[Media, tuple[str, ...]], ...] = (
    ("voice", ("voice", "audio", "video_note")),
    ("photo", ("photo", "video", "document", "animation")),
    ("sticker", ("sticker",)),
    ("location", ("location", "venue")),
    ("contact", ("contact",)),
    ("other", ("text", "poll", "dice", "game", "story", "invoice", "paid_media", "checklist")),
)
LATEST = 1 << 40  # seconds since 1970: whatever is beyond it is no date
Json = Mapping[str, Any]


class Unreadable(Exception):
    """Not an update as Telegram sends them. Its text never holds a word of it."""


class Envelope(NamedTuple):
    """Where a reply goes. `tapped` is the id of the message whose button was tapped, `query` the tap's own id."""

    chat: int
    person: int
    message: int | None
    incoming: Incoming
    query: str | None = None
    tapped: int | None = None
    thread: int | None = None
    written: int | None = None  # seconds since the epoch; a tap does not say

    @property
    def session(self) -> tuple[int, int]:
        """One session a person in a chat: in a group, people are kept apart."""
        return self.chat, self.person


def number(update: object) -> int:
    """The update's id. Raises Unreadable where there is none."""
    if not isinstance(update, dict):
        raise Unreadable
    return _whole(update, "update_id")


def read(update: Json, username: str, bot_id: int) -> Envelope | None:
    """What an update asks of us; None for what is not for us (channel posts, other bots, service messages).

    Raises Unreadable where a field that is needed is missing or of another kind.
    """
    if "callback_query" in update:
        return _tap(_part(update, "callback_query"))
    edited = "message" not in update
    if edited and "edited_message" not in update:
        return None
    message = _part(update, "edited_message" if edited else "message")
    chat = _part(message, "chat")
    person = _maybe(message, "from")
    if person is None or person.get("is_bot") is True:
        return None
    text, media = _words(message), _media(message)
    if not text and (media is None or edited):
        return None  # a service message (somebody joined), or a live location that moves
    private = chat.get("type") == "private"
    written = _date(message, "edit_date" if edited else "date")
    incoming = Incoming(
        text=_without_mention(text, username),
        media=media,
        private=private,
        edited=edited,
        written=written,
        to_us=private or _to_us(message, text, username, bot_id),
        album=_text(message, "media_group_id") or None,
    )
    return Envelope(
        _whole(chat, "id"),
        _whole(person, "id"),
        _whole(message, "message_id"),
        incoming,
        thread=_whole(message, "message_thread_id") if message.get("is_topic_message") is True else None,
        written=written,
    )


def _tap(query: Json) -> Envelope | None:
    message = _maybe(query, "message")
    if message is None:
        return None  # a tap on a message of another bot's inline mode: not ours
    chat, replied = _part(message, "chat"), _maybe(message, "reply_to_message")
    incoming = Incoming(
        tap=_text(query, "data"),
        private=chat.get("type") == "private",
        asked=_words(replied) if replied is not None else "",
    )
    accessible = message.get("date") != 0  # else Telegram shows only its number
    return Envelope(
        _whole(chat, "id"),
        _whole(_part(query, "from"), "id"),
        None,
        incoming,
        _text(query, "id"),
        _whole(message, "message_id") if accessible else None,
        thread=_whole(message, "message_thread_id") if message.get("is_topic_message") is True else None,
    )


def _words(message: Json) -> str:
    return _text(message, "text") or _text(message, "caption")


def _media(message: Json) -> Media | None:
    if message.get("text"):
        return "other"  # words have no other media beside them; what has carries a caption
    return next((kind for kind, names in KINDS if any(name in message for name in names)), None)


def _to_us(message: Json, text: str, username: str, bot_id: int) -> bool:
    """In a group: a command of ours, a mention, or a reply to one of the bot's messages."""
    replied = _maybe(message, "reply_to_message")
    sender = _maybe(replied, "from") if replied is not None else None
    if sender is not None and sender.get("id") == bot_id:
        return True
    if _mention(username).search(text):
        return True
    return text.startswith("/") and "@" not in text.split(maxsplit=1)[0]


def _without_mention(text: str, username: str) -> str:
    if "@" not in text:
        return text
    return _mention(username).sub("", text, count=1).strip() or text


@lru_cache(maxsize=8)
def _mention(username: str) -> re.Pattern[str]:
    return re.compile(rf"@{re.escape(username)}(?!\w)", re.IGNORECASE)


def _part(data: Json, name: str) -> Json:
    part = data.get(name)
    if not isinstance(part, dict):
        raise Unreadable
    return part


def _maybe(data: Json, name: str) -> Json | None:
    return _part(data, name) if name in data else None


def _whole(data: Json, name: str) -> int:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unreadable
    return value


def _date(data: Json, name: str) -> int | None:
    value = data.get(name)
    return value if isinstance(value, int) and 0 <= value < LATEST else None


def _text(data: Json, name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise Unreadable
    return value if value.isascii() else value.encode("utf-8", "replace").decode()  # half a character has no place
