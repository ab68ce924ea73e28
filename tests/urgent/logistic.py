"""Logistic regression over sparse rows, each of equal values, by Newton's method: the same result on every run."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
STEPS, INNER = 30, 60  # of Newton's method; of the conjugate gradients within one of them
CLOSE, CLOSER = 1e-4, 1e-2  # of the first slope: where to stop


class Rows(NamedTuple):
    """Row n has the value `values[n]` at each column of `columns[starts[n]:starts[n + 1]]`; `width` columns."""

    starts: Numbers
    columns: Numbers
    values: Doubles
    width: int

    def times(self, weights: Doubles) -> Doubles:
        """The rows times a vector, (width,) -> (rows,)."""
        sums = np.append(0.0, np.cumsum(weights[self.columns]))
        return (sums[self.starts[1:]] - sums[self.starts[:-1]]) * self.values

    def turned(self, shares: Doubles) -> Doubles:
        """A vector times the rows, (rows,) -> (width,)."""
        each = np.repeat(shares * self.values, np.diff(self.starts))
        return np.bincount(self.columns, each, minlength=self.width)


def fit(rows: Rows, scale: Doubles, right: npt.NDArray[np.bool_], cost: Doubles) -> tuple[Doubles, float]:
    """Weights (width,) and the start that make |w|^2 / 2 + sum of cost * log(1 + exp(-margin)) least.

    `scale`: of each column; the weights that come out hold it. `cost`: of each row. The start counts as a weight too.
    """
    sign = np.where(right, 1.0, -1.0)

    def forward(weights: Doubles) -> Doubles:
        return rows.times(scale * weights[:-1]) + weights[-1]

    def backward(shares: Doubles) -> Doubles:
        return np.append(scale * rows.turned(shares), shares.sum())

    def loss(weights: Doubles) -> float:
        return float(weights @ weights / 2 + cost @ np.logaddexp(0.0, -sign * forward(weights)))

    weights, first = np.zeros(rows.width + 1), 0.0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(forward(weights), -500, 500)))
        slope = weights + backward(cost * (chance - right))
        first = first or float(np.sqrt(slope @ slope))
        if np.sqrt(slope @ slope) < CLOSE * first:
            break
        bend = cost * chance * (1 - chance)
        step = _solved(lambda way, bend=bend: way + backward(bend * forward(way)), -slope)  # type: ignore[misc]
        length, before = 1.0, loss(weights)
        while length > 1e-3 and loss(weights + length * step) > before + 1e-4 * length * float(slope @ step):
            length /= 2
        weights = weights + length * step
    return scale * weights[:-1], float(weights[-1])


def _solved(product: Callable[[Doubles], Doubles], wanted: Doubles) -> Doubles:
    """x with product(x) = wanted, closely enough, by conjugate gradients."""
    found, rest = np.zeros_like(wanted), wanted.copy()
    way, size = rest.copy(), float(rest @ rest)
    limit = CLOSER**2 * size
    for _ in range(INNER):
        if size <= limit:
            break
        image = product(way)
        length = size / float(way @ image)
        found += length * way
        rest -= length * image
        size, before = float(rest @ rest), size
        way = rest + size / before * way
    return found
