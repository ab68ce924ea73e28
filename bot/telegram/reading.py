"""From an update to `Incoming`, with the little that is needed to answer it."""

import re
from typing import NamedTuple

import telegram

from bot.incoming import Incoming, Media


class Envelope(NamedTuple):
    """Where a reply goes. `tapped` is the id of the message whose button was tapped, `query` the tap's own id."""

    chat: int
    person: int
    message: int | None
    incoming: Incoming
    query: str | None = None
    tapped: int | None = None
    thread: int | None = None

    @property
    def session(self) -> tuple[int, int]:
        """One session a person in a chat: in a group, people are kept apart."""
        return self.chat, self.person


def read(update: telegram.Update, username: str, bot_id: int) -> Envelope | None:
    """What an update asks of us; None for what is not for us (channel posts, other bots, service messages)."""
    if update.callback_query is not None:
        return _tap(update.callback_query)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    private = message.chat.type == telegram.constants.ChatType.PRIVATE
    text = message.text or message.caption or ""
    media = _media(message)
    if not text and (media is None or update.edited_message is not None):
        return None  # a service message (somebody joined), or a live location that moves
    incoming = Incoming(
        text=_without_mention(text, username),
        media=media,
        private=private,
        to_us=private or _to_us(message, text, username, bot_id),
    )
    thread = message.message_thread_id if message.is_topic_message else None
    return Envelope(message.chat.id, message.from_user.id, message.message_id, incoming, thread=thread)


def _tap(query: telegram.CallbackQuery) -> Envelope | None:
    message = query.message
    if message is None:
        return None  # a tap on a message of another bot's inline mode: not ours
    asked = ""
    accessible = message.is_accessible  # the library reads a message out of reach as a `Message` too
    if isinstance(message, telegram.Message) and message.reply_to_message is not None:
        asked = message.reply_to_message.text or message.reply_to_message.caption or ""
    private = message.chat.type == telegram.constants.ChatType.PRIVATE
    incoming = Incoming(tap=query.data or "", private=private, asked=asked)
    return Envelope(
        message.chat.id, query.from_user.id, None, incoming, query.id, message.message_id if accessible else None
    )


def _media(message: telegram.Message) -> Media | None:
    if message.voice or message.audio or message.video_note:
        return "voice"
    if message.photo or message.video or message.document or message.animation:
        return "photo"
    if message.sticker:
        return "sticker"
    if message.location or message.venue:
        return "location"
    if message.contact:
        return "contact"
    if (
        message.text
        or message.poll
        or message.dice
        or message.game
        or message.story
        or message.invoice
        or message.paid_media
    ):
        return "other"
    return None


def _to_us(message: telegram.Message, text: str, username: str, bot_id: int) -> bool:
    """In a group: a command of ours, a mention, or a reply to one of the bot's messages."""
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == bot_id:
        return True
    if _mention(username).search(text):
        return True
    return text.startswith("/") and "@" not in text.split(maxsplit=1)[0]


def _without_mention(text: str, username: str) -> str:
    return _mention(username).sub("", text, count=1).strip() or text


def _mention(username: str) -> re.Pattern[str]:
    return re.compile(rf"@{re.escape(username)}(?!\w)", re.IGNORECASE)
