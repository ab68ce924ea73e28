"""PostgreSQL behind a pooler in transaction mode, as small plans of platforms have it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import structlog

from bot.storage.database import Unavailable
from bot.storage.leases import Leases
from tests.support.databases import Postgres, opened
from tests.support.pooler import Pooler, pooled


@pytest.fixture
def folder() -> Iterator[Path]:
    """With a short name: that of a socket may have a hundred characters."""
    made = Path(tempfile.mkdtemp(prefix="faqbot-pool-"))
    yield made
    shutil.rmtree(made)


async def claimed(postgres: Postgres, folder: Path, told: str) -> tuple[list[str], Pooler]:
    """What claims on some updates find through a pooler, and the pooler."""
    direct = urlsplit(postgres.url())
    url = f"postgres://postgres@{direct.path}?host={folder}{told}"
    async with pooled(Path(parse_qs(direct.query)["host"][0]), folder) as pooler, opened(url) as database:
        await database.prepare(0.0)
        leases = Leases(database, 1, lambda: 0.0)
        first = [await leases.claim(update) for update in (1, 2, 3)]
        await leases.done(1)
        return [*first, await leases.claim(1), await leases.claim(2)], pooler


async def test_claims_work_though_each_transaction_meets_another_session(postgres: Postgres, folder: Path) -> None:
    """No statement is prepared in one session and asked for in another."""
    found, pooler = await claimed(postgres, folder, "&pgbouncer=true")
    assert found == ["mine", "mine", "mine", "done", "mine"]
    assert pooler.changes > 5


async def test_a_pooler_that_nobody_named_is_met_as_a_server(postgres: Postgres, folder: Path) -> None:
    """The fault that the test above is about: this pooler is one that tells."""
    with structlog.testing.capture_logs() as logs, pytest.raises(Unavailable):
        await claimed(postgres, folder, "")
    assert logs[0]["kind"] == "InvalidSQLStatementNameError"
