"""The small parts: reading, endings, spelling, the pattern language, and what the file's model refuses."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from bot.content.urgent import CUES, Urgent, conditions, pattern
from bot.urgent import Gate, self_check
from bot.urgent.inflect import forms
from bot.urgent.spelling import Speller
from bot.urgent.text import PAUSE, STOP, Reader
from tests.urgent.conftest import ROOT


@pytest.mark.parametrize("text", ["can't", "can’t", "CAN'T", "cant", "cannot", "can not", "ＣＡＮＴ"])
def test_one_word_has_one_spelling(text: str) -> None:
    """However the apostrophe and the letters are typed."""
    reader = Reader({"cannot": "cant", "can not": "cant"})
    assert reader.read(text).words == ["cant"]


def test_two_words_become_one_in_the_middle_of_a_text() -> None:
    """And what stands before and after them stays."""
    read = Reader({"can not": "cant", "bum leg": "bad leg"}).read("so i can not walk, bum leg here")
    assert read.words == ["so", "i", "cant", "walk", "bad", "leg", "here"]
    assert read.breaks == [STOP, 0, 0, 0, PAUSE, 0, 0]


def test_breaks_tell_a_pause_from_a_stop() -> None:
    """Commas and line breaks are pauses, full stops are stops, three dots are a pause."""
    assert Reader({}).read("a b, c\nd. e... f").breaks == [STOP, 0, PAUSE, PAUSE, STOP, PAUSE]


def test_numbers_stand_apart_from_their_units() -> None:
    """“103f” and “7mth” are two words, and a point inside a number is no stop."""
    assert Reader({"mth": "months"}).read("101.4f 7mth").words == ["101.4", "f", "7", "months"]


def test_drawn_out_letters_are_shortened() -> None:
    """“Sooooo” is “soo”."""
    assert Reader({}).read("sooooo baaad").words == ["soo", "baad"]


@pytest.mark.parametrize(
    ("word", "form"),
    [("leak", "leaking"), ("stab", "stabbing"), ("breathe", "breathing"), ("carry", "carries"), ("itch", "itches")],
)
def test_endings_need_not_be_written(word: str, form: str) -> None:
    """Regular forms are known."""
    assert form in forms(word)


@pytest.mark.parametrize(
    ("word", "other"),
    [("bee", "being"), ("car", "caring"), ("dye", "dying"), ("lye", "lying"), ("scar", "scared"), ("tap", "taped")],
)
def test_an_ending_does_not_make_another_word(word: str, other: str) -> None:
    """Being is nothing of a bee's, and who is scared need not have a scar."""
    assert other not in forms(word)
    assert word in forms(word)


def test_one_slip_is_mended_and_a_real_word_is_not() -> None:
    """Two slips only in long words; four letters only when two of them are swapped."""
    speller = Speller({"chest", "breathing", "numb"}, {"chess"})
    words = ["chset", "chess", "cheste", "braething", "breathnig", "bretahnig", "nubm", "dumb", "chxyt"]
    mended = ["chest", "chess", "chest", "breathing", "breathing", "breathing", "numb", "dumb", "chxyt"]
    assert speller.correct(words) == mended


@pytest.mark.parametrize(
    "text", ["can't pee", "", "...", "chest ~", "a? b?", "a ~ b ~ c", "Chest pain", "<Leg> pain", "a||b"]
)
def test_a_pattern_that_is_not_understood_is_refused(text: str) -> None:
    """With words that say what to do."""
    with pytest.raises(ValueError, match="->"):
        pattern(text)


def test_a_line_of_when_is_taken_apart() -> None:
    """Plus, near and without."""
    (line,) = conditions("a + b near c without d or e")
    assert line.together == (("a",), ("b", "c"))
    assert line.without == ("d", "e")


def _content(**changes: Any) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "faq/en/urgent.yaml").read_text(encoding="utf-8"))
    return content | changes


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("concepts", {}, "which is not in `concepts`"),
        ("kinds", {}, "which is not in `kinds`"),
        ("lists", {}, "which is not in `lists`"),
        ("lines", {}, "at least 1 item"),
        ("surprise", 1, "Extra inputs"),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused(key: str, value: Any, words: str) -> None:
    """Names that lead nowhere are found before anybody writes."""
    with pytest.raises(ValidationError, match=words):
        Urgent.model_validate(_content(**{key: value}))


def test_two_rules_of_one_name_are_refused() -> None:
    """An id is given once."""
    content = _content()
    content["rules"] = [*content["rules"], content["rules"][0]]
    with pytest.raises(ValidationError, match="two rules are called"):
        Urgent.model_validate(content)


def test_every_rule_has_a_public_source(urgent: Urgent) -> None:
    """A clinician who signs can look it up."""
    assert [rule.id for rule in urgent.rules if not rule.sources] == []


def test_every_concept_is_used_by_a_rule(urgent: Urgent) -> None:
    """What no rule names is dead weight."""
    used = {name for rule in urgent.rules for line in rule.when for part in conditions(line) for name in part.named()}
    assert sorted(set(urgent.concepts) - used) == []


def test_every_kind_and_list_is_used(urgent: Urgent) -> None:
    """Nothing in the file is only there to be read."""
    says = " ".join(line for concept in urgent.concepts.values() for line in concept.says)
    says += " ".join(line for name in CUES for line in getattr(urgent.sense, name))
    assert sorted(set(urgent.kinds) - {concept.kind for concept in urgent.concepts.values()}) == []
    assert [name for name in urgent.lists if f"<{name}>" not in says] == []


@pytest.mark.parametrize("text", ["prostate cancer and new back pain", "crushing chest pain"])
def test_a_look_alike_on_which_its_rule_or_a_card_shows_is_told(text: str, urgent: Urgent, gate: Gate) -> None:
    """Its own rule, though that shows no card, and another rule's card."""
    rule = next(rule for rule in urgent.rules if rule.id == "cancer_pain")
    told = self_check(gate, urgent.model_copy(update={"rules": (rule.model_copy(update={"quiet_on": (text,)}),)}))
    assert len(told) == 1
    assert text in told[0]
