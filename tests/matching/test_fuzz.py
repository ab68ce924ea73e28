"""Whatever is typed, there is an outcome, never an exception."""

# ruff: noqa: S311 - chance that is the same every time
# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import random

import pytest

from bot.content.loading import Content
from bot.decision import Decider
from bot.matching.decide import choose
from bot.matching.index import LONGEST_SCORED
from bot.matching.matcher import Matcher
from bot.session import Session

ROUNDS = 60
SHAPES = {
    "empty": "",
    "one letter": "a",
    "one mark": "?",
    "null": "\0",
    "emoji": "😀" * 4096,
    "families": "👨‍👩‍👧‍👦" * 500,
    "flags": "🇨🇦🇺🇸" * 500,
    "lone surrogates": "\ud800\udfff\udc00" * 500,
    "surrogate in a word": "do i need a sc\udc80an",
    "one endless word": "a" * 4096,
    "stretched": "scannnnnnnn " * 300,
    "many words": "scan " * 4000,
    "new words": " ".join(f"wxq{number}z" for number in range(4000)),
    "marks on marks": "s" + "\u0301" * 4000,
    "letters that grow": "\ufdfa" * 4096,
    "right to left": "\u202e" + "هل أحتاج إلى أشعة؟ " * 100,
    "no spaces": "我需要做核磁共振吗" * 400,
    "apostrophes": "'" * 4096,
    "ampersands": "a&" * 2048,
    "line breaks": "scan?\n" * 800,
    "carriage returns": "\r\n\u2028\u2029\x85" * 500,
    "sentences": "Scan? " * 800,
    "beyond Telegram": "do i need a scan " * 20_000,
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_any_shape_has_an_outcome(matcher: Matcher, text: str) -> None:
    """With a confidence that is a probability, and no entry without a ranking."""
    match = matcher.match(text)
    assert choose(match).zone in ("answer", "suggest", "none")
    assert 0 <= match.confidence <= 1


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_any_shape_can_be_explained(tiny_content: Content, tiny_replier: object, text: str) -> None:
    """By the way that `faqbot ask` takes, the gate included."""
    decider: Decider = tiny_replier.decider  # type: ignore[attr-defined]
    decision, _ = decider.decide(text, Session(), 0.0)
    assert not decision.gate_failed
    assert all(isinstance(line, str) for line in decider.why(decision))


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_any_unicode_has_an_outcome(matcher: Matcher, seed: int) -> None:
    """Of any length, from all planes, unassigned and surrogate code points among them."""
    assert choose(matcher.match(_noise(random.Random(seed)))).zone in ("answer", "suggest", "none")


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_mangled_question_has_an_outcome(matcher: Matcher, seed: int) -> None:
    """Letters lost, doubled, swapped for anything."""
    chance = random.Random(seed)
    letters = list("Do I need a scan? How much does it cost, and where can I park my car?")
    for _ in range(chance.randrange(40)):
        place = chance.randrange(len(letters))
        letters[place] = chance.choice(("", letters[place] * 2, chr(chance.randrange(0x3000)), " ", "\n"))
    assert choose(matcher.match("".join(letters))).zone in ("answer", "suggest", "none")


def test_only_so_many_words_are_looked_at(matcher: Matcher) -> None:
    """The cost of a message is bounded, whatever its length."""
    assert LONGEST_SCORED == len(matcher.match(SHAPES["many words"]).understood.words)


def _noise(chance: random.Random) -> str:
    length = chance.choice((1, 2, 10, 100, 4096))
    highest = chance.choice((0x80, 0x500, 0x10000, 0x110000))
    return "".join(chr(chance.randrange(highest)) for _ in range(length))
