"""Database, key, and what is kept with them."""

import time

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.doctor.finding import Finding
from bot.settings import MAKE_SECRET, Settings
from bot.storage.address import Address
from bot.storage.database import Database
from bot.storage.engine import build_engine
from bot.storage.faults import meaning
from bot.storage.inbox import Inbox
from bot.storage.migrations import NEWEST, version_of
from bot.storage.sealing import Keys
from bot.storage.tables import counters, inbox
from bot.storage.upsert import upsert

SLOW = 100.0  # milliseconds for one write


async def look(settings: Settings, address: Address) -> list[Finding]:
    """Findings about the database (nothing is changed in it), the key and what is offered."""
    database = Database(build_engine(address), within=5.0, quiet=True)
    database.prepared = True
    try:
        found = await _database(database, address, settings)
    finally:
        await database.close()
    return [*found, _key(settings, address)]


async def _database(database: Database, address: Address, settings: Settings) -> list[Finding]:
    name = "PostgreSQL" if address.kind == "postgresql" else f"SQLite, {address.place}"
    try:
        version = await database.run(version_of)
        if version < NEWEST:
            level = "fail" if address.kind == "postgresql" else "note"
            what = f"{name}: version {version} of {NEWEST}"
            fix = "run `faqbot migrate`" + ("" if level == "fail" else ", or start the bot: it does so itself")
            return [Finding("fail" if level == "fail" else "note", "database", what, fix)]
        began = time.perf_counter()
        await database.run(_write)
        took = 1000 * (time.perf_counter() - began)
        rows = await database.run(_rows)
    except Exception:  # whatever a driver raises; its text may hold the address
        what, fix = meaning(database.fault)
        return [Finding("fail", "database", f"{name}: {what}", fix)]
    slow = Finding("warn", "database", f"{name}: a write takes {took:.0f} ms", "place it nearer to the bot")
    found = [slow if took > SLOW else Finding("ok", "database", f"{name}: version {version}, {took:.0f} ms a write")]
    return [*found, *await _sealed(database, settings, rows)]


async def _write(connection: AsyncConnection) -> None:
    """A write that leaves nothing behind."""
    async with connection.begin_nested() as inner:
        await connection.execute(upsert(connection, counters).values(hour=-1, outcome="doctor", entry="", times=0))
        await inner.rollback()


async def _rows(connection: AsyncConnection) -> int:
    return await connection.scalar(select(func.count()).select_from(inbox)) or 0


async def _sealed(database: Database, settings: Settings, rows: int) -> list[Finding]:
    if not rows:
        return []
    if settings.data_key is None:
        return [Finding("warn", "inbox", f"{rows} questions, sealed", "set DATA_KEY as it was when they came in")]
    passed = await Inbox(database, Keys(settings.data_key.get_secret_value())).passed()
    lost = sum(one.text is None for one in passed)
    if lost:
        fix = "set the DATA_KEY they came in with, or `faqbot inbox --delete NUMBER`"
        return [Finding("warn", "inbox", f"{lost} of {rows} questions are sealed under another DATA_KEY", fix)]
    return [Finding("ok", "inbox", f"{rows} questions: run `faqbot inbox`")]


def _key(settings: Settings, address: Address) -> Finding:
    if not address.lasting:
        fix = "set DATABASE_URL (and DATA_KEY) to offer it"
        return Finding("note", "storage", "counts only; the inbox is not offered: no lasting place is named", fix)
    if settings.data_key is None:
        fix = f"set DATA_KEY. Make one: {MAKE_SECRET}"
        return Finding("note", "storage", "counts only; the inbox is not offered: there is no DATA_KEY", fix)
    shared = "; replicas share sessions" if address.kind == "postgresql" else ""
    return Finding("ok", "storage", f"counts, and the inbox for 30 days, encrypted{shared}")
