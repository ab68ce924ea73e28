"""Keyboards, checked as Telegram checks them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from bot.workbench.errors import bad
from bot.workbench.fields import Json

ACTIONS = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "pay",
        "callback_game",
    }
)
LOOKS = frozenset({"text", "icon_custom_emoji_id", "style"})
KEYBOARDS = frozenset({"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"})
MAX_BUTTONS = 100
MAX_IN_ROW = 8


def check(markup: Json | None, *, inline_only: bool = False) -> Json | None:
    """The markup to keep with the message; None where there is none (an empty keyboard is none)."""
    if not markup:
        return None
    if "inline_keyboard" in markup:
        return _inline(markup)
    if inline_only or not KEYBOARDS & set(markup):
        raise bad("object expected as reply markup: an inline keyboard" if inline_only else "can't parse reply markup")
    return markup


def buttons(message: Json) -> Iterator[Json]:
    """The inline buttons under a message, in reading order."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        yield from row


def _inline(markup: Json) -> Json | None:
    rows = markup["inline_keyboard"]
    if set(markup) != {"inline_keyboard"} or not isinstance(rows, list):
        raise bad('can\'t parse inline keyboard: field "inline_keyboard" of the markup must be an array of rows')
    kept = [[_button(button) for button in _row(row)] for row in rows if row != []]
    if sum(map(len, kept)) > MAX_BUTTONS:
        raise bad("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _row(row: Any) -> list[Any]:
    if not isinstance(row, list):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Array")
    if len(row) > MAX_IN_ROW:
        raise bad(f"reply markup is too long: a row holds at most {MAX_IN_ROW} buttons")
    return row


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            if "text" not in button
            else "inline keyboard button text must be non-empty"
        )
    if set(button) - ACTIONS - LOOKS:
        raise bad(f"can't parse inline keyboard button: unknown field {sorted(set(button) - ACTIONS - LOOKS)[0]!r}")
    if len(set(button) & ACTIONS) != 1:
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            if not set(button) & ACTIONS
            else "inline keyboard button must have exactly one action"
        )
    _action(button)
    return dict(button)


def _action(button: Json) -> None:
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
    if "url" in button and not _good_address(button["url"]):
        raise bad(f"inline keyboard button URL {button['url']!r} is invalid: Wrong HTTP URL")


def _good_address(address: Any) -> bool:
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    if parts.scheme in ("tg", "tel"):
        return parts.scheme == "tg"
    return parts.scheme in ("http", "https") and "." in parts.netloc and " " not in address
