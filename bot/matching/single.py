"""A message of one word: "mri" may be about anything that an MRI has to do with, so topics are offered, not guessed."""

from collections.abc import Sequence

import numpy as np

from bot.matching.coverage import Coverage
from bot.matching.features import UNKNOWN
from bot.matching.index import Index, declines
from bot.matching.rows import Numbers

CLEARLY = 2.2  # times as many wordings have the word as of the next topic: so is "sciatica" clear, and "back" is not


class SingleWords:
    """Knows in how many wordings of each topic a word stands."""

    def __init__(self, index: Index, coverage: Coverage) -> None:
        self._index = index
        self._coverage = coverage
        self._small_talk = _whole_wordings(index)

    def topics(self, stems: Sequence[str], best: int) -> Numbers | None:
        """The topics that a message of one word may be about, those with the most wordings of it first.

        None: the message has more words, the FAQ does not know the word, or it is clearly about `best`: "ok" is
        a whole wording of small talk.
        """
        if len(set(stems)) != 1:  # "scan" and "scans" have one stem
            return None
        numbers, _ = self._index.weights_of_stems(stems)
        if numbers[0] == UNKNOWN or (int(numbers[0]), best) in self._small_talk:
            return None
        counts = self._coverage.classes(int(numbers[0]))
        order: Numbers = np.lexsort((np.arange(len(counts)) != best, -counts))
        first, second = counts[order[:2]].tolist() if len(order) > 1 else (1, 0)
        if best == order[0] and first >= CLEARLY * second:
            return None
        return order[counts[order] > 0]


def _whole_wordings(index: Index) -> frozenset[tuple[int, int]]:
    """The stems that are a whole wording of what declines, each with its class."""
    held = index.space.held
    said = np.bincount(held.halves(), minlength=2 * len(held))[::2]
    alone = np.flatnonzero((said == 1) & index.positive).tolist()
    classes = index.class_of[index.owners]
    small = {number for number, kind in enumerate(index.classes) if declines(kind)}
    return frozenset(
        (int(held.row(wording)[0][0]), int(classes[wording])) for wording in alone if int(classes[wording]) in small
    )
