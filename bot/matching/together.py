"""One sentence model for several threads: what is asked while it is at work is computed in one go.

A text by itself costs more than in a batch: the weights and the vectors of all wordings are read for each product.
"""

import threading
from collections.abc import Callable, Sequence

from bot.matching.rows import Doubles, Floats

Seen = tuple[Floats, Doubles]
"""A text's likeness to each wording, and what all of them say for each class."""

class _Asked:
    """Some texts, and what is seen in each once that is there."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.seen: list[Seen] | None = None


class Together:
    """Whoever comes first computes for all who wait; they wait as long as for their own turn, or less."""

    def __init__(self, compute: Callable[[Sequence[str]], list[Seen]]) -> None:
        """`compute` gives one thing a text."""
        self._compute = compute
        self._turn, self._list = threading.Lock(), threading.Lock()
        self._waiting: list[_Asked] = []

    def __call__(self, texts: Sequence[str]) -> list[Seen]:
        """What is seen in each text."""
        asked = _Asked(texts)
        with self._list:
            self._waiting.append(asked)
        with self._turn:
            if asked.seen is None:
                self._work()
        return self._compute(texts) if asked.seen is None else asked.seen  # None: another's fault

    def _work(self) -> None:
        with self._list:
            waiting, self._waiting = self._waiting, []
        seen = self._compute([text for asked in waiting for text in asked.texts])
        for asked in waiting:
            asked.seen, seen = seen[: len(asked.texts)], seen[len(asked.texts) :]
