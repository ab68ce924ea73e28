"""The sparse space over all wordings: how each is weighed, and how a message is weighed beside them."""

import math
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from bot.matching.features import UNKNOWN, Found, Places
from bot.matching.held import Held, as_often
from bot.matching.rows import Columns, Doubles, Floats, Numbers


class Weighed(NamedTuple):
    """A text's features that the FAQ knows, by number, and their shares of the two unit vectors."""

    numbers: Numbers
    values: Floats


class Space:
    """Weight of a feature: (1 + log tf) * (1 + log((E + 1) / (df + 1))), df counted over entries, E their number.

    1 + log tf is rounded to sixteenths. What is of words and what is of characters are a unit vector each. Features
    that the FAQ does not know count in a message's norm: they are what makes a stranger look strange.
    """

    def __init__(self, held: Held, weights: Doubles, said: int) -> None:
        """`held`: by each wording; `weights`: of the features, and last of an unknown one.

        The features below `said` are of words.
        """
        self.held, self.weights, self.said = held, weights, said

    @classmethod
    def read(cls, places: Places, owners: Numbers, said: int, width: int) -> Self:
        """The space of some wordings. `owners`: the entry of each; `width`: how many features there are."""
        lines, columns, counts = _counted(places, width)
        stands = owners[lines] * width
        stands += columns  # an entry and one of its features, as one number
        stands.sort()
        owned = np.bincount(stands[_changes(stands)] % width, minlength=width)
        weights = 1 + np.log((len(np.unique(owners)) + 1) / (np.append(owned, 0) + 1))
        return cls(Held.of(lines, columns, counts, weights, said, len(owners)), weights, said)

    def weigh(self, message: Found) -> Weighed:
        """A message's features as unit vectors; those that the FAQ does not know only lengthen their norm."""
        weights = self.weights[message.numbers] * as_often(message.counts)
        for part in (weights[: message.said], weights[message.said :]):
            part /= math.sqrt(part.dot(part)) or 1.0
        known = message.numbers != UNKNOWN
        return Weighed(message.numbers[known], weights[known].astype(np.float32))


def _counted(places: Places, width: int) -> tuple[Columns, Columns, Columns]:
    """Each feature of each wording, once: the wording, the feature, and how often it stands there."""
    held = places.wordings.astype(np.int64)  # in place as far as it goes: there are a million of them
    held *= width
    held += places.numbers
    held.sort()
    firsts = np.flatnonzero(_changes(held))
    counts = np.diff(firsts, append=len(held)).astype(np.int32)
    held = held[firsts]
    return (held // width).astype(np.int32), (held % width).astype(np.int32), counts


def _changes(ordered: Numbers) -> npt.NDArray[np.bool_]:
    """Where a number is another than the one before it."""
    changes = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=changes[1:])
    return changes
