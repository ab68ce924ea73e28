"""Buttons from another time or another hand: a fresh start and a friendly line, never silence."""

from __future__ import annotations

import pytest

from bot.buttons import encode, key
from bot.workbench.board import Query
from tests.support.chat import Chat

FRESH = "That button is from an older version. Here is a fresh start."
ODD = [
    "",
    ":",
    "x",
    "0e:abcde",
    "9w",
    "1",
    "1?",
    "1e",
    "1e:",
    "1e:zzzzz",
    "1g",
    "1g:zzzzz:0",
    "1e" + ":" * 62,
    "1e:" + "é" * 40,
    "1e:" + "x" * 500,
    "\N{ZERO WIDTH SPACE}",
    "1e:\x00",
    '{"kind": "entry"}',
]


@pytest.mark.parametrize("data", ODD)
async def test_a_button_that_is_unknown_gets_a_fresh_start(chat: Chat, data: str) -> None:
    """Stale, forged, oversize."""
    await chat.say("/help")
    await chat.tap_data(data)
    assert chat.last.text.startswith(FRESH)
    assert chat.last.buttons == ["Who should I see?", "Browse topics"]


@pytest.mark.parametrize("page", ["-1", "2", "99999999999999999999", "x", "", "²", "1.5", "1:1"])
async def test_a_page_that_is_not_there_gets_a_fresh_start(chat: Chat, page: str) -> None:
    """Content shrinks, and hands forge."""
    await chat.say("/topics")
    await chat.tap_data(f"1g:{key('Treatment')}:{page}")
    assert chat.last.text


async def test_no_page_number_breaks_the_bot(chat: Chat) -> None:
    """Digits that are none are told apart from a fault of ours."""
    await chat.say("/topics")
    await chat.tap_data(f"1g:{key('MRI and tests')}:²")
    assert chat.last.text.startswith(FRESH)


async def test_unknown_candidates_are_left_out(chat: Chat) -> None:
    """Entries come and go between the answer and the "no"."""
    await chat.say("do i need an mri")
    await chat.tap_data(encode("not_helpful", key("mri_need"), "zzzzz", key("ct_scan")))
    assert chat.last.buttons == ["What is a CT scan?", "None of these"]


async def test_a_tap_stops_the_clock_on_the_button(chat: Chat) -> None:
    """Each is acknowledged once."""
    await chat.say("/topics")
    await chat.tap("Treatment")
    assert len(chat.line.request.of("answerCallbackQuery")) == 1


async def test_a_tap_on_a_message_out_of_reach_is_answered_below(chat: Chat) -> None:
    """Telegram gives old messages by their number only."""
    await chat.say("/help")
    await chat.tap_data(encode("topics", "1"), 999)
    assert chat.last.buttons[0] == "MRI and tests"
    assert not chat.last.edited
    assert chat.line.request.of("editMessageText") == []


async def test_a_tap_without_data_gets_a_fresh_start(chat: Chat) -> None:
    """A game's button has none."""
    await chat.say("/help")
    message = chat.line.board.chats.private(1001).messages[chat.last.id]
    person = {"id": 1001, "is_bot": False, "first_name": "Patient"}
    query = {"id": "7", "from": person, "message": message, "chat_instance": "1", "game_short_name": "chess"}
    chat.line.board.queries["7"] = Query("7", 1001, chat.last.id, "")
    await chat.inject({"callback_query": query})
    assert chat.last.text.startswith(FRESH)
