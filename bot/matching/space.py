"""The sparse space over all wordings: how each is weighed, and how a message is weighed beside them."""

import math
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from bot.matching.features import UNKNOWN, Found, Places
from bot.matching.rows import Columns, Doubles, Floats, Numbers, Rows


class Weighed(NamedTuple):
    """A text's features that the FAQ knows, by number, and their shares of the two unit vectors."""

    numbers: Numbers
    values: Floats


class Space:
    """Weight of a feature: (1 + log tf) * (1 + log((E + 1) / (df + 1))), df counted over entries, E their number.

    What is of words and what is of characters are a unit vector each. Features that the FAQ does not know count in a
    message's norm: they are what makes a stranger look strange.
    """

    def __init__(self, rows: Rows, pairs: Numbers, weights: Doubles, said: int) -> None:
        """`pairs`: the rows' columns and values, two as one; `weights`: of the features, and last of an unknown one.

        The features below `said` are of words.
        """
        self.rows, self.pairs, self.weights, self.said = rows, pairs, weights, said

    @classmethod
    def read(cls, places: Places, owners: Numbers, said: int, width: int) -> tuple[Self, Columns]:
        """The space of some wordings, and how often each feature stands in each of them.

        `owners`: the entry of each wording; `width`: how many features there are.
        """
        lines, columns, counts = _counted(places, width)
        stands = owners[lines] * width
        stands += columns  # an entry and one of its features, as one number
        stands.sort()
        owned = np.bincount(stands[_changes(stands)] % width, minlength=width)
        weights = 1 + np.log((len(np.unique(owners)) + 1) / (np.append(owned, 0) + 1))
        values = 1 + np.log(counts)
        values *= weights[columns]
        part = 2 * lines + (columns >= said)
        values /= np.sqrt(np.bincount(part, values**2))[part]
        pairs = np.empty(len(columns), dtype=np.int64)  # what is one is picked in one go
        rows = Rows(np.searchsorted(lines, np.arange(len(owners) + 1, dtype=np.int32)), *halves(pairs), width)
        rows.columns[:], rows.values[:] = columns, values
        return cls(rows, pairs, weights, said), counts

    def weigh(self, message: Found) -> Weighed:
        """A message's features as unit vectors; those that the FAQ does not know only lengthen their norm."""
        weights = self.weights[message.numbers] * (1 + np.log(message.counts))
        for part in (weights[: message.said], weights[message.said :]):
            part /= math.sqrt(part.dot(part)) or 1.0
        known = message.numbers != UNKNOWN
        return Weighed(message.numbers[known], weights[known].astype(np.float32))


def halves(pairs: Numbers) -> tuple[Columns, Floats]:
    """The columns and the values of some pairs, as views."""
    return pairs.view(np.int32)[0::2], pairs.view(np.float32)[1::2]


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
