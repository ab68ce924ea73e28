"""The short cases that the guide is tried with, typed instead of tapped: the gate is no laxer than the guide."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.content.strict_yaml import read
from bot.urgent import Gate, shows_card

CASES = read(Path(__file__).parents[1] / "guide_vignettes.yaml").data["cases"]
ORDER = [None, "within_24_48h", "same_day", "er_today", "crisis", "call_911"]
CARDS = ("er_today", "crisis", "call_911")


def cases(*tiers: str) -> list[object]:
    """The cases of these tiers, by id."""
    return [pytest.param(case, id=case["id"]) for case in CASES if case["tier"] in tiers]


@pytest.mark.parametrize("case", cases(*CARDS))
def test_an_emergency_in_a_patients_words_gets_its_card(gate: Gate, case: Mapping[str, str]) -> None:
    """At least as urgent as the case is."""
    assert ORDER.index(gate.check(case["say"]).tier) >= ORDER.index(case["tier"])


@pytest.mark.parametrize("case", cases("same_day", "within_24_48h"))
def test_a_case_for_this_day_or_the_next_gets_its_line(gate: Gate, case: Mapping[str, str]) -> None:
    """Before whatever else is answered."""
    assert gate.check(case["say"]).tier is not None


@pytest.mark.parametrize("case", cases("routine"))
def test_a_case_for_a_visit_at_leisure_gets_no_card(gate: Gate, case: Mapping[str, str]) -> None:
    """It is answered."""
    assert not shows_card(gate.check(case["say"]))
