"""The guide "Who should I see?": tapped or typed to its end, in one message, with a way back."""

from __future__ import annotations

import pytest

from bot.buttons import encode
from bot.content.loading import Content
from bot.guide import paths
from tests.support.chat import Chat

FIRST = "Safety first."
SECOND = "Is any of this here now?"
TURN = ["‹ Back", "Start over"]


def way_to(content: Content, tier: str) -> list[str]:
    """The labels to tap from the start to the first outcome of a tier."""
    guide = content.guide
    assert guide is not None
    tiers = {outcome.id: outcome.tier for outcome in guide.outcomes}
    questions = {question.id: question for question in guide.questions}
    path = next(path for path, end in paths(guide) if tiers[end] == tier)
    labels, here = [], guide.start
    for tapped in path:
        option = next(option for option in questions[here].options if option.id == tapped)
        labels.append(option.label)
        here = option.to
    return labels


async def test_guide_asks_its_first_question(chat: Chat) -> None:
    """Danger signs first; nothing to go back to."""
    await chat.say("/guide")
    assert chat.last.text.startswith(FIRST)
    assert chat.last.buttons[-1] == "No, none of these"


async def test_a_tap_goes_on_in_the_same_message(chat: Chat) -> None:
    """With a way back and a new start."""
    await chat.say("/guide")
    await chat.tap("No, none of these")
    assert chat.last.text.startswith(SECOND)
    assert (chat.last.edited, chat.messages, chat.last.rows[-1]) == (True, 1, TURN)


async def test_back_goes_one_question_back(chat: Chat) -> None:
    """In the same message."""
    await chat.say("/guide")
    await chat.tap("No, none of these")
    await chat.tap("‹ Back")
    assert chat.last.text.startswith(FIRST)
    assert (chat.last.edited, chat.messages) == (True, 1)
    assert "‹ Back" not in chat.last.buttons


async def test_start_over_goes_to_the_first_question(chat: Chat) -> None:
    """From anywhere, in the same message."""
    await chat.say("/guide")
    for _ in range(3):
        await chat.tap("No, none of these")
    await chat.tap("Start over")
    assert chat.last.text.startswith(FIRST)
    assert (chat.last.edited, chat.messages) == (True, 1)


@pytest.mark.parametrize("tier", ["routine", "call_911", "crisis", "er_today"])
async def test_the_guide_is_walked_to_its_end(chat: Chat, tiny_content: Content, tier: str) -> None:
    """One message all the way; the end has a title in bold, and the turn buttons."""
    await chat.say("/guide")
    for label in way_to(tiny_content, tier):
        await chat.tap(label)
    assert len(chat.last.bold) == 1
    assert chat.last.text.startswith(chat.last.bold[0])
    assert (chat.messages, chat.last.rows[-1]) == (1, TURN)
    assert "{" not in chat.last.text


async def test_a_question_may_be_answered_by_typing(chat: Chat) -> None:
    """The next one comes in a new message, below what was typed."""
    await chat.say("/guide")
    await chat.say("none of these")
    assert chat.last.text.startswith(SECOND)
    assert (chat.last.edited, chat.messages) == (False, 2)
    await chat.say("nope")
    assert chat.last.text.startswith("Is any of this new")


async def test_a_question_of_ones_own_in_the_middle_is_answered(chat: Chat) -> None:
    """And the guide can be gone on with, where it stood."""
    await chat.say("/guide")
    await chat.tap("No, none of these")
    await chat.say("do i need an mri")
    assert chat.last.bold == ["Do I need an MRI?"]
    await chat.tap("Go on with the guide")
    assert chat.last.text.startswith(SECOND)
    assert not chat.last.edited


async def test_an_emergency_in_the_middle_stops_the_guide(chat: Chat) -> None:
    """A card, not the next question."""
    await chat.say("/guide")
    await chat.say("crushing chest pain")
    assert chat.last.text.startswith("🚨 Call 911 now.")


async def test_typed_words_are_no_answer_after_the_end(chat: Chat, tiny_content: Content) -> None:
    """ "No" is then just a word."""
    await chat.say("/guide")
    for label in way_to(tiny_content, "routine"):
        await chat.tap(label)
    await chat.say("do i need an mri")
    assert "Go on with the guide" not in chat.last.buttons


async def test_the_open_question_is_forgotten_after_half_an_hour(chat: Chat) -> None:
    """Its buttons go on working: they hold the whole path."""
    await chat.say("/guide")
    guide = chat.last
    chat.clock.turn(minutes=31)
    await chat.say("do i need an mri")
    assert "Go on with the guide" not in chat.last.buttons
    await chat.tap("No, none of these", guide)
    assert chat.last.text.startswith(SECOND)


async def test_buttons_work_without_any_memory(chat: Chat, tiny_replier: object) -> None:
    """Another process may answer the tap: the data says all."""
    await chat.say("/guide")
    data = chat.last.data("No, none of these")
    elsewhere = Chat(chat.line.handler.replier)
    await elsewhere.say("/help")
    await elsewhere.tap_data(data)
    assert elsewhere.last.text.startswith(SECOND)


@pytest.mark.parametrize(
    "args", [("zz", "n"), ("1", "?"), ("1", "n" * 40), ("1", "nnnnnnnnnnnnnnnnnnnnnnnn", "0"), ("0",)]
)
async def test_a_stale_or_forged_guide_button_starts_fresh(chat: Chat, args: tuple[str, ...]) -> None:
    """With a friendly line, in a new message."""
    await chat.say("/guide")
    await chat.tap_data(encode("guide", *args))
    assert chat.last.text.startswith("The guide has changed since then. Let's start fresh.")
    assert FIRST in chat.last.text
    assert not chat.last.edited


async def test_a_tap_on_a_deleted_message_goes_on_below(chat: Chat) -> None:
    """What cannot be edited any more is sent anew."""
    await chat.say("/guide")
    data = chat.last.data("No, none of these")
    gone = chat.last
    await chat.erase(gone)
    await chat.tap_data(data, gone.id)
    assert chat.last.text.startswith(SECOND)
    assert not chat.last.edited


async def test_the_same_button_twice_is_no_fault(chat: Chat) -> None:
    """Telegram says "not modified": nothing more to be done."""
    await chat.say("/guide")
    await chat.tap("No, none of these")
    before = chat.last
    await chat.tap_data(f"1w:{chat.line.handler.replier.menus.walker.version}:n", before.id)
    assert chat.replies == []
    assert "not modified" in chat.line.request.refused[0].answer["description"]
