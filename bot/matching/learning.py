"""What is learned from the FAQ's own wordings, at load: the weights of the ridge, and an honest confidence."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.matching import confidence, ridge
from bot.matching.space import Space

Numbers = npt.NDArray[np.int64]
REPELLED = -0.5  # the target of a topic's own `not_for` wordings
ROWS_A_PENALTY = 10.0  # wordings a topic for each unit of the ridge's penalty: many wordings need more smoothing
STRANGERS = 0.3  # weight of the rows of a topic left out: most messages to a clinic are in scope


class Learned(NamedTuple):
    """`alpha`: phrasings x topics. `confidence`: from the best two scores to a probability."""

    alpha: npt.NDArray[np.float32]
    confidence: confidence.Confidence


def learn(
    spaces: Sequence[Space], owners: Numbers, positive: npt.NDArray[np.bool_], class_of: Numbers
) -> Learned:
    """`owners`: entry of each phrasing; `positive`: false for `not_for`; `class_of`: topic of each entry."""
    topics = class_of[owners]
    targets = np.zeros((len(owners), int(class_of.max()) + 1), dtype=np.float32)
    targets[np.arange(len(owners)), topics] = np.where(positive, 1.0, REPELLED)
    rows = sparse.hstack([space.matrix() for space in spaces]).tocsr().astype(np.float32)
    penalty = max(1.0, float(positive.sum()) / targets.shape[1] / ROWS_A_PENALTY)
    problem = ridge.Problem(rows, targets, penalty)
    return Learned(ridge.solve(problem), _calibrate(problem, owners, positive, topics))


def _calibrate(
    problem: ridge.Problem, owners: Numbers, positive: npt.NDArray[np.bool_], topics: Numbers
) -> confidence.Confidence:
    """Rows whose wording was left out (in scope) and whose whole topic was left out (strangers)."""
    pairs: list[npt.NDArray[np.float64]] = []
    right: list[npt.NDArray[np.float64]] = []
    weights: list[npt.NDArray[np.float64]] = []
    place = np.zeros(len(owners), dtype=np.int64)  # the how-manieth of its entry's wordings each row is
    for number in np.unique(owners):
        place[owners == number] = np.arange(int((owners == number).sum()))
    for rows, scores in ridge.held_out(problem, (place + owners) % ridge.FOLDS):
        kept = positive[rows]
        pairs.append(_best_and_margin(scores[kept]))
        right.append((scores[kept].argmax(axis=1) == topics[rows][kept]).astype(np.float64))
        weights.append(np.ones(int(kept.sum())))
    for rows, scores in ridge.held_out(problem, topics % ridge.FOLDS):
        scores[:, topics[rows][0] % ridge.FOLDS :: ridge.FOLDS] = -1.0
        kept = positive[rows]
        pairs.append(_best_and_margin(scores[kept]))
        right.append(np.zeros(int(kept.sum())))
        weights.append(np.full(int(kept.sum()), STRANGERS))
    if not pairs:
        return confidence.Confidence(4.0, 2.0, -2.0)  # one entry, one wording: nothing to learn from
    return confidence.fit(np.concatenate(pairs), np.concatenate(right), np.concatenate(weights))


def _best_and_margin(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    ordered = np.sort(scores.astype(np.float64), axis=1)
    second = ordered[:, -2] if ordered.shape[1] > 1 else np.zeros(len(ordered))
    return np.column_stack([ordered[:, -1], ordered[:, -1] - second])
