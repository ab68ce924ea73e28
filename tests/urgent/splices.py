"""Ordinary messages, cut in two and put together anew: what rules meet in them, they meet by accident.

A rule's line meets a word here and a word there in one ordinary message of a hundred that nobody has read yet. There
are too few such messages among the examples to learn from. But most are met where two halves of others come together,
and of those there are as many as one likes.
"""

import random
from collections.abc import Iterator, Mapping

from bot.urgent import Gate
from tests.urgent.examples import FOLDS, Example, lot_of

MADE = 300_000  # of which one in fifty is met by a rule that may be set aside
FEWEST, MOST = 5, 40  # words of the messages that are cut


def splices(gate: Gate, texts: Mapping[str, str]) -> list[Example]:
    """Those on which a rule shows a card that may be set aside. `texts`: every text and what it is.

    `gate`: its rules. Both halves are of the same lot, so that what is left out has taught nothing.
    """
    lots: list[list[str]] = [[] for _ in range(FOLDS)]
    for text, label in texts.items():
        if label in "OF" and FEWEST <= len(text.split()) <= MOST and gate.marked(text) is None:
            lots[lot_of(text)].append(text)
    return [one for number, pool in enumerate(lots) for one in _met(gate, pool, number)]


def _met(gate: Gate, pool: list[str], number: int) -> Iterator[Example]:
    chance = random.Random(number)  # noqa: S311 - the same every time
    for _ in range(MADE // FOLDS if pool else 0):
        left, right = chance.choice(pool).split(), chance.choice(pool).split()
        ends, begins = chance.randint(2, max(2, len(left) - 1)), chance.randint(1, max(1, len(right) - 2))
        text = " ".join([*left[:ends], *right[begins:]])
        part = gate.marked(text)
        if part is not None:
            yield Example("O", part, True, text, number)
