"""From `Said` to what Telegram takes: entities in UTF-16 units, an inline keyboard. No parse mode anywhere."""

from functools import lru_cache
from typing import Any

from bot.said import Said
from bot.telegram.calling import encoded

LONGEST = 4096  # UTF-16 units of one message
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


def keyboard(said: Said, username: str) -> Json | None:
    """The rows of buttons; None where there are none. `{bot}` in an address becomes the bot's name."""
    if not said.buttons:
        return None
    return {
        "inline_keyboard": [
            [
                {"text": button.text, "url": button.url.replace("{bot}", username)}
                if button.url
                else {"text": button.text, "callback_data": button.data}
                for button in row
            ]
            for row in said.buttons
        ]
    }


@lru_cache(maxsize=2048)
def form(said: Said, username: str) -> str:
    """Everything of a message but where it goes, urlencoded. Kept: it holds words of `faq/` and nobody else's."""
    said = clipped(said)
    return encoded(
        {
            "text": said.text,
            "entities": entities(said) or None,
            "reply_markup": keyboard(said, username),
            "link_preview_options": {"is_disabled": True},
        }
    )


def clipped(said: Said) -> Said:
    """Within Telegram's 4,096 units; content checks keep answers far below."""
    if units(said.text) <= LONGEST:
        return said
    text = said.text[: LONGEST // 2 - 1] + "…"
    return said._replace(text=text, stretches=tuple(s for s in said.stretches if s.start + s.length <= len(text)))
