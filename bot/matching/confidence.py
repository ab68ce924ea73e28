"""Confidence from the FAQ alone: p = sigma(a * s1 + b * (s1 - s2) + c * strange + d), fitted on held-out wordings."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]


class Evidence(NamedTuple):
    """What the confidence rests on."""

    best: float  # the best class's score
    margin: float  # its lead over the second
    strange: float  # the share, by weight, of the message's words that none of the best class's wordings has


class Confidence(NamedTuple):
    """The four weights."""

    best: float
    margin: float
    strange: float
    bias: float

    def __call__(self, evidence: Evidence) -> float:
        """The probability that the best entry is right."""
        best, margin, strange = evidence
        logit = self.bias + (self.best * best + self.margin * margin + self.strange * strange)
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, logit))))


def fit(rows: Doubles, right: Doubles) -> Confidence:
    """Logistic regression by Newton's method. `rows`: n x 3 (Evidence); `right`: 0 or 1."""
    design = np.column_stack([rows, np.ones(len(rows))])
    beta = np.zeros(4)
    penalty = np.diag([0.5, 0.5, 0.5, 1e-6])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -40, 40)))
        gradient = design.T @ (right - p) - penalty @ beta
        curvature = (design * (p * (1 - p))[:, None]).T @ design + penalty
        step = np.linalg.solve(curvature, gradient)
        beta += step
        if float(np.abs(step).max()) < 1e-9:
            break
    return Confidence(*(float(value) for value in beta))
