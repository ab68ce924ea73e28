"""What the words of a text weigh together (`gate.c`): the same sums as in `bot.urgent.features`, in one call."""

import ctypes
from array import array
from collections.abc import Sequence
from ctypes import c_void_p
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from bot.kernel.calls import Kept, at
from bot.kernel.library import Kernel

BITS = 12  # of a hash: those that are alike in them stand together
POLYNOMIAL = 0xEDB88320  # of the CRC-32, as zlib reckons it
KINDS = 3


class _Weights(ctypes.Structure):
    """`struct weights`."""

    _fields_: ClassVar = [(name, c_void_p) for name in ("hashes", "table", "adds", "begin")]


class Sums:
    """Holds the weights of the features."""

    def __init__(self, kernel: Kernel, hashes: npt.NDArray[np.uint32], adds: npt.NDArray[np.int16]) -> None:
        """`hashes`: of the features, in order, the last one the greatest that there is; `adds`: (features, KINDS)."""
        self._weighed = kernel["weighed"]
        begin = np.searchsorted(hashes, np.arange(1 << BITS, dtype=np.uint32) << np.uint32(32 - BITS))
        self._kept = Kept(hashes, _table(), adds, np.append(begin, len(hashes) - 1).astype(np.int32))
        self._weights = _Weights(*self._kept.at)

    def __call__(self, words: Sequence[str], marks: Sequence[int] = ()) -> tuple[list[int], int]:
        """What the different features add up to, for each kind, and how many there are. `marks`: the hashes of some."""
        said = ("\n".join(words) + "\n").encode("utf-8", "surrogatepass")
        keys, sums = array("q", marks), array("q", bytes(8 * KINDS))
        keys.frombytes(bytes(keys.itemsize * (4 * len(words) + 1)))
        count = self._weighed(
            ctypes.addressof(self._weights), said, len(said), len(words), len(marks), at(keys), at(sums)
        )
        return sums.tolist(), count


def _table() -> npt.NDArray[np.uint32]:
    """What each byte makes of a CRC-32."""
    found = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        found = (found >> np.uint32(1)) ^ np.where(found & np.uint32(1), np.uint32(POLYNOMIAL), np.uint32(0))
    return found
