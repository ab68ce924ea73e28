"""For each feature the wordings that have it: what a message and all wordings share is added up along such lists.

A feature's value in a wording is what the feature weighs times a scale of the wording: by its length in words or in
characters, and by how often the feature stands in it, which is once as a rule. So the lists hold no values, but slots:
one for a wording's words, one for its characters, and further ones for what stands there twice or more.
"""

import numpy as np

from bot.matching.rows import Columns, Doubles, Floats, Numbers, Rows

OFTEN = 256  # times: more than a feature stands in any wording


class Lists:
    """The lists of some wordings' features."""

    def __init__(self, rows: Rows, counts: Columns, weights: Doubles, said: int) -> None:
        """`counts`: how often each feature stands; `weights`: of the features; `said`: those below are of words."""
        self._size = len(rows)
        slots = rows.lines().astype(np.int64) + self._size * (rows.columns >= said)
        more = counts > 1
        further, place = np.unique(slots[more] * OFTEN + np.minimum(counts[more], OFTEN - 1), return_inverse=True)
        slots[more] = 2 * self._size + place
        self._further = further // OFTEN % self._size
        self._scale = np.zeros(2 * self._size + len(further), dtype=np.float32)
        self._scale[slots] = rows.values / weights[rows.columns]
        at = rows.columns * np.int64(len(self._scale))
        at += slots  # a feature and a slot, as one number
        at.sort()
        self._slots = (at % len(self._scale)).astype(np.min_scalar_type(len(self._scale)))
        self._starts = np.searchsorted(at, np.arange(rows.width + 1) * len(self._scale)).astype(np.int32)
        self._weights = weights.astype(np.float32)

    def shares(self, numbers: Numbers, values: Floats) -> Floats:
        """What each wording shares with a message, by the numbers and values of some of its features."""
        firsts, ends = self._starts[numbers], self._starts[numbers + 1]
        lists = [self._slots[first:end] for first, end in zip(firsts.tolist(), ends.tolist(), strict=True)]
        held = np.zeros(len(self._scale), dtype=np.float32)
        if lists:
            np.add.at(held, np.concatenate(lists), np.repeat(values * self._weights[numbers], ends - firsts))
        held *= self._scale
        shares: Floats = held[: self._size] + held[self._size : 2 * self._size]
        np.add.at(shares, self._further, held[2 * self._size :])
        return shares
