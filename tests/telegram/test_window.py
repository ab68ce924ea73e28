"""How far a poller may tell Telegram to forget: past what is finished, and past a few that hold up many."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.telegram import window
from bot.telegram.window import HELD_UP, STRAGGLERS, Window


class Work:
    """A window, and work on updates that ends when a test says so."""

    def __init__(self) -> None:
        self.window = Window()
        self.ends: dict[int, asyncio.Event] = {}

    async def begin(self, *identifiers: int) -> None:
        """Work on these begins."""
        for identifier in identifiers:
            self.ends[identifier] = asyncio.Event()
            self.window.begin(identifier, asyncio.create_task(self._until(identifier)))
        await asyncio.sleep(0)

    async def end(self, *identifiers: int) -> None:
        """And is finished."""
        for identifier in identifiers:
            self.ends[identifier].set()
        for _ in range(3):
            await asyncio.sleep(0)

    async def _until(self, identifier: int) -> None:
        await self.ends[identifier].wait()


@pytest.fixture
async def work(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Work]:
    """Where every update counts as slow from the start; all work ends in the end."""
    monkeypatch.setattr(window, "STRAGGLES", 0.0)
    work = Work()
    yield work
    await work.end(*work.ends)


async def test_it_is_the_first_that_is_not_finished(work: Work) -> None:
    """Whatever is finished behind it; None before anything came."""
    assert work.window.offset() is None
    await work.begin(7, 8, 9)
    await work.end(8)
    assert 7 == work.window.offset()
    await work.end(7)
    assert (9, True, False) == (work.window.offset(), 9 in work.window, 8 in work.window)
    await work.end(9)
    assert 10 == work.window.offset()


async def test_one_that_holds_up_many_is_passed_and_goes_on(work: Work) -> None:
    """Else Telegram would hand out the same hundred for ever. Its work is still known."""
    await work.begin(*range(HELD_UP))
    await work.end(*range(1, HELD_UP))
    assert HELD_UP == work.window.offset()
    assert ([], 1) == (work.window.unfinished(), len(work.window.everything()))
    await work.end(0)
    assert [] == work.window.everything()


async def test_one_that_holds_up_few_is_not_passed(work: Work) -> None:
    """A crash would lose it."""
    await work.begin(*range(HELD_UP - 1))
    await work.end(*range(1, HELD_UP - 1))
    assert 0 == work.window.offset()


async def test_one_that_has_only_just_begun_is_not_passed(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """A burst is no reason."""
    monkeypatch.setattr(window, "STRAGGLES", 60.0)
    await work.begin(*range(HELD_UP))
    await work.end(*range(1, HELD_UP))
    assert 0 == work.window.offset()


async def test_nothing_is_passed_where_telegram_takes_no_replies_at_all(work: Work) -> None:
    """It keeps what waits; memory does not."""
    await work.begin(*range(HELD_UP))
    await work.end(*range(STRAGGLERS + 1, HELD_UP))
    assert 0 == work.window.offset()
    await work.end(STRAGGLERS)
    assert 0 < (work.window.offset() or 0)


async def test_nothing_is_passed_at_the_end(work: Work) -> None:
    """Telegram brings it to the next process."""
    await work.begin(*range(HELD_UP))
    await work.end(*range(1, HELD_UP))
    assert 0 == work.window.offset(passing=False)
