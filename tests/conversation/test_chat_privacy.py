"""Nothing that was typed is ever said back, sent anywhere, kept, or logged."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
import structlog
from telegram.error import TimedOut

from bot.content.loading import Content
from bot.reply import Replier
from bot.session import Session
from bot.telegram.sending import NotDelivered, Sender
from bot.workbench.errors import bad
from tests.support.chat import Chat
from tests.support.matching import CANARY, Broken, replier_with

SENTENCES = [
    f"{CANARY}",
    f"do i need an mri {CANARY}",
    f"crushing chest pain {CANARY}",
    f"i want to die {CANARY}",
    f"my {CANARY} leg is swollen",
    f"thanks {CANARY}",
    f"i need a dentist {CANARY}",
    f"/help {CANARY}",
    f"/start {CANARY}",
    f"/guide {CANARY}",
    f"/{CANARY}",
    f"/forget@{CANARY}",
    f"{CANARY} " * 400,
    f"<b>{CANARY}</b> *{CANARY}* [{CANARY}](http://{CANARY}.example)",
    f"{{{CANARY}}} {{phone}}",
    f"none of these {CANARY}",
]


class Ear:
    """Everything that the bot sent, kept and logged during a test."""

    def __init__(self, chat: Chat, logs: list[Any], caplog: pytest.LogCaptureFixture, output: Any) -> None:
        self.chat, self._logs, self._caplog, self._output = chat, logs, caplog, output

    def heard(self) -> str:
        """As one text. The person's own words that Telegram gives back in a reply are left out."""
        calls = [call.params for call in self.chat.line.request.calls]
        sessions = str(self.chat.line.handler._keeping.sessions._sessions)
        return json.dumps([calls, sessions, self._logs, self._caplog.text, self._output.readouterr()], default=str)


@pytest.fixture
def ear(chat: Chat, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Any:
    """Listening at every level."""
    caplog.set_level(logging.DEBUG)
    for name in ("telegram", "asyncio", "aiohttp"):
        caplog.set_level(logging.INFO, name)
    with structlog.testing.capture_logs() as logs:
        yield Ear(chat, logs, caplog, capfd)


@pytest.mark.parametrize("text", SENTENCES)
async def test_words_are_never_said_back(chat: Chat, ear: Ear, text: str) -> None:
    """Typed, edited, in a caption, in a reply in a group, in the middle of the guide."""
    await chat.say(text)
    await chat.edit(f"{text} now")
    await chat.send_photo(caption=text[:1000])
    await chat.say("/guide")
    await chat.say(text)
    group = chat.group()
    await group.say("/help")
    await group.say(text, reply_to=group.last)
    assert CANARY not in ear.heard()


async def test_words_that_come_back_with_a_tap_are_not_either(chat: Chat, ear: Ear) -> None:
    """The question is answered, not repeated."""
    await chat.say(f"crushing chest pain, do i need an mri {CANARY}")
    await chat.tap("This is not happening now")
    assert CANARY not in ear.heard()


async def test_names_and_places_are_not_either(chat: Chat, ear: Ear) -> None:
    """Of people, files, contacts, groups."""
    await chat.send({"contact": {"phone_number": "+15550123", "first_name": CANARY}})
    await chat.send({"document": {"file_id": "x", "file_unique_id": "x", "file_name": f"{CANARY}.pdf"}})
    user = {"id": 1001, "is_bot": False, "first_name": CANARY, "username": CANARY}
    about = {"id": 1001, "type": "private", "first_name": CANARY}
    await chat.inject({"message": {"message_id": 80, "date": 1, "chat": about, "from": user, "text": "/help"}})
    assert CANARY not in ear.heard()


async def test_what_a_forged_button_holds_is_not_either(chat: Chat, ear: Ear) -> None:
    """It is data from outside like any other."""
    await chat.say("/help")
    await chat.tap_data(f"1e:{CANARY}")
    await chat.tap_data(CANARY)
    assert CANARY not in ear.heard()


async def test_a_fault_of_ours_does_not_tell_the_words(tiny_replier: Replier, tiny_content: Content, ear: Ear) -> None:
    """Although the error holds them."""
    for broken in ({"gate": Broken()}, {"matcher": Broken()}):
        ear.chat = Chat(replier_with(tiny_replier, tiny_content, **broken))
        await ear.chat.say(f"do i need an mri {CANARY}")
        assert CANARY not in ear.heard()


async def test_a_reply_that_fails_does_not_tell_the_words(
    chat: Chat, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither refused for good nor undelivered."""
    chat.line.request.script("sendMessage", bad("nothing known of it"), bad("nor of this"), TimedOut())
    chat.line.handler._sender = Sender(chat.line.bot, deadline=0.0)
    await chat.say(CANARY)
    with pytest.raises(NotDelivered):
        await chat.say(CANARY)
    assert CANARY not in ear.heard()


async def test_a_session_holds_marks_and_no_words(chat: Chat) -> None:
    """Names from the content, numbers, a path of the guide."""
    await chat.say("/guide")
    await chat.say(f"my leg is swollen {CANARY}")
    await chat.say("crushing chest pain")
    await chat.say(f"do i need an mri {CANARY}")
    (session,) = chat.line.handler._keeping.sessions._sessions.values()
    assert isinstance(session, Session)
    assert (session.entry, session.guide) == ("mri_need", chat.line.handler.replier.guide.walker.mark(""))
    assert CANARY not in repr(session)


async def test_marks_are_dropped_after_half_an_hour(chat: Chat) -> None:
    """As soon as anybody writes."""
    await chat.say("crushing chest pain")
    chat.clock.turn(minutes=31)
    await chat.other().say("/help")
    assert list(chat.line.handler._keeping.sessions._sessions) == [(1002, 1002)]
