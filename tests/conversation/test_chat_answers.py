"""An answer: its question, the text, links, related questions, the guide, and "Was this it?"."""

from __future__ import annotations

import pytest

from bot.content.loading import Content
from bot.reply import Replier
from tests.support.chat import Chat
from tests.support.matching import Unsure, build_replier, replier_with

VAGUE = "something about a scan test"
DRAFT = "Draft. A clinician has not checked this answer yet."


@pytest.fixture
def unsure(tiny_replier: Replier, tiny_content: Content) -> Chat:
    """A chat with a bot that is unsure about VAGUE."""
    matcher = Unsure(tiny_replier.decider.matcher, {VAGUE: 0.4})
    return Chat(replier_with(tiny_replier, tiny_content, matcher=matcher))


async def test_an_answer_shows_the_question_it_answers(chat: Chat) -> None:
    """In bold, so that a wrong guess is seen at once; then the text, with the clinic's phone filled in."""
    await chat.say("do i need an mri for back pain")
    assert chat.last.bold == ["Do I need an MRI?"]
    assert chat.last.text.startswith(
        "Do I need an MRI?\n\nMost back pain gets better without one.\nAn exam comes first. "
        "Questions? Call (555) 555-0100."
    )
    assert chat.last.text.endswith("Was this it?")


async def test_an_answer_has_its_buttons_in_order(chat: Chat) -> None:
    """Yes and no, links, two related questions, the guide."""
    await chat.say("do i need an mri")
    assert chat.last.rows == [
        ["Yes", "No"],
        ["MedlinePlus: MRI scans"],
        ["How do I get ready for an MRI?"],
        ["What does an X-ray show?"],
        ["Who should I see?"],
    ]


async def test_links_are_buttons_that_open_a_page(chat: Chat) -> None:
    """No address stands in the text."""
    await chat.say("do i need an mri")
    assert chat.last.links == {"MedlinePlus: MRI scans": "https://medlineplus.gov/mriscans.html"}
    assert "http" not in chat.last.text


async def test_a_related_question_is_answered_on_a_tap(chat: Chat) -> None:
    """In a message of its own."""
    await chat.say("do i need an mri")
    await chat.tap("What does an X-ray show?")
    assert (chat.last.bold, chat.last.edited) == (["What does an X-ray show?"], False)


async def test_the_guide_is_offered_only_where_it_fits(chat: Chat) -> None:
    """The entry says so."""
    await chat.say("what is a ct scan")
    assert chat.last.rows == [["Yes", "No"]]


async def test_the_guide_button_opens_the_guide(chat: Chat) -> None:
    """A fresh one, without a word about old buttons."""
    await chat.say("do i need an mri")
    await chat.tap("Who should I see?")
    assert chat.last.text.startswith("You or a loved one:")
    assert not chat.last.edited


async def test_an_unsigned_answer_is_marked_as_a_draft(chat: Chat) -> None:
    """In italics."""
    await chat.say("what is a ct scan")
    assert chat.last.italic == [DRAFT]


async def test_a_signed_answer_is_not(chat: Chat) -> None:
    """A clinician has put their name under it."""
    await chat.say("what does physical therapy do")
    assert (chat.last.bold, chat.last.italic) == (["What does physical therapy do?"], [])
    assert "Draft" not in chat.last.text


async def test_yes_gets_a_kind_word(chat: Chat) -> None:
    """And the answer stays."""
    await chat.say("do i need an mri")
    await chat.tap("Yes")
    assert (chat.last.text, chat.last.edited, chat.messages) == ("Good. Take care!", False, 2)


async def test_no_offers_the_next_candidates(chat: Chat) -> None:
    """Best first; a tap answers."""
    await chat.say("do i need an mri")
    await chat.tap("No")
    assert chat.last.text == "Sorry about that. Maybe one of these?"
    assert (chat.last.buttons[0], chat.last.buttons[-1]) == ("How do I get ready for an MRI?", "None of these")
    assert "Do I need an MRI?" not in chat.last.buttons
    await chat.tap("How do I get ready for an MRI?", chat.last)
    assert chat.last.bold == ["How do I get ready for an MRI?"]


async def test_no_without_candidates_offers_the_ways_on(chat: Chat) -> None:
    """As with an answer that was picked from the topics."""
    await chat.say("/topics")
    await chat.tap("Treatment")
    await chat.tap("What does physical therapy do?")
    await chat.tap("No")
    assert chat.last.text.startswith("Sorry about that. I have nothing closer.")
    assert "(555) 555-0100" in chat.last.text
    assert chat.last.buttons == ["Who should I see?", "Browse topics"]


async def test_each_answer_remembers_its_own_candidates(chat: Chat) -> None:
    """The same answer was given to somebody else before, who asked otherwise."""
    await chat.say("/topics")
    await chat.tap("MRI and tests")
    await chat.tap("Do I need an MRI?")
    picked = chat.last
    await chat.say("do i need an mri")
    asked = chat.last
    await chat.say("/topics")
    await chat.tap("MRI and tests")
    await chat.tap("Do I need an MRI?")
    again = chat.last
    assert (picked.text, picked.rows) == (asked.text, asked.rows) == (again.text, again.rows)
    await chat.tap("No", asked)
    assert chat.last.text == "Sorry about that. Maybe one of these?"
    await chat.tap("No", again)
    assert chat.last.text.startswith("Sorry about that. I have nothing closer.")


async def test_what_is_withheld_offers_the_ways_on_and_asks_nothing(tiny_content: Content) -> None:
    """Unsigned, where a review is required: the buttons under it do what they say, whatever else might have fitted."""
    chat = Chat(Replier(tiny_content, build_replier(tiny_content).decider, require_review=True))
    await chat.say("do i need an mri")
    assert "Do I need an MRI?" not in chat.last.text
    assert chat.last.buttons == ["Who should I see?", "Browse topics"]
    await chat.tap("Browse topics")
    assert "MRI and tests" in chat.last.buttons


async def test_an_unsure_bot_asks_did_you_mean(unsure: Chat) -> None:
    """Up to three questions and a way out, no answer."""
    await unsure.say(VAGUE)
    assert unsure.last.text == "I want to get this right. Did you mean one of these?"
    assert unsure.last.buttons[-1] == "None of these"
    assert 2 <= len(unsure.last.buttons) <= 4


async def test_a_suggestion_is_answered_on_a_tap(unsure: Chat) -> None:
    """With the question that was tapped."""
    await unsure.say(VAGUE)
    first = unsure.last.buttons[0]
    await unsure.tap(first)
    assert unsure.last.bold == [first]


async def test_none_of_these_says_so_in_place(unsure: Chat) -> None:
    """The buttons that did not fit go."""
    await unsure.say(VAGUE)
    await unsure.tap("None of these")
    assert unsure.last.text.startswith("I don't have an answer for that.")
    assert (unsure.last.edited, unsure.messages) == (True, 1)


async def test_small_talk_is_never_a_suggestion(tiny_replier: Replier, tiny_content: Content) -> None:
    """Unsure about "hi" and an MRI, only the MRI is offered."""
    matcher = Unsure(tiny_replier.decider.matcher, {"hi there": 0.4})
    chat = Chat(replier_with(tiny_replier, tiny_content, matcher=matcher))
    await chat.say("hi there")
    assert "Hello" not in chat.last.buttons


async def test_nothing_known_is_said_plainly(chat: Chat) -> None:
    """With the clinic's phone, the guide and the topics."""
    await chat.say("bicycle repair")
    assert chat.last.text.startswith("I don't have an answer for that.")
    assert "(555) 555-0100" in chat.last.text
    assert chat.last.buttons == ["Who should I see?", "Browse topics"]


@pytest.mark.parametrize("text", ["?", "...", "🦵", "\N{ZERO WIDTH SPACE}", "х" * 4096, "a b " * 1000])
async def test_what_is_no_question_gets_an_answer_too(chat: Chat, text: str) -> None:
    """Whatever it is, never silence."""
    await chat.say(text)
    assert chat.last.text


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("hi", "Hello! What would you like to know?"),
        ("thanks", "You're welcome."),
        ("is this a robot", "Yes, I am a robot."),
    ],
)
async def test_small_talk_gets_a_kind_line(chat: Chat, text: str, reply: str) -> None:
    """No question over it, no draft mark, no "Was this it?"."""
    await chat.say(text)
    assert (chat.last.text, chat.last.bold, chat.last.buttons) == (reply, [], [])


async def test_what_the_clinic_does_not_treat_is_said(chat: Chat) -> None:
    """With the ways on."""
    await chat.say("i need a dentist")
    assert chat.last.text == "We don't treat teeth. A dentist does."
    assert chat.last.buttons == ["Who should I see?", "Browse topics"]


async def test_an_edited_message_is_answered_anew(chat: Chat) -> None:
    """In a new message."""
    await chat.say("what is a ct scan")
    await chat.edit("what does an x-ray show")
    assert (chat.last.bold, chat.last.edited, chat.messages) == (["What does an X-ray show?"], False, 2)


async def test_styles_are_counted_in_utf16_units(chat: Chat) -> None:
    """Emoji count twice: inside the bold question, and in the line before it."""
    await chat.say("should i wear a knee brace")
    assert chat.last.bold == ["Does a knee brace 🦵 help?"]
    assert chat.last.italic == [DRAFT]
    await chat.say("crushing chest pain")
    await chat.say("should i wear a knee brace")
    assert chat.last.text.startswith("🚨 ")
    assert (chat.last.bold, chat.last.italic) == (["Does a knee brace 🦵 help?"], [DRAFT])


async def test_everything_is_sent_without_a_parse_mode(chat: Chat) -> None:
    """And without link previews."""
    await chat.say("do i need an mri")
    call = chat.line.request.of("sendMessage")[-1]
    assert "parse_mode" not in call.params
    assert call.params["link_preview_options"] == {"is_disabled": True}
