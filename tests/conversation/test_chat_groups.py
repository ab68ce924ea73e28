"""In groups the bot is silent, except for commands and replies, and it points to the private chat."""

from __future__ import annotations

import pytest

from bot.workbench import samples
from bot.workbench.chats import GROUP
from tests.support.chat import ANNA, BEN, Chat

PRIVATE = "I answer in private only"
LINK = {"Write to me in private": "https://t.me/workbench_bot"}


@pytest.fixture
def group(chat: Chat) -> Chat:
    """A group that the bot is in."""
    return chat.group()


@pytest.mark.parametrize(
    "text",
    [
        "do i need an mri",
        "crushing chest pain",
        "see /help for more",
        "/help@other_bot",
        "hey @workbench_bot_two, do i need an mri",
        "mail me@workbench_bots.example",
    ],
)
async def test_people_talking_among_themselves_are_left_alone(group: Chat, text: str) -> None:
    """Whatever they say."""
    await group.say(text)
    assert group.replies == []


async def test_media_in_a_group_are_left_alone(group: Chat) -> None:
    """And edits too."""
    await group.send(samples.photo())
    assert group.replies == []
    await group.say("hello all")
    await group.edit("hello everyone")
    assert group.replies == []


@pytest.mark.parametrize("text", ["@workbench_bot do i need an mri", "do i need an mri @Workbench_Bot?"])
async def test_a_mention_is_pointed_to_the_private_chat(group: Chat, text: str) -> None:
    """No health in public."""
    await group.say(text)
    assert group.last.text.startswith(PRIVATE)
    assert (group.last.links, group.last.quoted) == (LINK, text)
    assert "MRI?" not in group.last.text


async def test_a_reply_is_pointed_to_the_private_chat(group: Chat) -> None:
    """Someone answers the bot."""
    await group.say("/help")
    await group.say("do i need an mri", reply_to=group.last)
    assert group.last.text.startswith(PRIVATE)


async def test_a_reply_to_somebody_else_is_left_alone(chat: Chat, group: Chat) -> None:
    """It is not for the bot."""
    await group.say("hello all")
    message = max(chat.line.board.chats.group().messages)
    ben = chat.group(BEN)
    ben._person.say("do i need an mri", message)
    await ben.line.deliver()
    assert ben.seen == []


@pytest.mark.parametrize("text", ["/help", "/help@workbench_bot", "/contact", "/privacy", "/forget"])
async def test_commands_about_the_bot_are_answered(group: Chat, text: str) -> None:
    """They tell nothing about anybody."""
    await group.say(text)
    assert not group.last.text.startswith(PRIVATE)


@pytest.mark.parametrize("text", ["/start", "/guide", "/topics", "/start@workbench_bot", "/nonsense"])
async def test_commands_that_begin_a_talk_point_to_the_private_chat(group: Chat, text: str) -> None:
    """Who should I see? is nobody else's business."""
    await group.say(text)
    assert group.last.text.startswith(PRIVATE)
    assert group.last.links == LINK


@pytest.mark.parametrize("label", ["Who should I see?", "Browse topics"])
async def test_buttons_in_a_group_point_to_the_private_chat(group: Chat, label: str) -> None:
    """The guide under /help must not run before everybody's eyes."""
    await group.say("/help")
    await group.tap(label)
    assert group.last.text.startswith(PRIVATE)
    assert not group.last.edited


@pytest.mark.parametrize("data", ["1e:zzzzz", "forged", "1r"])
async def test_forged_buttons_in_a_group_do_too(group: Chat, data: str) -> None:
    """Never silence."""
    await group.say("/help")
    await group.tap_data(data)
    assert group.last.text.startswith(PRIVATE)


async def test_an_emergency_that_is_none_is_not_answered_in_the_group(group: Chat) -> None:
    """A word, and the way to the private chat: no answer about anybody's health."""
    await group.say("@workbench_bot crushing chest pain, do i need an mri")
    await group.tap("This is not happening now")
    assert group.last.text.startswith(f"Okay. If that changes, call 911.\n\n{PRIVATE}")
    assert group.last.links == LINK


async def test_a_group_keeps_people_apart(chat: Chat) -> None:
    """One's marks do not count for another."""
    anna, ben = chat.group(ANNA), chat.group(BEN)
    await anna.say("@workbench_bot my leg is swollen")
    await ben.say("@workbench_bot i am out of breath")
    assert ben.last.text.startswith(PRIVATE)


async def test_a_topic_of_a_forum_is_answered_in_the_topic(group: Chat) -> None:
    """Not in the general one."""
    await group.say("/help")
    about = {"id": GROUP, "type": "supergroup", "title": "Test group", "is_forum": True}
    user = {"id": ANNA, "is_bot": False, "first_name": "Patient"}
    message = {"message_id": 70, "date": 1, "chat": about, "from": user, "text": "/help"}
    await group.inject({"message": message | {"message_thread_id": 7, "is_topic_message": True}})
    assert group.line.request.of("sendMessage")[-1].params["message_thread_id"] == 7


async def test_channels_and_bots_are_passed_over(chat: Chat) -> None:
    """Nobody is there to be answered."""
    about = {"id": GROUP, "type": "supergroup", "title": "Test group"}
    robot = {"id": 9, "is_bot": True, "first_name": "GroupAnonymousBot"}
    await chat.inject({"message": {"message_id": 1, "date": 1, "chat": about, "from": robot, "text": "/help"}})
    channel = {"id": -100, "type": "channel", "title": "News"}
    await chat.inject({"channel_post": {"message_id": 2, "date": 1, "chat": channel, "text": "/help"}})
    assert chat.line.request.of("sendMessage") == []
