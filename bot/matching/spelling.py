"""Spelling: an unknown word becomes the nearest word of the FAQ, else the nearest common word of the language."""

import gzip
import json
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4  # letters; shorter words are too near to too many others
LONG = 8  # letters from which two slips are forgiven
COMMON = 500  # occurrences in pyspellchecker's corpus from which a word counts as common


@lru_cache(maxsize=2)
def common_words(language: str) -> frozenset[str]:
    """The common words of a language, as the package pyspellchecker ships them; empty for one it does not know."""
    file = resources.files("spellchecker") / "resources" / f"{language}.json.gz"
    if not file.is_file():
        return frozenset()
    counts: dict[str, int] = json.loads(gzip.decompress(file.read_bytes()))
    return frozenset(word for word, count in counts.items() if count >= COMMON)


class Speller:
    """Corrects single words and remembers none: they are patients' words.

    `never_swap` groups words that must not turn into one another.
    """

    def __init__(self, known: Iterable[str], language: str, never_swap: Iterable[Iterable[str]] = ()) -> None:
        self._known = frozenset(known)
        self._common = common_words(language)
        self._by_length = _by_length(word for word in self._known if len(word) >= SHORTEST)
        self._common_by_length = _by_length(word for word in self._common if len(word) >= SHORTEST)
        self._kept = frozenset(word for group in never_swap for word in group)

    def knows(self, word: str) -> bool:
        """Is it a word of the FAQ?"""
        return word in self._known

    def correct(self, word: str) -> str:
        """The word meant, or the word itself where nothing is near enough."""
        if len(word) < SHORTEST or len(word) > 24 or word in self._known or word in self._common or word in self._kept:
            return word
        if not word.isalpha():
            return word
        return self._nearest(word, self._by_length) or self._nearest(word, self._common_by_length) or word

    def _nearest(self, word: str, by_length: dict[int, list[str]]) -> str | None:
        limit = 2 if len(word) >= LONG else 1
        options = [
            other for size in range(len(word) - limit, len(word) + limit + 1) for other in by_length.get(size, ())
        ]
        found = process.extract(word, options, scorer=OSA.distance, score_cutoff=limit, limit=8)
        if not found:
            return None
        # Nearest first; the first letter is rarely the one that slips; then the alphabet, so that ties never change.
        return min(found, key=lambda hit: (hit[1], hit[0][0] != word[0], hit[0]))[0]


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    sizes: dict[int, list[str]] = {}
    for word in sorted(words):
        sizes.setdefault(len(word), []).append(word)
    return sizes
