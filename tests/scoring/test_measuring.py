"""Measuring cost: made content is the same every time, and every figure is there."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.content.entries import Entry
from bot.scoring.measuring import Cost, Task, measure
from bot.scoring.synthetic import Maker
from tests.support.entries import ENTRIES

KNOWN: dict[str, Entry] = {entry.id: entry for entry in ENTRIES}
TASK = Task(entries=list(ENTRIES), messages=["is a scan needed", "price of a scna", "zebra"] * 10)


def test_made_entries_are_the_same_every_time() -> None:
    """On every machine."""
    assert Maker(KNOWN).faq(5, 4) == Maker(KNOWN).faq(5, 4)


def test_so_many_entries_of_so_many_wordings_are_made() -> None:
    """Each with an id and wordings of its own."""
    made = Maker(KNOWN).faq(20, 10)
    assert (20, {10}) == (len({entry.id for entry in made}), {len(entry.phrasings) for entry in made})


def test_made_messages_are_the_same_every_time() -> None:
    """Posts of several sentences among them."""
    messages = Maker(KNOWN).messages(20, 30)
    assert messages == Maker(KNOWN).messages(20, 30)
    assert 3 == sum(text.endswith(".") for text in messages)


def test_a_faq_of_no_words_can_be_measured() -> None:
    """The maker does not wait for words that never come."""
    entry = Entry(id="a", question="???", answer="!")
    assert 2 == len(Maker({"a": entry}).faq(2, 3))


def test_every_cost_is_measured() -> None:
    """Figures, not judgements: the machine may be slow."""
    cost = measure(TASK)
    assert ("A", 32, 0.0) == (cost.engine, cost.wordings, cost.modelled)
    assert 0 < cost.median <= cost.p95
    assert 0 < cost.load


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="this system does not tell a process's memory")
def test_a_process_of_its_own_tells_its_memory() -> None:
    """Its own peak, not that of who started it."""
    command = [sys.executable, "-m", "bot.scoring.measuring"]
    done = subprocess.run(command, input=TASK.model_dump_json(), capture_output=True, text=True, check=True)
    cost = Cost(**json.loads(done.stdout))
    assert 0 < cost.memory <= cost.peak
