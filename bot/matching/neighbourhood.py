"""Scores by kernel ridge regression in the message's own neighbourhood: only its nearest wordings are looked at.

s = k' (K + penalty I)^-1 Y over the nearest wordings: as good as the same over all wordings, which was measured, and
nothing has to be learned beforehand. A held-out wording is one that is left out of its own neighbourhood.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

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
        self._targets = np.where(index.positive, 1.0, REPELLED)
        self._size = len(index.classes)
        self._own = slice(int(np.count_nonzero(index.positive)))  # wordings that speak for their class stand first,
        self._starts = np.searchsorted(self._classes[self._own], np.arange(self._size))  # class by class

    def scores(self, near: Near, among: Among) -> Doubles:
        """The score of each class. `near`: the likeness to each wording; `among`: of some among each other."""
        chosen = nearest(near.to, self._nearest, near.close)
        targets, classes = self._targets[chosen], self._classes[chosen]
        speaks = targets > 0
        weights = _solved(among(chosen), near.to[chosen], speaks)
        scores = np.bincount(classes, weights[-1] * speaks, minlength=self._size)
        if len(weights) > 1:  # a look-alike takes from the class that names it, and from no other
            named = classes[~speaks]
            pushed = np.bincount(classes, weights[0] * targets, minlength=self._size)
            scores[named] = np.minimum(scores[named], pushed[named])
        closest = np.maximum.reduceat(near.to[self._own], self._starts)
        rounded: Doubles = np.rint((scores + FAR * np.maximum(closest, 0.0)) * FINE) / FINE
        return rounded


def _solved(among: Floats, near: Floats, speaks: npt.NDArray[np.bool_]) -> Doubles:
    """(K + penalty I)^-1 k over all chosen wordings and, where not all speak, over those that do: a row each.

    K is positive semidefinite and the penalty positive. What does not speak stands alone in its row and adds nothing.
    """
    systems = np.empty((1 if speaks.all() else 2, *among.shape))
    sides = np.empty((*systems.shape[:2], 1))
    systems[:], sides[:, :, 0] = among, near
    if len(systems) > 1:
        spoken = speaks.astype(np.float64)
        systems[1] *= spoken
        systems[1] *= spoken[:, None]
        sides[1, :, 0] *= spoken
    systems.reshape(len(systems), -1)[:, :: len(near) + 1] += PENALTY
    solved: Doubles = np.linalg.solve(systems, sides)[:, :, 0]
    return solved


def nearest(near: Floats, most: int = NEAREST, close: Numbers | None = None) -> Numbers:
    """The nearest wordings in their own order; of equally near ones, the first. None that was left out.

    `close`: the numbers, in order, of some that are nearer than all others were before some were left out.
    """
    some = np.arange(len(near)) if close is None else close
    held = near[some]
    there = held > NOWHERE
    if not there.all():
        some, held = some[there], held[there]
    if close is not None and len(some) < min(most, len(near)):
        return nearest(near, most)
    if len(some) <= most:
        return some
    rounded = np.rint(held * CLOSELY)
    least = np.sort(rounded)[-most]
    nearer, equal = some[rounded > least], some[rounded == least]
    return np.sort(np.concatenate([nearer, equal[: most - len(nearer)]]))
