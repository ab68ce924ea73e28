"""One sentence model for several threads: what is asked while it is at work is computed in one go.

A text by itself costs more than in a batch: the weights are read for each product.
"""

import threading
from collections.abc import Sequence

from bot.matching.rows import Floats
from bot.matching.vectors import Embedder


class _Asked:
    """Some texts, and their vectors once they are there."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.vectors: Floats | None = None


class Together:
    """Whoever comes first computes for all who wait; they wait as long as for their own turn, or less."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._turn, self._list = threading.Lock(), threading.Lock()
        self._waiting: list[_Asked] = []

    @property
    def name(self) -> str:
        """What the vectors depend on besides the text."""
        return self._embedder.name

    def embed(self, texts: Sequence[str]) -> Floats:
        """Two unit vectors a text, shape (n, 768)."""
        asked = _Asked(texts)
        with self._list:
            self._waiting.append(asked)
        with self._turn:
            if asked.vectors is None:
                self._compute()
        return self._embedder.embed(texts) if asked.vectors is None else asked.vectors  # None: another's fault

    def _compute(self) -> None:
        with self._list:
            waiting, self._waiting = self._waiting, []
        vectors = self._embedder.embed([text for asked in waiting for text in asked.texts])
        for asked in waiting:
            asked.vectors, vectors = vectors[: len(asked.texts)], vectors[len(asked.texts) :]
