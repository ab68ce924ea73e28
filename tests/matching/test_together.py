"""One model for several threads: who waits is computed together, and everybody gets what is theirs."""

# ruff: noqa: SIM300 - expected == actual is the house style

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bot.matching.together import Seen, Together

PATIENCE = 10.0  # seconds


class Slow:
    """Sees how long a text is; nothing is ready until it is let go. `fails`: at which piece of work."""

    def __init__(self, fails: int | None = None, waits: bool = True) -> None:
        self.asked: list[list[str]] = []
        self.began, self.go_on = threading.Event(), threading.Event()
        self._fails = fails
        if not waits:
            self.go_on.set()

    def __call__(self, texts: Sequence[str], /) -> list[Seen]:
        """One number a text."""
        work = len(self.asked)
        self.asked.append(list(texts))
        self.began.set()
        assert self.go_on.wait(PATIENCE)
        if work == self._fails:
            raise MemoryError
        return [(np.array([len(text)], dtype=np.float32), np.zeros(1)) for text in texts]


def lengths(seen: list[Seen]) -> list[float]:
    """What was seen."""
    return [float(near[0]) for near, _ in seen]


def waiting(together: Together, many: int) -> None:
    """Until so many ask."""
    until = threading.Event()
    while len(together._waiting) < many:
        assert not until.wait(0.001)


def test_what_is_asked_meanwhile_is_computed_in_one_go() -> None:
    """The first alone, the two that came during its work together."""
    model = Slow()
    together = Together(model)
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(together, ["a"])
        assert model.began.wait(PATIENCE)
        others = [threads.submit(together, texts) for texts in (["bb", "ccc"], ["dddd"])]
        waiting(together, 2)
        model.go_on.set()
        found = [lengths(task.result(PATIENCE)) for task in (first, *others)]
    assert [[1.0], [2.0, 3.0], [4.0]] == found
    assert [["a"], ["bb", "ccc", "dddd"]] == [model.asked[0], sorted(model.asked[1])]


def test_one_thread_gets_what_the_model_gives() -> None:
    """In the order of its texts."""
    assert [2.0, 1.0] == lengths(Together(Slow(waits=False))(["hi", "!"]))


def test_a_fault_is_told_to_whom_it_met() -> None:
    """The next work goes on."""
    together = Together(Slow(fails=0, waits=False))
    with pytest.raises(MemoryError):
        together(["a"])
    assert [2.0] == lengths(together(["bb"]))


def test_whom_anothers_fault_left_without_gets_their_own() -> None:
    """Two wait; the one whose turn it is fails at both."""
    model = Slow(fails=1)
    together = Together(model)
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(together, ["a"])
        assert model.began.wait(PATIENCE)
        others = [threads.submit(together, ["bb"]) for _ in range(2)]
        waiting(together, 2)
        model.go_on.set()
        faults = [task.exception(PATIENCE) for task in others]
    assert [1.0] == lengths(first.result(PATIENCE))
    assert [True, False] == sorted(fault is None for fault in faults)[::-1]
    assert {MemoryError} == {type(fault) for fault in faults if fault is not None}
