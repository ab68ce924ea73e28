"""What is learned from the FAQ's own wordings: the weights of the ridge, and an honest confidence."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.matching import confidence, ridge
from bot.matching.index import Index

Floats = npt.NDArray[np.float32]
REPELLED = -0.5  # the target of a class's own `not_for` wordings
# Wordings a class from which a class left out is a harder stranger than patients send: its near-twins stay behind.
DENSE = 20.0
ROWS_A_PENALTY = 10.0  # wordings a class for each unit of the ridge's penalty: many wordings need more smoothing
LANDMARKS = 1536  # wordings that span the model's part of the kernel; all of them up to that number
MODEL_WEIGHT, MODEL_WIDTH = 4.0, 4.0  # of the model's part of the kernel: 4 exp(4 (cos - 1)); a plateau
UNTAUGHT = confidence.Confidence(4.0, 2.0, -2.0)  # one entry, one wording: nothing to learn from


class Learned(NamedTuple):
    """`alpha`: phrasings x classes. `confidence`: from the best two scores to a probability."""

    alpha: Floats
    confidence: confidence.Confidence


class ModelSpace:
    """The model's part of the kernel, 4 exp(4 (cos - 1)), as features: Nystroem's method over some of the wordings."""

    def __init__(self, vectors: Floats) -> None:
        """`vectors`: unit vectors of all wordings, phrasings x 384."""
        spread = np.linspace(0, len(vectors) - 1, min(LANDMARKS, len(vectors))).round().astype(np.int64)
        self._landmarks = vectors[spread]
        among = _near(self._landmarks, self._landmarks).astype(np.float64)
        lower = np.linalg.cholesky(among + 1e-3 * np.eye(len(among)))
        self._whiten: Floats = np.linalg.inv(lower).T.astype(np.float32)
        self.rows = self.features(vectors)
        kept = np.einsum("ij,ij->i", self.rows, self.rows)
        self.own: npt.NDArray[np.float32] = np.maximum(MODEL_WEIGHT - kept, 0.0).astype(np.float32)

    def features(self, vectors: Floats) -> Floats:
        """Features whose products are the kernel, n x landmarks."""
        found: Floats = _near(vectors, self._landmarks) @ self._whiten
        return found


def _near(vectors: Floats, others: Floats) -> Floats:
    near: Floats = np.float32(MODEL_WEIGHT) * np.exp(np.float32(MODEL_WIDTH) * (vectors @ others.T - np.float32(1.0)))
    return near


def learn(index: Index, space: ModelSpace | None = None) -> Learned:
    """Learn engine A, or engine B where the wordings' place in the model's `space` is given."""
    topics = index.class_of[index.owners]
    targets = np.zeros((len(topics), len(index.classes)), dtype=np.float32)
    targets[np.arange(len(topics)), topics] = np.where(index.positive, 1.0, REPELLED)
    kernel = ridge.Kernel(index.matrix(), *((space.rows, space.own) if space else ()))
    penalty = max(1.0, float(index.positive.sum()) / targets.shape[1] / ROWS_A_PENALTY)
    return Learned(ridge.solve(kernel, targets, penalty), _calibrate(index, kernel, targets, penalty))


def _calibrate(index: Index, kernel: ridge.Kernel, targets: Floats, penalty: float) -> confidence.Confidence:
    """Held-out rows: a wording left out should find its class; a class left out should find nothing.

    A wording that finds a class to which its own entry's `see_also` points counts as right in the first set, and is
    left out of the second: such an answer helps.
    """
    topics = index.class_of[index.owners]
    place = np.concatenate([np.arange(len(rows)) for rows in _rows_by_entry(index)])  # wordings come entry by entry
    pairs: list[npt.NDArray[np.float64]] = []
    right: list[npt.NDArray[np.float64]] = []
    origin: list[bool] = []
    for rows, scores in ridge.held_out(kernel, targets, penalty, (place + index.owners) % ridge.FOLDS):
        kept = index.positive[rows]
        pairs.append(_best_and_margin(scores[kept]))
        right.append(index.related[index.owners[rows], scores.argmax(axis=1)][kept].astype(np.float64))
        origin.append(True)
    for rows, scores in ridge.held_out(kernel, targets, penalty, topics % ridge.FOLDS):
        scores[:, topics[rows][0] % ridge.FOLDS :: ridge.FOLDS] = -1.0
        kept = index.positive[rows] & ~index.related[index.owners[rows], scores.argmax(axis=1)]
        pairs.append(_best_and_margin(scores[kept]))
        right.append(np.zeros(int(kept.sum())))
        origin.append(False)
    if not pairs:
        return UNTAUGHT
    density = float(index.positive.sum()) / targets.shape[1] / DENSE
    weights = [
        np.full(len(part), 1.0 if inside else min(1.0, 1.0 / density))
        for part, inside in zip(right, origin, strict=True)
    ]
    return confidence.fit(np.concatenate(pairs), np.concatenate(right), np.concatenate(weights))


def _rows_by_entry(index: Index) -> list[npt.NDArray[np.int64]]:
    positive = [rows for rows in index.own if len(rows)]
    return positive + [rows for rows in index.against if len(rows)]


def _best_and_margin(scores: Floats) -> npt.NDArray[np.float64]:
    ordered = np.sort(scores.astype(np.float64), axis=1)
    second = ordered[:, -2] if ordered.shape[1] > 1 else np.zeros(len(ordered))
    return np.column_stack([ordered[:, -1], ordered[:, -1] - second])
