"""What people do becomes the updates that Telegram would send."""

from __future__ import annotations

from typing import Any

import pytest

from bot.workbench import LocalBotApi
from tests.workbench.doubles import Client


async def _updates(bot: Client) -> list[dict[str, Any]]:
    updates: list[dict[str, Any]] = await bot.ok("getUpdates")
    return updates


async def test_a_typed_command_is_marked(api: LocalBotApi, bot: Client) -> None:
    """A bot only sees a command by its entity."""
    await api.say("/start now")
    (update,) = await _updates(bot)
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_an_edit_comes_as_an_edited_message(api: LocalBotApi, bot: Client) -> None:
    """With the new words and the time of the edit."""
    said = await api.say("one")
    await api.edit(said, "two")
    edited = (await _updates(bot))[1]["edited_message"]
    assert (edited["message_id"], edited["text"], "edit_date" in edited) == (said["message_id"], "two", True)


@pytest.mark.parametrize("kind", ["photo", "document", "voice", "sticker", "location", "contact"])
async def test_what_is_no_text_comes_in_telegrams_form(api: LocalBotApi, bot: Client, kind: str) -> None:
    """Without words."""
    await api.send(kind)
    (update,) = await _updates(bot)
    assert kind in update["message"]
    assert "text" not in update["message"]
    assert "caption" not in update["message"]


async def test_a_photo_may_have_words(api: LocalBotApi, bot: Client) -> None:
    """They come as its caption, and change as one."""
    sent = await api.send("photo", "my /knee")
    await api.edit(sent, "my elbow")
    new, changed = await _updates(bot)
    assert new["message"]["caption_entities"] == [{"type": "bot_command", "offset": 3, "length": 5}]
    edited = changed["edited_message"]
    assert (edited["caption"], "caption_entities" in edited) == ("my elbow", False)


async def test_a_group_is_another_chat(api: LocalBotApi, bot: Client) -> None:
    """Mentions, commands and replies are marked there."""
    await api.say_in_group("hello @workbench_bot")
    await api.say_in_group("/help@workbench_bot")
    mention, command = [update["message"] for update in await _updates(bot)]
    assert (mention["chat"]["type"], mention["entities"][0]["type"]) == ("supergroup", "mention")
    assert command["entities"] == [{"type": "bot_command", "offset": 0, "length": 19}]
    answer = await bot.ok("sendMessage", chat_id=mention["chat"]["id"], text="Hi")
    await api.say_in_group("thanks", reply_to=answer["message_id"])
    assert (await _updates(bot))[2]["message"]["reply_to_message"]["text"] == "Hi"


async def test_a_channel_post_has_no_user(api: LocalBotApi, bot: Client) -> None:
    """Only a chat stands behind it."""
    await api.post_in_channel("News")
    (update,) = await _updates(bot)
    assert "from" not in update["channel_post"]


async def test_anything_can_be_injected(api: LocalBotApi, bot: Client) -> None:
    """Also what no Telegram would send; it gets a number if it has none."""
    await api.inject({"update_id": 7, "message": {"poll": {}}})
    await api.inject({"novelty": True})
    updates = (await bot.get("getUpdates"))["result"]
    assert [set(update) for update in updates] == [{"update_id", "message"}, {"update_id", "novelty"}]
    api.board.calls.clear()  # that answer was wrong on purpose


async def test_a_tap_is_found_by_label_or_data(api: LocalBotApi, bot: Client) -> None:
    """The newest button wins; one that is not there is an error of the test."""
    api.person()
    for data in ("old", "new"):
        await bot.ok(
            "sendMessage",
            chat_id=1001,
            text="x",
            reply_markup={"inline_keyboard": [[{"text": "Go", "callback_data": data}]]},
        )
    assert (await api.tap("Go")).data == "new"
    assert (await api.tap("old")).data == "old"
    with pytest.raises(LookupError):
        await api.tap("Stop")


async def test_a_forged_tap_comes_through(api: LocalBotApi, bot: Client) -> None:
    """On a message long gone, which the bot cannot read."""
    api.person()
    await api.tap_data(99, "forged")
    (update,) = await _updates(bot)
    query = update["callback_query"]
    assert (query["data"], query["message"]["date"]) == ("forged", 0)


async def test_replies_are_waited_for_one_by_one(api: LocalBotApi, bot: Client) -> None:
    """Since the person's last act."""
    await api.say("hi")
    for text in ("one", "two"):
        await bot.ok("sendMessage", chat_id=1001, text=text)
    assert [(await api.wait_for_reply())["text"] for _ in range(2)] == ["one", "two"]
    with pytest.raises(TimeoutError):
        await api.wait_for_reply(within=0.01)
