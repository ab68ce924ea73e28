"""What admins may ask in private: /stats, /reload, /why. To everybody else these are unknown commands."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import pytest
import structlog

from bot.content.reloading import Reloaded
from bot.problems import Place, Problem
from bot.telegram.desk import COMMANDS
from bot.workbench.errors import bad
from tests.support.chat import Chat
from tests.support.matching import CANARY

UNKNOWN = "I don't know that command. Here is what I can do."


class Reloading:
    """A reload that ends as ordered."""

    taken = refused = 0
    problems: tuple[Problem, ...] = ()

    def __init__(self, reloaded: Reloaded) -> None:
        self._reloaded = reloaded

    async def reload(self) -> Reloaded:
        """As ordered."""
        return self._reloaded


@pytest.mark.parametrize("name", COMMANDS)
async def test_others_see_an_unknown_command(chat: Chat, name: str) -> None:
    """As for any other word after a slash."""
    other = chat.other()
    await other.say(f"/{name} do i need an mri")
    assert other.last.text.startswith(UNKNOWN)


@pytest.mark.parametrize("name", COMMANDS)
async def test_in_a_group_an_admin_is_a_person_like_any_other(chat: Chat, name: str) -> None:
    """Numbers are for the private chat."""
    group = chat.group()
    await group.say(f"/{name}")
    assert group.last.text.startswith("I answer in private only")


async def test_stats_is_a_picture_with_its_text(chat: Chat) -> None:
    """What was counted so far."""
    await chat.say("do i need an mri")
    await chat.say("/stats")
    (call,) = chat.line.request.of("sendPhoto")
    assert "Last 14 days: 1 questions" in call.params["caption"]
    assert "1 × mri_need" in call.params["caption"]


async def test_stats_is_text_where_no_picture_can_be_sent(chat: Chat) -> None:
    """The admin is answered all the same."""
    chat.line.request.script("sendPhoto", bad("PHOTO_INVALID_DIMENSIONS"))
    await chat.say("/stats")
    assert chat.last.text.startswith("Last 14 days: 0 questions")


async def test_why_tells_the_decision_and_its_reasons(chat: Chat) -> None:
    """The same function as `faqbot ask`."""
    await chat.say("/why do i need an mri")
    assert chat.last.text.startswith("answer: mri_need (confidence ")
    await chat.say("/why crushing chest pain")
    assert "urgent" in chat.last.text
    assert "tier: call_911" in chat.last.text
    await chat.say("/why")
    assert chat.last.text.startswith("Write a message after the command")


async def test_why_is_not_counted_as_a_question_and_not_logged(chat: Chat) -> None:
    """Its words are an admin's, and words all the same."""
    with structlog.testing.capture_logs() as logs:
        await chat.say(f"/why do i need an mri {CANARY}")
    assert CANARY not in str(logs)
    assert {"admin"} == {count.outcome for count in await chat.line.store.counters.since(0)}


@pytest.mark.parametrize(
    ("reloaded", "told"),
    [
        (Reloaded("taken", "0123456789abcdef"), "Taken: 0123456789ab answers now."),
        (Reloaded("same", "0123456789abcdef"), "Nothing new: 0123456789ab is what answers."),
    ],
)
async def test_reload_tells_how_it_ended(chat: Chat, reloaded: Reloaded, told: str) -> None:
    """Taken, or nothing new."""
    chat.line.desk.reloads = Reloading(reloaded)
    await chat.say("/reload")
    assert told == chat.last.text


async def test_a_refused_reload_tells_the_places(chat: Chat) -> None:
    """And that patients are answered as before."""
    problem = Problem("error", Place("faq/en/guide.yaml", 7, 3), "a question without options", "add two")
    chat.line.desk.reloads = Reloading(Reloaded("refused", "x", (problem,) * 30))
    await chat.say("/reload")
    assert "the last good content goes on. Problems: 30" in chat.last.text
    assert "faq/en/guide.yaml:7" in chat.last.text


async def test_a_process_that_does_not_reload_says_so(chat: Chat) -> None:
    """The workbench's bot, for one."""
    await chat.say("/reload")
    assert "This process does not reload." == chat.last.text


async def test_an_emergency_of_an_admin_is_one(chat: Chat) -> None:
    """Typed without a command it gets its card."""
    await chat.say("crushing chest pain")
    assert chat.last.text.startswith("🚨 Call 911 now.")
