"""Answers, buttons and lines that fit a phone."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from typing import Any

import pytest

from bot.checks.lengths import lengths
from tests.support.cases import PAGE, a_case, an_entry, told

LINE = "Five words in a line.\n"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"answer": LINE + "x" * 579}, "`back_pain`: the answer has 601 characters"),
        ({"answer": "x" * 111}, "`back_pain`: the first line has 111 characters"),
        ({"question": "x" * 61}, "`back_pain`: the question has 61 characters, and it is a button too"),
        ({"links": [{"text": "x" * 61, "url": PAGE}]}, "`back_pain`: a link's button has 61 characters"),
    ],
)
def test_what_is_too_long_is_told(more: dict[str, Any], message: str) -> None:
    """With its length."""
    assert [message] == told(lengths, a_case(an_entry(**more)))


def test_what_just_fits_is_fine() -> None:
    """The limits themselves are allowed."""
    most = an_entry(question="x" * 60, answer=f"{'x' * 110}\n{'x' * 489}", links=[{"text": "x" * 60, "url": PAGE}])
    assert [] == told(lengths, a_case(most, group="x" * 32))


def test_placeholders_count_as_what_patients_read() -> None:
    """A phone number is longer than {phone}."""
    assert ["`back_pain`: the answer has 607 characters"] == told(
        lengths, a_case(an_entry(answer=LINE + "x" * 571 + "{phone}"))
    )


def test_a_heading_is_one_row_of_the_menu() -> None:
    """Small talk has no menu."""
    assert [f"the heading “{'x' * 33}” has 33 characters"] == told(lengths, a_case(an_entry(), group="x" * 33))
    assert [] == told(lengths, a_case(an_entry("chat.hi"), group="x" * 33))
