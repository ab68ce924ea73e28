"""One model for several threads: who waits is computed together, and everybody gets their own vectors."""

# ruff: noqa: SIM300 - expected == actual is the house style

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bot.matching.rows import Floats
from bot.matching.together import Together

PATIENCE = 10.0  # seconds


class Slow:
    """Vectors that tell a text's length; nothing is ready until it is let go. `fails`: at which piece of work."""

    name = "slow"

    def __init__(self, fails: int | None = None) -> None:
        self.asked: list[list[str]] = []
        self.began, self.go_on = threading.Event(), threading.Event()
        self._fails = fails

    def embed(self, texts: Sequence[str], /) -> Floats:
        """One number a text."""
        work = len(self.asked)
        self.asked.append(list(texts))
        self.began.set()
        assert self.go_on.wait(PATIENCE)
        if work == self._fails:
            raise MemoryError
        return np.array([[len(text)] for text in texts], dtype=np.float32)


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
        first = threads.submit(together.embed, ["a"])
        assert model.began.wait(PATIENCE)
        others = [threads.submit(together.embed, texts) for texts in (["bb", "ccc"], ["dddd"])]
        waiting(together, 2)
        model.go_on.set()
        found = [task.result(PATIENCE).ravel().tolist() for task in (first, *others)]
    assert [[1.0], [2.0, 3.0], [4.0]] == found
    assert [["a"], ["bb", "ccc", "dddd"]] == [model.asked[0], sorted(model.asked[1])]


def test_one_thread_gets_what_the_model_gives() -> None:
    """And its name."""
    model = Slow()
    model.go_on.set()
    assert [[2.0]] == Together(model).embed(["hi"]).tolist()
    assert "slow" == Together(model).name


def test_a_fault_is_told_to_whom_it_met() -> None:
    """The next work goes on."""
    model = Slow(fails=0)
    model.go_on.set()
    together = Together(model)
    with pytest.raises(MemoryError):
        together.embed(["a"])
    assert [[2.0]] == together.embed(["bb"]).tolist()


def test_whom_anothers_fault_left_without_vectors_gets_their_own() -> None:
    """Two wait; the one whose turn it is fails at both."""
    model = Slow(fails=1)
    together = Together(model)
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(together.embed, ["a"])
        assert model.began.wait(PATIENCE)
        others = [threads.submit(together.embed, ["bb"]) for _ in range(2)]
        waiting(together, 2)
        model.go_on.set()
        assert [[1.0]] == first.result(PATIENCE).tolist()
        failed, well = sorted(others, key=lambda task: task.exception(PATIENCE) is None)
    assert isinstance(failed.exception(), MemoryError)
    assert [[2.0]] == well.result().tolist()
