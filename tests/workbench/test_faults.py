"""Bad days at Telegram, on order."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.workbench import LocalBotApi
from bot.workbench.faults import Fault
from tests.workbench.doubles import Client


async def _send(bot: Client) -> dict[str, object]:
    return await bot("sendMessage", chat_id=1001, text="Hello")


async def test_a_fault_strikes_as_often_as_ordered(api: LocalBotApi, bot: Client) -> None:
    """Then all is well again."""
    api.person()
    api.faults.add("sendMessage", Fault.too_many(3), times=2)
    answers = [await _send(bot) for _ in range(3)]
    assert [answer["ok"] for answer in answers] == [False, False, True]
    assert answers[0] == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }


async def test_the_flood_limit_is_in_the_head_too(api: LocalBotApi, http: aiohttp.ClientSession) -> None:
    """As Telegram sends it."""
    api.faults.add("getMe", Fault.too_many(3))
    async with http.get(f"{api.base_url}/bot{api.token}/getMe") as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "3")


@pytest.mark.parametrize(("fault", "code"), [(Fault.server_error(), 500), (Fault.blocked(), 403)])
async def test_an_error_is_given_instead_of_the_deed(api: LocalBotApi, bot: Client, fault: Fault, code: int) -> None:
    """Nothing is sent."""
    api.person()
    api.faults.add("sendMessage", fault)
    assert (await _send(bot))["error_code"] == code
    assert api.messages() == []


async def test_a_bad_gateway_speaks_html(api: LocalBotApi, http: aiohttp.ClientSession) -> None:
    """As the proxy before Telegram does."""
    api.faults.add("getMe", Fault.bad_gateway())
    async with http.get(f"{api.base_url}/bot{api.token}/getMe") as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")


async def test_a_dropped_call_is_not_done(api: LocalBotApi, bot: Client) -> None:
    """The connection breaks before."""
    api.person()
    api.faults.add("sendMessage", Fault.dropped(), times=None)
    with pytest.raises(aiohttp.ClientError):
        await _send(bot)
    assert api.messages() == []


async def test_a_lost_answer_is_a_deed_done(api: LocalBotApi, bot: Client) -> None:
    """The connection breaks after: the person has the message, the bot does not know."""
    api.person()
    api.faults.add("sendMessage", Fault.lost_answer(), times=None)
    with pytest.raises(aiohttp.ClientError):
        await _send(bot)
    assert [message["text"] for message in api.messages()] == ["Hello"]


async def test_a_star_means_every_method_but_get_updates(api: LocalBotApi, bot: Client) -> None:
    """So that updates still come; `clear` ends it."""
    api.faults.add("*", Fault.server_error(), times=None)
    assert (await bot("getMe"))["ok"] is False
    assert (await bot("getUpdates"))["ok"] is True
    api.faults.clear()
    assert (await bot("getMe"))["ok"] is True


async def test_a_call_that_hangs_ends_with_the_server(api: LocalBotApi, bot: Client) -> None:
    """It does not hold the server up."""
    api.faults.add("getMe", Fault.hang())
    hanging = asyncio.create_task(bot("getMe"))
    done, _ = await asyncio.wait({hanging}, timeout=0.05)
    assert not done
    await api.board.close()
    with pytest.raises(aiohttp.ClientError):
        await hanging
