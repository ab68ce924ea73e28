"""A message read by the kernel in one call, by the steps of `likeness`, `neighbourhood`, `coverage` and `choosing`."""

from __future__ import annotations

from typing import Any

import numpy as np

from bot.kernel.library import kernel
from bot.kernel.reading import First, Read, Reads
from bot.matching.choosing import AHEAD, Entries
from bot.matching.held import as_often
from bot.matching.index import LONGEST_SCORED, Index, Understood
from bot.matching.likeness import CLOSE, ROUNDED, SKIPPED
from bot.matching.reading import Reader

MOST_OFTEN = 64  # up to here it is looked up what it counts that something stands there so often


class Whole:
    """Engine A as the kernel reads it."""

    def __init__(self, reads: Reads, index: Index) -> None:
        self._reads, self._index = reads, index

    @classmethod
    def of(cls, index: Index, reader: Reader, entries: Entries) -> Whole | None:
        """None without a kernel."""
        found = kernel()
        if found is None:
            return None
        likeness = index.likeness.arrays()
        arrays: dict[str, Any] = {
            **index.features.arrays(),
            **likeness,
            **reader.neighbourhood.arrays(),
            **reader.coverage.arrays(),
            **entries.arrays(),
            "weights": index.space.weights,
            "often": np.append(0.0, as_often(np.arange(1, MOST_OFTEN))),
        }
        numbers = {
            **reader.neighbourhood.numbers(),
            "stems": index.features.stems,
            "width": index.features.width,
            "most_often": MOST_OFTEN,
            "size": len(index.phrasings),
            "more": len(likeness["further"]),
            "row_width": len(likeness["common_weights"]),
            "about": CLOSE,
            "step": SKIPPED,
            "rounded": float(ROUNDED),
            "cover_width": arrays["covers"].shape[1],
            "own_width": arrays["own"].shape[1],
            "against_width": arrays["against"].shape[1],
            "ahead": AHEAD,
        }
        return cls(Reads(found, arrays, numbers, LONGEST_SCORED), index)

    def first(self, message: Understood) -> First | None:
        """What comes first, as `read` tells it, and no more."""
        return self._reads.first(*self._index.coded(message))

    def read(self, message: Understood, sketch: bool) -> Read | None:
        """None where the FAQ is so small that all of it is looked at. `sketch`: is it asked for as well?"""
        return self._reads(*self._index.coded(message), sketch)
