"""Telegram on its bad days, over real HTTP: nobody's answer is lost, nobody waits for somebody else's."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.content.loading import Content
from bot.reply import Replier
from bot.telegram import sending
from bot.telegram.serving import Service
from bot.workbench import LocalBotApi
from bot.workbench.errors import ApiError, too_many
from bot.workbench.faults import Fault
from tests.support.serving import by_webhook, free_port, quick_api, served, settings, until

pytestmark = pytest.mark.loopback


def page(text: str, status: int = 200) -> Fault:
    """An answer that is not Telegram's."""
    return Fault(ApiError(status, ""), page=text)


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    """Telegram."""
    async with quick_api() as api:
        yield api


@pytest.fixture
async def bot(api: LocalBotApi, tiny_content: Content, tiny_replier: Replier) -> AsyncIterator[None]:
    """The bot on its webhook, ready."""
    async with served(by_webhook(api), tiny_content, tiny_replier):
        await api.wait_for_call("setMyShortDescription")
        yield


FAULTS = {
    "500": Fault.server_error(),
    "502 page": Fault.bad_gateway(),
    "503": Fault.server_error(503, "Service Unavailable"),
    "reset": Fault.dropped(),
    "429": Fault.too_many(1),
    "page with 200": page("<html>Maintenance</html>"),
    "half a JSON": page('{"ok":true,"result":{"message_id":'),
    "no in a 200": page('{"ok":false,"description":"Internal"}'),
    "yes without a result": page('{"ok":true}'),
    "403 of a proxy": page("<html>Forbidden</html>", 403),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_a_reply_that_fails_twice_comes_the_third_time(api: LocalBotApi, bot: None, fault: Fault) -> None:
    """Within the same delivery."""
    api.faults.add("sendMessage", fault, times=2)
    await api.say("thanks")
    assert "You're welcome." == (await api.wait_for_reply(10))["text"]
    await api.wait_until_settled()


async def test_a_send_whose_answer_was_lost_may_come_twice_and_never_not_at_all(api: LocalBotApi, bot: None) -> None:
    """The documented policy: nobody can know whether it arrived."""
    api.faults.add("sendMessage", Fault.lost_answer())
    await api.say("thanks")
    await api.wait_until_settled()
    assert ["You're welcome."] * 2 == [reply["text"] for reply in api.replies]


async def test_a_telegram_that_hangs_holds_up_one_chat(
    api: LocalBotApi, bot: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are answered meanwhile, and that one afterwards."""
    monkeypatch.setattr(sending, "CALL", 0.5)
    api.faults.add("sendMessage", Fault.hang())
    await api.say("do i need an mri")
    await asyncio.sleep(0.1)
    for person in range(2000, 2010):
        await api.say("thanks", user=person)
    await until(lambda: len(api.replies) >= 10)
    assert {"You're welcome."} == {reply["text"] for reply in api.replies}
    await until(lambda: len(api.replies) == 11)


async def test_after_a_flood_limit_emergencies_are_first_and_chats_keep_their_order(
    api: LocalBotApi, bot: None
) -> None:
    """All of them are answered in the end."""
    for person in range(2000, 2012):
        await api.say("hello", user=person)
    await api.wait_until_settled()
    api.replies.clear()
    api.faults.add("sendMessage", Fault(too_many(1)), times=12)
    for person in range(2000, 2011):
        await api.say("do i need an mri", user=person)
        await api.say("thanks", user=person)
    await api.say("crushing chest pain", user=2011)
    await until(lambda: len(api.replies) == 23, 15)
    texts = [(reply["chat"]["id"], reply["text"].splitlines()[0]) for reply in api.replies]
    assert (2011, "🚨 Call 911 now.") == texts[0]
    for person in range(2000, 2011):
        assert ["Do I need an MRI?", "You're welcome."] == [text for chat, text in texts if chat == person]


async def test_a_name_that_cannot_be_resolved_is_waited_for(
    tiny_content: Content, tiny_replier: Replier, api: LocalBotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the start, and in the middle of everything: then the message is answered by the same delivery."""
    resolver = Resolver(socket.getaddrinfo)
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    wanted = by_webhook(api).model_copy(update={"telegram_api_url": api.base_url.replace("127.0.0.1", "localhost")})
    stop, service = asyncio.Event(), Service(wanted, tiny_content, tiny_replier)
    resolver.fails = True
    running = asyncio.create_task(service.run(stop))
    await until(lambda: resolver.asked > 1)
    assert (False, False) == (service.ready, running.done())
    resolver.fails = False
    await until(lambda: service.ready, 10)
    await api.wait_for_call("setMyShortDescription")
    await service._request.shutdown()  # every connection, and every address that was remembered
    await service._request.initialize()
    resolver.fails, asked = True, resolver.asked
    await api.say("thanks")
    await until(lambda: resolver.asked > asked)
    resolver.fails = False
    assert "You're welcome." == (await api.wait_for_reply(10))["text"]
    await api.wait_until_settled()
    stop.set()
    await running


class Resolver:
    """The system's, which fails to order. Counts what it is asked for by name."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self._real, self.fails, self.asked = real, False, 0

    def __call__(self, host: Any, *more: Any, **named: Any) -> Any:
        if host == "localhost":
            self.asked += 1
            if self.fails:
                raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return self._real(host, *more, **named)


async def test_a_telegram_that_is_not_there_is_waited_for(
    tiny_content: Content, tiny_replier: Replier, api: LocalBotApi
) -> None:
    """Start-up survives it: alive, not ready, and asking again."""
    wanted = settings(api, free_port()).model_copy(update={"telegram_api_url": "http://127.0.0.1:1"})
    async with asyncio.timeout(10):
        stop = asyncio.Event()
        service = Service(wanted, tiny_content, tiny_replier)
        running = asyncio.create_task(service.run(stop))
        await asyncio.sleep(0.3)
        assert (False, False) == (service.ready, running.done())
        stop.set()
        await running
