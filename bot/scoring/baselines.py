"""What one would try first: plain rapidfuzz and BM25, on the same wordings. Each scores topics by the best wording."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process, utils

from bot.content.entries import Entry
from bot.scoring.judging import Judge

Scores = npt.NDArray[np.float32]  # messages x topics
Baseline = Callable[[Sequence[str], Sequence[str]], Scores]  # messages, phrasings -> messages x phrasings
K1, B = 1.5, 0.75  # of BM25: the usual ones
AT_ONCE = 128  # messages


class Owned:
    """Every phrasing of the FAQ with the topic that owns it, topic by topic."""

    def __init__(self, entries: Mapping[str, Entry], judge: Judge) -> None:
        rows = sorted((judge.kind(entry.id), text) for entry in entries.values() for text in entry.phrasings)
        self.kinds = sorted({kind for kind, _ in rows})
        self.phrasings = [text for _, text in rows]
        counts = Counter(kind for kind, _ in rows)
        self._starts = np.cumsum([0, *(counts[kind] for kind in self.kinds[:-1])])

    def scores(self, baseline: Baseline, messages: Sequence[str]) -> Scores:
        """The best phrasing of each topic for each message."""
        parts = (messages[start : start + AT_ONCE] for start in range(0, len(messages), AT_ONCE))
        return np.concatenate(
            [np.maximum.reduceat(baseline(part, self.phrasings), self._starts, axis=1) for part in parts]
        )


def wratio(messages: Sequence[str], phrasings: Sequence[str]) -> Scores:
    """rapidfuzz's own mixture, the default of `process.extractOne`: 0 to 100."""
    return _compared(fuzz.WRatio, messages, phrasings)


def token_set(messages: Sequence[str], phrasings: Sequence[str]) -> Scores:
    """rapidfuzz's `token_set_ratio`: 0 to 100."""
    return _compared(fuzz.token_set_ratio, messages, phrasings)


def _compared(scorer: Any, messages: Sequence[str], phrasings: Sequence[str]) -> Scores:
    found: Scores = process.cdist(
        messages, phrasings, scorer=scorer, processor=utils.default_process, dtype=np.float32, workers=-1
    )
    return found


class BM25:
    """Okapi BM25 over phrasings, with plain lower-case words."""

    def __init__(self, phrasings: Sequence[str]) -> None:
        rows = [Counter(_words(text)) for text in phrasings]
        names = sorted({word for row in rows for word in row})
        self._column = {word: number for number, word in enumerate(names)}
        held = np.array([sum(row.values()) for row in rows], dtype=np.float64)
        shortness = K1 * (1 - B + B * held / max(1.0, held.mean()))
        carried = Counter(word for row in rows for word in row)
        rarity = {word: np.log(1 + (len(rows) - carried[word] + 0.5) / (carried[word] + 0.5)) for word in names}
        cells = [
            (number, self._column[word], rarity[word] * count * (K1 + 1) / (count + shortness[number]))
            for number, row in enumerate(rows)
            for word, count in row.items()
        ]
        lines, columns, values = (np.array(part) for part in zip(*cells, strict=True)) if cells else (np.zeros(0),) * 3
        order = np.argsort(columns, kind="stable")
        self._lines, self._values = lines[order].astype(np.int64), values[order].astype(np.float32)
        self._starts = np.searchsorted(columns[order], np.arange(len(names) + 1))

    def __call__(self, messages: Sequence[str], phrasings: Sequence[str]) -> Scores:
        """0 upwards, messages x phrasings; `phrasings` are those it was built with."""
        found = np.zeros((len(messages), len(phrasings)), dtype=np.float32)
        for scores, text in zip(found, messages, strict=True):
            for word in _words(text):
                if word in self._column:
                    column = self._column[word]
                    held = slice(self._starts[column], self._starts[column + 1])
                    scores[self._lines[held]] += self._values[held]
        return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
