"""How calls reach the local Bot API, and what it makes of wrong ones."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from bot.workbench import LocalBotApi
from bot.workbench.methods import methods
from tests.bot_api import Contract
from tests.workbench.doubles import Client

KEYBOARD = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10"


@pytest.mark.parametrize("way", ["__call__", "get", "form"])
async def test_a_call_means_the_same_however_it_comes(api: LocalBotApi, bot: Client, way: str) -> None:
    """JSON body, address and form give the same message, structures and all."""
    api.person()
    answer = await getattr(bot, way)(
        "sendMessage",
        chat_id=1001,
        text="Hello",
        reply_markup=KEYBOARD,
        entities=[{"type": "bold", "offset": 0, "length": 5}],
    )
    assert answer["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert answer["result"]["reply_markup"] == KEYBOARD
    assert api.messages() == [answer["result"]]


async def test_a_file_comes_in_a_multipart_form(api: LocalBotApi, bot: Client) -> None:
    """The picture is kept, with its true size, and its caption checked like a text."""
    api.person()
    answer = await bot.multipart("sendPhoto", {"photo": PNG}, chat_id=1001, caption="A knee")
    photo = answer["result"]["photo"][0]
    assert (photo["width"], photo["height"], photo["file_size"]) == (32, 16, len(PNG))
    assert answer["result"]["caption"] == "A knee"


async def test_a_file_may_be_attached_under_another_name(api: LocalBotApi, bot: Client) -> None:
    """`attach://` points to the part that holds the file."""
    api.person()
    answer = await bot.multipart("sendDocument", {"paper": b"words"}, chat_id=1001, document="attach://paper")
    assert answer["result"]["document"]["file_size"] == 5


async def test_the_case_of_a_method_does_not_matter(bot: Client) -> None:
    """As with Telegram."""
    assert (await bot.ok("GETME"))["is_bot"] is True


async def test_another_token_is_unauthorized(api: LocalBotApi, http: aiohttp.ClientSession) -> None:
    """401, and the call is not noted as the bot's."""
    answer = await Client(http, api.base_url, "43:other")("getMe")
    assert answer == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert api.calls == []


async def test_an_unknown_method_is_not_found(bot: Client) -> None:
    """404."""
    assert await bot("sendMesage") == {"ok": False, "error_code": 404, "description": "Not Found"}


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"chat_id": 1001}, "message text is empty"),
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": "", "text": "x"}, "chat_id is empty"),
        ({"chat_id": 1001, "text": " \n "}, "message text is empty"),
        ({"chat_id": 1001, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": 1001, "text": "\N{WAVING HAND SIGN}" * 2049}, "message is too long"),
        ({"chat_id": 7, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": 1001, "text": "x", "parse_mode": "HTML"}, "unsupported parse_mode"),
        ({"chat_id": 1001, "text": "x", "txet": "y"}, "has no parameter 'txet'"),
        ({"chat_id": 1001, "text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"chat_id": 1001, "text": "x", "reply_markup": {"buttons": []}}, "can't parse reply markup"),
        ({"chat_id": 1001, "text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
    ],
)
async def test_a_wrong_message_is_refused_in_telegrams_words(
    api: LocalBotApi, bot: Client, params: dict[str, Any], reason: str
) -> None:
    """Each fault has its words."""
    api.person()
    refusal = await bot.refusal("sendMessage", **params)
    assert refusal.startswith("Bad Request: ")
    assert reason in refusal
    assert api.messages() == []


async def test_4096_units_are_not_too_long(api: LocalBotApi, bot: Client) -> None:
    """The limit itself is allowed; an emoji counts as two."""
    api.person()
    assert await bot.ok("sendMessage", chat_id=1001, text="\N{WAVING HAND SIGN}" * 2048)


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "A", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "A", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "A", "callback_data": "\u00e9" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "", "callback_data": "a"}, "button text must be non-empty"),
        ({"text": "A"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "A", "callback_data": "a", "url": "https://example.org"}, "exactly one action"),
        ({"text": "A", "url": "javascript:alert(1)"}, "Wrong HTTP URL"),
        ({"text": "A", "callback_data": "a", "colour": "red"}, "unknown field 'colour'"),
        ("A", "must be an Object"),
    ],
)
async def test_a_wrong_button_is_refused(api: LocalBotApi, bot: Client, button: Any, reason: str) -> None:
    """Data is 1-64 bytes, and a button does exactly one thing."""
    api.person()
    assert reason in await bot.refusal(
        "sendMessage", chat_id=1001, text="x", reply_markup={"inline_keyboard": [[button]]}
    )


async def test_64_bytes_of_data_are_allowed(api: LocalBotApi, bot: Client) -> None:
    """The limit itself is allowed."""
    api.person()
    button = {"text": "A", "callback_data": "\u00e9" * 32}
    assert await bot.ok("sendMessage", chat_id=1001, text="x", reply_markup={"inline_keyboard": [[button]]})


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        ({"type": "bold", "offset": 1, "length": 3}, "ends after the end of the text"),
        ({"type": "bold", "offset": -1, "length": 1}, "offset and length"),
        ({"type": "bold", "offset": 0, "length": 0}, "offset and length"),
        ({"type": "loud", "offset": 0, "length": 1}, "unsupported entity type"),
        ({"type": "text_link", "offset": 0, "length": 1}, "needs 'url'"),
        ({"type": "bold", "offset": 0, "length": 1}, "middle of a UTF-16 symbol"),
    ],
)
async def test_a_wrong_entity_is_refused(api: LocalBotApi, bot: Client, entity: dict[str, Any], reason: str) -> None:
    """Entities lie within the text, counted in UTF-16 units, and never cut a symbol in two."""
    api.person()
    assert reason in await bot.refusal("sendMessage", chat_id=1001, text="\N{WAVING HAND SIGN}!", entities=[entity])


async def test_a_text_is_trimmed_and_its_entities_move_along(api: LocalBotApi, bot: Client) -> None:
    """Telegram strips blanks at both ends."""
    api.person()
    message = await bot.ok(
        "sendMessage", chat_id=1001, text="  Call us \n", entities=[{"type": "bold", "offset": 2, "length": 8}]
    )
    assert message["text"] == "Call us"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 7}]


async def test_commands_and_links_are_marked_by_the_server(api: LocalBotApi, bot: Client) -> None:
    """As Telegram marks them, in UTF-16 units."""
    api.person()
    message = await bot.ok("sendMessage", chat_id=1001, text="\N{WAVING HAND SIGN} /guide or https://example.org/a.")
    assert message["entities"] == [
        {"type": "bot_command", "offset": 3, "length": 6},
        {"type": "url", "offset": 13, "length": 21},
    ]


def test_every_method_takes_what_telegram_takes() -> None:
    """Our table of parameters holds no name or type that the official Bot API does not."""
    contract = Contract.load()
    for method in methods().values():
        official = {field["name"]: field for field in contract.methods[method.name].get("fields", [])}
        assert set(method.fields) <= set(official), method.name
        required = {name for name, field in official.items() if field["required"]}
        assert required <= set(method.required), method.name
        for name, kind in method.fields.items():
            assert _fits(kind.value, official[name]["types"]), f"{method.name}.{name}"


def _fits(kind: str, types: list[str]) -> bool:
    if kind == "Array":
        return all(name.startswith("Array of ") for name in types)
    if kind == "object":
        return all(name[0].isupper() and name not in ("Integer", "String", "Boolean") for name in types)
    return set(types) <= set(kind.split(" or "))
