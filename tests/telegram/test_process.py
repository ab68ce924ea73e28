"""The real process: told to stop, killed, started again, run twice. Nobody's message is lost."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import itertools
import signal
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.workbench import LocalBotApi
from bot.workbench.faults import Fault
from tests.support.process import environment, process
from tests.support.serving import free_port, quick_api, until

pytestmark = pytest.mark.loopback
TERM, INT = signal.SIGTERM, signal.SIGINT
BOTH_WAYS = pytest.mark.parametrize("webhook", [True, False], ids=["webhook", "polling"])


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    """Telegram."""
    async with quick_api() as api:
        yield api


def answered(api: LocalBotApi) -> Counter[int]:
    """How many replies each person has got."""
    return Counter(call.params["chat_id"] for call in api.calls_of("sendMessage") if call.ok)


@pytest.mark.parametrize(
    ("numbers", "webhook"),
    [((INT,), True), ((TERM, TERM), True), ((TERM, INT), False)],
    ids=["SIGINT", "SIGTERM twice", "both, polling"],
)
async def test_whatever_says_stop_it_finishes_and_goes(
    api: LocalBotApi, tiny_faq: Path, tmp_path: Path, numbers: tuple[signal.Signals, ...], webhook: bool
) -> None:
    """SIGTERM, SIGINT, both, twice: what is in flight is answered once, exit code 0."""
    async with process(environment(api, tiny_faq, tmp_path, free_port(), webhook)) as bot:
        await bot.ready()
        api.faults.add("sendMessage", Fault.slow(0.3), times=3)
        for person in (2001, 2002, 2003):
            await api.say("thanks", user=person)
        await asyncio.sleep(0.15)
        bot.signal(*numbers)
        code, logged = await bot.ended()
    assert (0, {2001: 1, 2002: 1, 2003: 1}) == (code, answered(api)), logged
    assert "Traceback" not in logged
    assert [] == api.calls_of("deleteWebhook")[int(not webhook) :]


async def test_it_stops_while_it_starts(api: LocalBotApi, tiny_faq: Path, tmp_path: Path) -> None:
    """Before it is ready, in the middle of loading: as quickly, and with 0."""
    async with process(environment(api, tiny_faq, tmp_path, free_port())) as bot:
        await asyncio.sleep(1.0)
        bot.signal(signal.SIGTERM)
        code, logged = await bot.ended()
    assert 0 == code, logged
    assert "Traceback" not in logged


async def test_it_stops_in_time_although_telegram_hangs(api: LocalBotApi, tiny_faq: Path, tmp_path: Path) -> None:
    """Ten seconds, and what was not answered stays with Telegram."""
    async with process(environment(api, tiny_faq, tmp_path, free_port())) as bot:
        await bot.ready()
        api.faults.add("sendMessage", Fault.hang(), times=None)
        await api.say("thanks")
        await asyncio.sleep(0.3)
        bot.signal(signal.SIGTERM)
        code, logged = await bot.ended(10.0)
    assert 0 == code, logged
    assert 1 == len(api.board.updates.waiting)


async def test_new_deliveries_are_asked_to_come_again_while_it_stops(
    api: LocalBotApi, tiny_faq: Path, tmp_path: Path
) -> None:
    """503 with a pause, and not ready."""
    wanted = environment(api, tiny_faq, tmp_path, free_port())
    async with process(wanted) as bot, aiohttp.ClientSession() as http:
        await bot.ready()
        api.faults.add("sendMessage", Fault.slow(1.0))
        await api.say("thanks")
        await asyncio.sleep(0.2)
        bot.signal(signal.SIGTERM)
        await asyncio.sleep(0.2)
        secret = {"X-Telegram-Bot-Api-Secret-Token": wanted["WEBHOOK_SECRET"]}
        async with http.post(f"{wanted['WEBHOOK_URL']}/telegram", json={"update_id": 1}, headers=secret) as answer:
            assert (503, True) == (answer.status, int(answer.headers["Retry-After"]) > 0)
        async with http.get(f"{wanted['WEBHOOK_URL']}/readyz") as answer:
            assert 503 == answer.status
        assert 0 == (await bot.ended())[0]


@BOTH_WAYS
async def test_a_process_killed_in_a_burst_loses_nobody(
    api: LocalBotApi, tiny_faq: Path, tmp_path: Path, webhook: bool
) -> None:
    """SIGKILL: the next process gets what was not answered, and few are answered twice."""
    wanted = environment(api, tiny_faq, tmp_path, free_port(), webhook)
    people = range(2000, 2150)
    async with process(wanted) as bot:
        await bot.ready()
        api.faults.add("sendMessage", Fault.slow(0.02), times=None)
        for person in people:
            await api.say("thanks", user=person)
        await until(lambda: len(answered(api)) >= 40, 20)
        bot.signal(signal.SIGKILL)
        await bot.ended()
    assert len(answered(api)) < len(people)
    async with process(wanted):
        await api.wait_until_settled(30)
    assert set(people) == set(answered(api))
    doubles = sum(count > 1 for count in answered(api).values())
    assert doubles <= 100, "no more than Telegram delivers at once"


async def test_two_replicas_answer_once_and_in_order(
    api: LocalBotApi, tiny_faq: Path, tmp_path: Path, database_url: str
) -> None:
    """Behind a round-robin that brings every update to both, one database of either kind between them."""
    ports = free_port(), free_port()
    turns = itertools.cycle(ports)
    shared = {"DATABASE_URL": database_url, "DATA_KEY": "k" * 43}

    async def pass_on(request: web.Request) -> web.Response:
        body = await request.read()
        one, two = next(turns), next(turns)
        async with aiohttp.ClientSession() as http:
            statuses = await asyncio.gather(*(_post(http, port, request, body) for port in (one, two, one)))
        return web.Response(status=max(statuses))

    app = web.Application()
    app.router.add_post("/telegram", pass_on)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    front = {"WEBHOOK_URL": f"http://127.0.0.1:{runner.addresses[0][1]}"}
    one, two = (environment(api, tiny_faq, tmp_path, port) | shared | front for port in ports)
    async with process(one) as first, process(two) as second:
        await asyncio.gather(first.ready(), second.ready())
        for person in range(2000, 2020):
            for text in ("do i need an mri", "thanks"):
                await api.say(text, user=person)
        await api.wait_until_settled(30)
    await runner.cleanup()
    assert dict.fromkeys(range(2000, 2020), 2) == answered(api)
    for person in range(2000, 2020):
        texts = [c.params["text"] for c in api.calls_of("sendMessage") if c.params["chat_id"] == person]
        assert ["Do I need an MRI?", "You're welcome."] == [text.splitlines()[0] for text in texts]


async def _post(http: aiohttp.ClientSession, port: int, request: web.Request, body: bytes) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": request.headers["X-Telegram-Bot-Api-Secret-Token"]}
    async with http.post(f"http://127.0.0.1:{port}/telegram", data=body, headers=headers) as answer:
        return answer.status
