"""The matcher: which topic, then which entry of it, and how sure."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import random

import pytest

from bot.content.words import Words
from bot.matching.decide import choose
from bot.matching.matcher import LONG, Matcher
from tests.support.entries import BRACE, ENTRIES, PARKING, SCAN, THERAPY, made, matcher_of

STORY = "I was at the lake with my family and the weather was fine. " * 5
NEAR = made("brace", "Does a knee brace help?", "brace for my knee", not_for=["brace for my teeth", "dental braces"])
MESSAGES = ["is a scan needed", "price of a scna", "brace", "zebra crossing", "hi", "my car, and a scan", "", "😀"]


def first(matcher: Matcher, text: str) -> str:
    """The entry ranked first."""
    return matcher.match(text).ranking[0][0]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entrys_own_question_wins(matcher: Matcher, entry: object) -> None:
    """Word for word."""
    assert [entry.id] == [first(matcher, entry.question)]  # type: ignore[attr-defined]


def test_words_that_no_wording_holds_together_find_the_entry(matcher: Matcher) -> None:
    """Matching is more than looking up."""
    assert "parking" == first(matcher, "can my car stay near the clinic")


def test_a_slip_of_the_thumb_does_not_hide_the_entry(matcher: Matcher) -> None:
    """The speller mends it, and says so."""
    match = matcher.match("where can i prak, is there parkng")
    assert ("parking", ("parkng", "parking")) == (match.ranking[0][0], match.understood.corrected[-1])


def test_a_wording_of_the_faq_is_surer_than_a_strange_text(matcher: Matcher) -> None:
    """The confidence tells them apart."""
    assert matcher.match("the price of bread in a far country").confidence < matcher.match("scan cost").confidence


def test_an_unknown_word_lowers_the_confidence(matcher: Matcher) -> None:
    """It makes the message a stranger."""
    assert matcher.match("is a scan needed for my aquarium").confidence < matcher.match("is a scan needed").confidence


def test_unknown_words_are_told(matcher: Matcher) -> None:
    """An admin sees what the FAQ lacks."""
    assert "aquarium" in matcher.match("a scan of my aquarium").understood.unknown


def test_the_special_entry_of_a_topic_wins_where_it_clearly_leads(matcher: Matcher) -> None:
    """A price is not a need."""
    assert "scan.cost" == first(matcher, "how much is a scan")


def test_the_general_entry_stands_for_its_topic_in_doubt(matcher: Matcher) -> None:
    """ "scan" alone could be either."""
    assert "scan" == first(matcher, "scan")


def test_a_topic_is_ranked_once(matcher: Matcher) -> None:
    """Suggestions are different things."""
    topics = [entry.split(".")[0] for entry, _ in matcher.match("cost of a scan").ranking if entry[:4] == "scan"]
    assert ["scan"] == topics


def test_the_ranking_is_in_order(matcher: Matcher) -> None:
    """After the first, by score."""
    scores = [score for _, score in matcher.match("scan of my knee").ranking][1:]
    assert sorted(scores, reverse=True) == scores


@pytest.mark.parametrize("text", ["", " ", "?!", "😀", "\ud800"])
def test_a_message_without_words_matches_nothing(matcher: Matcher, text: str) -> None:
    """And the confidence is none."""
    match = matcher.match(text)
    assert ((), 0.0) == (match.ranking, match.confidence)


def test_look_alikes_are_pushed_away() -> None:
    """A wording under `not_for` is surer of the very same entry without it."""
    bare = NEAR.model_copy(update={"not_for": []})
    with_it = matcher_of(NEAR, SCAN, THERAPY, PARKING).match("brace for my teeth")
    without = matcher_of(bare, SCAN, THERAPY, PARKING).match("brace for my teeth")
    assert "brace" == without.ranking[0][0]
    assert with_it.confidence < without.confidence


def test_the_question_in_the_middle_of_a_story_is_found(matcher: Matcher) -> None:
    """A long post is read by sentence as well."""
    text = f"{STORY}Where can I park? {STORY}"
    assert len(text.split()) > LONG
    assert "parking" == first(matcher, text)


def test_the_same_message_gets_the_same_match(matcher: Matcher) -> None:
    """To the last digit, though words are remembered in between."""
    assert [matcher.match(text) for text in MESSAGES] == [matcher.match(text) for text in MESSAGES]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_entries_changes_nothing(matcher: Matcher, seed: int) -> None:
    """Nor does the file that an entry stands in."""
    shuffled = list(ENTRIES)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - the same every time
    other = matcher_of(*shuffled)
    assert [matcher.match(text) for text in MESSAGES] == [other.match(text) for text in MESSAGES]


def test_ties_are_broken_by_id() -> None:
    """Two entries with the same words: the first of the alphabet."""
    twins = [made(name, "the same words", "same words again") for name in ("beta", "alpha", "gamma")]
    assert ["alpha", "beta", "gamma"] == [entry for entry, _ in matcher_of(*twins).match("the same words").ranking]


def test_a_single_entry_can_be_found() -> None:
    """The smallest FAQ there is."""
    assert "answer" == choose(matcher_of(SCAN).match("is a scan needed")).zone


def test_a_single_wording_can_be_found() -> None:
    """Even with nothing to learn from."""
    assert "only" == first(matcher_of(made("only", "what is physiatry")), "what is physiatry")


def test_an_entry_with_one_wording_can_win_its_topic() -> None:
    """Few wordings are no reason to lose against a neighbour with many, least of all word for word."""
    many = made("noise", "Is the scan loud?", "how loud is the scan", "is the scanner loud", "is the scan very loud")
    one = made("noise.night", "Is the scan loud at night?")
    assert "noise.night" == first(matcher_of(many, one, PARKING, THERAPY), "Is the scan loud at night?")


def test_lay_names_meet() -> None:
    """As `words.yaml` says."""
    words = Words(same_as={"cat scan": "scan"})
    assert "scan" == first(matcher_of(SCAN, BRACE, THERAPY, words=words), "do i need a cat scan")


def test_an_explanation_names_the_closest_wording(matcher: Matcher) -> None:
    """And the words that carried it."""
    match = matcher.explain(matcher.match("is the scan really needed"))
    assert ("is a scan needed", True) == (match.phrasing, "need" in match.carried)


def test_nothing_matched_needs_no_explanation(matcher: Matcher) -> None:
    """It stays as it is."""
    match = matcher.match("?!")
    assert match == matcher.explain(match)
