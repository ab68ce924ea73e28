"""What the compiled kernel is asked for: each call does what some lines of numpy in `bot/matching` do.

The arrays that stay are kept here, so that nobody moves them; their kinds are made right once. Those of a message
come from `bot/matching`, of the kinds that their types name, and C-contiguous.
"""

import ctypes
import threading
from collections.abc import Callable
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from bot.kernel.library import Kernel

PANEL = 32  # outputs of a matrix that stand together (matrices.c)
ONCE = 16  # sixteenths: what stands there once
Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Columns = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int64]

at: Callable[[Any], Any] = (ctypes.c_char * 0).from_buffer
"""An array's address, as an argument: `array.ctypes.data` takes five times as long."""


class Kept:
    """Arrays that stay, and where they are: to ask that each time takes as long as a short call."""

    def __init__(self, *arrays: Array) -> None:
        self._arrays = [np.ascontiguousarray(array) for array in arrays]
        self.at: list[int] = [array.ctypes.data for array in self._arrays]


class Room(threading.local):
    """Room that a thread uses again for each message: to get it anew costs more than what is done with it."""

    def __init__(self, size: int, kind: type[np.generic]) -> None:
        self.array: Array = np.zeros(size, dtype=kind)
        self.at: int = self.array.ctypes.data


class Shares:
    """What a message shares with each wording: `bot.matching.lists`."""

    def __init__(
        self, kernel: Kernel, slots: Array, starts: Columns, weights: Floats, scale: Floats, size: int, further: Numbers
    ) -> None:
        self._shares, self._size, self._more = kernel["shares"], size, len(further)
        self._wide = int(slots.dtype.itemsize > 2)
        slots = slots.astype(np.uint32 if self._wide else np.uint16, copy=False)
        self._kept = Kept(slots, starts, weights, scale, further)
        self._held = Room(len(scale), np.float32)  # zeros, which each call leaves there again

    def __call__(self, numbers: Numbers, values: Floats) -> Floats:
        """`numbers`, `values`: of the message's features."""
        shares = np.empty(self._size, dtype=np.float32)
        slots, starts, weights, scale, further = self._kept.at
        ours = (at(numbers), at(values), len(numbers), self._held.at, at(shares))
        self._shares(slots, self._wide, starts, weights, scale, self._size, further, self._more, *ours)
        return shares


class Common:
    """Which common features each wording has, and which of them more than once: a bit each.

    `rows`: of each wording words of 64 bits for either, and one more: the place in `twice`, 32 bits, and how many.
    """

    def __init__(self, much: npt.NDArray[np.uint8]) -> None:
        """`much`: how many sixteenths each counts in each wording, (wordings, features)."""
        size, self.width = much.shape
        words = -(-self.width // 64)
        bits = np.zeros((size, 2, 8 * words), dtype=np.uint8)
        for more, least in enumerate((0, ONCE)):
            bits[:, more, : -(-self.width // 8)] = np.packbits(much > least, axis=1, bitorder="little")
        wording, place = np.nonzero(much > ONCE)
        self.twice = np.column_stack([place, much[wording, place].astype(np.int32) - ONCE]).astype(np.int32)
        many = np.bincount(wording, minlength=size).astype(np.uint64)
        ends = np.cumsum(many, dtype=np.uint64) - many + (many << np.uint64(32))
        self.rows = np.column_stack([bits.view(np.uint64).reshape(size, 2 * words), ends])


class Completing:
    """Adds what common features tell to the likeness to the nearest, and says which they are: `likeness`."""

    def __init__(self, kernel: Kernel, common: Common, scale: Floats, about: int, step: int) -> None:
        self._completed, self._about, self._step = kernel["completed"], about, step
        self._size, self._width = len(common.rows), common.width
        self._kept = Kept(common.rows, common.twice, scale)
        self._close = Room(max(1, self._size), np.int64)

    def __call__(
        self, near: Floats, places: Columns, shares: Floats, written: npt.NDArray[np.uint8], rounded: float
    ) -> Numbers:
        """`near` is changed in place. `places`, `shares`, `written`: of the message's common features."""
        rows, twice, scale = self._kept.at
        ours = (at(places), at(shares), at(written), len(places), self._close.at)
        size = (self._size, self._about, self._step, rounded)
        found = self._completed(at(near), *size, rows, self._width, twice, scale, *ours)
        close: Numbers = self._close.array[: enough(found)].copy()
        return close


class Among:
    """The likeness of some wordings among each other: `likeness`, `held`."""

    def __init__(
        self, kernel: Kernel, packed: Array, bounds: Columns, scale: Floats, weights: Floats, itself: Floats
    ) -> None:
        self._among = kernel["among"]
        self._kept = Kept(packed, bounds, scale, weights, itself)
        self._marks = Room(len(weights), np.int32)  # zeros, which each call leaves there again

    def __call__(self, chosen: Numbers) -> Floats:
        """Shape (chosen, chosen)."""
        near = np.empty((len(chosen), len(chosen)), dtype=np.float32)
        enough(self._among(*self._kept.at, at(chosen), len(chosen), self._marks.at, at(near)))
        return near


class Scores:
    """Finding the nearest wordings, and what they say: `neighbourhood`."""

    def __init__(self, kernel: Kernel, starts: Numbers, first: int) -> None:
        """`starts`: where the wordings of each class begin; `first`: where those of the last one end."""
        self._nearest, self._solved, self._closest = kernel["nearest"], kernel["solved"], kernel["closest"]
        self._kept, self._size, self._first = Kept(starts), len(starts), first

    def nearest(self, near: Floats, close: Numbers, most: int, steps: float, nowhere: float) -> Numbers | None:
        """The `most` nearest of `close`, of which there are more; None where too many were left out."""
        chosen = np.empty(most, dtype=np.int64)
        found = self._nearest(at(near), at(close), len(close), most, steps, nowhere, at(chosen))
        return chosen if found == most else None

    def solved(self, system: Floats, count: int, penalty: float, close: Doubles) -> Doubles:
        """The weights of the first `count` of some wordings, (system + penalty I)^-1 close among these."""
        weights = np.empty(count)
        enough(self._solved(at(system), len(system), count, penalty, at(close), at(weights), 0, None))
        return weights

    def closest(self, near: Floats) -> Floats:
        """The likeness to the closest wording of each class."""
        closest = np.empty(self._size, dtype=np.float32)
        self._closest(at(near), *self._kept.at, self._size, self._first, at(closest))
        return closest


class Closeness:
    """How close entries come: `choosing`."""

    def __init__(self, kernel: Kernel, own: Numbers, against: Numbers, size: int) -> None:
        self._close, self._size = kernel["close"], size
        self._kept = Kept(own, against)
        self._widths = own.shape[1], against.shape[1]

    def __call__(self, entries: Numbers, near: Floats) -> Floats:
        """Of some entries, by the likeness to each wording."""
        close = np.empty(len(entries), dtype=np.float32)
        (own, against), (width, other) = self._kept.at, self._widths
        ours = (at(entries), len(entries), at(close))
        self._close(at(near), self._size, own, width, against, other, *ours)
        return close


class Panels:
    """A matrix of whole numbers times a scale of each output, multiplied without unpacking it first: `matrices`."""

    def __init__(self, kernel: Kernel, numbers: Array, scale: Floats) -> None:
        """`numbers`: int8, (inner, outputs), outputs a multiple of PANEL."""
        self._times, self._lanes = kernel["times"], kernel.lanes
        self._inner, self._outputs = numbers.shape
        panels = numbers.reshape(self._inner, self._outputs // PANEL, PANEL).transpose(1, 0, 2)
        self._kept = Kept(panels.astype(np.int8, copy=False), scale)

    @classmethod
    def fitting(cls, kernel: Kernel | None, numbers: Array, scale: Floats) -> Self | None:
        """None where numpy does it as well: no kernel, or a processor that multiplies few numbers at once."""
        fits = kernel is not None and kernel.lanes and numbers.shape[1] % PANEL == 0
        return cls(kernel, numbers, scale) if kernel is not None and fits else None

    def times(self, rows: Floats) -> Floats:
        """(n, inner) @ the matrix -> (n, outputs)."""
        rows, count = np.ascontiguousarray(rows), len(rows)
        product = np.empty((count, self._outputs), dtype=np.float32)
        turned = np.empty(rows.size, dtype=np.float32)
        ours = (self._outputs, self._lanes, at(turned), at(product))
        self._times(at(rows), count, self._inner, *self._kept.at, *ours)
        return product


def enough(found: int) -> int:
    """What a function found; MemoryError where it found no room for that."""
    if found < 0:
        raise MemoryError("the compiled kernel found no room")
    return found
