"""Scores by kernel ridge regression in the message's own neighbourhood: only its nearest wordings are looked at.

s = k' (K + penalty I)^-1 Y over the nearest wordings: as good as the same over all wordings, which was measured, and
nothing has to be learned beforehand. A held-out wording is one that is left out of its own neighbourhood.
"""

from collections.abc import Callable

import numpy as np

from bot.matching.index import Index
from bot.matching.likeness import ROUNDED, leading
from bot.matching.rows import Doubles, Floats, Numbers

NEAREST, NEAREST_BY_WORDS = 80, 50  # wordings, with the sentence model and without; plateaus from 50 to 200
PENALTY = 3.0
REPELLED = -0.5  # the target of a class's own `not_for` wordings
FAR = 0.02  # how much a class's closest wording counts by itself: it orders the classes outside the neighbourhood
AHEAD = 4  # times as many are looked at as are wanted
NOWHERE = np.float32(-1.0)  # the likeness of a wording that is left out

Among = Callable[[Numbers], Floats]


class Neighbourhood:
    """Which class each wording speaks for, and how loudly."""

    def __init__(self, index: Index, nearest: int = NEAREST) -> None:
        self._nearest = nearest
        self._classes = index.class_of[index.owners]
        self._targets = np.where(index.positive, 1.0, REPELLED)
        self._size = len(index.classes)
        own = np.flatnonzero(index.positive)
        self._by_class = own[np.argsort(self._classes[own], kind="stable")]
        self._starts = np.searchsorted(self._classes[self._by_class], np.arange(self._size))

    def scores(self, near: Floats, among: Among) -> Doubles:
        """The score of each class. `near`: the likeness to each wording; `among`: of some among each other."""
        chosen = nearest(near, self._nearest)
        system = among(chosen).astype(np.float64)
        system.flat[:: len(chosen) + 1] += PENALTY
        close = near[chosen].astype(np.float64)
        speaks = self._targets[chosen] > 0
        if speaks.all():
            scores = self._sums(system, close, chosen)
        else:  # a look-alike takes from the class that names it, and from no other
            scores = self._sums(system[np.ix_(speaks, speaks)], close[speaks], chosen[speaks])
            pushed = np.unique(self._classes[chosen[~speaks]])
            scores[pushed] = np.minimum(scores[pushed], self._sums(system, close, chosen)[pushed])
        closest = np.maximum.reduceat(near[self._by_class], self._starts)
        rounded: Doubles = np.round(scores + FAR * np.maximum(closest, 0.0), 4)  # else the last bit decides a tie
        return rounded

    def _sums(self, system: Doubles, close: Doubles, chosen: Numbers) -> Doubles:
        """What the chosen wordings say for each class, (K + penalty I)^-1 k summed with their targets."""
        weights = np.linalg.solve(system, close)  # K is positive semidefinite and the penalty positive
        loud = weights * self._targets[chosen]
        return np.bincount(self._classes[chosen], loud, minlength=self._size).astype(np.float64)


def nearest(near: Floats, most: int = NEAREST) -> Numbers:
    """The nearest wordings in their own order; of equally near ones, the first. None that was left out."""
    if len(near) > most:
        ahead = leading(near, AHEAD * most)
        some = ahead if len(ahead) >= most else np.arange(len(near))
        least = np.round(np.partition(near[some], -most)[-most], 5)
        about = some[near[some] > least - ROUNDED]  # to round a few is faster than to round all
        rounded = np.round(near[about], 5)
        nearer, equal = about[rounded > least], about[rounded == least]
        chosen = np.sort(np.concatenate([nearer, equal[: most - len(nearer)]]))
    else:
        chosen = np.arange(len(near))
    kept: Numbers = chosen[near[chosen] > NOWHERE]
    return kept
