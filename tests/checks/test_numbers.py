"""No phone number is typed into a text."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.checks.numbers import numbers
from bot.checks.references import nouns, references
from bot.content.words import Words
from tests.support.cases import PAGE, a_case, an_entry, told

TYPED = ["Call 911.", "988 helps", "call 1-800-222-1222", "(555) 555-0100", "555-555-0100", "555.555.0100",
         "555-0100", "+1 555 555 0100", "1-800-GOFEDEX"]  # fmt: skip
FREE = ["6 to 12 weeks", "24-48 hours", "about 1 to 4 in 10", "In 2014 the FDA warned", "$911", "L4-L5", "call {phone}",
        "9-1-1 is not a wording", "911%"]  # fmt: skip


@pytest.mark.parametrize("text", TYPED)
def test_a_typed_number_is_an_error(text: str) -> None:
    """In the answer, the question and a link's words."""
    assert told(numbers, a_case(an_entry(answer=text)))
    assert told(numbers, a_case(an_entry(question=text)))
    assert told(numbers, a_case(an_entry(links=[{"text": text, "url": PAGE}])))


@pytest.mark.parametrize("text", FREE)
def test_other_numbers_are_fine(text: str) -> None:
    """Weeks, years, prices, discs."""
    assert [] == told(numbers, a_case(an_entry(answer=text)))


def test_an_entry_does_not_point_to_itself() -> None:
    """Nor to another one twice."""
    assert ["`back_pain` points to itself"] == told(references, a_case(an_entry(see_also=["back_pain"])))
    assert ["`back_pain` points to `neck_pain` twice"] == told(
        references, a_case(an_entry(see_also=["neck_pain", "neck_pain"]))
    )


def test_what_it_stands_for_belongs_to_an_entry() -> None:
    """A slip in a topic's name is told, with the name that is meant."""
    words = Words(refers_back=["it"], stands_for={"back_pain": "back pain", "bck_pain": "back pain"})
    case = a_case(an_entry())
    case = case._replace(content=replace(case.content, words=words))
    assert ["`bck_pain` is neither a topic nor an entry"] == told(nouns, case)
