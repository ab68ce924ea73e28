"""/topics: groups, then questions, page by page, in one message."""

from __future__ import annotations

from tests.support.chat import Chat

FIRST_PAGE = [
    ["Do I need an MRI?"],
    ["How do I get ready for an MRI?"],
    ["What does an X-ray show?"],
    ["What is a CT scan?"],
    ["Does an EMG hurt?"],
    ["Why do I need a blood test?"],
    ["What is a bone density test?"],
    ["What is an ultrasound?"],
    ["More ›"],
    ["‹ All topics"],
]
SECOND_PAGE = [["When do I get my results?"], ["What is contrast dye?"], ["‹ Previous"], ["‹ All topics"]]


async def test_topics_shows_the_groups(chat: Chat) -> None:
    """Those with answers in them: small talk is no topic."""
    await chat.say("/topics")
    assert chat.last.rows == [["MRI and tests"], ["Treatment"], ["Who should I see?"]]


async def test_browse_topics_opens_them_in_a_new_message(chat: Chat) -> None:
    """What stood there stays to be read."""
    await chat.say("/start")
    await chat.tap("Browse topics")
    assert (chat.last.buttons[0], chat.last.edited, chat.messages) == ("MRI and tests", False, 2)


async def test_a_group_shows_its_questions_in_place(chat: Chat) -> None:
    """Eight on a page."""
    await chat.say("/topics")
    await chat.tap("MRI and tests")
    assert (chat.last.bold, chat.last.rows) == (["MRI and tests"], FIRST_PAGE)
    assert (chat.last.edited, chat.messages) == (True, 1)


async def test_pages_turn_both_ways(chat: Chat) -> None:
    """In the same message, and from there back to all topics."""
    await chat.say("/topics")
    await chat.tap("MRI and tests")
    await chat.tap("More ›")
    assert chat.last.rows == SECOND_PAGE
    await chat.tap("‹ Previous")
    assert chat.last.rows == FIRST_PAGE
    await chat.tap("‹ All topics")
    assert chat.last.buttons == ["MRI and tests", "Treatment", "Who should I see?"]
    assert chat.messages == 1


async def test_a_small_group_has_one_page(chat: Chat) -> None:
    """Nothing to turn."""
    await chat.say("/topics")
    await chat.tap("Treatment")
    assert chat.last.rows == [["Does a knee brace 🦵 help?"], ["What does physical therapy do?"], ["‹ All topics"]]


async def test_a_question_of_the_list_is_answered_below_it(chat: Chat) -> None:
    """The list stays, so that the next question can be tapped."""
    await chat.say("/topics")
    await chat.tap("Treatment")
    await chat.tap("What does physical therapy do?")
    assert chat.last.bold == ["What does physical therapy do?"]
    assert (chat.last.edited, chat.messages) == (False, 2)
