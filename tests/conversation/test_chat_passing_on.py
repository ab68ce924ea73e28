"""A patient passes a question to the clinic: asked first, kept on "yes" alone, taken back with a tap."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import pytest

from bot.content.loading import Content
from bot.reply import Replier
from bot.storage.database import Database
from bot.storage.inbox import AN_HOURS_WORTH
from tests.support.chat import Chat, Clock
from tests.support.databases import opened
from tests.support.matching import Unsure, careless, replier_with
from tests.support.stores import full_store, keeping_replier

OFFER, YES, NO, BACK = "Pass my question to the clinic", "Yes, pass it on", "No", "Take it back"
WORDS = "zanzibarquokka flumps 555-0100"
SCRUBBED = "zanzibarquokka flumps [number]"


@pytest.fixture
def chat(database: Database, tiny_content: Content, tiny_replier: Replier) -> Chat:
    """A new chat of a new person with a bot that keeps what it is asked to."""
    clock = Clock()
    store = full_store(database, clock)
    return Chat(keeping_replier(tiny_content, tiny_replier.decider, store), clock, store)


async def kept(chat: Chat) -> list[str | None]:
    """What the clinic would read."""
    assert chat.line.store.inbox is not None
    return [one.text for one in await chat.line.store.inbox.passed()]


async def test_a_line_of_caution_stays_over_each_step(
    database: Database, tiny_content: Content, tiny_replier: Replier
) -> None:
    """The message changes in place: what to do if it is happening must not go with it."""
    clock = Clock()
    store = full_store(database, clock)
    replier = replier_with(tiny_replier, tiny_content, gate=careless(tiny_content))
    chat = Chat(keeping_replier(tiny_content, replier.decider, store), clock, store)
    await chat.say(f"{WORDS} his face is drooping")
    for label, then in ((None, OFFER), (OFFER, YES), (YES, BACK)):
        if label:
            await chat.tap(label)
        assert chat.last.text.startswith("A face that droops"), label
        assert then in chat.last.buttons


async def test_a_question_is_passed_on_and_taken_back(chat: Chat) -> None:
    """The whole way, in one message that changes in place."""
    await chat.say(WORDS)
    assert OFFER in chat.last.buttons
    assert WORDS == chat.last.quoted
    await chat.tap(OFFER)
    assert "Nobody will reply here." in chat.last.text
    assert [] == await kept(chat)
    await chat.tap(YES)
    assert chat.last.text.startswith("Thank you. I have passed it on")
    assert [SCRUBBED] == await kept(chat)
    await chat.tap(BACK)
    assert "Done. Your question is deleted." == chat.last.text
    assert ([], 1) == (await kept(chat), chat.messages)


async def test_half_a_character_is_kept_as_a_question_mark(chat: Chat) -> None:
    """No encoding knows it, and it must not cost the patient an answer."""
    await chat.say("zanzibarquokka flumps \ud83d")
    await chat.tap(OFFER)
    await chat.tap(YES)
    assert ["zanzibarquokka flumps ?"] == await kept(chat)


async def test_a_fault_of_ours_while_keeping_is_told(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not silence."""
    await chat.say(WORDS)
    await chat.tap(OFFER)
    monkeypatch.setattr(chat.line.store.inbox, "run", None)
    await chat.tap(YES)
    assert "passed it on" not in chat.last.text
    assert 'faqbot_events_total{event="broken"} 1.0' in chat.line.meter.page().decode()


async def test_no_keeps_nothing(chat: Chat) -> None:
    """And shows the message that stood there."""
    await chat.say(WORDS)
    before = chat.last
    await chat.tap(OFFER)
    await chat.tap(NO)
    assert (before.text, before.buttons, []) == (chat.last.text, chat.last.buttons, await kept(chat))


async def test_two_taps_on_yes_are_one_question(chat: Chat) -> None:
    """A finger that shakes, or Telegram that repeats."""
    await chat.say(WORDS)
    await chat.tap(OFFER)
    yes = chat.last.data(YES)
    await chat.tap(YES)
    await chat.tap_data(yes)
    assert [SCRUBBED] == await kept(chat)


async def test_after_none_of_these_it_is_offered_too(
    database: Database, tiny_content: Content, tiny_replier: Replier
) -> None:
    """The suggestion quotes the question, so that its words are still there."""
    clock = Clock()
    store = full_store(database, clock)
    unsure = Unsure(tiny_replier.decider.matcher, {"about a scan": 0.4})
    decider = replier_with(tiny_replier, tiny_content, matcher=unsure).decider
    chat = Chat(keeping_replier(tiny_content, decider, store), clock, store)
    await chat.say("about a scan")
    await chat.tap("None of these")
    await chat.tap(OFFER)
    await chat.tap(YES)
    assert 1 == len(await kept(chat))


async def test_words_that_became_an_emergency_get_the_card(chat: Chat) -> None:
    """They were edited between the two taps: nothing is kept."""
    await chat.say(WORDS)
    first = chat.last
    await chat.tap(OFFER, first)
    asked = next(message for message in chat._here.messages.values() if not message["from"]["is_bot"])
    asking = chat._here.messages[first.id]
    asking["reply_to_message"] = {**asked, "text": "crushing chest pain"}
    await chat.tap(YES)
    assert (True, []) == (chat.last.text.startswith("🚨 Call 911 now."), await kept(chat))


async def test_somebody_who_passes_on_a_lot_is_told(chat: Chat) -> None:
    """And nothing more is kept for an hour."""
    for _ in range(AN_HOURS_WORTH + 1):
        chat.clock.turn(seconds=60)
        await chat.say(WORDS)
        await chat.tap(OFFER)
        await chat.tap(YES)
    assert chat.last.text.startswith("I can't take more questions right now")
    assert AN_HOURS_WORTH == len(await kept(chat))


async def test_a_database_that_is_away_is_told_truly(
    database_url: str, tiny_content: Content, tiny_replier: Replier
) -> None:
    """Nothing was kept, nothing was deleted, and the person is answered."""
    async with opened(database_url) as away:
        clock = Clock()
        store = full_store(away, clock)
        chat = Chat(keeping_replier(tiny_content, tiny_replier.decider, store), clock, store)
        await chat.say(WORDS)
        await chat.tap(OFFER)
        await chat.tap(YES)
        assert chat.last.text.startswith("That did not work, and nothing has changed.")
        await chat.tap_data("1b:token")
        assert [BACK] == chat.last.buttons
        await chat.say("do i need an mri")
        assert chat.last.text.startswith("Do I need an MRI?")


async def test_what_is_counted_holds_no_words(chat: Chat) -> None:
    """Outcomes and entries: answers, taps, feedback, what was passed on."""
    await chat.say("do i need an mri")
    await chat.tap("Yes")
    await chat.tap("What does an X-ray show?")
    await chat.tap("No", chat.last)
    await chat.say(WORDS)
    await chat.tap(OFFER)
    await chat.tap(YES)
    counts = {(count.outcome, count.entry) for count in await chat.line.store.counters.since(0)}
    expected = {
        ("answer", "mri_need"),
        ("helpful", "mri_need"),
        ("opened", "xray"),
        ("not_helpful", "xray"),
        ("none", ""),
        ("menu", ""),
        ("passed_on", ""),
    }
    assert expected == counts
