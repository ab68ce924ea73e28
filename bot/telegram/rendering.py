"""From `Said` to what Telegram takes: entities in UTF-16 units, an inline keyboard. No parse mode anywhere."""

import json
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from bot.buttons import Row
from bot.said import Said, Stretch
from bot.telegram.calling import encoded

LONGEST = 4096  # UTF-16 units of one message
PREVIEW = encoded({"link_preview_options": {"is_disabled": True}})
OPENED, BETWEEN, CLOSED = quote_plus('{"inline_keyboard": ['), quote_plus(", "), quote_plus("]}")
Json = dict[str, Any]


def units(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def entities(said: Said) -> list[Json]:
    """Bold and italic stretches, with offsets in UTF-16 units."""
    return [
        {
            "type": stretch.style,
            "offset": units(said.text[: stretch.start]),
            "length": units(said.text[stretch.start : stretch.start + stretch.length]),
        }
        for stretch in said.stretches
    ]


def form(said: Said, username: str) -> str:
    """Everything of a message but where it goes, urlencoded. `{bot}` in a button's address becomes the bot's name.

    Texts and rows of buttons are kept as they are encoded, each by itself: most messages differ from all before them
    in a row at most. They hold words of `faq/` and nobody else's.
    """
    said = clipped(said)
    parts = [_words(said.text, said.stretches), PREVIEW]
    if said.buttons:
        parts.append(f"reply_markup={OPENED}{BETWEEN.join([_row(row, username) for row in said.buttons])}{CLOSED}")
    return "&".join(parts)


@lru_cache(maxsize=512)
def _words(text: str, stretches: tuple[Stretch, ...]) -> str:
    return encoded({"text": text, "entities": entities(Said(text, (), stretches)) or None})


@lru_cache(maxsize=1024)
def _row(row: Row, username: str) -> str:
    """A row of a keyboard: JSON, urlencoded."""
    buttons = [
        {"text": button.text, "url": button.url.replace("{bot}", username)}
        if button.url
        else {"text": button.text, "callback_data": button.data}
        for button in row
    ]
    return quote_plus(json.dumps(buttons))


def clipped(said: Said) -> Said:
    """Within Telegram's 4,096 units; content checks keep answers far below."""
    if units(said.text) <= LONGEST:
        return said
    text = said.text[: LONGEST // 2 - 1] + "…"
    return said._replace(text=text, stretches=tuple(s for s in said.stretches if s.start + s.length <= len(text)))
