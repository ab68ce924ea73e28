"""A message of one word: answered where it is clear, else the topics that have the word are offered."""

from __future__ import annotations

import pytest

from bot.matching.decide import choose
from bot.matching.matcher import Matcher
from tests.support.entries import BRACE, HELLO, PARKING, RESULTS, SCAN, THERAPY, made, matcher_of

SCAN_RESULTS = made("scan_results", "What does my scan show?", "read my scan", "scan report", "words on my scan")


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    """Two topics about scans, one about each other thing."""
    return matcher_of(SCAN, SCAN_RESULTS, BRACE, THERAPY, RESULTS, PARKING, HELLO)


@pytest.mark.parametrize("text", ["scan", "Scan?", "scan scan!"])
def test_a_word_of_several_topics_is_no_question(text: str, matcher: Matcher) -> None:
    """Those that have it are offered, however sure the match is."""
    choice = choose(matcher.match(text)._replace(confidence=1.0))
    assert ("suggest", {"scan", "scan_results"}) == (choice.zone, {*choice.suggestions})


def test_two_words_are_a_message_like_any(matcher: Matcher) -> None:
    """They say more."""
    assert not matcher.match("scan report").vague


@pytest.mark.parametrize(("text", "entry"), [("brace", "brace"), ("parking?", "parking"), ("therapy", "therapy")])
def test_a_word_of_one_topic_is_clear(text: str, entry: str, matcher: Matcher) -> None:
    """It is matched like any message."""
    match = matcher.match(text)
    assert (False, entry) == (match.vague, match.ranking[0][0])


def test_a_greeting_is_answered(matcher: Matcher) -> None:
    """Small talk is often one word."""
    assert choose(matcher.match("hi")._replace(confidence=1.0))[:2] == ("answer", "chat.hello")


def test_a_word_that_is_all_of_a_greeting_is_no_question() -> None:
    """However many topics have it: "test" is small talk, "which test" is not."""
    scan = made("scan", "Is a test needed?", "any test at all", "another test", "one more test")
    hello = made("chat.hello", "Hello", "hi", "test", "testing this", "just a test", "are you a test")
    assert matcher_of(scan, hello, PARKING).match("test").ranking[0][0] == "chat.hello"


def test_a_word_that_nobody_wrote_is_matched_by_its_letters(matcher: Matcher) -> None:
    """There are no topics that have it."""
    assert not matcher.match("xylophone").vague
