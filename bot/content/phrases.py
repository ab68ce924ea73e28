"""Phrases that a pattern tears apart: in `end|do it|die` a person sees three ways, the pattern two places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

TOGETHER = {  # the first word of a phrase: the second ones
    "all": "day night",
    "any": "more",
    "at": "all home once work",
    "being": "alive here there",
    "did": "it",
    "do": "it this",
    "does": "it",
    "done": "it",
    "dont": "know",
    "down": "there",
    "gave": "in up",
    "get": "up",
    "give": "in up",
    "giving": "out up",
    "hold": "on",
    "it": "all over",
    "let": "go out",
    "lie": "down",
    "no": "idea one puedo",
    "not": "there",
    "on": "fire purpose",
    "one": "side",
    "out": "of",
    "over": "it",
    "right": "now",
    "sit": "down",
    "stay": "up",
    "stopped": "shivering sweating",
    "take": "it",
    "too": "much",
    "took": "it",
    "went": "off out",
    "wont": "hold stop",
}


def torn(pieces: Sequence[str]) -> str | None:
    """The phrase, as `do it`, that two neighbouring places of alternatives tear apart; None where there is none. Told
    are phrases of `TOGETHER`, and two places with the same first or last word, as in `on life|on everything`."""
    for one, other in pairwise(piece.rstrip("?").split("|") for piece in pieces):
        if len(one) == 1 or len(other) == 1:
            continue
        known = other[0] in TOGETHER.get(one[-1], "").split()
        if known or one[0] == other[0] or one[-1] == other[-1]:
            return f"{one[-1]} {other[0]}"
    return None
