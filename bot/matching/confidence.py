"""Confidence from the FAQ alone: p = sigma(a * s1 + b * (s1 - s2) + c), fitted on held-out rows of the FAQ itself."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Confidence(NamedTuple):
    """The three weights. `s1` is the best score, `s2` the best of another topic."""

    best: float
    margin: float
    bias: float

    def __call__(self, s1: float, s2: float) -> float:
        """The probability that the best entry is right."""
        logit = self.best * s1 + self.margin * (s1 - s2) + self.bias
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, logit))))


def fit(rows: npt.NDArray[np.float64], right: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]) -> Confidence:
    """Logistic regression by Newton's method. `rows`: n x 2 (s1, s1 - s2); `right`: 0 or 1; `weights`: of the rows."""
    design = np.column_stack([rows, np.ones(len(rows))])
    beta = np.zeros(3)
    penalty = np.diag([1e-3, 1e-3, 1e-6])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -40, 40)))
        gradient = design.T @ (weights * (right - p)) - penalty @ beta
        curvature = (design * (weights * p * (1 - p))[:, None]).T @ design + penalty
        step = np.linalg.solve(curvature, gradient)
        beta += step
        if float(np.abs(step).max()) < 1e-9:
            break
    return Confidence(*(float(value) for value in beta))
