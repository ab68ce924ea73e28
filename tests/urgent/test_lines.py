"""Every line of the file can be met: a line that nothing can meet protects nobody and looks as if it did."""

from __future__ import annotations

import re

import pytest

from bot.content.strict_yaml import Document
from bot.content.urgent import CUES, Urgent, pattern
from bot.content.validate import validate
from bot.urgent import Gate
from bot.urgent.cues import cue
from tests.urgent.conftest import ROOT

_RANGE = re.compile(r"<(\d+)(?:-\d+|\+)?>")


def plainest(line: str, lists: dict[str, tuple[str, ...]]) -> str:
    """The first word of every place of a line, with nothing in between."""
    said = []
    for piece in line.split():
        if piece in ("...", "~"):
            continue
        first = piece.rstrip("?").split("|")[0]
        limits = _RANGE.fullmatch(first)
        if limits or first == "<number>":
            said.append(limits[1] if limits else "2")
        else:
            said.append(lists[first[1:-1]][0] if first.startswith("<") else first.rstrip("!"))
    return " ".join(said)


def test_every_line_is_met_by_its_own_plainest_words(gate: Gate, urgent: Urgent) -> None:
    """Spelled as the reader spells, reachable by its rarest word, and with numbers where it has some."""
    lines = [(name, line) for name, concept in urgent.concepts.items() for line in concept.says]
    lines += [(cue(name), line) for name in CUES for line in getattr(urgent.sense, name)]
    dead = []
    for name, line in lines:
        read = gate._reader.read(plainest(line, urgent.lists), gate._speller.correct)
        if (name, line) not in {(hit.concept, hit.source) for hit in gate._index.hits(read)}:
            dead.append((name, line, read.words))
    assert dead == []


def test_a_place_has_one_range_of_numbers() -> None:
    """The second would be read as nothing."""
    with pytest.raises(ValueError, match="two ranges of numbers -> write two patterns"):
        pattern("sugar <10-53>|<400-900>")


@pytest.mark.parametrize("text", ["my sugar is 38", "sugar 450 and vomiting", "pulse 150 and I feel faint"])
def test_a_line_is_found_by_a_number_too(text: str, gate: Gate) -> None:
    """Also where the number is its rarest word."""
    assert gate.check(text).tier == "call_911"


def test_two_words_may_be_read_as_two_others(gate: Gate) -> None:
    """“Waste down” is “waist down”."""
    assert "cauda_equina" in gate.check("numb from the waste down").rules


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("plan ... end|do it|die", "do it"),
        ("tell nobody|no one|them", "no one"),
        ("giving up completely|on life|on everything", "on life"),
        ("they felt|did it|do it|done", "did it"),
    ],
)
def test_a_phrase_that_alternatives_tear_apart_is_refused(line: str, phrase: str) -> None:
    """Whoever writes “a|do it|b” sees three ways to say it; the gate would see two places."""
    with pytest.raises(ValueError, match=f"tears “{phrase}” apart.* -> write the phrase as a line of its own"):
        pattern(line)


@pytest.mark.parametrize("line", ["fell|fall off|from roof|ladder", "end|die ... it|this", "cant|wont do it"])
def test_places_of_alternatives_may_stand_side_by_side(line: str) -> None:
    """A place of its own before, between or after is no phrase."""
    assert pattern(line) == line


def test_a_torn_phrase_is_told_at_its_line() -> None:
    """So that an editor can jump there."""
    text = (ROOT / "faq" / "en" / "urgent.yaml").read_text(encoding="utf-8")
    old = "      - knocked|out unconscious|cold\n"
    assert text.count(old) == 1
    document = Document("urgent.yaml", text.replace(old, "      - down|no one|cold\n"))
    assert validate(document, Urgent) is None
    (problem,) = document.problems
    assert ("error", text[: text.index(old)].count("\n") + 1) == (problem.severity, problem.place.line)
