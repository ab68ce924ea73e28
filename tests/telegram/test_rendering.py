"""A message as it goes over the wire: a form whose parts are kept, each by itself."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from bot.buttons import Button
from bot.said import Said, Stretch
from bot.telegram.rendering import form

YES, NO = Button("Yes & no, 50%", "yes:a"), Button("No + «none»", "no:b")
PAGE, SHARE = Button("A page", url="https://example.org/?a=1&b=2"), Button("Share", url="https://t.me/{bot}")


def sent(said: Said) -> dict[str, Any]:
    """The parameters as Telegram reads them, JSON where it is JSON."""
    parameters = dict(parse_qsl(form(said, "clinic_bot"), strict_parsing=True))
    return {name: value if name == "text" else json.loads(value) for name, value in parameters.items()}


def test_rows_of_buttons_become_one_keyboard() -> None:
    """In their order, with whatever letters; `{bot}` is the bot's name."""
    rows = [
        [{"text": YES.text, "callback_data": "yes:a"}, {"text": NO.text, "callback_data": "no:b"}],
        [{"text": "A page", "url": "https://example.org/?a=1&b=2"}],
        [{"text": "Share", "url": "https://t.me/clinic_bot"}],
    ]
    assert {"inline_keyboard": rows} == sent(Said("x", ((YES, NO), (PAGE,), (SHARE,))))["reply_markup"]


def test_a_message_without_buttons_has_no_keyboard() -> None:
    """Nor styles, where it has none; no page is ever previewed."""
    assert {"text": "50% & more", "link_preview_options": {"is_disabled": True}} == sent(Said("50% & more"))


def test_styles_are_counted_as_telegram_counts() -> None:
    """In UTF-16 units: a face is two."""
    said = Said("😀 Bold, plain", (), (Stretch("bold", 2, 4),))
    assert [{"type": "bold", "offset": 3, "length": 4}] == sent(said)["entities"]


def test_what_is_kept_of_one_message_is_not_taken_for_another() -> None:
    """The same words in another style, the same row under other words."""
    plain, bold = Said("Hello", ((YES,),)), Said("Hello", ((YES,), (NO,)), (Stretch("bold", 0, 5),))
    assert [1, 2, 1] == [len(sent(said)["reply_markup"]["inline_keyboard"]) for said in (plain, bold, plain)]
    assert [False, True, False] == ["entities" in sent(said) for said in (plain, bold, plain)]
