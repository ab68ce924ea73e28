"""Engine B in the background, content after content."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.commands import upgrading
from bot.commands.upgrading import Upgrader


class Threads:
    """In the place of `asyncio.to_thread` and `engines.upgrade`: an upgrade ends when it is told to."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.may_end = asyncio.Event()

    async def run(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Do it, if it is an upgrade once that may end."""
        if work == self.upgrade:
            self.begun.append(arguments[0].name)
            await self.may_end.wait()
        return work(*arguments)

    def upgrade(self, matcher: Any, model: Any, cache: Any, progress: Callable[[int, int], None]) -> Any:
        """Engine B of this matcher, if it is wanted still."""
        progress(0, 1)
        return SimpleNamespace(engine="B")


@pytest.fixture
async def threads(monkeypatch: pytest.MonkeyPatch) -> Threads:
    """No model is loaded, and nothing is computed."""
    made = Threads()
    monkeypatch.setattr(upgrading.asyncio, "to_thread", made.run)
    monkeypatch.setattr(upgrading.engines, "upgrade", made.upgrade)
    monkeypatch.setattr(upgrading, "load_model", lambda: object())
    monkeypatch.setattr(upgrading, "settle", lambda: None)
    return made


def replier(name: str) -> Any:
    """One whose engine is A."""
    index = SimpleNamespace(phrasings=[name])
    return SimpleNamespace(decider=SimpleNamespace(matcher=SimpleNamespace(engine="A", name=name, index=index)))


async def test_reloads_in_a_row_are_upgraded_one_at_a_time(threads: Threads, tmp_path: Path) -> None:
    """The first is given up, those between are never begun, the last one gets engine B."""
    upgrader = Upgrader(tmp_path)
    repliers = [replier(name) for name in ("first", "second", "last")]
    for one in repliers:
        upgrader.start(one)
        for _ in range(9):
            await asyncio.sleep(0)
    assert ["first"] == threads.begun
    threads.may_end.set()
    await asyncio.wait(upgrader._tasks, timeout=5)
    assert ["first", "last"] == threads.begun
    assert ["A", "A", "B"] == [one.decider.matcher.engine for one in repliers]
