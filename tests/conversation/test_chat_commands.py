"""Commands: who this is, what it can do, how to reach the clinic, what is kept."""

from __future__ import annotations

import pytest

from bot.reply import MENU_COMMANDS
from tests.support.chat import Chat

WAYS_ON = ["Who should I see?", "Browse topics"]


async def test_start_says_who_this_is(chat: Chat) -> None:
    """Whose bot, a robot, general information, not private, not for emergencies, no names or records please."""
    await chat.say("/start")
    for said in (
        "Example Clinic",
        "I am a robot",
        "general information, not medical advice",
        "not fully private",
        "no names, birth dates, or records",
        "Not for emergencies. Call 911",
    ):
        assert said in chat.last.text
    assert chat.last.rows == [WAYS_ON]


async def test_start_says_that_answers_are_drafts(chat: Chat) -> None:
    """As long as one medical answer is unsigned."""
    await chat.say("/start")
    assert chat.last.italic == ["My answers are drafts. A clinician has not checked all of them yet."]


async def test_start_takes_the_words_of_a_deep_link(chat: Chat) -> None:
    """Links such as t.me/bot?start=poster come as "/start poster"."""
    await chat.say("/start poster")
    assert "I am the question bot of Example Clinic" in chat.last.text


async def test_help_names_every_command(chat: Chat) -> None:
    """Each that leads somewhere."""
    await chat.say("/help")
    assert [name for name in MENU_COMMANDS if name not in ("start", "help") and f"/{name}" not in chat.last.text] == []
    assert chat.last.buttons == WAYS_ON


async def test_contact_gives_every_way_to_reach_the_clinic(chat: Chat) -> None:
    """As clinic.yaml has them, with the emergency numbers of its country."""
    await chat.say("/contact")
    for said in (
        "Example Clinic",
        "(555) 555-0100",
        "Monday to Friday",
        "1 Example Street",
        "https://www.example.com/book",
        "Call 911",
        "988",
    ):
        assert said in chat.last.text


async def test_privacy_says_what_is_kept(chat: Chat) -> None:
    """Telegram's terms ask for it."""
    await chat.say("/privacy")
    assert "nothing about you is on disk" in chat.last.text
    assert "/forget" in chat.last.text


async def test_forget_clears_the_marks(chat: Chat) -> None:
    """What was said before /forget no longer counts: neither the card shown nor the guide's open question."""
    await chat.say("/guide")
    await chat.say("crushing chest pain")
    await chat.say("/forget")
    assert "I have cleared the marks" in chat.last.text
    await chat.say("do i need an mri")
    assert chat.last.text.startswith("Do I need an MRI?")
    assert "Go on with the guide" not in chat.last.buttons


async def test_an_unknown_command_gets_help(chat: Chat) -> None:
    """With a friendly line over it."""
    await chat.say("/gude")
    assert chat.last.text.startswith("I don't know that command. Here is what I can do.")
    assert "/topics" in chat.last.text
    assert chat.last.buttons == WAYS_ON


@pytest.mark.parametrize("text", ["/", "/ ", "/@workbench_bot", "/\N{ZERO WIDTH SPACE}", "/ start now"])
async def test_a_slash_with_nothing_behind_it_gets_an_answer_too(chat: Chat, text: str) -> None:
    """Whatever it is, never silence."""
    await chat.say(text)
    assert chat.last.text


@pytest.mark.parametrize("text", ["/HELP", "/help@workbench_bot", "/help please", "  /help"])
async def test_commands_are_known_however_they_are_written(chat: Chat, text: str) -> None:
    """In capitals, with the bot's name, with words behind."""
    await chat.say(text)
    assert chat.last.text.startswith("Type a question in your own words")


async def test_a_command_in_a_caption_counts(chat: Chat) -> None:
    """Words are words, wherever they stand."""
    await chat.send_photo(caption="/contact")
    assert "1 Example Street" in chat.last.text
