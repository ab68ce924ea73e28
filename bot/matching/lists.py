"""For each feature the wordings that have it: what a message and all wordings share is added up along such lists.

A feature's value in a wording is what the feature weighs times a scale of the wording: by its length in words or in
characters, and by how often the feature stands in it, which is once as a rule. So the lists hold no values, but slots:
one for a wording's words, one for its characters, and further ones for what stands there twice or more.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from bot.kernel.calls import Shares
from bot.kernel.library import kernel
from bot.matching.held import SIXTEENTHS, Held
from bot.matching.rows import Doubles, Floats, Numbers

MOST = 256  # sixteenths: more than a feature counts in any wording


class Lists:
    """The lists of some wordings' features."""

    def __init__(self, held: Held, kept: npt.NDArray[np.bool_], weights: Doubles) -> None:
        """`kept`: of the places of `held`, those that are listed; `weights`: of the features."""
        self._size = len(held)
        halves, much = held.halves()[kept], held.much()[kept]
        slots = halves // 2 + self._size * (halves % 2)
        more = much > SIXTEENTHS
        further, place = np.unique(halves[more] * MOST + much[more], return_inverse=True)
        slots[more] = 2 * self._size + place
        self._further = further // MOST // 2
        often = (further % MOST / SIXTEENTHS).astype(np.float32)
        self._scale = np.concatenate([*held.scale.T, held.scale.ravel()[further // MOST] * often])
        at = held.columns()[kept] * np.int64(len(self._scale))
        at += slots  # a feature and a slot, as one number
        at.sort()
        self._slots = (at % len(self._scale)).astype(np.min_scalar_type(len(self._scale)))
        self._starts = np.searchsorted(at, np.arange(len(weights)) * len(self._scale)).astype(np.int32)
        self._weights = weights.astype(np.float32)
        found = kernel()
        arrays = (self._slots, self._starts, self._weights, self._scale)
        self._compiled = Shares(found, *arrays, self._size, self._further) if found else None

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What the kernel reads, by the names that it has there."""
        slots = self._slots.astype(np.uint32 if self._slots.itemsize > 2 else np.uint16, copy=False)
        told = {"starts": self._starts, "list_weights": self._weights, "list_scale": self._scale}
        return {"slots": slots, "further": self._further, **told}

    def shares(self, numbers: Numbers, values: Floats) -> Floats:
        """What each wording shares with a message, by the numbers and values of some of its features."""
        if self._compiled:
            return self._compiled(numbers, values)
        firsts, ends = self._starts[numbers], self._starts[numbers + 1]
        lists = [self._slots[first:end] for first, end in zip(firsts.tolist(), ends.tolist(), strict=True)]
        held = np.zeros(len(self._scale), dtype=np.float32)
        if lists:
            np.add.at(held, np.concatenate(lists), np.repeat(values * self._weights[numbers], ends - firsts))
        held *= self._scale
        shares: Floats = held[: self._size] + held[self._size : 2 * self._size]
        np.add.at(shares, self._further, held[2 * self._size :])
        return shares
