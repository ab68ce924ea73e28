"""What a clinician reads before signing: all that the signature covers, for each kind of text."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.answers import values
from bot.commands.reading import as_read
from bot.content.base import fill
from bot.content.loading import Content, load
from bot.content.signables import Signable, signables
from bot.content.urgent import conditions

FAQ = Path(__file__).parents[2] / "faq"
STRUCTURE = {"kind", "id", "start"}  # said in other words, or by where a thing stands


@pytest.fixture(scope="module")
def content() -> Content:
    """The content that ships."""
    return load(FAQ).unwrap()


def named(content: Content, kind: str) -> list[Signable]:
    """All texts of a kind."""
    return [one for one in signables(content) if one.kind == kind]


def words(data: object) -> Iterator[str]:
    """All texts in plain data, line by line."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from () if key in ("sources", "review", *STRUCTURE) else words(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from words(value)
    elif isinstance(data, str):
        yield from data.splitlines()


def missing(content: Content, shown: str, data: object) -> list[str]:
    """What of the data is not shown."""
    flat = re.sub(r"\s+", " ", shown)
    filled = (" ".join(fill(line, dict(values(content))).split()) for line in words(data))
    return [line for line in filled if line not in flat]


def test_every_word_of_an_answer_is_shown(content: Content) -> None:
    """Of each answer, with its links and its sources."""
    for one in named(content, "entry"):
        entry, shown = content.entries[one.name], as_read(content, one)
        data = [entry.question, entry.answer, [[link.text, link.url] for link in entry.links], [*entry.sources]]
        assert [] == missing(content, shown, data), one.name


def test_every_word_of_the_guide_is_shown(content: Content) -> None:
    """Questions, buttons and where they lead, what may be typed, ends, and what stands under them."""
    assert content.guide is not None
    (one,) = named(content, "guide")
    shown = as_read(content, one)
    data = content.guide.model_dump(mode="json")
    for end in data["outcomes"]:
        end["related"] = [content.entries[name].question for name in end["related"]]
    assert [] == missing(content, shown, data)
    assert "  [No, none of these] (goes on) -> Q4 new\n" in shown


def test_every_word_of_a_rule_is_shown(content: Content) -> None:
    """When it fires, in the words of its concepts; the card as patients see it; and its examples."""
    assert content.urgent is not None
    for one in named(content, "rule"):
        rule = next(rule for rule in content.urgent.rules if one.name == f"rule:{rule.id}")
        concepts = {name for line in rule.when for part in conditions(line) for name in part.named()}
        meant = [list(content.urgent.concepts[name].says) for name in concepts]
        assert [] == missing(content, as_read(content, one), [rule.model_dump(mode="json"), meant]), one.name


def test_what_all_rules_share_is_shown_whole(content: Content) -> None:
    """Read back, it is the very data that the signature covers."""
    assert content.urgent is not None
    (one,) = named(content, "gate")
    data = content.urgent.model_dump(mode="json", exclude={"concepts", "rules", "review"}, exclude_defaults=True)
    assert data == yaml.safe_load(as_read(content, one))
