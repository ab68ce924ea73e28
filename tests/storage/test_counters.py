"""What happened is counted by the hour, and two processes count together."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio

from bot.storage.counters import HOUR, MOST, Count, Counters
from bot.storage.database import Database
from tests.support.databases import opened

NOON = 500_000 * HOUR


async def test_counts_of_two_processes_add_up(database_url: str) -> None:
    """Written at the same time."""
    async with opened(database_url) as one, opened(database_url) as two:
        await one.prepare(0.0)
        await two.prepare(0.0)
        several = [Counters(one), Counters(two), Counters(two)]
        for _ in range(5):
            for counters in several:
                counters.count("answer", "mri_need", NOON)
            await asyncio.gather(*(counters.flush() for counters in several))
        assert {Count(500_000, "answer", "mri_need"): 15} == await Counters(one).since(0)


async def test_hours_outcomes_and_entries_are_apart(database: Database) -> None:
    """And what waits counts too."""
    counters = Counters(database)
    counters.count("answer", "mri_need", NOON)
    counters.count("answer", "mri_need", NOON + HOUR - 1)
    counters.count("answer", "mri_need", NOON + HOUR)
    await counters.flush()
    counters.count("none", None, NOON)
    expected = {
        Count(500_000, "answer", "mri_need"): 2,
        Count(500_001, "answer", "mri_need"): 1,
        Count(500_000, "none", ""): 1,
    }
    assert expected == await counters.since(0)
    assert {Count(500_001, "answer", "mri_need"): 1} == await counters.since(500_001)


async def test_thousands_are_written_at_once(database: Database) -> None:
    """In statements that both databases take."""
    counters = Counters(database)
    for number in range(2_500):
        counters.count("answer", f"entry{number}", NOON)
    await counters.flush()
    assert 2_500 == len(await Counters(database).since(0))


async def test_counts_wait_for_a_database_that_is_away(database_url: str) -> None:
    """None is lost."""
    async with opened(database_url) as database:
        counters = Counters(database)
        counters.count("none", None, NOON)
        await counters.flush()
        assert {Count(500_000, "none", ""): 1} == await counters.since(0)
        await database.prepare(0.0)
        await counters.flush()
        assert {Count(500_000, "none", ""): 1} == await Counters(database).since(0)


async def test_only_so_many_wait(database_url: str) -> None:
    """The oldest hours go first."""
    async with opened(database_url) as database:
        counters = Counters(database)
        for hour in range(MOST + 10):
            counters.count("none", None, hour * HOUR)
        await counters.flush()
        waiting = await counters.since(0)
        assert (MOST, 10) == (len(waiting), min(count.hour for count in waiting))


async def test_without_a_database_they_live_as_long_as_the_process() -> None:
    """For /stats."""
    counters = Counters(None)
    counters.count("none", None, NOON)
    await counters.flush()
    assert {Count(500_000, "none", ""): 1} == await counters.since(0)
