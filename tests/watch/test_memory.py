"""What was needed for a moment goes back."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import gc
import weakref

import pytest

from bot.watch import memory


class Round:
    """Holds itself: only a sweep finds it."""

    def __init__(self) -> None:
        self.self = self


def test_what_was_kept_out_of_sweeps_can_go_at_the_next_settling() -> None:
    """A reload puts other content in its place."""
    kept = Round()
    seen = weakref.ref(kept)
    memory.settle()
    del kept
    gc.collect()
    assert seen() is not None
    memory.settle()
    assert seen() is None


def test_loading_is_not_swept_until_it_is_settled() -> None:
    """And from then on it is."""
    memory.load_undisturbed()
    loading = gc.isenabled()
    memory.settle()
    assert (False, True) == (loading, gc.isenabled())


def test_a_system_without_these_calls_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as one without glibc."""
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: object())
    memory.keep_little()
    memory.settle()
