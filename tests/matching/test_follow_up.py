"""A question that points back to the last answer: "how much is it"."""

from __future__ import annotations

import pytest

from bot.content.loading import Content
from bot.content.words import Words
from bot.decision import Decider, Decision
from bot.matching.decide import ANSWER_FROM
from bot.matching.follow_up import FAR_BETTER, FOREIGN, LONGEST, NO_WORSE, FollowUps, believed
from bot.matching.matcher import NOTHING, Match
from bot.session import Session
from tests.support.entries import BRACE, PARKING, RESULTS, SCAN, THERAPY, made, matcher_of

WORDS = Words(refers_back=["it", "one"], stands_for={"scan": "a scan", "therapy": "therapy", "scan_cost": "a price"})
READER = FollowUps(WORDS)
COST = made("cost", "What does a visit cost?", "how much is it", "what do i pay", "price", "how much")


PRICE_OF_SCAN = made(  # a topic of its own, as in the shipped FAQ
    "scan_cost", "How much is a scan?", "how much is the scan", "how much are scans", "scan how much", "price of a scan"
)


@pytest.fixture(scope="module")
def decider() -> Decider:
    """A bot without a gate, over entries about scans, therapy, prices and more."""
    content = Content("en", "", (), words=WORDS)
    return Decider(content, matcher_of(SCAN, PRICE_OF_SCAN, BRACE, THERAPY, RESULTS, PARKING, COST, words=WORDS))


def decided(decider: Decider, text: str, last: str | None) -> Decision:
    """The decision on a text after an answer."""
    decision, _ = decider.decide(text, Session(entry=last, touched=1.0), 10.0)
    return decision


@pytest.mark.parametrize(
    ("text", "last", "read"),
    [
        ("how much is it", "scan", "how much is a scan"),
        ("does IT hurt?", "scan", "does a scan hurt?"),
        ("how much is it", "scan.open", "how much is a scan"),
        ("how much is it", "scan_cost", "how much is a price"),
        ("do i need one, is it bad", "scan", "do i need a scan, is it bad"),
        ("side effects?", "therapy", "side effects? therapy"),
    ],
)
def test_a_word_that_points_back_gives_way_to_the_noun(text: str, last: str, read: str) -> None:
    """The entry's own noun, else its topic's; only the first such word; a message of three words gets it behind."""
    assert read == READER.reading(text, last)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("how much is it", None),
        ("how much is it", "parking"),
        ("where do i leave my car", "scan"),
        ("with it " + "and so on " * LONGEST, "scan"),
        ("", "scan"),
        ("sit with an item", "scan"),
        ("does therapy need it", "scan"),
        ("my shoulder hurts, is it bad", "scan"),
    ],
)
def test_other_messages_stand_by_themselves(text: str, last: str | None) -> None:
    """No answer before, no noun for it, nothing that points back, a noun or a clause of its own, or long enough."""
    assert READER.reading(text, last) is None


def test_content_without_such_words_reads_every_message_by_itself() -> None:
    """An admin may leave them out."""
    assert FollowUps(Words()).reading("how much is it", "scan") is None


def a_match(confidence: float = 1.0, best: float = 0.5, strange: float = 0.0, entry: str = "scan") -> Match:
    """A match with the evidence given."""
    evidence = NOTHING.evidence._replace(best=best, strange=strange)
    return NOTHING._replace(confidence=confidence, ranking=((entry, best),), evidence=evidence)


@pytest.mark.parametrize(
    "read",
    [
        NOTHING,
        a_match(confidence=ANSWER_FROM - 0.01),
        a_match(strange=FOREIGN + 0.01),
        a_match(best=NO_WORSE * 0.5 - 0.01),
        a_match(entry="not_ours.teeth"),
    ],
)
def test_a_reading_with_the_noun_has_to_fit(read: Match) -> None:
    """Unsure, with words the topic lacks, worse than the message by itself, or declined: the message stands."""
    assert not believed(a_match(), read, "brace")


def test_a_reading_that_fits_is_believed() -> None:
    """It answers surely and in the topic's own words."""
    assert believed(a_match(), a_match(confidence=ANSWER_FROM, strange=FOREIGN, best=NO_WORSE * 0.5), "brace")


def test_what_is_clear_by_itself_is_not_led_back_to_the_last_answer() -> None:
    """Unless the noun makes it fit far better: "my shoulder pops when I lift it" is no question about an MRI."""
    plain = a_match(entry="joint", best=0.5)
    nearly, far = (a_match(entry="scan.knee", best=0.5 * times) for times in (FAR_BETTER - 0.1, FAR_BETTER + 0.1))
    assert (believed(plain, nearly, "scan"), believed(plain, far, "scan")) == (False, True)


def test_another_topic_than_the_last_need_not_fit_so_well() -> None:
    """What an MRI costs is a topic of its own."""
    assert believed(a_match(entry="cost", best=0.5), a_match(entry="scan_cost", best=0.4), "scan")


def test_after_an_answer_the_price_is_that_of_the_thing(decider: Decider) -> None:
    """By itself it is the price of a visit."""
    assert (
        decided(decider, "how much is it", None).match.ranking[0][0],
        decided(decider, "how much is it", "scan").match.ranking[0][0],
    ) == ("cost", "scan_cost")


def test_the_reasons_say_how_it_was_read(decider: Decider) -> None:
    """An admin sees why."""
    assert "read as: 'how much is a scan', after the last answer" in decider.why(
        decided(decider, "how much is it", "scan")
    )


def test_a_new_subject_is_not_read_into_the_old_one(decider: Decider) -> None:
    """The knee is not a scan."""
    assert decided(decider, "a brace for my knee, is it good", "scan").match.ranking[0][0] == "brace"
