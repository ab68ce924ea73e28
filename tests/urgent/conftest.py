"""What the gate's tests share: the shipped rules, the gate built from them, and the panel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content.loading import Content, load
from bot.content.urgent import TIERS, Urgent
from bot.urgent import Gate

ROOT = Path(__file__).resolve().parents[2]
PANEL: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "panel.yaml").read_text(encoding="utf-8"))
EXCUSES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "excuses.yaml").read_text(encoding="utf-8"))
WITNESSES: dict[str, Any] = yaml.load(
    (Path(__file__).parent / "witnesses.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)
FIRES: dict[str, list[str]] = WITNESSES["fires"]


def urgent_content() -> Urgent:
    """The shipped rules, without those of the second look: it has tests of its own."""
    urgent = Urgent.model_validate(yaml.safe_load((ROOT / "faq/en/urgent.yaml").read_text(encoding="utf-8")))
    concepts = {name: concept for name, concept in urgent.concepts.items() if not concept.weighed}
    rules = [rule for rule in urgent.rules if not urgent.concepts.keys() & {*rule.when} - concepts.keys()]
    return urgent.model_copy(update={"concepts": concepts, "rules": tuple(rules)})


def graver(tier: str | None, limit: str) -> bool:
    """Is the tier at least as grave as the limit?"""
    return tier is not None and TIERS.index(tier) <= TIERS.index(limit)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def urgent() -> Urgent:
    """The shipped rules, read once."""
    return urgent_content()


@pytest.fixture(scope="session")
def gate(urgent: Urgent) -> Gate:
    """The gate of the shipped rules, built once."""
    return Gate(urgent)


@pytest.fixture(scope="session")
def content() -> Content:
    """The shipped content."""
    return load(ROOT / "faq").unwrap()


@pytest.fixture(scope="session")
def whole(content: Content) -> Gate:
    """The shipped gate with its second look."""
    assert content.gate is not None
    return content.gate


@pytest.fixture(scope="session")
def tier_of(urgent: Urgent) -> dict[str, str]:
    """Each rule's tier."""
    return {rule.id: rule.tier for rule in urgent.rules}
