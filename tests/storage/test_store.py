"""All that is kept, as the bot gets it: what the settings allow, made ready in the background, told truly."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errand import Errand
from bot.kept import Kept
from bot.said import Said
from bot.settings import Settings, read_settings
from bot.storage.claims import MemoryClaims
from bot.storage.inbox import DAY
from bot.storage.leases import Leases
from bot.storage.store import Store, build_store
from bot.storage.tables import inbox
from tests.support.chat import Clock
from tests.support.databases import KEY, Postgres, threads_ended
from tests.support.serving import until

ANNA = (1001, 1001)
KEEP = Errand("keep", "token", Said("failed"), Said("enough"), "why does my knee click")


def settings(url: str = "", key: str = KEY) -> Settings:
    """Of a bot with this database and this key."""
    return read_settings({"TELEGRAM_BOT_TOKEN": "42:test", "DATABASE_URL": url, "DATA_KEY": key})


async def count(connection: AsyncConnection) -> int:
    """How many questions were passed on."""
    return await connection.scalar(select(func.count()).select_from(inbox)) or 0


@pytest.mark.parametrize(
    ("url", "key", "kept", "claims"),
    [
        ("", "", Kept(), MemoryClaims),
        ("", KEY, Kept(), MemoryClaims),
        ("sqlite://", KEY, Kept(), Leases),
        ("sqlite:///{tmp}/a.sqlite3", "", Kept(), Leases),
        ("sqlite:///{tmp}/a.sqlite3", KEY, Kept(inbox=True), Leases),
        ("postgres://a:b@db.example.org/faq", "", Kept(), Leases),
        ("postgres://a:b@db.example.org/faq?sslmode=require", KEY, Kept(inbox=True, shared_sessions=True), Leases),
    ],
)
async def test_what_is_kept_depends_on_place_and_key(
    url: str, key: str, kept: Kept, claims: type, tmp_path: Path
) -> None:
    """Nothing of a person unless the operator named a place that lasts, and a key."""
    store = build_store(settings(url.replace("{tmp}", str(tmp_path)), key), tmp_path)
    assert (kept, claims) == (store.kept, type(store.keeping.claims))
    await store.stop()


async def test_a_store_makes_its_tables_and_writes_at_the_end(database_url: str, tmp_path: Path) -> None:
    """Nobody waits for it, and no count is lost at a stop."""
    store = build_store(settings(database_url), tmp_path, Clock())
    assert "degraded" == store.health
    await store.start()
    store.counters.count("none", None, 7200.0)
    await until(lambda: store.health == "ok", 20)
    await store.stop()
    again = build_store(settings(database_url), tmp_path, Clock())
    await again.start()
    await until(lambda: again.health == "ok", 20)
    assert [("none", 1)] == [(count.outcome, times) for count, times in (await again.counters.since(0)).items()]
    await again.stop()


async def test_a_start_waits_for_its_tables(database_url: str, tmp_path: Path) -> None:
    """So that the very first updates are claimed: the process before may have answered them."""
    store = build_store(settings(database_url), tmp_path, Clock())
    await store.start()
    await store.attempted(20)
    assert "ok" == store.health
    await store.stop()


async def test_a_start_does_not_wait_for_a_database_that_is_down(tmp_path: Path) -> None:
    """It has tried; patients are answered from memory meanwhile."""
    store = build_store(settings(f"sqlite:///{tmp_path}/none/kept.sqlite3"), tmp_path, Clock())
    await store.start()
    async with asyncio.timeout(5):
        await store.attempted(60)
    assert "degraded" == store.health
    await store.stop()
    await threads_ended()


async def test_a_database_that_comes_up_later_is_made_then(postgres: Postgres, tmp_path: Path) -> None:
    """Meanwhile everything is answered from memory."""
    folder = tmp_path / "later"
    store = build_store(settings(f"sqlite:///{folder}/kept.sqlite3"), tmp_path, Clock())
    await store.start()
    await until(lambda: store.database is not None and store.database.errors > 0, 20)
    assert ("degraded", "failed") == (store.health, await store.run(KEEP, ANNA))
    folder.mkdir()
    await until(lambda: store.health == "ok", 20)
    assert "done" == await store.run(KEEP, ANNA)
    await store.stop()


async def test_what_has_run_out_is_swept_by_the_clock(database_url: str, tmp_path: Path) -> None:
    """A question is gone after 30 days."""
    clock = Clock()
    store = build_store(settings(database_url), tmp_path, clock)
    await store.start()
    await until(lambda: store.health == "ok", 20)
    await store.run(KEEP, ANNA)
    assert store.database is not None
    assert 1 == await store.database.run(count)
    clock.turn(seconds=30 * DAY)
    await store.tend()
    assert 0 == await store.database.run(count)
    await store.stop()


async def test_a_store_of_memory_alone(tmp_path: Path) -> None:
    """As in the workbench and in tests."""
    store = Store()
    await store.start()
    await store.tend()
    assert ("memory", Kept(), "failed") == (store.health, store.kept, await store.run(KEEP, ANNA))
    await store.stop()
    await asyncio.sleep(0)
