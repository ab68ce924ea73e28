"""Documentation cannot rot: every setting, command and metric is named where people look for it."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from bot.commands.main import COMMANDS as ALL
from bot.settings import Settings
from bot.storage.counters import HOUR
from bot.storage.inbox import DAYS
from bot.storage.leases import REMEMBERED_FOR
from bot.storage.retention import COUNTED_FOR
from bot.storage.store import Store
from bot.telegram.desk import COMMANDS
from bot.telegram.watching import Event
from bot.watch.meter import OUTCOMES, RELOADS, TIERS, Meter

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
OF_THE_PLATFORM = {"PORT"}


def cells(text: str) -> set[str]:
    """The code in the first cells of all tables."""
    first = re.findall(r"^\|((?:[^|\\]|\\.)*)\|", text, re.MULTILINE)
    return {code for cell in first for code in re.findall(r"`([^`]+)`", cell)}


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_every_variable_is_in_the_readme_and_in_app_json(name: str) -> None:
    """With what it means; PORT is the platform's to give."""
    assert name in cells(README)
    described = json.loads((ROOT / "app.json").read_text(encoding="utf-8"))["env"]
    assert name in OF_THE_PLATFORM or described[name]["description"]


def test_no_variable_is_documented_that_does_not_exist() -> None:
    """In app.json, nor in the README's table."""
    known = {name.upper() for name in Settings.model_fields}
    assert set() == set(json.loads((ROOT / "app.json").read_text(encoding="utf-8"))["env"]) - known
    assert set() == {name for name in cells(README) if re.fullmatch(r"[A-Z][A-Z_]+", name)} - known


def test_every_command_is_in_the_readme() -> None:
    """And no other."""
    named = {match[1] for name in cells(README) if (match := re.match(r"faqbot (\w+)", name))}
    assert set(ALL) == named


def test_every_metric_and_label_is_in_the_page_for_operators() -> None:
    """And no other metric."""
    exposed = {family.name for family in Meter(Store()).registry.collect() if family.name.startswith("faqbot_")}
    named = {name.removesuffix("_total") for name in cells(OPERATING) if name.startswith("faqbot_")}
    assert exposed == named
    for label in (*OUTCOMES, *TIERS, *RELOADS, *get_args(Event)):
        assert re.search(rf"\b{label}\b", OPERATING), label


def test_every_alert_has_a_page_and_uses_metrics_that_exist() -> None:
    """In the order of the list."""
    alerts = re.findall(r"alert: (\w+), expr: (.*)", OPERATING)
    assert [name for name, _ in alerts] == re.findall(r"^### (Faqbot\w+)$", OPERATING, re.MULTILINE)
    page = Meter(Store()).page().decode()
    for name, expression in alerts:
        for metric in re.findall(r"\b(?:faqbot|process)_\w+", expression):
            assert metric in page, (name, metric)


def test_the_admins_commands_are_named() -> None:
    """In the page for operators."""
    assert [] == [name for name in COMMANDS if f"`/{name}" not in OPERATING]


def test_how_long_things_are_kept_is_told_as_it_is() -> None:
    """In the page for operators."""
    hours = int(REMEMBERED_FOR // HOUR)
    for told in (f"| {COUNTED_FOR} days |", f"| {hours} hours |", "| 30 minutes |", f"| {DAYS} days |"):
        assert told in OPERATING
