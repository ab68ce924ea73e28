"""How alike a message and each wording of the FAQ are, and the wordings among each other: the kernel.

Words and characters: the sum of both cosines, 0 to 2. With the sentence model also 5 exp(2 (cosine - 1)).
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.kernel.calls import PANEL, Among, Common, Completing, Panels
from bot.kernel.library import kernel
from bot.matching.held import SIXTEENTHS
from bot.matching.lists import Lists
from bot.matching.rows import Columns, Floats, Numbers
from bot.matching.space import Space, Weighed

MODEL_WEIGHT, MODEL_WIDTH = np.float32(5.0), np.float32(2.0)  # a plateau: 3 to 8, 1 to 3
COMMON = 0.1  # the share of the wordings from which a feature is common: it tells little, and is looked at last
CLOSE = 400  # wordings for which common features are counted too; the 50 nearest were always among the first 400
ROUNDED = np.float32(2e-5)  # more than rounding errors
SKIPPED = 8
RARE = -1
LARGEST, TINY = np.float32(127), np.float32(1e-9)


class Sketch(NamedTuple):
    """The likeness to every wording by rare features, and what the common ones would add: place and value of each."""

    near: Floats
    places: Columns
    values: Floats


class Near(NamedTuple):
    """The likeness to every wording, shape (wordings,), and the numbers of those that may be the nearest, in order."""

    to: Floats
    close: Numbers


class Likeness:
    """Words and characters, side by side in one sparse matrix; its rows are the wordings."""

    def __init__(self, space: Space) -> None:
        held = self._held = space.held
        columns = held.columns()
        common = np.bincount(columns, minlength=len(space.weights) - 1) > COMMON * len(held)
        self._place = np.where(common, np.cumsum(common) - 1, RARE).astype(np.int32)
        numbers, dense = np.flatnonzero(common), common[columns]
        much = np.zeros((len(held), len(numbers)), dtype=np.uint8)
        much[held.halves()[dense] // 2, self._place[columns[dense]]] = held.much()[dense]
        self._written = (numbers >= space.said).astype(np.uint8)
        self._weights = (space.weights[numbers] / SIXTEENTHS).astype(np.float32)
        self._scale = held.scale
        self._itself = held.norms()
        self._lists = Lists(held, ~dense, space.weights)
        found = kernel()
        self._common = much if found is None else np.zeros((0, len(numbers)), dtype=np.uint8)
        self._bits = Common(much) if found else None
        self._completing = Completing(found, self._bits, self._scale, CLOSE, SKIPPED) if found and self._bits else None
        self._compiled = Among(found, *held.arrays(), self._itself) if found else None

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What the kernel reads, by the names that it has there."""
        bits = Common(self._common) if self._bits is None else self._bits
        packed, bounds, scale, weights = self._held.arrays()
        return {
            **self._lists.arrays(),
            "common": self._place,
            "common_weights": self._weights,
            "common_written": self._written,
            "rows": bits.rows,
            "twice": bits.twice,
            "packed": packed,
            "bounds": bounds,
            "scale": scale,
            "held_weights": weights,
            "itself": self._itself,
        }

    def sketch(self, message: Weighed) -> Sketch:
        """A message's likeness by the features that tell most."""
        places = self._place[message.numbers]
        rare = places == RARE
        near = self._lists.shares(message.numbers[rare], message.values[rare])
        return Sketch(near, places[~rare], message.values[~rare])

    def sketch_of(self, wording: int) -> Sketch:
        """The same for one of the wordings."""
        return self.sketch(Weighed(*self._held.row(wording)))

    def completed(self, sketch: Sketch, besides: Floats | None = None) -> Near:
        """The likeness to every wording; to those far away, without their common features.

        `besides`: what else makes a wording near, by the sentence model.
        """
        near = sketch.near.copy() if besides is None else sketch.near + besides
        if self._completing:
            places = sketch.places
            told, written = sketch.values * self._weights[places], self._written[places]
            return Near(near, self._completing(near, places, told, written, float(ROUNDED)))
        close = leading(near, CLOSE) if len(near) > CLOSE else np.arange(len(near))
        shares = np.zeros((self._common.shape[1], 2), dtype=np.float32)  # of the words, of the characters
        shares[sketch.places, self._written[sketch.places]] = sketch.values * self._weights[sketch.places]
        both = self._common.take(close, axis=0).astype(np.float32) @ shares
        near[close] += np.einsum("ij,ij->i", both, self._scale.take(close, axis=0))
        return Near(near, close)

    def among(self, chosen: Numbers) -> Floats:
        """The likeness of some wordings among each other, shape (chosen, chosen)."""
        if self._compiled:
            return self._compiled(chosen)
        columns, values, lengths = self._held.rows(chosen)
        last = np.empty(len(self._place), dtype=np.int32)  # where each feature stands last: a number of its own
        last[columns] = np.arange(len(columns), dtype=np.int32)
        feature = last.take(columns)
        shared = np.flatnonzero(np.bincount(feature) > 1)  # what one of them has alone makes none alike
        width = len(shared) + 1
        place = np.zeros(len(columns), dtype=np.int64)  # 0: a column for the rest, left out below
        place[shared] = np.arange(1, width)
        table = np.zeros(len(chosen) * width, dtype=np.float32)
        table[place.take(feature) + np.repeat(np.arange(0, len(table), width), lengths)] = values
        shares = table.reshape(len(chosen), width)[:, 1:]
        near: Floats = shares @ shares.T
        near.ravel()[:: len(chosen) + 1] = self._itself[chosen]
        return near


def leading(near: Floats, about: int) -> Numbers:
    """About so many of the nearest, and all that are as near as the last of them.

    Where that is comes from every eighth: to look at all of them takes longer than what is saved by looking at few.
    """
    some = np.sort(near[::SKIPPED])  # faster than a partition, which guesses wrong at every step
    least = some[-min(len(some), max(1, about // SKIPPED))] - ROUNDED
    found: Numbers = (near > least).nonzero()[0]
    return found


class ModelLikeness:
    """The sentence model's part, from unit vectors; they are kept as whole numbers of -127 to 127, and made unit again.

    To read them all is what a message costs here: so they are a quarter of the bytes.
    """

    def __init__(self, vectors: Floats) -> None:
        """`vectors`: of all wordings, (wordings, 384)."""
        most = np.maximum(np.abs(vectors).max(axis=1, keepdims=True, initial=0.0), TINY)
        self._numbers = np.rint(vectors * (LARGEST / most)).astype(np.int8)
        lengths = np.sqrt(np.einsum("ij,ij->i", self._numbers, self._numbers, dtype=np.float32))
        self._scale = 1 / np.maximum(lengths, np.float32(1))
        rest = -len(vectors) % PANEL
        whole, scale = np.pad(self._numbers, ((0, rest), (0, 0))), np.pad(self._scale, (0, rest))
        self._panels = Panels.fitting(kernel(), whole.T, scale)
        self._floats = self.vectors(np.arange(0 if self._panels else len(vectors)))

    def vectors(self, chosen: Numbers) -> Floats:
        """Those of some wordings, as they are kept: (chosen, 384)."""
        found: Floats = self._numbers[chosen] * self._scale[chosen, None]
        return found

    def to(self, vectors: Floats) -> Floats:
        """The likeness of messages to every wording: (n, 384) -> (n, wordings)."""
        if self._panels:
            return _near(self._panels.times(vectors)[:, : len(self._scale)])
        return _near(vectors @ self._floats.T)

    def among(self, chosen: Numbers) -> Floats:
        """The likeness of some wordings among each other."""
        some = self.vectors(chosen)
        return _near(some @ some.T)


def _near(cosines: Floats) -> Floats:
    near: Floats = MODEL_WEIGHT * np.exp(MODEL_WIDTH * (cosines - np.float32(1.0)))
    return near
