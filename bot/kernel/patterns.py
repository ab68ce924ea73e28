"""Which patterns of the gate a text meets (`gate.c`): the same as `bot.urgent.trying`, in one call."""

from __future__ import annotations

import ctypes
import threading
from array import array
from collections.abc import Iterable, Sequence
from ctypes import c_int64, c_void_p
from itertools import accumulate, chain
from typing import ClassVar

import numpy as np

from bot.kernel.calls import Array, Columns, Kept, at
from bot.kernel.library import Kernel

CUE, FIGURE = 1, 2  # kinds of patterns
Rows = Sequence[Sequence[int]]
ENOUGH = 256  # patterns met, for which there is room at once


class _Patterns(ctypes.Structure):
    """`struct patterns`."""

    _fields_: ClassVar = [
        *((name, c_void_p) for name in ("tried_at", "tried", "fills_at", "fills")),
        *((name, c_void_p) for name in ("filled_at", "filled", "code_at", "code")),
        ("words", c_int64),
        ("places", c_int64),
    ]


class _Rooms(threading.local):
    """Each thread's own."""

    def __init__(self, places: int) -> None:
        self.arrays: tuple[Array, Array] = (np.empty(places // 64 + 1, np.uint64), np.empty(3 * ENOUGH, np.int32))
        self.present, self.met = (one.ctypes.data for one in self.arrays)


class Patterns:
    """Holds all patterns as numbers."""

    def __init__(self, kernel: Kernel, tried: Rows, filled: Rows, codes: array[int], code_at: array[int]) -> None:
        """`tried`: of each word, and last of any other, the numbers of the patterns that are tried there; `filled`: of
        each place the numbers of the words that fill it, in order; `codes`: pattern after pattern as `gate.c` reads
        them, each from its `code_at` on."""
        self._met = kernel["met"]
        rows, words = _joined(filled)
        order = np.argsort(words, kind="stable")  # of each word the places that it fills, in order
        places = np.repeat(np.arange(len(filled), dtype=np.int32), np.diff(rows))[order]
        fills = np.searchsorted(words[order], np.arange(len(tried) + 1)).astype(np.int32)
        told = (np.array(code_at, dtype=np.int32), np.array(codes, dtype=np.int32))
        self._kept = Kept(*_joined(tried), fills, places, rows, words, *told)
        self._all = _Patterns(*self._kept.at, len(tried) - 1, len(filled))
        self._rooms = _Rooms(len(filled))

    def __call__(self, words: Sequence[int], breaks: Iterable[int], small: Iterable[bool]) -> list[int]:
        """The pattern, the first and the last word of each that is met, one after another, in the order of the text.

        `words`: numbers, -1 for those in no pattern; `breaks`: how strong that before each is; `small`: is it small?
        """
        ours = (ctypes.addressof(self._all), at(array("i", words or (0,))), bytes(breaks), bytes(small), len(words))
        room = self._rooms
        count = self._met(*ours, room.present, room.met, ENOUGH)
        if count <= ENOUGH:
            found: list[int] = room.arrays[1][: 3 * count].tolist()
            return found
        met = np.empty(3 * count, np.int32)
        self._met(*ours, room.present, at(met), count)
        more: list[int] = met.tolist()
        return more


def _joined(rows: Rows) -> tuple[Columns, Columns]:
    """Where each row begins, and where the last one ends; and all rows, one after another."""
    starts = np.fromiter(accumulate(map(len, rows), initial=0), dtype=np.int32, count=len(rows) + 1)
    return starts, np.fromiter(chain.from_iterable(rows), dtype=np.int32, count=int(starts[-1]))
