"""Turns at Telegram: free until the bot as a whole sends too much, then one after the other."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio

import pytest

from bot.telegram import traffic
from bot.telegram.traffic import MANY, Traffic

SOON = 0.03  # seconds


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns so close that a test is short."""
    monkeypatch.setattr(traffic, "APART", 0.001)


def closed() -> Traffic:
    """Told 429 in several chats at once."""
    closed = Traffic()
    for chat in range(MANY):
        closed.told(chat, SOON)
    return closed


async def test_nobody_waits_on_a_good_day() -> None:
    """Nor for a limit of one chat alone."""
    free = Traffic()
    free.told(1, 3600)
    free.told(1, 3600)
    await free.turn(free.place(), 0.0)


async def test_a_limit_in_many_chats_closes_for_all() -> None:
    """Until the time that Telegram asked for."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    line = closed()
    await line.turn(line.place(), 5.0)
    assert loop.time() - began >= SOON


async def test_the_limit_of_one_chat_holds_nobody_else_while_it_is_closed() -> None:
    """Who sent too much in one chat waits an hour; the others as long as the least that was asked for."""
    line = closed()
    line.told(99, 3600)
    await line.turn(line.place(), 5.0)


async def test_a_limit_that_goes_on_closes_again() -> None:
    """As soon as many chats are told so."""
    loop, line = asyncio.get_running_loop(), closed()
    waiting = [asyncio.create_task(line.turn(place, 5.0)) for place in range(3)]
    await waiting[0]
    began = loop.time()
    for chat in range(MANY):
        line.told(chat, 3 * SOON)
    await asyncio.gather(*waiting)
    assert loop.time() - began >= SOON


async def test_turns_come_in_the_order_of_the_places() -> None:
    """Not in that of the asking: whoever tries again keeps the place."""
    line, called = closed(), []

    async def ask(place: int) -> None:
        await line.turn(place, 5.0)
        called.append(place)

    await asyncio.gather(*map(ask, (3, 1, 2, 0)))
    assert [0, 1, 2, 3] == called


async def test_who_cannot_wait_so_long_is_told_in_time() -> None:
    """And holds up nobody behind."""
    line = closed()
    with pytest.raises(TimeoutError):
        await line.turn(0, 0.001)
    await line.turn(1, 5.0)


async def test_it_is_free_again_when_nobody_waits() -> None:
    """Until the next time."""
    line = closed()
    await line.turn(0, 5.0)
    await asyncio.sleep(SOON)
    await line.turn(1, 0.0)
