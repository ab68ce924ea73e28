"""What is compared: word stems and stem pairs; runs of three and four characters within words."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import snowballstemmer

STEMMERS = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ru": "russian",
}
SHORTEST_RUN, LONGEST_RUN = 3, 4  # 2 to 5 finds no more, and costs nearly twice as much


class Stems:
    """Word stems of one language; a language without a stemmer keeps its words whole."""

    def __init__(self, language: str) -> None:
        self._stemmer = snowballstemmer.stemmer(STEMMERS[language]) if language in STEMMERS else None
        self._memory: dict[str, str] = {}
        self._settled = False

    def __call__(self, word: str) -> str:
        """The stem of a word."""
        if self._stemmer is None:
            return word
        stem = self._memory.get(word)
        if stem is None:
            stem = str(self._stemmer.stemWord(word))
            if not self._settled:
                self._memory[word] = stem
        return stem

    def settle(self) -> None:
        """Remember no more words: from now on they are patients' words."""
        self._settled = True


def word_features(stems: Sequence[str]) -> Counter[str]:
    """Stems and pairs of neighbours, with their counts."""
    counts = Counter(stems)
    counts.update(f"{left} {right}" for left, right in pairwise(stems))
    return counts


def character_features(words: Sequence[str]) -> Counter[str]:
    """Runs of characters within words; `_` marks where a word begins and ends."""
    marked = [f"_{word[:32]}_" for word in words]
    sizes = range(SHORTEST_RUN, LONGEST_RUN + 1)
    return Counter(
        [word[start : start + size] for word in marked for size in sizes for start in range(len(word) - size + 1)]
    )
