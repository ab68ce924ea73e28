"""What each wording of the FAQ holds: its features, in order, and how much each counts there.

A feature's value in a wording is what the feature weighs, times how much it counts there (1 + log of how often it
stands there, in sixteenths), times a scale of the wording's words or of its characters. So no values are kept: a
feature and its sixteenths are one number of 32 bits.
"""

from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.matching.rows import Columns, Doubles, Floats, Numbers

SIXTEENTHS = 16
BITS = 8  # for the sixteenths: enough for what stands there a million times
Packed = npt.NDArray[np.uint32]


class Held:
    """The features of all wordings, wording after wording: first those of words, then those of characters."""

    def __init__(self, packed: Packed, bounds: Columns, scale: Floats, weights: Floats) -> None:
        """`bounds`: where each wording's words begin, its characters, and where it ends, (wordings, 3).

        `scale`: of its words and of its characters, (wordings, 2); `weights`: of a sixteenth of each feature.
        """
        self._packed, self._bounds, self.scale, self._weights = packed, bounds, scale, weights

    @classmethod
    def of(cls, lines: Columns, columns: Columns, counts: Columns, weights: Doubles, said: int, size: int) -> Self:
        """Of features by wording and number, in order. `said`: features below it are of words; `size`: wordings."""
        much = as_often(counts)
        halves = 2 * lines + (columns >= said)
        norms = np.sqrt(np.bincount(halves, (much / SIXTEENTHS * weights[columns]) ** 2, minlength=2 * size))
        packed: Packed = columns.astype(np.uint32) << np.uint32(BITS)
        packed |= much.astype(np.uint32)
        bounds = np.searchsorted(halves, 2 * np.arange(size)[:, None] + np.arange(3)).astype(np.int32)
        scale, weights = 1 / np.maximum(norms, 1e-9), weights / SIXTEENTHS
        return cls(packed, bounds, scale.astype(np.float32).reshape(-1, 2), weights.astype(np.float32))

    def __len__(self) -> int:
        return len(self._bounds)

    def arrays(self) -> tuple[Packed, Columns, Floats, Floats]:
        """What is kept: packed features, bounds (wordings, 3), scale (wordings, 2), weights of a sixteenth."""
        return self._packed, self._bounds, self.scale, self._weights

    def halves(self) -> Numbers:
        """Of each place: twice the wording's number, and one more where the feature is of characters."""
        return np.repeat(np.arange(2 * len(self)), np.diff(self._bounds).ravel())

    def columns(self) -> Columns:
        """The feature of each place."""
        return (self._packed >> BITS).astype(np.int32)

    def much(self) -> npt.NDArray[np.uint8]:
        """How much the feature counts at each place, in sixteenths."""
        return self._packed.astype(np.uint8)

    def norms(self) -> Floats:
        """Each wording's likeness to itself: 1 for its words and 1 for its characters, 0 for what it lacks."""
        norms: Floats = np.count_nonzero(np.diff(self._bounds), axis=1).astype(np.float32)
        return norms

    def row(self, number: int) -> tuple[Numbers, Floats]:
        """One wording: its features, and their values in the two unit vectors."""
        columns, values, _ = self.rows([number])
        return columns, values

    def rows(self, chosen: Sequence[int] | Numbers) -> tuple[Numbers, Floats, Columns]:
        """Some wordings, one after another: their features and values, and how many of them each has."""
        bounds = self._bounds.take(chosen, axis=0)
        packed = np.concatenate([self._packed[first:end] for first, _, end in bounds.tolist()])
        columns = (packed >> BITS).astype(np.int64)
        values = self._weights.take(columns)
        values *= packed.astype(np.uint8)
        lengths: Columns = bounds[:, 1:] - bounds[:, :-1]  # `numpy.diff` takes five times as long
        values *= np.repeat(self.scale.take(chosen, axis=0), lengths.ravel())
        return columns, values, lengths[:, 0] + lengths[:, 1]


def as_often(counts: npt.NDArray[np.int32] | Numbers) -> Doubles:
    """1 + log of how often something stands there, in whole sixteenths."""
    much: Doubles = np.rint(SIXTEENTHS * (1 + np.log(counts)))
    return much
