"""What is not words: one kind sentence, nothing fetched. Words under a picture are answered."""

from __future__ import annotations

import pytest

from bot.workbench import samples
from tests.support.chat import Chat, Json

FILE = {"file_id": "x", "file_unique_id": "x"}
USER = {"id": 5, "is_bot": False, "first_name": "Cara"}
KINDS = [
    pytest.param(samples.voice(), "I can't listen to voice messages.", id="voice"),
    pytest.param({"audio": FILE | {"duration": 3}}, "I can't listen to voice messages.", id="audio"),
    pytest.param(
        {"video_note": FILE | {"length": 240, "duration": 3}}, "I can't listen to voice messages.", id="video note"
    ),
    pytest.param(samples.photo(), "I can't look at pictures", id="photo"),
    pytest.param(samples.document(), "I can't look at pictures", id="document"),
    pytest.param({"video": FILE | {"width": 2, "height": 2, "duration": 3}}, "I can't look at pictures", id="video"),
    pytest.param(samples.sticker(), "Nice one! I only understand words", id="sticker"),
    pytest.param(samples.location(), "I don't need to know where you are.", id="location"),
    pytest.param(samples.contact(), "I don't need contact details", id="contact"),
    pytest.param({"dice": {"emoji": "🎲", "value": 3}}, "I only understand typed words.", id="dice"),
]


@pytest.mark.parametrize(("content", "reply"), KINDS)
async def test_what_is_no_words_gets_one_kind_sentence(chat: Chat, content: Json, reply: str) -> None:
    """And nothing is fetched."""
    await chat.send(content)
    assert chat.last.text.startswith(reply)
    assert [call.method for call in chat.line.request.calls] == ["getMe", "sendMessage"]


async def test_words_under_a_photo_are_answered(chat: Chat) -> None:
    """As if they had been typed."""
    await chat.send_photo(caption="do i need an mri")
    assert chat.last.bold == ["Do I need an MRI?"]


async def test_words_put_under_a_photo_later_are_answered_too(chat: Chat) -> None:
    """An edited caption is an edited message."""
    await chat.send_photo(caption="what is a ct scan")
    await chat.edit("do i need an mri")
    assert chat.last.bold == ["Do I need an MRI?"]


async def test_a_live_location_is_answered_once(chat: Chat) -> None:
    """It moves by edits, every few seconds; those are passed over."""
    await chat.send(samples.location())
    moved = dict(chat.line.board.chats.private(1001).messages[1]) | {"edit_date": 1}
    await chat.inject({"edited_message": moved})
    assert chat.replies == []


@pytest.mark.parametrize(
    "content",
    [
        {"new_chat_members": [USER]},
        {"left_chat_member": USER},
        {"new_chat_title": "Knees"},
        {"delete_chat_photo": True},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_service_messages_are_passed_over(chat: Chat, content: Json) -> None:
    """Nobody said anything."""
    await chat.group().send(content)
    assert chat.line.request.of("sendMessage") == []


async def test_an_album_gets_one_reply(chat: Chat) -> None:
    """Each photo is a message of its own to Telegram, and would be answered one by one."""
    for _ in range(4):
        await chat.send(samples.photo("") | {"media_group_id": "77"})
    assert len(chat.seen) == 1
    await chat.send(samples.photo("") | {"media_group_id": "78"})
    assert len(chat.seen) == 2


async def test_the_words_under_an_album_are_its_reply(chat: Chat) -> None:
    """They come with one of the photos, mostly the first."""
    await chat.send(samples.photo("do i need an mri") | {"media_group_id": "77"})
    for _ in range(3):
        await chat.send(samples.photo("") | {"media_group_id": "77"})
    assert [bubble.text.splitlines()[0] for bubble in chat.seen] == ["Do I need an MRI?"]
