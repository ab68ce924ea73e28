"""Speed by shape: the cost grows with the length, and no text is a trap. Texts are compared side by side."""

from __future__ import annotations

import time

import pytest

from bot.urgent import Gate
from tests.urgent.conftest import PANEL

ORDINARY = "I have had back pain for a few weeks and would like to know whether a physiatrist could help me with it. "
DENSE = " ".join(text for texts in PANEL["fires"].values() for text in texts)


def _seconds(gate: Gate, text: str) -> float:
    best = float("inf")
    for _ in range(12):
        start = time.process_time()
        gate.check(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize(
    "text",
    [
        DENSE,
        "leg swollen numb weak pain " * 200,
        "chest pain " * 500,
        "no " * 1500,
        "i want to want to die " * 300,
        "the my is " * 800,
        "stroke in 2015 " * 300,
        "1 " * 2048,
        "qwertyuiop" * 400,
        "can't " * 700,
    ],
    ids=lambda text: text[:12],
)
def test_the_cost_grows_with_the_length_only(text: str, gate: Gate) -> None:
    """Four times the text costs about four times as much: eight at most, where a quadratic cost would be sixteen."""
    assert _seconds(gate, text[:4000]) < 8 * _seconds(gate, text[:1000]) + 1e-3


@pytest.mark.parametrize(
    "text", [DENSE, "leg swollen numb weak pain " * 200, "chest pain " * 500, "no " * 1500], ids=lambda text: text[:12]
)
def test_no_text_costs_far_more_than_an_ordinary_one(text: str, gate: Gate) -> None:
    """The densest text of 4,096 characters costs no more than forty times an ordinary one of that length."""
    assert _seconds(gate, text[:4096]) < 40 * _seconds(gate, (ORDINARY * 40)[:4096])
