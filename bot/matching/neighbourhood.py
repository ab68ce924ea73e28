"""Scores by kernel ridge regression in the message's own neighbourhood: only its nearest wordings are looked at.

s = k' (K + penalty I)^-1 Y over the nearest wordings: as good as the same over all wordings, which was measured, and
nothing has to be learned beforehand. A held-out wording is one that is left out of its own neighbourhood.
"""

from collections.abc import Callable

import numpy as np

from bot.kernel.calls import Scores
from bot.kernel.library import kernel
from bot.matching.index import Index
from bot.matching.likeness import Near
from bot.matching.rows import Doubles, Floats, Numbers

NEAREST, NEAREST_BY_WORDS = 80, 50  # wordings, with the sentence model and without; plateaus from 50 to 200
PENALTY = 3.0
REPELLED = -0.5  # the target of a class's own `not_for` wordings
FAR = 0.02  # how much a class's closest wording counts by itself: it orders the classes outside the neighbourhood
NOWHERE = np.float32(-1.0)  # the likeness of a wording that is left out

FINE, CLOSELY = 1e4, np.float32(1e5)  # steps of a score, and of a likeness: the last bit is another on each machine

Among = Callable[[Numbers], Floats]


class Neighbourhood:
    """Which class each wording speaks for, and how loudly."""

    def __init__(self, index: Index, nearest: int = NEAREST) -> None:
        self._nearest = nearest
        self._classes = index.class_of[index.owners]
        self._size = len(index.classes)
        self._first = int(np.count_nonzero(index.positive))  # look-alike; before it stands what speaks, class by class
        self._starts = np.searchsorted(self._classes[: self._first], np.arange(self._size))  # class by class
        self._compiled = Scores(found, self._starts, self._first) if (found := kernel()) else None

    def arrays(self) -> dict[str, Numbers]:
        """What the kernel reads, by the names that it has there."""
        return {"class_of": self._classes, "class_starts": self._starts}

    def numbers(self) -> dict[str, float]:
        """And the numbers."""
        told = {"steps": float(CLOSELY), "nowhere": float(NOWHERE), "penalty": PENALTY, "far": FAR, "fine": FINE}
        counts = {"classes": self._size, "first_repelled": self._first, "nearest": self._nearest}
        return {**told, **counts, "repelled": REPELLED}

    def scores(self, near: Near, among: Among) -> Doubles:
        """The score of each class. `near`: the likeness to each wording; `among`: of some among each other."""
        chosen = self._chosen(near)
        own = int(np.searchsorted(chosen, self._first))  # of them speak for their class; look-alikes come after them
        classes, close = self._classes[chosen], near.to[chosen].astype(np.float64)
        alike = among(chosen)
        weights = self._solved(alike, own, close)
        scores = np.bincount(classes[:own], weights, minlength=self._size)
        if own < len(chosen):  # a look-alike takes from the class that names it, and from no other
            weights = self._solved(alike, len(chosen), close)
            weights[own:] *= REPELLED
            named, pushed = classes[own:], np.bincount(classes, weights, minlength=self._size)
            scores[named] = np.minimum(scores[named], pushed[named])
        closest = self._closest(near.to)
        rounded: Doubles = np.rint((scores + FAR * np.maximum(closest, 0.0)) * FINE) / FINE
        return rounded

    def _chosen(self, near: Near) -> Numbers:
        """The nearest wordings, in their own order."""
        found = None
        if self._compiled and len(near.close) > self._nearest:
            found = self._compiled.nearest(near.to, near.close, self._nearest, float(CLOSELY), float(NOWHERE))
        return nearest(near.to, self._nearest, near.close) if found is None else found

    def _solved(self, alike: Floats, count: int, close: Doubles) -> Doubles:
        """The weights of the first `count` wordings. K is positive semidefinite: with PENALTY, there is a solution."""
        if self._compiled:
            return self._compiled.solved(alike, count, PENALTY, close)
        system = alike[:count, :count].astype(np.float64)
        system.ravel()[:: count + 1] += PENALTY
        weights: Doubles = np.asarray(np.linalg.solve(system, close[:count]), dtype=np.float64)
        return weights

    def _closest(self, near: Floats) -> Floats:
        """The likeness to the closest wording of each class."""
        if self._compiled:
            return self._compiled.closest(near)
        closest: Floats = np.maximum.reduceat(near[: self._first], self._starts)
        return closest


def nearest(near: Floats, most: int = NEAREST, close: Numbers | None = None) -> Numbers:
    """The nearest wordings in their own order; of equally near ones, the first. None that was left out.

    `close`: the numbers, in order, of some that are nearer than all others were before some were left out.
    """
    some = np.arange(len(near)) if close is None else close
    held = near[some]
    if len(some) > most:
        rounded = np.rint(held * CLOSELY)
        least = np.sort(rounded)[-most]
        if least > NOWHERE * CLOSELY:
            nearer, equal = some[rounded > least], some[rounded == least]
            return np.sort(np.concatenate([nearer, equal[: most - len(nearer)]]))
    return some[held > NOWHERE] if len(some) == len(near) else nearest(near, most)
