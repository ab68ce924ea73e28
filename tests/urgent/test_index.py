"""How lines are found: anchors, numbers, lists, and words that may be meant by a slip."""

from __future__ import annotations

import gc
import tracemalloc

import pytest

from bot.content.urgent import Urgent
from bot.kernel.library import kernel
from bot.urgent import Gate
from bot.urgent.index import MARK, Index
from bot.urgent.nearby import Nearby
from bot.urgent.text import STOP, Text
from bot.urgent.trying import BLOCK, Trying
from bot.urgent.walking import FILLERS
from tests.support.kernels import without_kernel

pytestmark = pytest.mark.usefixtures("both_ways")

LISTS = {"leg": ("leg", "foot!"), "arm": ("arm",)}


def met(text: str, *lines: str, concept: str = "concept") -> list[str]:
    """The lines that a text meets, in order."""
    words = text.split()
    small = frozenset({"the"})
    index = Index([(concept, line) for line in lines], LISTS, lambda word: {word, word + "s"}, small, frozenset())
    return [hit.source for hit in index.hits(Text(words, [STOP, *[0] * (len(words) - 1)]))]


@pytest.mark.parametrize(
    ("text", "found"),
    [("numb leg", True), ("numb legs", True), ("numb foot", True), ("numb foots", False), ("numb arm", False)],
)
def test_a_list_stands_for_its_words_with_their_endings(text: str, found: bool) -> None:
    """But a word with ! stands for itself alone."""
    assert bool(met(text, "numb <leg>")) is found


def test_a_word_may_fill_a_place_by_its_list_and_by_itself() -> None:
    """Both lines are met, and each once."""
    assert met("numb legs", "numb <leg>", "numb leg|legs", "numb <leg>|leg") == [
        "numb <leg>",
        "numb leg|legs",
        "numb <leg>|leg",
    ]


@pytest.mark.parametrize(("text", "found"), [("1", []), ("2", ["<2-3>"]), ("3", ["<2-3>", "<3+>"]), ("4,5", ["<3+>"])])
def test_a_line_of_numbers_alone_is_met_within_its_range(text: str, found: list[str]) -> None:
    """Its ends belong to it, and a comma may stand for a point."""
    assert met(text, "<2-3>", "<3+>") == found


def test_a_number_beside_a_word_is_met_within_its_range() -> None:
    """The word is the anchor."""
    assert [met(f"fever {number}", "fever <100-106>") for number in (99, 100, 106, 107)] == [
        [], ["fever <100-106>"], ["fever <100-106>"], []
    ]  # fmt: skip


def test_hits_come_in_the_order_of_the_text_then_of_the_lines() -> None:
    """Judging a text relies on it: of two times told in one clause the later line counts."""
    assert met("b a", "a", "b", "b|c", "a ~ b") == ["b", "b|c", "a", "a ~ b"]


def test_small_words_stand_in_concepts_and_not_in_cues() -> None:
    """A cue is said as it is written."""
    assert met("numb the leg", "numb leg") == ["numb leg"]
    assert met("numb the leg", "numb leg", concept=MARK + "past") == []


def test_no_line_reaches_further_than_the_words_that_are_looked_at(urgent: Urgent) -> None:
    """Else a line could be met and not be tried."""
    with without_kernel():
        trying = Gate(urgent)._index.trying
    assert isinstance(trying, Trying)
    ways = [way for pattern in trying.patterns for way in (pattern.right, pattern.left)]
    assert max(sum(move.gap + FILLERS + 1 for move in way) for way in ways) <= BLOCK


def test_a_slip_of_any_kind_is_near() -> None:
    """A letter too many, too few, another one, or two swapped, at every place; words of other lengths are not."""
    nearby = Nearby(["breath", "breathing", "breathings", "breathing" * 2])
    word = "breathing"
    slips = {word[:n] + new + word[n + cut :] for n in range(len(word)) for new in ("", "x") for cut in (0, 1)}
    slips |= {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)}
    assert [slip for slip in slips if word not in nearby.to(slip)] == []
    assert nearby.to("br") == nearby.to(word * 3) == []
    assert "breath" not in nearby.to(word)


def test_the_gate_takes_little_memory(urgent: Urgent) -> None:
    """One copy of what many lines share: it was three times as much. With the kernel patterns are numbers."""
    tracemalloc.start()
    try:
        gate = Gate(urgent)
        gc.collect()  # what only the compiling needed
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert gate.check("crushing chest pain").rules
    assert held < (8_500_000 if kernel() else 13_500_000)
