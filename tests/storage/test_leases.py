"""Claims in the database: of two processes one gets an update, and whoever dies holds it only for a while."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.storage.claims import LEASE
from bot.storage.database import Database, Unavailable
from bot.storage.leases import REMEMBERED_FOR, Leases
from bot.storage.retention import sweep
from tests.support.chat import Clock
from tests.support.databases import opened


class Replicas:
    """Two processes on one database, and the clock they share."""

    def __init__(self, one: Database, two: Database) -> None:
        self.clock = Clock()
        self.database = one
        self.one, self.two = Leases(one, 42, self.clock), Leases(two, 42, self.clock)


@pytest.fixture
async def replicas(database_url: str) -> AsyncIterator[Replicas]:
    """Both are up."""
    async with opened(database_url) as one, opened(database_url) as two:
        await one.prepare(0.0)
        await two.prepare(0.0)
        yield Replicas(one, two)


async def test_the_first_gets_it_and_the_second_waits(replicas: Replicas) -> None:
    """Until it is done; then nobody needs to."""
    assert ("mine", "busy") == (await replicas.one.claim(7), await replicas.two.claim(7))
    await replicas.one.done(7)
    assert ("done", "done") == (await replicas.one.claim(7), await replicas.two.claim(7))


async def test_of_many_that_ask_at_once_one_gets_it(replicas: Replicas) -> None:
    """For each of fifty updates."""
    for update in range(50):
        results = await asyncio.gather(replicas.one.claim(update), replicas.two.claim(update))
        assert ["busy", "mine"] == sorted(results)


async def test_a_claim_whose_holder_died_runs_out(replicas: Replicas) -> None:
    """After the lease, and not before."""
    await replicas.one.claim(7)
    replicas.clock.turn(seconds=LEASE - 1)
    assert "busy" == await replicas.two.claim(7)
    replicas.clock.turn(seconds=1)
    assert "mine" == await replicas.two.claim(7)
    assert "busy" == await replicas.one.claim(7)


async def test_what_is_released_is_free_at_once(replicas: Replicas) -> None:
    """Telegram brings it again, to anybody."""
    await replicas.one.claim(7)
    await replicas.one.release(7)
    assert "mine" == await replicas.two.claim(7)


async def test_only_its_holder_releases_it_and_what_is_done_stays_done(replicas: Replicas) -> None:
    """A slow process that lost its lease takes nothing away."""
    await replicas.one.claim(7)
    await replicas.two.release(7)
    assert "busy" == await replicas.two.claim(7)
    await replicas.one.done(7)
    await replicas.one.release(7)
    assert "done" == await replicas.two.claim(7)


async def test_the_holder_may_ask_again(replicas: Replicas) -> None:
    """Its word that it gave up was lost."""
    assert ["mine", "mine"] == [await replicas.one.claim(7) for _ in range(2)]


async def test_done_counts_without_a_claim(replicas: Replicas) -> None:
    """The database was away when it was claimed."""
    await replicas.one.done(7)
    assert "done" == await replicas.two.claim(7)


@pytest.mark.parametrize("update", [2**63, 2**70, -(2**70)])
async def test_a_number_that_no_column_holds_is_no_fault_of_the_database(replicas: Replicas, update: int) -> None:
    """It is claimed like any other."""
    assert ["mine", "busy"] == [await replicas.one.claim(update), await replicas.two.claim(update)]
    await replicas.one.done(update)
    assert "done" == await replicas.two.claim(update)


async def test_two_bots_share_a_database(replicas: Replicas) -> None:
    """Their update numbers are their own."""
    await replicas.one.done(7)
    assert "mine" == await Leases(replicas.database, 43, replicas.clock).claim(7)


async def test_it_is_remembered_for_a_day_and_then_swept(replicas: Replicas) -> None:
    """Telegram gives up after a day; numbers may start again later."""
    await replicas.one.done(7)
    for ahead, expected in ((24 * 3600, "done"), (REMEMBERED_FOR, "mine")):
        now = 10_000.0 + ahead
        await replicas.database.run(lambda connection, now=now: sweep(connection, now))
        assert expected == await replicas.two.claim(7)


async def test_a_process_that_starts_anew_knows_what_was_done(database_url: str) -> None:
    """That is what the database is for."""
    async with AsyncExitStack() as stack:
        for expected in ("mine", "done"):
            database = await stack.enter_async_context(opened(database_url))
            await database.prepare(0.0)
            leases = Leases(database, 42, Clock())
            assert expected == await leases.claim(7)
            await leases.done(7)


async def test_whoever_cannot_be_asked_says_so(database_url: str) -> None:
    """The patient is answered all the same."""
    async with opened(database_url) as database:
        leases = Leases(database, 42, Clock())
        for call in (leases.claim, leases.done, leases.release):
            with pytest.raises(Unavailable):
                await call(7)
