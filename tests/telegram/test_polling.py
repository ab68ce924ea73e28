"""Long polling over real HTTP: nothing is confirmed before it is answered, and nothing holds up the rest."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

import pytest
import structlog
from telegram.error import Conflict

from bot.telegram import polling, window
from bot.telegram.polling import AnotherPoller, Poller
from bot.telegram.reading import read
from bot.telegram.sending import NotDelivered
from bot.workbench import LocalBotApi
from bot.workbench.errors import ApiError, conflict
from bot.workbench.faults import Fault
from tests.support.matching import CANARY
from tests.support.serving import calling, quick_api, until

pytestmark = pytest.mark.loopback
Handle = Callable[[Any], Awaitable[None]]


class Desk:
    """A handler that notes what it was given, holds back what it is told to, and fails to order."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.held: dict[str, asyncio.Event] = {}
        self.faults: dict[str, list[Exception]] = {}

    async def __call__(self, update: Any) -> None:
        envelope = read(update, "bot", 42)
        text = envelope.incoming.text if envelope else ""
        self.texts.append(text)
        if text in self.held:
            await self.held[text].wait()
        if self.faults.get(text):
            raise self.faults[text].pop(0)


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    """Telegram."""
    async with quick_api() as api:
        yield api


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A handler, and pauses too short to be noticed."""
    monkeypatch.setattr(polling, "RETRY_FROM", 0.01)
    return Desk()


async def is_help(update: dict[str, Any]) -> bool:
    """What these tests take for an emergency."""
    return "help" == update["message"]["text"]


@asynccontextmanager
async def polled(api: LocalBotApi, handle: Handle) -> AsyncIterator[Poller]:
    """A poller at work, stopped in the end."""
    async with calling(api) as told:
        poller, stop = Poller(told, handle, long=5), asyncio.Event()
        running = asyncio.create_task(poller.run(stop))
        try:
            yield poller
        finally:
            stop.set()
            await running


def waiting(api: LocalBotApi) -> list[Any]:
    """The words that are not confirmed yet."""
    return [update["message"]["text"] for update in api.board.updates.waiting.values()]


async def test_what_is_answered_is_confirmed(api: LocalBotApi, desk: Desk) -> None:
    """By the next poll, at once."""
    async with polled(api, desk):
        await api.say("one")
        await api.say("two")
        await api.wait_until_settled()
    assert ["one", "two"] == desk.texts


async def test_what_is_not_answered_yet_is_not_confirmed(api: LocalBotApi, desk: Desk) -> None:
    """Nor anything behind it: the offset moves only past finished updates."""
    desk.held["one"] = asyncio.Event()
    async with polled(api, desk):
        await api.say("one")
        await api.say("two", user=1002)
        await until(lambda: desk.texts == ["one", "two"])
        await asyncio.sleep(0.1)
        assert ["one", "two"] == waiting(api)
        desk.held["one"].set()
        await api.wait_until_settled()
    assert ["one", "two"] == desk.texts


async def test_a_process_that_dies_loses_nothing(api: LocalBotApi, desk: Desk) -> None:
    """The next one gets what the first had not answered."""
    desk.held["one"] = asyncio.Event()
    async with calling(api) as told:
        dying = asyncio.create_task(Poller(told, desk, long=5).run(asyncio.Event()))
        await api.say("one")
        await until(lambda: desk.texts == ["one"])
        dying.cancel()
        desk.held["one"].set()
        await asyncio.gather(dying, return_exceptions=True)
    later = Desk()
    await api.say("two")
    async with polled(api, later):
        await api.wait_until_settled()
    assert "two" in later.texts


async def test_one_chat_that_takes_no_reply_holds_up_nobody(
    api: LocalBotApi, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than the hundred that Telegram hands out at once; its own message is tried on, and answered at last."""
    monkeypatch.setattr(window, "STRAGGLES", 0.0)
    monkeypatch.setattr(polling, "RETRY_TO", 0.05)
    desk.faults["never"] = [NotDelivered()] * 10_000
    async with polled(api, desk):
        await api.say("never")
        for number in range(250):
            await api.say(f"{number}", user=2000 + number)
        await until(lambda: {f"{number}" for number in range(250)} <= set(desk.texts), 20)
        desk.faults["never"].clear()
        await api.wait_until_settled()
        tried = desk.texts.count("never")
        await asyncio.sleep(0.2)
    assert (True, True) == (tried > 1, desk.texts.count("never") <= tried + 1)


async def test_telegram_says_how_long_to_wait_and_an_emergency_waits_less(
    api: LocalBotApi, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not asked again meanwhile; once more when the process is told to stop."""
    monkeypatch.setattr(polling, "URGENT_AGAIN", 0.01)
    desk.faults = {"calm": [NotDelivered(60.0)], "help": [NotDelivered(60.0)]}
    stop = asyncio.Event()
    async with calling(api) as told:
        poller = Poller(told, desk, is_help, long=5)
        running = asyncio.create_task(poller.run(stop))
        await api.say("calm")
        await api.say("help", user=1002)
        await until(lambda: desk.texts.count("help") == 2)
        assert 1 == desk.texts.count("calm")
        stop.set()
        await running
    assert (2, []) == (desk.texts.count("calm"), waiting(api))


async def test_what_was_not_delivered_is_tried_again(api: LocalBotApi, desk: Desk) -> None:
    """And confirmed once it is."""
    desk.faults["one"] = [NotDelivered(), NotDelivered()]
    async with polled(api, desk):
        await api.say("one")
        await until(lambda: len(desk.texts) == 3)
        await api.wait_until_settled()
    assert ["one"] * 3 == desk.texts


async def test_what_was_not_delivered_at_the_end_comes_again(api: LocalBotApi, desk: Desk) -> None:
    """To the next process: it stays with Telegram."""
    desk.faults["two"] = [NotDelivered() for _ in range(100_000)]
    async with polled(api, desk):
        await api.say("one")
        await api.say("two")
        await until(lambda: desk.texts.count("two") > 1)
    assert ["two"] == waiting(api)


async def test_what_is_in_flight_at_the_end_is_finished_and_confirmed(api: LocalBotApi, desk: Desk) -> None:
    """It would be answered twice otherwise."""
    desk.held["one"] = asyncio.Event()
    async with calling(api) as told:
        stop = asyncio.Event()
        running = asyncio.create_task(Poller(told, desk, long=5).run(stop))
        await api.say("one")
        await until(lambda: desk.texts == ["one"])
        stop.set()
        await asyncio.sleep(0.02)
        assert not running.done()
        desk.held["one"].set()
        await running
    assert [] == waiting(api)


async def test_a_fault_of_ours_holds_nobody_up(api: LocalBotApi, desk: Desk) -> None:
    """It would break again and again: it is told to the operator, without the words."""
    desk.faults["one"] = [ValueError(CANARY)]
    with structlog.testing.capture_logs() as logs:
        async with polled(api, desk):
            await api.say("one")
            await api.wait_until_settled()
            await api.say("two")
            await api.wait_until_settled()
    assert ["one", "two"] == desk.texts
    assert ["ValueError"] == [line["kind"] for line in logs if line["log_level"] == "error"]
    assert CANARY not in str(logs)


async def test_an_update_that_cannot_be_read_holds_nobody_up(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """It is counted and passed over; its words are not logged."""
    with structlog.testing.capture_logs() as logs:
        async with LocalBotApi() as api, polled(api, desk) as poller:
            await api.say("one")
            await api.inject({"message": {"text": CANARY}})
            await api.say("two")
            await api.wait_until_settled()
    assert (["one", "two"], 1) == (desk.texts, poller.unreadable)
    assert CANARY not in caplog.text + str(logs)


@pytest.mark.parametrize("fault", [Fault.server_error(), Fault.bad_gateway(), Fault.dropped(), Fault.too_many(1)])
async def test_a_bad_day_at_telegram_is_waited_out(
    api: LocalBotApi, desk: Desk, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5xx, broken connections, flood limits."""
    sleep = asyncio.sleep
    monkeypatch.setattr(polling.asyncio, "sleep", lambda seconds: sleep(min(seconds, 0.01)))
    api.faults.add("getUpdates", fault, times=2)
    async with polled(api, desk):
        await api.say("one")
        await api.wait_until_settled()
    assert ["one"] == desk.texts


async def test_another_poller_is_waited_for_and_then_given_way_to(
    api: LocalBotApi, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deploys overlap for a while; two that go on for a minute are a mistake."""
    monkeypatch.setattr(polling, "CONFLICT_LIMIT", 5.0)
    sleep = asyncio.sleep
    monkeypatch.setattr(polling.asyncio, "sleep", lambda seconds: sleep(min(seconds, 0.01)))
    clash = Fault(conflict("terminated by other getUpdates request"))
    api.faults.add("getUpdates", clash, times=2)
    async with polled(api, desk):
        await api.say("one")
        await api.wait_until_settled()
    assert ["one"] == desk.texts
    api.faults.add("getUpdates", clash, times=None)
    async with calling(api) as told:
        with pytest.raises(AnotherPoller):
            await Poller(told, desk, long=5).run(asyncio.Event())


class Contested:
    """A Telegram that hands out one update, and then to another poller. Notes how many updates it was asked for."""

    def __init__(self) -> None:
        self.limits: list[str] = []

    async def call(self, method: str, form: str, seconds: float = 5.0) -> Any:
        """One poll."""
        self.limits += parse_qs(form)["limit"]
        if len(self.limits) > 1:
            raise Conflict("terminated by other getUpdates request")
        return [{"update_id": 1}]


async def test_whoever_gives_way_does_not_poll_once_more(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    """That would drive out the other, which has come to its own last chance."""
    monkeypatch.setattr(polling, "CONFLICT_LIMIT", 0.0)
    monkeypatch.setattr(polling, "LAST_CHANCE", (0.0, 0.0))
    contested = Contested()
    with pytest.raises(AnotherPoller):
        await Poller(contested, desk).run(asyncio.Event())  # type: ignore[arg-type]
    assert ["100", "100", "100"] == contested.limits


async def test_a_chat_keeps_its_order_over_retries(api: LocalBotApi, desk: Desk) -> None:
    """What comes after an answer that is not delivered yet waits, as Telegram's own queue would let it."""
    desk.faults["one"] = [NotDelivered(), NotDelivered()]
    async with polled(api, desk):
        await api.say("one")
        await api.say("two")
        await api.say("three", user=1002)
        await api.wait_until_settled()
    assert ["one", "one", "one", "two"] == [text for text in desk.texts if text != "three"]


async def test_an_emergency_does_not_wait_for_its_turn(api: LocalBotApi, desk: Desk) -> None:
    """It overtakes what is stuck in its own chat."""
    desk.held["one"] = asyncio.Event()
    async with calling(api) as told:
        stop = asyncio.Event()
        poller = Poller(told, desk, urgent=is_help, long=5)
        running = asyncio.create_task(poller.run(stop))
        for text in ("one", "two", "help"):
            await api.say(text)
        await until(lambda: "help" in desk.texts)
        assert ["one", "help"] == desk.texts
        desk.held["one"].set()
        await api.wait_until_settled()
        stop.set()
        await running
    assert ["one", "help", "two"] == desk.texts


async def test_the_end_does_not_turn_the_order_around(api: LocalBotApi, desk: Desk) -> None:
    """What waits behind an answer that failed stays with Telegram too."""
    desk.faults["one"] = [NotDelivered() for _ in range(100_000)]
    async with polled(api, desk):
        await api.say("one")
        await api.say("two")
        await until(lambda: desk.texts.count("one") > 1)
    assert ["one", "two"] == waiting(api)
    assert "two" not in desk.texts


def clashing(*seconds: float) -> bool:
    """Whether a poller that meets conflicts at these times gives up."""
    poller = Poller(None, None)  # type: ignore[arg-type]
    try:
        for now in seconds:
            poller._clashed(now)
    except AnotherPoller:
        return True
    return False


def test_a_minute_of_conflict_is_too_much() -> None:
    """Two pollers take turns, so it is not one conflict after the other."""
    assert clashing(*range(0, 65, 4))
    assert clashing(0, 25, 50, 75, 76)


def test_the_overlap_of_a_deploy_is_waited_out() -> None:
    """Every time anew."""
    assert not clashing(*range(0, 59, 4))
    assert not clashing(*range(0, 50, 4), *range(1000, 1050, 4))


def test_before_it_gives_up_it_is_silent_once() -> None:
    """For the other has counted to sixty at the same time: whoever wakes first drives the other out, and one stays."""
    poller = Poller(None, None)  # type: ignore[arg-type]
    assert {polling.CONFLICT_AGAIN} == {poller._clashed(now) for now in range(0, 60, 2)}
    low, high = polling.LAST_CHANCE
    assert low <= poller._clashed(60) <= high
    assert polling.CONFLICT_AGAIN == poller._clashed(60 + polling.CONFLICT_OVER + 1), "the other went"


@pytest.mark.parametrize(
    "page", ["<html>", '{"ok":true}', '{"ok":true,"result":{}}', '{"ok":true,"result":[5,{"a":1}]}']
)
async def test_an_answer_that_makes_no_sense_is_waited_out(
    api: LocalBotApi, desk: Desk, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy's page, a yes without a result, updates without a number."""
    sleep = asyncio.sleep
    monkeypatch.setattr(polling.asyncio, "sleep", lambda seconds: sleep(min(seconds, 0.01)))
    api.faults.add("getUpdates", Fault(ApiError(200, ""), page=page), times=2)
    async with polled(api, desk):
        await api.say("one")
        await api.wait_until_settled()
    assert ["one"] == desk.texts
