"""An emergency stops everything: a card, at once, wherever the words stand."""

from __future__ import annotations

import pytest

from bot.content.loading import Content
from bot.reply import Replier
from tests.support.chat import Chat
from tests.support.matching import Broken, Unsure, replier_with

CHEST = "crushing chest pain"
CARD = "🚨 Call 911 now."
REMINDER = "🚨 If the danger you wrote about is still there: call 911. In a crisis, call or text 988."
HAPPENING = "This is not happening now"


async def test_an_emergency_gets_a_card_and_nothing_else(chat: Chat) -> None:
    """One button, as a reply to the words, and it says that nobody watches the chat."""
    await chat.say(CHEST)
    assert chat.last.text.startswith(CARD)
    assert chat.last.text.endswith("This chat is automatic. No person is watching it.")
    assert (chat.last.buttons, chat.last.quoted, len(chat.replies)) == ([HAPPENING], CHEST, 1)


async def test_a_question_beside_an_emergency_is_not_answered(chat: Chat) -> None:
    """The card replaces the answer."""
    await chat.say(f"{CHEST}, do i need an mri")
    assert chat.last.text.startswith(CARD)
    assert "MRI" not in chat.last.text


async def test_a_crisis_gets_the_crisis_line(chat: Chat) -> None:
    """Warm words and 988."""
    await chat.say("i want to die")
    assert "988" in chat.last.text
    assert chat.last.buttons == [HAPPENING]


async def test_an_emergency_in_a_caption_counts(chat: Chat) -> None:
    """Under a photo, and under a file."""
    await chat.send_photo(caption=CHEST)
    assert chat.last.text.startswith(CARD)


async def test_an_emergency_in_an_edit_counts(chat: Chat) -> None:
    """As soon as the words are there."""
    await chat.say("do i need an mri")
    await chat.edit(CHEST)
    assert chat.last.text.startswith(CARD)
    assert chat.last.quoted == CHEST


@pytest.mark.parametrize("command", ["/start", "/help", "/guide", "/forget", "/nonsense", "/"])
async def test_an_emergency_behind_a_command_counts(chat: Chat, command: str) -> None:
    """The command waits."""
    await chat.say(f"{command} {CHEST}")
    assert chat.last.text.startswith(CARD)


async def test_an_emergency_in_a_reply_in_a_group_counts(chat: Chat) -> None:
    """Where the bot is spoken to."""
    group = chat.group()
    await group.say("/help")
    await group.say(CHEST, reply_to=group.last)
    assert group.last.text.startswith(CARD)


async def test_two_messages_make_one_emergency(chat: Chat) -> None:
    """Each alone is none, both within ten minutes are."""
    await chat.say("my leg is swollen")
    assert CARD not in chat.last.text
    chat.clock.turn(minutes=9)
    await chat.say("i am out of breath")
    assert chat.last.text.startswith(CARD)


async def test_two_messages_far_apart_make_none(chat: Chat) -> None:
    """After ten minutes the first is forgotten."""
    await chat.say("my leg is swollen")
    chat.clock.turn(minutes=10, seconds=1)
    await chat.say("i am out of breath")
    assert CARD not in chat.last.text


async def test_two_people_make_no_emergency_together(chat: Chat) -> None:
    """Marks are kept by person and chat."""
    await chat.say("my leg is swollen")
    other = chat.other()
    await other.say("i am out of breath")
    assert CARD not in other.last.text


async def test_the_number_is_repeated_for_half_an_hour(chat: Chat) -> None:
    """Over every answer, typed or tapped."""
    await chat.say(CHEST)
    chat.clock.turn(minutes=29)
    await chat.say("do i need an mri")
    assert chat.last.text.startswith(f"{REMINDER}\n\nDo I need an MRI?")
    await chat.tap("What does an X-ray show?")
    assert chat.last.text.startswith(f"{REMINDER}\n\nWhat does an X-ray show?")
    await chat.say("bicycle repair")
    assert chat.last.text.startswith(f"{REMINDER}\n\nI don't have an answer")


async def test_the_number_is_not_repeated_for_ever(chat: Chat) -> None:
    """After half an hour an answer is an answer."""
    await chat.say(CHEST)
    chat.clock.turn(minutes=30, seconds=1)
    await chat.say("do i need an mri")
    assert chat.last.text.startswith("Do I need an MRI?")


async def test_not_happening_answers_what_was_asked(chat: Chat) -> None:
    """From the message that the card replied to: the bot keeps no words."""
    await chat.say(f"{CHEST}, do i need an mri")
    await chat.tap(HAPPENING)
    assert chat.last.text.startswith("Okay. If that changes, call 911.\n\nDo I need an MRI?")
    assert chat.last.bold == ["Do I need an MRI?"]


async def test_not_happening_answers_what_was_asked_under_a_photo(chat: Chat) -> None:
    """Captions are words."""
    await chat.send_photo(caption=f"{CHEST}, do i need an mri")
    await chat.tap(HAPPENING)
    assert chat.last.bold == ["Do I need an MRI?"]


async def test_not_happening_ends_the_reminder(chat: Chat) -> None:
    """The person said so."""
    await chat.say(CHEST)
    await chat.tap(HAPPENING)
    await chat.say("do i need an mri")
    assert chat.last.text.startswith("Do I need an MRI?")


async def test_not_happening_silences_only_that_rule(chat: Chat) -> None:
    """The same words are quiet for half an hour; another emergency is not."""
    await chat.say(CHEST)
    await chat.tap(HAPPENING)
    await chat.say(CHEST)
    assert CARD not in chat.last.text
    await chat.say("my face is drooping and my speech is slurred")
    assert chat.last.text.startswith(CARD)


async def test_a_silenced_rule_speaks_again_after_half_an_hour(chat: Chat) -> None:
    """What was not happening then may happen now."""
    await chat.say(CHEST)
    await chat.tap(HAPPENING)
    chat.clock.turn(minutes=31)
    await chat.say(CHEST)
    assert chat.last.text.startswith(CARD)


async def test_not_happening_on_an_old_card_has_its_words_with_it(chat: Chat) -> None:
    """Hours later, with nothing remembered."""
    await chat.say(f"{CHEST}, do i need an mri")
    chat.clock.turn(minutes=300)
    await chat.tap(HAPPENING)
    assert "Do I need an MRI?" in chat.last.text


async def test_not_happening_without_the_words_offers_the_ways_on(chat: Chat) -> None:
    """The person's message was deleted, so Telegram gives none back."""
    await chat.say(CHEST)
    data = chat.last.data(HAPPENING)
    await chat.say("/help")
    await chat.tap_data(data, chat.last.id)
    assert chat.last.text == "Okay. If that changes, call 911."
    assert chat.last.buttons == ["Who should I see?", "Browse topics"]


async def test_a_forged_not_happening_silences_nothing(chat: Chat) -> None:
    """Rules that do not exist are none."""
    await chat.say("/help")
    await chat.tap_data("1q:zzzzz:?????", chat.last.id)
    await chat.say(CHEST)
    assert chat.last.text.startswith(CARD)


async def test_a_lower_tier_is_said_before_the_answer(tiny_replier: Replier, tiny_content: Content) -> None:
    """The line, then the answer; the outcome is no emergency."""
    assert tiny_content.urgent is not None
    rule = next(rule for rule in tiny_content.urgent.rules if rule.tier in ("same_day", "within_24_48h"))
    text = f"{rule.fires_on[0]}. do i need an mri?"
    chat = Chat(replier_with(tiny_replier, tiny_content, matcher=Unsure(tiny_replier.decider.matcher, {text: 0.95})))
    await chat.say(text)
    assert HAPPENING not in chat.last.buttons
    assert chat.last.bold == ["Do I need an MRI?"]
    assert not chat.last.text.startswith("Do I need an MRI?")


async def test_a_lower_tier_stands_alone_where_nothing_matches(chat: Chat, tiny_content: Content) -> None:
    """No "I don't have an answer" under it."""
    assert tiny_content.urgent is not None
    rule = next(rule for rule in tiny_content.urgent.rules if rule.tier in ("same_day", "within_24_48h"))
    await chat.say(rule.fires_on[0])
    assert "I don't have an answer" not in chat.last.text
    assert chat.last.text


async def test_a_gate_that_breaks_ends_in_the_emergency_card(tiny_replier: Replier, tiny_content: Content) -> None:
    """Never in an answer, never in silence."""
    chat = Chat(replier_with(tiny_replier, tiny_content, gate=Broken()))
    await chat.say("do i need an mri")
    assert chat.last.text.startswith("Something went wrong here, so to be safe: if this is an emergency, call 911 now.")
    assert "988" in chat.last.text


async def test_an_emergency_needs_no_matcher(tiny_replier: Replier, tiny_content: Content) -> None:
    """The gate runs first, whatever else is broken."""
    chat = Chat(replier_with(tiny_replier, tiny_content, matcher=Broken()))
    await chat.say(CHEST)
    assert chat.last.text.startswith(CARD)
    await chat.say("do i need an mri")
    assert chat.last.text.startswith("Something went wrong on my side. Please try again in a minute")
    assert "(555) 555-0100" in chat.last.text
