"""Entries made in a line, and a matcher over them, for tests of matching."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.content.entries import Entry
from bot.content.words import Words
from bot.matching import engines
from bot.matching.matcher import Matcher

NO_WORDS = Words()


def made(identifier: str, *wordings: str, not_for: Sequence[str] = (), see_also: Sequence[str] = ()) -> Entry:
    """An entry; its first wording is the question."""
    question, *asked_as = wordings
    return Entry(
        id=identifier,
        question=question,
        answer="An answer.",
        asked_as=asked_as,
        not_for=list(not_for),
        see_also=list(see_also),
    )


def matcher_of(*entries: Entry, words: Words = NO_WORDS, cache: Path | None = None) -> Matcher:
    """Engine A over entries."""
    return engines.build(entries, words, "en", cache)


SCAN = made("scan", "Do I need a scan?", "is a scan needed", "should i get a scan", "scan or no scan")
SCAN_COST = made("scan.cost", "What does a scan cost?", "price of a scan", "how much is a scan", "scan cost")
BRACE = made("brace", "Does a knee brace help?", "is a brace good", "brace for my knee", "should i wear a brace")
THERAPY = made("therapy", "Does therapy work?", "is therapy worth it", "why therapy", "what happens in therapy")
RESULTS = made("results", "When are results ready?", "how long for results", "where are my results", "results late")
PARKING = made("parking", "Where can I park?", "is there parking", "parking at the clinic", "where to leave my car")
HELLO = made("chat.hello", "Hello", "hi", "hey there", "good morning")
TEETH = made("not_ours.teeth", "Do you treat teeth?", "i need a dentist", "my tooth aches", "wisdom tooth")
ENTRIES = (SCAN, SCAN_COST, BRACE, THERAPY, RESULTS, PARKING, HELLO, TEETH)
