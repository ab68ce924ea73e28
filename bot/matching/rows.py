"""The kinds of arrays that matching works with, and how to pick rows that stand one after another."""

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Columns = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int64]


def spread(starts: Numbers, chosen: Numbers) -> tuple[Numbers, Numbers]:
    """The places from each chosen start to the next one, one after another, and how many each has."""
    firsts = starts[chosen]
    lengths = starts[chosen + 1] - firsts
    ends = np.cumsum(lengths)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(firsts - ends + lengths, lengths), lengths
