"""What comes in, without Telegram: words, a command, a tapped button, or something that is not words."""

from typing import Literal, NamedTuple

Media = Literal["voice", "photo", "sticker", "location", "contact", "other"]


class Incoming(NamedTuple):
    """One message or tap: `text`, `tap` or `media` says what it is; `text` beside `media` is its caption."""

    text: str = ""
    tap: str | None = None
    media: Media | None = None
    private: bool = True
    to_us: bool = True  # in a group: a command, a mention or a reply to the bot
    asked: str = ""  # for a tap: the words of the message that the tapped one replied to, as Telegram sends them back
    edited: bool = False  # the words of a message that was sent before, written otherwise
    written: float | None = None  # when, in whole seconds of the bot's clock; None for a tap
    album: str | None = None  # photos that were sent together share it: they get one reply
