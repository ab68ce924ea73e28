"""The bot beside plain matchers: the same wordings, the same figures."""

# ruff: noqa: SIM300 - expected == actual is the house style

import numpy as np
import pytest

from bot.content.entries import Entry
from bot.scoring.baselines import BM25, Owned, token_set, wratio
from bot.scoring.comparing import Attempt, baselines, row
from bot.scoring.judging import Judge
from bot.scoring.questions import Wording
from tests.support.entries import ENTRIES

KNOWN: dict[str, Entry] = {entry.id: entry for entry in ENTRIES}
RIGHT, WRONG = Attempt("scan", ("scan", "brace"), 0.9, True), Attempt("scan", ("brace", "scan"), 0.5, True)
SILENT = Attempt("scan", ("therapy",), 0.2, False)


def test_shares_are_of_what_an_entry_answers() -> None:
    """First, among three, answered right."""
    found = row("x", [RIGHT, WRONG, SILENT, SILENT])
    assert (0.25, 0.5, 0.25) == (found.first, found.among_three, found.answered)


def test_wrong_is_of_everything() -> None:
    """A medical answer to what is nobody's is wrong; a polite no is not."""
    stranger, polite = Attempt(None, ("scan",), 0.9, True), Attempt(None, ("not_ours.teeth",), 0.9, True)
    found = row("x", [RIGHT, WRONG, stranger, polite])
    assert (0.5, 0.5) == (found.wrong, found.outside)


def test_the_best_threshold_keeps_wrong_answers_at_five_percent() -> None:
    """It stops before the first wrong one of ten, and before those of the same score."""
    sure = [RIGHT._replace(score=0.9 - number / 100) for number in range(6)]
    found = row("x", [*sure, WRONG, RIGHT._replace(score=0.5), SILENT, SILENT])
    assert 0.6 == found.best


def test_nothing_asked_is_no_error() -> None:
    """All shares are none."""
    assert (0.0, 0.0) == (row("x", []).first, row("x", []).best)


def test_topics_are_scored_by_their_best_wording() -> None:
    """Every wording of the FAQ takes part."""
    owned = Owned(KNOWN, Judge(KNOWN))
    for baseline in (wratio, token_set, BM25(owned.phrasings)):
        scores = owned.scores(baseline, ["my tooth aches", "is there parking"])
        assert ["not_ours.teeth", "parking"] == [owned.kinds[int(best)] for best in np.argmax(scores, axis=1)]


def test_bm25_is_what_the_formula_says() -> None:
    """Two texts of two words, one in common."""
    scores = BM25(["back pain", "knee pain"])(["back"], ["back pain", "knee pain"])
    assert [np.log(2), 0.0] == pytest.approx(scores[0].tolist())


def test_bm25_knows_no_unknown_words() -> None:
    """They score nothing."""
    assert [[0.0]] == BM25(["back pain"])(["zebra"], ["back pain"]).tolist()


def test_every_baseline_has_a_row() -> None:
    """WRatio answers nearly everything: that is its fault."""
    rows = list(
        baselines([Wording("g", "parking", "is there parking"), Wording("g", None, "xyz")], KNOWN, Judge(KNOWN))
    )
    assert ["rapidfuzz WRatio >= 80", "rapidfuzz token_set_ratio >= 80", "BM25, always answers"] == [
        r.name for r in rows
    ]
    assert [1.0, 1.0, 1.0] == [r.first for r in rows]
