"""What no answer may say: claims of sellers, false comfort, doses, diagnoses. Each pattern has its reason."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.checks.case import Case
from bot.checks.tables import table
from bot.content.base import Strict, Text
from bot.problems import Problem

SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?!\s)[^.!?\n]*)*(?:\n(?=[a-z])[^.!?\n]*)*")


class Claim(Strict):
    """One kind of claim: `says` finds it in a sentence, `unless` takes it back."""

    says: Text
    unless: Text | None = None
    reason: Text
    write: Text


class Claims(Strict):
    """`claims.yaml`."""

    claims: list[Claim]


class Made(NamedTuple):
    """A claim that a text makes, and where in the text."""

    claim: Claim
    words: str
    start: int


def made_in(text: str, claims: list[Claim]) -> Iterator[Made]:
    """Every claim of the list that a text makes, sentence by sentence; lines are taken as wrapped by hand."""
    for sentence in SENTENCE.finditer(text):
        flat = sentence[0].replace("\n", " ")
        for claim in claims:
            found = re.search(claim.says, flat, re.IGNORECASE)
            if found and not (claim.unless and re.search(claim.unless, flat, re.IGNORECASE)):
                yield Made(claim, found[0].strip(), sentence.start() + found.start())


def claims(case: Case) -> Iterator[Problem]:
    """Claims in answers."""
    forbidden = table("claims", Claims).claims
    for entry in case.content.entries.values():
        for made in made_in(entry.answer, forbidden):
            message = f"`{entry.id}` must not say “{made.words}”: {made.claim.reason}"
            yield Problem("error", case.sources.answer(entry.id, made.start), message, f"write {made.claim.write}")
