"""Spelling: an unknown word becomes the nearest word of the FAQ, else the nearest common word of the language."""

import gzip
import json
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST, LONGEST = 4, 24  # letters; shorter words are too near to too many others
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


class Vocabulary:
    """Words by length. Of those near enough in length, only few have near enough letters: only these are compared."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted((word for word in words if len(word) >= SHORTEST), key=lambda word: (len(word), word))
        self._letters = np.array([_letters(word) for word in self._words], dtype=np.uint32)
        lengths = np.array([len(word) for word in self._words])
        self._starts = np.searchsorted(lengths, np.arange(LONGEST + 4)).tolist()

    def near(self, word: str, slips: int) -> list[str]:
        """Every word that may be `slips` slips away, and some that are not. A slip changes at most two letters."""
        first, end = self._starts[len(word) - slips], self._starts[len(word) + slips + 1]
        other = np.bitwise_count(self._letters[first:end] ^ np.uint32(_letters(word)))
        return [self._words[first + place] for place in np.flatnonzero(other <= 2 * slips).tolist()]


def _letters(word: str) -> int:
    """Which letters a word has, as bits; letters that share a bit only make words look nearer."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


class Speller:
    """Corrects single words and remembers none: they are patients' words.

    `never_swap` groups words that must not turn into one another.
    """

    def __init__(self, known: Iterable[str], language: str, never_swap: Iterable[Iterable[str]] = ()) -> None:
        self._known = frozenset(known)
        self._common = common_words(language)
        self._of_faq = Vocabulary(self._known)
        self._of_language = Vocabulary(self._common)
        self._kept = frozenset(word for group in never_swap for word in group)

    def knows(self, word: str) -> bool:
        """Is it a word of the FAQ?"""
        return word in self._known

    def correct(self, word: str) -> str:
        """The word meant, or the word itself where nothing is near enough."""
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return word
        if word in self._known or word in self._common or word in self._kept:
            return word
        return _nearest(word, self._of_faq) or _nearest(word, self._of_language) or word


def _nearest(word: str, vocabulary: Vocabulary) -> str | None:
    limit = 2 if len(word) >= LONG else 1
    found = process.extract(word, vocabulary.near(word, limit), scorer=OSA.distance, score_cutoff=limit, limit=8)
    if not found:
        return None
    # Nearest first; the first letter is rarely the one that slips; then the alphabet, so that ties never change.
    return min(found, key=lambda hit: (hit[1], hit[0][0] != word[0], hit[0]))[0]
