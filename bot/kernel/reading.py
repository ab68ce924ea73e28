"""A whole message in one call (`reading.c`): what twenty calls of numpy, and the kernel's others, do step by step."""

import ctypes
import threading
from array import array
from collections.abc import Mapping, Sequence
from ctypes import c_double, c_int64, c_void_p
from typing import Any, ClassVar, NamedTuple

import numpy as np

from bot.kernel.calls import Array, Doubles, Floats, at
from bot.kernel.library import Kernel

RANKED = 8  # classes that are told, best first: also without the kernel
LONGEST_FEATURES = 66  # of a word: `features.runs_of` looks at 32 letters; a stem, and a pair

ARRAYS: Mapping[str, type[np.generic]] = {
    **dict.fromkeys(("stem_of", "spelt_at", "spelt", "pair_at", "pair_with"), np.int32),
    **dict.fromkeys(("often", "weights"), np.float64),
    **dict.fromkeys(("common", "starts", "twice", "bounds"), np.int32),
    **dict.fromkeys(("common_weights", "list_weights", "list_scale", "scale", "held_weights", "itself"), np.float32),
    **dict.fromkeys(("common_written", "covers"), np.uint8),
    **dict.fromkeys(("further", "class_of", "class_starts", "own", "against", "entries_at", "general"), np.int64),
    "rows": np.uint64,
    "packed": np.uint32,
    "stem_weights": np.float64,
}
"""The kind of each array; that of `slots` is told by `wide`."""


class Faq(ctypes.Structure):
    """`struct faq`: the names, in order."""

    _fields_: ClassVar = [
        *((name, c_void_p) for name in ("stem_of", "spelt_at", "spelt", "pair_at", "pair_with", "often", "weights")),
        *((name, c_int64) for name in ("stems", "width", "most_often")),
        *((name, c_void_p) for name in ("common", "common_weights", "common_written", "slots", "starts")),
        *((name, c_void_p) for name in ("list_weights", "list_scale", "further")),
        *((name, c_int64) for name in ("wide", "size", "more")),
        *((name, c_void_p) for name in ("rows", "twice")),
        *((name, c_int64) for name in ("row_width", "about", "step")),
        *((name, c_void_p) for name in ("packed", "bounds", "scale", "held_weights", "itself")),
        ("rounded", c_double),
        *((name, c_void_p) for name in ("class_of", "class_starts")),
        *((name, c_int64) for name in ("classes", "first_repelled", "nearest")),
        *((name, c_double) for name in ("steps", "nowhere", "penalty", "repelled", "far", "fine")),
        *((name, c_void_p) for name in ("covers", "stem_weights")),
        ("cover_width", c_int64),
        *((name, c_void_p) for name in ("own", "against", "entries_at", "general")),
        *((name, c_int64) for name in ("own_width", "against_width")),
        ("ahead", c_double),
    ]


class _Found(ctypes.Structure):
    """`struct found`."""

    _fields_: ClassVar = [
        *((name, c_double) for name in ("best", "margin", "strange")),
        ("count", c_int64),
        ("order", c_int64 * RANKED),
        ("entries", c_int64 * RANKED),
        ("scores", c_double * RANKED),
        ("common", c_int64),
    ]


class _Room(ctypes.Structure):
    """`struct room`."""

    _fields_: ClassVar = [
        ("most", c_int64),
        *((name, c_void_p) for name in ("numbers", "keys", "values", "held", "close", "marks")),
    ]


class Read(NamedTuple):
    """What a message is read as: the likeness to each wording, the scores of the classes, the first of these in order
    with the entry of each, and what speaks for the first: its score, its lead, the share of strange words."""

    near: Floats
    scores: Doubles
    order: list[int]
    entries: list[int]
    evidence: tuple[float, float, float]
    sketched: Floats | None
    places: Array
    values: Array


class First(NamedTuple):
    """The entries of the classes that come first, in order, with the scores of these; and what speaks for the first."""

    entries: list[int]
    scores: list[float]
    evidence: tuple[float, float, float]


class _Rooms:
    """Room for one message at a time."""

    def __init__(self, most: int, held: int, size: int, width: int, features: int, classes: int) -> None:
        self.arrays: list[Array] = [
            np.empty(most, np.int64),
            np.empty(3 * most, np.int64),
            np.empty(most, np.float32),
            np.zeros(held, np.float32),  # and zeros it is left as
            np.empty(max(1, size), np.int64),
            np.zeros(features, np.int32),  # and these
        ]
        self.places, self.values = np.empty(width + 1, np.int32), np.empty(width + 1, np.float32)
        self.near, self.scores = np.empty(max(1, size), np.float32), np.empty(classes, np.float64)
        self.room = _Room(most, *(one.ctypes.data for one in self.arrays))
        self.found = _Found()
        told = (ctypes.addressof(self.room), ctypes.addressof(self.found))
        self.at: tuple[int, ...] = (*told, self.places.ctypes.data, self.values.ctypes.data)
        self.result: tuple[int, int] = (self.near.ctypes.data, self.scores.ctypes.data)


class Reads:
    """Holds the arrays of the FAQ; reads messages, one at a time: room for each thread would be megabytes."""

    def __init__(self, kernel: Kernel, arrays: Mapping[str, Any], numbers: Mapping[str, float], longest: int) -> None:
        """All fields of `Faq` by name; `slots` is of 16 or 32 bits. `longest`: words of a message at most."""
        self._read = kernel["read"]
        self._arrays = {name: np.ascontiguousarray(arrays[name], dtype=kind) for name, kind in ARRAYS.items()}
        self._arrays["slots"] = np.ascontiguousarray(arrays["slots"])
        addresses = {name: one.ctypes.data for name, one in self._arrays.items()}
        wide = int(self._arrays["slots"].dtype.itemsize > 2)
        self._faq = Faq(**addresses, **numbers, wide=wide)
        self._size, self._classes = int(numbers["size"]), int(numbers["classes"])
        held = len(self._arrays["list_scale"])
        features = len(self._arrays["held_weights"])
        self._rooms = _Rooms(
            LONGEST_FEATURES * longest + 1, held, self._size, int(numbers["row_width"]), features, self._classes
        )
        self._at = ctypes.addressof(self._faq)
        self._turn = threading.Lock()

    def first(self, words: Sequence[int], strange: Sequence[int], runs: Sequence[int]) -> First | None:
        """What comes first, as `__call__` tells it, and no more."""
        rooms = self._rooms
        with self._turn:
            if not self._told(rooms, words, strange, runs, *rooms.result, None):
                return None
            it = rooms.found
            entries, scores = list(it.entries), list(it.scores)
            if it.count < RANKED:
                entries, scores = entries[: it.count], scores[: it.count]
            return First(entries, scores, (it.best, it.margin, it.strange))

    def __call__(self, words: Sequence[int], strange: Sequence[int], runs: Sequence[int], sketch: bool) -> Read | None:
        """None where there is too little to tell it this way. `words`: numbers, -1 for those that the FAQ lacks: of
        these the stems in turn, and all runs, -2 and less for what it lacks too. `sketch`: also what `sketched`,
        `places` and `values` are: the likeness without common features, and these."""
        rooms, near, scores = self._rooms, np.empty(self._size, np.float32), np.empty(self._classes, np.float64)
        sketched = np.empty(self._size, np.float32) if sketch else None
        wanted = None if sketched is None else at(sketched)
        with self._turn:
            if not self._told(rooms, words, strange, runs, at(near), at(scores), wanted):
                return None
            it = rooms.found
            common = it.common if sketch else 0
            kept = rooms.places[:common].copy(), rooms.values[:common].copy()
            evidence = (it.best, it.margin, it.strange)
            return Read(near, scores, it.order[: it.count], it.entries[: it.count], evidence, sketched, *kept)

    def _told(
        self,
        rooms: _Rooms,
        words: Sequence[int],
        strange: Sequence[int],
        runs: Sequence[int],
        near: Any,
        scores: Any,
        sketched: Any,
    ) -> bool:
        """Read a message; False where there is too little to tell it this way."""
        said = array("i", words or (0,))
        lacking = (array("i", strange), array("i", runs or (0,))) if strange else ()
        room, found, places, values = rooms.at
        done = self._read(
            self._at, room, at(said), len(words), *(map(at, lacking) if lacking else (None, None)), len(runs),
            near, scores, sketched, places, values, found,
        )  # fmt: skip
        if done < 0:
            raise MemoryError("the compiled kernel found no room")
        return not done
