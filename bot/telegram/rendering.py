"""From `Said` to what Telegram takes: entities in UTF-16 units, an inline keyboard. No parse mode anywhere."""

import telegram

from bot.said import Said

LONGEST = telegram.constants.MessageLimit.MAX_TEXT_LENGTH


def units(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def entities(said: Said) -> list[telegram.MessageEntity]:
    """Bold and italic stretches, with offsets in UTF-16 units."""
    return [
        telegram.MessageEntity(
            stretch.style,
            units(said.text[: stretch.start]),
            units(said.text[stretch.start : stretch.start + stretch.length]),
        )
        for stretch in said.stretches
    ]


def keyboard(said: Said, username: str) -> telegram.InlineKeyboardMarkup | None:
    """The rows of buttons; None where there are none. `{bot}` in an address becomes the bot's name."""
    if not said.buttons:
        return None
    rows = [
        [
            telegram.InlineKeyboardButton(
                button.text,
                callback_data=button.data,
                url=button.url.replace("{bot}", username) if button.url else None,
            )
            for button in row
        ]
        for row in said.buttons
    ]
    return telegram.InlineKeyboardMarkup(rows)


def clipped(said: Said) -> Said:
    """Within Telegram's 4,096 units; content checks keep answers far below."""
    if units(said.text) <= LONGEST:
        return said
    text = said.text[: LONGEST // 2 - 1] + "…"
    return said._replace(text=text, stretches=tuple(s for s in said.stretches if s.start + s.length <= len(text)))
