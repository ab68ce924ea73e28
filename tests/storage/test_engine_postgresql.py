"""A connection to PostgreSQL as it is made."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import pytest

from bot.storage.address import Address
from bot.storage.engine import build_engine


class Slow:
    """A connection whose first statement is given up."""

    ended = False

    async def execute(self, statement: str) -> None:
        """Never gets an answer."""
        raise asyncio.CancelledError

    def terminate(self) -> None:
        """Closed at once."""
        self.ended = True


async def test_a_connection_that_is_given_up_while_it_is_set_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else knows of it."""
    made = Slow()

    async def connect(*ignored: Any, **also: Any) -> Slow:
        return made

    monkeypatch.setattr(asyncpg, "connect", connect)
    engine = build_engine(Address("postgresql", "postgresql://bot@127.0.0.1/faq"))
    with pytest.raises(asyncio.CancelledError):
        async with engine.connect():
            pass
    assert made.ended
