"""A sparse matrix by rows, of the little that matching asks of one: picked, turned over, multiplied."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Columns = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int64]


class Rows(NamedTuple):
    """Row n holds `values[starts[n]:starts[n + 1]]`, at these columns of `width`."""

    starts: Numbers
    columns: Columns
    values: Floats
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, number: int) -> tuple[Columns, Floats]:
        """One row: its columns and values, as views."""
        held = slice(self.starts[number], self.starts[number + 1])
        return self.columns[held], self.values[held]

    def places(self, chosen: Numbers) -> tuple[Numbers, Numbers]:
        """Where the values of some rows stand, row after row, and how many each row has."""
        return spread(self.starts, chosen)

    def lines(self) -> Columns:
        """The row of each value."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))

    def only(self, kept: npt.NDArray[np.bool_]) -> "Rows":
        """Some of the values."""
        return Rows(_starts(self.lines()[kept], len(self)), self.columns[kept], self.values[kept], self.width)

    def turned(self) -> "Rows":
        """The transposed matrix."""
        order = np.argsort(self.columns, kind="stable")
        return Rows(_starts(self.columns, self.width), self.lines()[order], self.values[order], len(self))


def spread(starts: Numbers, chosen: Numbers) -> tuple[Numbers, Numbers]:
    """The places from each chosen start to the next one, one after another, and how many each has."""
    firsts = starts[chosen]
    lengths = starts[chosen + 1] - firsts
    ends = np.cumsum(lengths)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(firsts - ends + lengths, lengths), lengths


def _starts(lines: Columns, size: int) -> Numbers:
    return np.concatenate([[0], np.cumsum(np.bincount(lines, minlength=size))])
