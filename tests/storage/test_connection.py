"""Connections are kept, and given up where they are of no more use."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.storage.connection import Engine, Kind, Row, Stale, Value
from bot.storage.sqlite import sqlite


class Double:
    """A connection that notes what it is asked to do. `lost`: the server closes it at the next statement."""

    kind: Kind = "postgresql"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.closed = self.lost = False

    async def execute(self, statement: str, *values: Value) -> int:
        """Noted."""
        self.asked.append(statement)
        if self.lost:
            self.closed = True
            raise OSError("gone")
        return 0

    async def many(self, statement: str, rows: Sequence[Sequence[Value]]) -> None:
        """Noted."""
        self.asked.append(statement)

    async def rows(self, statement: str, *values: Value) -> Sequence[Row]:
        """None."""
        return []

    async def value(self, statement: str, *values: Value) -> Any:
        """None."""

    async def recover(self) -> None:
        """Closed."""
        self.closed = True

    async def close(self) -> None:
        """Closed."""
        self.closed = True


class Doubles:
    """An engine's connections, in the order in which they were made."""

    def __init__(self, most: int = 2, keep: float = 300.0) -> None:
        self.made: list[Double] = []
        self.engine = Engine("postgresql", self._connect, most, keep)

    async def _connect(self) -> Double:
        self.made.append(Double())
        return self.made[-1]


async def test_a_connection_is_used_again() -> None:
    """And a transaction begins and ends."""
    doubles = Doubles()
    for _ in range(2):
        async with doubles.engine.begin() as connection:
            await connection.execute("X")
    assert [["BEGIN", "X", "COMMIT"] * 2] == [double.asked for double in doubles.made]


async def test_one_statement_is_a_transaction_by_itself() -> None:
    """Nothing around it."""
    doubles = Doubles()
    async with doubles.engine.single() as connection:
        await connection.execute("X")
    assert [["X"]] == [double.asked for double in doubles.made]


async def test_what_broke_is_not_used_again() -> None:
    """Nor is it committed."""
    doubles = Doubles()
    with pytest.raises(ValueError, match="ours"):
        async with doubles.engine.begin():
            raise ValueError("ours")
    async with doubles.engine.single():
        pass
    assert [(["BEGIN"], True), ([], False)] == [(double.asked, double.closed) for double in doubles.made]


async def test_what_is_given_up_is_not_used_again() -> None:
    """The server may be at work on it still."""
    doubles = Doubles()

    async def hang() -> None:
        async with doubles.engine.single():
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    assert (True, [True]) == (task.cancelled(), [double.closed for double in doubles.made])


async def test_one_that_was_used_before_and_is_closed_is_stale() -> None:
    """Worth a second try; a new one that breaks is not."""
    doubles = Doubles()
    async with doubles.engine.single():
        pass
    doubles.made[0].lost = True
    with pytest.raises(Stale):
        async with doubles.engine.begin():
            pass
    async with doubles.engine.single() as connection:
        doubles.made[1].lost = True
        with pytest.raises(OSError, match="gone"):
            await connection.execute("X")


async def test_one_that_was_closed_while_nobody_used_it_is_passed_over() -> None:
    """Without a try."""
    doubles = Doubles()
    async with doubles.engine.single():
        pass
    doubles.made[0].closed = True
    async with doubles.engine.single() as connection:
        assert connection is doubles.made[1]


async def test_an_old_one_is_made_anew() -> None:
    """Firewalls forget what was open for long."""
    doubles = Doubles(keep=0.0)
    for _ in range(2):
        async with doubles.engine.single():
            pass
    assert [True, False] == [double.closed for double in doubles.made]


async def test_no_more_than_so_many_at_a_time() -> None:
    """Whoever comes later waits for one that is given back."""
    doubles = Doubles(most=2)
    at_work: list[int] = []

    async def work() -> None:
        async with doubles.engine.single():
            at_work.append(sum(not double.closed for double in doubles.made))
            await asyncio.sleep(0)

    await asyncio.gather(*(work() for _ in range(6)))
    assert (2, 6) == (max(at_work), len(at_work))


async def test_memory_outlives_a_fault() -> None:
    """What was begun is undone, the rest is there."""
    engine = sqlite(":memory:")
    async with engine.begin() as connection:
        await connection.execute("CREATE TABLE kept (a INTEGER)")
    with pytest.raises(sqlite3.OperationalError):
        async with engine.begin() as connection:
            await connection.execute("INSERT INTO kept VALUES ($1)", 1)
            await connection.execute("SELECT * FROM nowhere")
    async with engine.begin() as connection:
        assert 0 == await connection.value("SELECT count(*) FROM kept")
    await engine.dispose()


async def test_rows_that_were_changed_are_counted(tmp_path: Path) -> None:
    """Values come in the order of their numbers, not of their places."""
    engine = sqlite(str(tmp_path / "kept.sqlite3"))
    async with engine.begin() as connection:
        await connection.execute("CREATE TABLE kept (a INTEGER, b VARCHAR(9))")
        await connection.many("INSERT INTO kept (b, a) VALUES ($2, $1)", [(1, "x"), (2, "y"), (3, "y")])
        assert 2 == await connection.execute("DELETE FROM kept WHERE b = $1 AND a > 0", "y")
        assert [(1, "x")] == await connection.rows("SELECT a, b FROM kept")
        assert None is await connection.value("SELECT a FROM kept WHERE a = $1", 7)
    await engine.dispose()
