"""The guide "Who should I see?": tapped or typed to its end, in one message, with a way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.buttons import encode
from bot.content.entries import Review
from bot.content.loading import Content
from bot.guide import paths
from bot.incoming import Incoming
from bot.reply import Replier
from bot.session import Session
from tests.support.chat import Chat
from tests.support.matching import build_replier

FIRST = "You or a loved one:"
SECOND = "New or worse?"
THIRD = "Does one of these fit now?"
LAPSED = "I'm not sure which question that was for."
NONE = "No, none of these"
TURN = ["‹ Back", "Start over"]
TURN_AND_CHANGE = ["‹ Back", "Change", "Start over"]


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
    assert chat.messages == 1
    assert chat.last.rows[-1] == (TURN if len(way_to(tiny_content, tier)) == 1 else TURN_AND_CHANGE)
    assert "{" not in chat.last.text


async def test_a_question_may_be_answered_by_typing(chat: Chat) -> None:
    """The next one comes in a new message, below what was typed."""
    await chat.say("/guide")
    await chat.say("none of these")
    assert chat.last.text.startswith(SECOND)
    assert (chat.last.edited, chat.messages) == (False, 2)
    await chat.say("nope")
    assert chat.last.text.startswith(THIRD)


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


async def test_an_answer_can_be_changed_at_any_point(chat: Chat) -> None:
    """All answers so far, a button each; a tap goes back to that question, all in one message."""
    await chat.say("/guide")
    for _ in range(2):
        await chat.tap(NONE)
    await chat.tap("Fever or chills")
    await chat.tap("Change")
    assert chat.last.text == "Which answer do you want to change?"
    assert chat.last.buttons == [
        "Happening now? No, none of these",
        "New or worse? No, none of these",
        "Fever, swelling, injury? Fever or chills",
        "‹ Back",
    ]
    await chat.tap("New or worse? No, none of these")
    assert chat.last.text.startswith(SECOND)
    assert (chat.last.edited, chat.messages) == (True, 1)


async def test_nothing_has_to_be_changed(chat: Chat) -> None:
    """Back from the list leads to where one was."""
    await chat.say("/guide")
    await chat.tap(NONE)
    await chat.tap(NONE)
    await chat.tap("Change")
    await chat.tap("‹ Back")
    assert chat.last.text.startswith(THIRD)


@pytest.mark.parametrize("by", ["tap", "say"])
async def test_while_answers_are_listed_a_bare_word_shows_the_question_again(chat: Chat, by: str) -> None:
    """ "None of these" may mean the list, and a danger question that cannot be read must not be passed by it."""
    await chat.say("/guide")
    await chat.tap(NONE)
    await chat.tap(NONE)
    await (chat.tap("Change") if by == "tap" else chat.say("change"))
    await chat.say("none of these")
    assert chat.last.text.startswith(LAPSED)
    assert THIRD in chat.last.text
    await chat.tap("Change")
    await chat.say("fever")  # which can only mean this question
    assert chat.last.text.startswith("🚨 Go to the ER today")


@pytest.mark.parametrize("word", ["no", "yes", "not sure"])
async def test_a_bare_word_after_something_else_is_no_answer_to_the_guide(chat: Chat, word: str) -> None:
    """ "No" to "was this it?" must not count as "none of these": the question is shown again, and then it counts."""
    await chat.say("/guide")
    await chat.tap(NONE)
    await chat.say("do i need an mri")
    await chat.say(word)
    assert chat.last.text.startswith(LAPSED)
    assert SECOND in chat.last.text
    await chat.say("no")
    assert chat.last.text.startswith(THIRD)


async def test_a_word_of_the_guide_counts_after_something_else(chat: Chat) -> None:
    """ "neck" can be an answer to one question only."""
    await chat.say("/guide")
    for _ in range(4):
        await chat.tap(NONE)
    await chat.say("do i need an mri")
    await chat.say("neck")
    assert chat.last.text.startswith("Back or neck: which fits?")


@pytest.mark.parametrize("text", ["none of these!", "yes", "fever"])
async def test_an_edit_is_no_answer_to_the_next_question(chat: Chat, text: str) -> None:
    """Whoever mends a slip, or thinks again, has not answered the danger question that came meanwhile."""
    await chat.say("/guide")
    await chat.tap(NONE)
    await chat.say("none of these")
    await chat.edit(text)
    assert chat.last.text.startswith(LAPSED)
    assert THIRD in chat.last.text


@pytest.mark.parametrize(("written", "counts"), [(9_998, False), (9_999, True), (10_005, True), (None, True)])
def test_what_was_written_before_the_question_is_no_answer_to_it(
    tiny_replier: Replier, written: float | None, counts: bool
) -> None:
    """ "no" sent twice, or words that waited during an outage: the next danger question was not read yet."""
    _, session = tiny_replier.reply(Incoming("/guide", written=9_990), Session(), 9_999.7)
    reply, _ = tiny_replier.reply(Incoming("no", written=written), session, 10_010.0)
    assert reply is not None
    assert reply.said.text.startswith(SECOND if counts else LAPSED)


async def test_the_way_back_to_the_guide_is_good_for_ever(chat: Chat) -> None:
    """After a restart, or hours later: its button holds the path."""
    await chat.say("/guide")
    await chat.tap(NONE)
    await chat.say("do i need an mri")
    data = chat.last.data("Go on with the guide")
    chat.clock.turn(minutes=300)
    elsewhere = Chat(chat.line.handler.replier)
    await elsewhere.say("/help")
    await elsewhere.tap_data(data)
    assert elsewhere.last.text.startswith(SECOND)
    assert not elsewhere.last.edited


async def test_a_word_that_comes_too_late_is_no_answer(chat: Chat) -> None:
    """Half an hour after the question it is asked again, though the person went on talking meanwhile."""
    await chat.say("/guide")
    await chat.tap(NONE)
    chat.clock.turn(minutes=20)
    await chat.say("do i need an mri")
    chat.clock.turn(minutes=20)
    await chat.say("none of these")
    assert chat.last.text.startswith(LAPSED)
    assert SECOND in chat.last.text
    await chat.say("none of these")
    assert chat.last.text.startswith(THIRD)


@pytest.mark.parametrize("text", ["yes", "not sure", "None of these."])
async def test_a_bare_answer_to_nothing_shows_the_first_question(chat: Chat, text: str) -> None:
    """After half an hour of silence, or a restart, nobody knows what a "yes" belongs to."""
    await chat.say("/guide")
    await chat.tap(NONE)
    chat.clock.turn(minutes=31)
    await chat.say(text)
    assert chat.last.text.startswith(LAPSED)
    assert FIRST in chat.last.text


async def test_a_bare_answer_right_after_an_answer_is_no_answer_to_the_guide(chat: Chat) -> None:
    """ "no" to "was this it?" does not open the guide."""
    await chat.say("do i need an mri")
    await chat.say("no")
    assert FIRST not in chat.last.text


async def test_what_the_gate_has_a_line_for_goes_to_the_gate(chat: Chat) -> None:
    """Also a lower tier: it names the day, and the guide waits."""
    await chat.say("/guide")
    for _ in range(2):
        await chat.tap(NONE)
    await chat.say("i ran out of my baclofen")
    assert chat.last.text.startswith("📞 Call today.")
    await chat.tap("Go on with the guide")
    assert chat.last.text.startswith(THIRD)


async def test_a_danger_sign_is_answered_by_whoever_is_graver(chat: Chat) -> None:
    """The gate alone would have this person call today; the guide, which asked, sends them to the ER."""
    await chat.say("/guide")
    for _ in range(2):
        await chat.tap(NONE)
    await chat.say("headache after a shot")
    assert chat.last.text.startswith("🚨 Go to the ER today")


async def test_the_gates_line_comes_before_the_guides_next_question(chat: Chat) -> None:
    """Words that are not quite a button's are told the day at once; the guide waits."""
    await chat.say("/guide")
    for _ in range(2):
        await chat.tap(NONE)
    await chat.say("pregnant, somethign new")
    assert chat.last.text.startswith("📞 Call today.")
    assert "Go on with the guide" in chat.last.buttons


@pytest.mark.parametrize("text", ["Pregnant, something new", "pregnant something new!"])
async def test_a_button_typed_in_full_works_as_a_tap(chat: Chat, text: str) -> None:
    """Also where the gate has a line for one of its words: the guide asks the very next question about it."""
    await chat.say("/guide")
    for _ in range(2):
        await chat.tap(NONE)
    await chat.say(text)
    assert chat.last.text.startswith("Is one of these happening?\n• Bleeding")


async def test_a_button_typed_too_late_leaves_the_gate_its_line(chat: Chat) -> None:
    """It is no answer any more, so nothing may take the line's place."""
    await chat.say("/guide")
    for _ in range(2):
        await chat.tap(NONE)
    chat.clock.turn(minutes=20)
    await chat.say("do i need an mri")
    chat.clock.turn(minutes=20)
    await chat.say("Pregnant, something new")
    assert chat.last.text.startswith("📞 Call today.")


async def test_a_button_typed_in_full_that_needs_a_card_gets_the_card(chat: Chat) -> None:
    """The card goes before any screen of the guide."""
    await chat.say("/guide")
    await chat.say("Took too much medicine")
    assert "This is not happening now" in chat.last.buttons


async def test_what_is_typed_to_the_guide_can_complete_an_emergency(chat: Chat) -> None:
    """The gate heard it too: back pain, then a bladder, is graver than the bladder alone."""
    await chat.say("/guide")
    for _ in range(4):
        await chat.tap(NONE)
    await chat.say("my back hurts")
    assert chat.last.text.startswith("Back or neck: which fits?")
    await chat.say("and i cant pee")
    assert "saddle numbness" in chat.last.text


async def test_after_a_card_no_word_is_an_answer_to_the_guide(chat: Chat) -> None:
    """Not even one that can only mean its question: the card comes first."""
    await chat.say("/guide")
    for _ in range(4):
        await chat.tap(NONE)
    await chat.say("crushing chest pain")
    await chat.say("neck")
    assert LAPSED in chat.last.text
    assert "What do you need help with?" in chat.last.text


async def test_a_word_of_the_guide_that_comes_too_late_is_no_answer(chat: Chat) -> None:
    """Half an hour after its question it may be a question of its own: the guide's is shown again."""
    await chat.say("/guide")
    for _ in range(4):
        await chat.tap(NONE)
    chat.clock.turn(minutes=20)
    await chat.say("do i need an mri")
    chat.clock.turn(minutes=20)
    await chat.say("neck")
    assert chat.last.text.startswith(LAPSED)


async def test_after_a_card_a_typed_no_is_no_answer_to_the_guide(chat: Chat) -> None:
    """ "no" to a card must not count as "none of these": the question is asked again, under the number."""
    await chat.say("/guide")
    await chat.tap(NONE)
    await chat.say("crushing chest pain")
    await chat.say("no")
    assert chat.last.text.startswith("🚨")
    assert LAPSED in chat.last.text
    assert SECOND in chat.last.text


async def test_the_guide_repeats_the_number_after_a_card(chat: Chat) -> None:
    """For half an hour, on each screen that is not about the call itself."""
    await chat.say("crushing chest pain")
    await chat.say("/guide")
    assert chat.last.text.startswith("🚨 If the danger you wrote about is still there: call 911.")
    await chat.tap("Yes, one or more")
    assert chat.last.text.startswith("🚨 Call 911 now")
    chat.clock.turn(minutes=31)
    await chat.tap("Start over")
    assert chat.last.text.startswith(FIRST)


async def test_words_typed_to_another_guide_start_fresh(chat: Chat, tiny_content: Content) -> None:
    """The content was reloaded between question and answer: the bot says so."""
    await chat.say("/guide")
    assert tiny_content.guide is not None
    other = replace(tiny_content, guide=tiny_content.guide.model_copy(update={"version": 99}))
    chat.line.handler.replier = build_replier(other)
    await chat.say("none of these")
    assert chat.last.text.startswith("The guide has changed since then. Let's start fresh.")
    assert FIRST in chat.last.text


async def test_a_turn_may_be_typed(chat: Chat) -> None:
    """As its button says; "back" where that is the way back and no answer."""
    await chat.say("/guide")
    await chat.tap(NONE)
    await chat.tap(NONE)
    await chat.say("back")
    assert chat.last.text.startswith(SECOND)
    await chat.tap(NONE)
    await chat.say("Change")
    assert "Fever, swelling, injury? No, none of these" not in chat.last.buttons
    assert "New or worse? No, none of these" in chat.last.buttons
    await chat.say("start over")
    assert chat.last.text.startswith(FIRST)


async def test_a_yes_to_which_fits_is_asked_back(chat: Chat) -> None:
    """Nobody guesses, and it is no message for the FAQ either."""
    await chat.say("/guide")
    for _ in range(4):
        await chat.tap(NONE)
    await chat.say("yes")
    assert chat.last.text.startswith("Which one do you mean?")
    assert "Back or neck" in chat.last.buttons


async def test_an_unsigned_guide_says_that_it_is_a_draft(chat: Chat, tiny_content: Content) -> None:
    """Under every end that is no call; a signed one says nothing."""
    guide = tiny_content.guide
    assert guide is not None
    draft = "Draft. A clinician has not checked this answer yet."
    review = Review(by="Dr. Example", date="2026-01-15", hash=guide.fingerprint)
    signed = Chat(build_replier(replace(tiny_content, guide=guide.model_copy(update={"review": review}))))
    for tier, expected in (("routine", [draft]), ("call_911", [])):
        for here, italic in ((chat, expected), (signed, [])):
            await here.say("/guide")
            for label in way_to(tiny_content, tier):
                await here.tap(label)
            assert here.last.italic == italic


async def test_an_unsigned_guide_is_withheld_where_review_is_required(tiny_content: Content) -> None:
    """Its buttons too; who to call in an emergency is said all the same."""
    chat = Chat(Replier(tiny_content, build_replier(tiny_content).decider, require_review=True))
    await chat.say("/guide")
    assert chat.last.text.startswith("The guide is not available right now.")
    assert "Emergency? Call 911." in chat.last.text
    walker = chat.line.handler.replier.guide.walker
    for data in (encode("guide", walker.version, "n"), encode("change", walker.version, "n")):
        await chat.tap_data(data)
    assert all(bubble.text.startswith("The guide is not available right now.") for bubble in chat.seen)


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
    await chat.tap_data(f"1w:{chat.line.handler.replier.guide.walker.version}:n", before.id)
    assert chat.replies == []
    assert "not modified" in chat.line.request.refused[0].answer["description"]
