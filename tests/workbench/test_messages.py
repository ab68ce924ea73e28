"""What the bot may do with its messages: edit, remove, answer taps, describe itself."""

from __future__ import annotations

import pytest

from bot.workbench import LocalBotApi
from tests.workbench.doubles import Client

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
KEYBOARD = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


async def _sent(api: LocalBotApi, bot: Client) -> int:
    api.person()
    message = await bot.ok("sendMessage", chat_id=1001, text="One", reply_markup=KEYBOARD)
    return int(message["message_id"])


async def test_an_edit_changes_the_message_in_place(api: LocalBotApi, bot: Client) -> None:
    """Same number, new words, and the keyboard goes where none is given."""
    number = await _sent(api, bot)
    edited = await bot.ok("editMessageText", chat_id=1001, message_id=number, text="Two")
    assert (edited["message_id"], edited["text"], "reply_markup" in edited) == (number, "Two", False)
    assert api.messages() == [edited]


async def test_an_edit_to_the_same_is_not_modified(api: LocalBotApi, bot: Client) -> None:
    """Also when only blanks at the end differ, and after an edit before."""
    number = await _sent(api, bot)
    same = {"chat_id": 1001, "message_id": number, "reply_markup": KEYBOARD}
    assert await bot.refusal("editMessageText", text="One ", **same) == NOT_MODIFIED
    await bot.ok("editMessageText", text="Two", **same)
    assert await bot.refusal("editMessageText", text="Two", **same) == NOT_MODIFIED


async def test_a_keyboard_is_changed_and_removed_alone(api: LocalBotApi, bot: Client) -> None:
    """The words stay."""
    number = await _sent(api, bot)
    edited = await bot.ok("editMessageReplyMarkup", chat_id=1001, message_id=number)
    assert (edited["text"], "reply_markup" in edited) == ("One", False)
    assert await bot.refusal("editMessageReplyMarkup", chat_id=1001, message_id=number) == NOT_MODIFIED


async def test_a_missing_message_is_named(api: LocalBotApi, bot: Client) -> None:
    """Edit and delete have words of their own."""
    api.person()
    where = {"chat_id": 1001, "message_id": 77}
    assert await bot.refusal("editMessageText", text="x", **where) == "Bad Request: message to edit not found"
    assert await bot.refusal("deleteMessage", **where) == "Bad Request: message to delete not found"


async def test_the_words_of_a_person_are_not_the_bots_to_edit(api: LocalBotApi, bot: Client) -> None:
    """Telegram refuses it."""
    said = await api.say("hi")
    refusal = await bot.refusal("editMessageText", chat_id=1001, message_id=said["message_id"], text="x")
    assert refusal == "Bad Request: message can't be edited"


async def test_a_deleted_message_is_gone(api: LocalBotApi, bot: Client) -> None:
    """For both sides."""
    number = await _sent(api, bot)
    assert await bot.ok("deleteMessage", chat_id=1001, message_id=number) is True
    assert api.messages() == []


async def test_a_reply_carries_what_it_replies_to(api: LocalBotApi, bot: Client) -> None:
    """One level deep, as Telegram sends it."""
    said = await api.say("hi")
    reply = await bot.ok("sendMessage", chat_id=1001, text="x", reply_parameters={"message_id": said["message_id"]})
    assert reply["reply_to_message"]["text"] == "hi"


async def test_a_tap_is_answered_until_it_is_too_old(api: LocalBotApi, bot: Client) -> None:
    """Then Telegram refuses the answer, as it does with a number it never gave."""
    number = await _sent(api, bot)
    query = await api.tap("Go", number)
    assert await bot.ok("answerCallbackQuery", callback_query_id=query.id, text="Thanks") is True
    assert "MESSAGE_TOO_LONG" in await bot.refusal("answerCallbackQuery", callback_query_id=query.id, text="x" * 201)
    api.expire_queries()
    assert await bot.refusal("answerCallbackQuery", callback_query_id=query.id) == TOO_OLD
    assert await bot.refusal("answerCallbackQuery", callback_query_id="5") == TOO_OLD


async def test_commands_are_kept_by_scope_and_language(bot: Client) -> None:
    """What was set for one is not what another gets."""
    commands = [{"command": "guide", "description": "Who should I see?"}]
    private = {"scope": {"type": "all_private_chats"}, "language_code": "en"}
    await bot.ok("setMyCommands", commands=commands, **private)
    assert await bot.ok("getMyCommands", **private) == commands
    assert await bot.ok("getMyCommands") == []
    await bot.ok("deleteMyCommands", **private)
    assert await bot.ok("getMyCommands", **private) == []


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ({"command": "Guide", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "g" * 33, "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "guide", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_a_wrong_command_is_refused(bot: Client, command: dict[str, str], reason: str) -> None:
    """Names are 1-32 small letters, digits and underscores."""
    assert reason in await bot.refusal("setMyCommands", commands=[command])


@pytest.mark.parametrize(
    ("title", "field"), [("Name", "name"), ("Description", "description"), ("ShortDescription", "short_description")]
)
async def test_the_bot_describes_itself(bot: Client, title: str, field: str) -> None:
    """A language without words of its own gets the general ones; too long is refused."""
    await bot.ok(f"setMy{title}", **{field: "General"})
    assert await bot.ok(f"getMy{title}", language_code="fr") == {field: "General"}
    assert "too long" in await bot.refusal(f"setMy{title}", **{field: "x" * 513})


async def test_a_chat_is_known_once_someone_wrote(api: LocalBotApi, bot: Client) -> None:
    """Before that there is none."""
    assert await bot.refusal("getChat", chat_id=1001) == "Bad Request: chat not found"
    await api.say("hi")
    assert (await bot.ok("getChat", chat_id=1001))["type"] == "private"


async def test_typing_is_one_of_telegrams_actions(api: LocalBotApi, bot: Client) -> None:
    """Another word is refused."""
    api.person()
    assert await bot.ok("sendChatAction", chat_id=1001, action="typing") is True
    assert "wrong parameter action" in await bot.refusal("sendChatAction", chat_id=1001, action="thinking")
