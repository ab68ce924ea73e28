"""A SQLAlchemy engine for an address. The same statements run on SQLite and on PostgreSQL."""

import contextlib
import sqlite3
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from bot.storage.address import Address

BUSY = 0.25  # seconds that SQLite waits for another writer
CONNECT = 2.0  # seconds for a new connection to PostgreSQL
POOL, MORE = 5, 5  # connections; small plans of PostgreSQL allow twenty in all
QUICK = "SET synchronous_commit TO off"  # claims and sessions: a server that crashes may forget the last half second
LASTING = "SET LOCAL synchronous_commit TO on"  # for a transaction that must not be forgotten
POOLED = "behind_a_pooler"  # an option of the engine
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON")


def build_engine(address: Address) -> AsyncEngine:
    """Nothing is opened yet. Parameters of statements never get into an error's text."""
    if address.kind == "postgresql":
        return _postgresql(address.place, address.pooled)
    memory: dict[str, Any] = {"poolclass": StaticPool} if address.place == ":memory:" else {}
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{address.place}", hide_parameters=True, connect_args={"timeout": BUSY}, **memory
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    return engine


def _postgresql(dsn: str, pooled: bool) -> AsyncEngine:
    """`pooled`: what is set or prepared for a session is not there in the next transaction, or is somebody else's."""
    import asyncpg  # only where it is needed: memory

    async def connect(*ignored: Any, **also: Any) -> Any:
        connection = await asyncpg.connect(dsn, timeout=CONNECT, statement_cache_size=0 if pooled else 100)
        try:
            if not pooled:
                await connection.execute(QUICK)
        except BaseException:  # given up while it was being set: nobody else would ever close it
            connection.terminate()
            raise
        return connection

    nameless = {"prepared_statement_cache_size": 0, "prepared_statement_name_func": str} if pooled else {}
    return create_async_engine(
        "postgresql+asyncpg://",
        connect_args={"async_creator_fn": connect, **nameless},
        execution_options={POOLED: pooled},
        hide_parameters=True,
        pool_size=POOL,
        max_overflow=MORE,
        pool_timeout=CONNECT,
        pool_recycle=300,
    )


def _prepare(connection: Any, record: Any) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        with contextlib.suppress(sqlite3.OperationalError):  # a file that is read-only or busy is told later, by use
            cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
