"""Questions that point back, over the shipped FAQ: reading "it" helps, and a new subject is left alone.

Engine A, so that it runs everywhere; the figures of engine B are in docs/matching.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.content.loading import load
from bot.decision import Decider
from bot.matching import engines
from bot.session import Session

Row = tuple[str, str, list[str]]
ROOT = Path(__file__).parents[2]
ROWS: dict[str, list[Row]] = yaml.safe_load(
    (ROOT / "tests/questions/conversations/follow_ups.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def decider() -> Decider:
    """The shipped FAQ, engine A; the gate is left out, these are no emergencies."""
    content = load(ROOT / "faq").unwrap()
    entries = list(content.entries.values())
    return Decider(content, engines.build(entries, content.words, content.language))


def answered(decider: Decider, rows: list[Row], remembers: bool) -> tuple[int, int]:
    """How many get an answer of a right topic, and how many one of a wrong topic."""
    right = wrong = 0
    for last, text, topics in rows:
        session = Session(entry=last, touched=1.0) if remembers else Session()
        decision, _ = decider.decide(text, session, 2.0)
        if decision.outcome == "answer" and decision.entry:
            fits = decision.entry.split(".")[0] in topics
            right, wrong = right + fits, wrong + (not fits)
    return right, wrong


def test_knowing_the_last_answer_helps(decider: Decider) -> None:
    """Far more of what points back is answered right, and less of it wrong."""
    alone, wrong_alone = answered(decider, ROWS["points_back"], remembers=False)
    right, wrong = answered(decider, ROWS["points_back"], remembers=True)
    assert right >= alone + 15
    assert wrong < wrong_alone


def test_a_new_subject_is_answered_as_ever(decider: Decider) -> None:
    """The last answer takes no right answer away and adds no wrong one."""
    alone, wrong_alone = answered(decider, ROWS["new_subject"], remembers=False)
    right, wrong = answered(decider, ROWS["new_subject"], remembers=True)
    assert right >= alone
    assert wrong <= wrong_alone


@pytest.mark.parametrize("last", ["mri_need", "mri_prep", "mri_who_orders"])
def test_after_an_answer_on_mris_the_price_is_that_of_an_mri(last: str, decider: Decider) -> None:
    """Though "how much does it cost" stands word for word under another entry."""
    decision, _ = decider.decide("how much does it cost", Session(entry=last, touched=1.0), 2.0)
    assert decision.entry is not None
    assert decision.entry.startswith("mri_cost")
