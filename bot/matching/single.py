"""A message of one word: "mri" may be about anything that an MRI has to do with, so topics are offered, not guessed."""

from collections.abc import Sequence

import numpy as np

from bot.matching.index import Index
from bot.matching.rows import Numbers
from bot.matching.space import UNKNOWN

CLEARLY = 2.2  # times as many wordings have the word as of the next topic: so is "sciatica" clear, and "back" is not


class SingleWords:
    """Knows in how many wordings of each topic a word stands."""

    def __init__(self, index: Index) -> None:
        self._index = index
        rows = index.stems_in_wordings
        self._rows = rows.only(index.positive[rows.lines()]).turned()
        self._classes = index.class_of[index.owners]

    def topics(self, stems: Sequence[str], best: int) -> Numbers | None:
        """The topics that a message of one word may be about, those with the most wordings of it first.

        None: the message has more words, the FAQ does not know the word, or it is clearly about `best`.
        """
        if len(set(stems)) != 1:  # "scan" and "scans" have one stem
            return None
        numbers, _ = self._index.weights_of_stems(stems)
        if numbers[0] == UNKNOWN:
            return None
        wordings, _ = self._rows.row(int(numbers[0]))
        counts = np.bincount(self._classes[wordings], minlength=len(self._index.classes))
        order: Numbers = np.lexsort((np.arange(len(counts)) != best, -counts))
        first, second = counts[order[:2]].tolist() if len(order) > 1 else (1, 0)
        if best == order[0] and first >= CLEARLY * second:
            return None
        return order[counts[order] > 0]
