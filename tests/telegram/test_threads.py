"""Threads that give way to the event loop."""

# ruff: noqa: SIM300 - expected == actual is the house style

import os
import sys
import threading
from collections.abc import Iterator

import pytest

from bot.telegram.threads import NICE, TURN, giving_way


@pytest.fixture(autouse=True)
def _own_turn() -> Iterator[None]:
    """The rest of the tests keep the turn they had."""
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


def nice() -> int:
    """Of the thread that asks."""
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority for each thread")
def test_a_thread_that_computes_stands_behind_the_event_loop() -> None:
    """And the event loop stays where it was."""
    before = nice()
    with giving_way() as threads:
        assert min(19, before + NICE) == threads.submit(nice).result()
    assert before == nice()


def test_a_thread_that_computes_makes_way_soon() -> None:
    """Ten times sooner than Python would have it."""
    with giving_way():
        assert TURN == pytest.approx(sys.getswitchinterval())


def test_where_no_thread_may_step_back_it_works_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some machines forbid it."""

    def forbidden(*args: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", forbidden)
    with giving_way() as threads:
        assert 3 == threads.submit(len, "abc").result()
