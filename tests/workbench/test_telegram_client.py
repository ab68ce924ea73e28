"""python-telegram-bot takes the local Bot API for Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.workbench import LocalBotApi
from bot.workbench.faults import Fault
from tests.workbench.echo import echo_bot

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])


@pytest.fixture
async def client(api: LocalBotApi, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    """The library's own client, with durations as it will have them."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with Bot(api.token, base_url=f"{api.base_url}/bot") as client:
        yield client


async def test_it_sends_edits_and_deletes(api: LocalBotApi, client: Bot) -> None:
    """And reads what it gets back."""
    api.person()
    sent = await client.send_message(1001, "Hello", entities=[MessageEntity("bold", 0, 5)], reply_markup=KEYBOARD)
    assert sent.reply_markup == KEYBOARD
    edited = await client.edit_message_text("Bye", chat_id=1001, message_id=sent.message_id)
    assert getattr(edited, "text", None) == "Bye"
    assert await client.delete_message(1001, sent.message_id)


async def test_it_sends_files(api: LocalBotApi, client: Bot) -> None:
    """By multipart form."""
    api.person()
    photo = await client.send_photo(1001, b"\x89PNG", caption="A knee")
    document = await client.send_document(1001, b"words", filename="letter.txt")
    assert photo.photo[0].file_size == 4
    assert document.document is not None
    assert document.document.file_name == "letter.txt"


async def test_it_sets_itself_up(client: Bot) -> None:
    """Commands, descriptions, webhook."""
    await client.set_my_commands([BotCommand("guide", "Who should I see?")], language_code="en")
    assert (await client.get_my_commands(language_code="en"))[0].command == "guide"
    await client.set_my_description("Long")
    await client.set_my_short_description("Short")
    assert (await client.get_my_description()).description == "Long"
    assert (await client.get_my_short_description()).short_description == "Short"
    await client.set_webhook("https://example.org/telegram", secret_token="s", allowed_updates=["message"])
    assert (await client.get_webhook_info()).allowed_updates == ("message",)
    await client.delete_webhook()


async def test_it_reads_every_kind_of_update(api: LocalBotApi, client: Bot) -> None:
    """Whatever people do here, its parser takes it."""
    said = await api.say("hi")
    await api.edit(said, "hello")
    for kind in ("photo", "document", "voice", "sticker", "location", "contact"):
        await api.send(kind)
    await api.say_in_group("/help")
    await api.post_in_channel("News")
    await api.tap_data(99, "forged")
    updates = await client.get_updates(timeout=0)
    assert len(updates) == 11
    query = updates[-1].callback_query
    assert query is not None
    assert query.message is not None
    assert not query.message.is_accessible


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.too_many(2), RetryAfter),
        (Fault.server_error(), NetworkError),
        (Fault.blocked(), Forbidden),
        (Fault.bad_gateway(), NetworkError),
        (Fault.dropped(), NetworkError),
    ],
)
async def test_it_raises_what_it_raises_for_telegram(
    api: LocalBotApi, client: Bot, fault: Fault, error: type[Exception]
) -> None:
    """Faults come out as its own exceptions."""
    api.person()
    api.faults.add("sendMessage", fault)
    with pytest.raises(error):
        await client.send_message(1001, "Hello")


async def test_it_tells_refusals_apart(api: LocalBotApi, client: Bot) -> None:
    """By the words, which are Telegram's."""
    sent = await api.say("hi")
    with pytest.raises(BadRequest, match="can't be edited"):
        await client.edit_message_text("x", 1001, sent["message_id"])
    await client.set_webhook("https://example.org/telegram")
    with pytest.raises(Conflict):
        await client.get_updates()


async def test_a_wrong_token_is_invalid(api: LocalBotApi) -> None:
    """As with Telegram."""
    stranger = Bot("43:other", base_url=f"{api.base_url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_its_application_polls_answers_and_settles(api: LocalBotApi) -> None:
    """A question, a tap, an edit in place; then nothing waits any more."""
    async with echo_bot(api):
        await api.say("hello")
        assert (await api.wait_for_reply())["text"] == "You said: hello"
        await api.tap("Next")
        assert (await api.wait_for_reply())["text"] == "Step 1"
        await api.wait_until_settled()
    assert [call.method for call in api.calls if call.method.startswith(("send", "edit", "answer"))] == [
        "sendMessage",
        "answerCallbackQuery",
        "editMessageText",
    ]
