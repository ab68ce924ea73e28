"""Spelling: an unknown word becomes the nearest word of the FAQ, else the nearest common word of the language."""

import gzip
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST, LONGEST = 4, 24  # letters; shorter words are too near to too many others
LONG = 8  # letters from which two slips are forgiven
MOST_SLIPS = 2
COMMON = 500  # occurrences in pyspellchecker's corpus from which a word counts as common


@lru_cache(maxsize=2)
def common_words(language: str) -> frozenset[str]:
    """The common words of a language, as the package pyspellchecker ships them; empty for one it does not know."""
    file = resources.files("spellchecker") / "resources" / f"{language}.json.gz"
    if not file.is_file():
        return frozenset()
    common = _common(file.read_bytes())  # as one text: a few strings kept of very many keep the memory of all
    return frozenset(common.split("\n"))


def _common(packed: bytes) -> str:
    """The words that are common enough, a line each."""
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    return "\n".join(word for word, count in counts.items() if count >= COMMON)


class Vocabulary:
    """Words by length. Of those near enough in length, only few have near enough letters: only these are compared."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(sorted(word for word in words if SHORTEST <= len(word) <= LONGEST + MOST_SLIPS), key=len)
        self._letters = _letters(self._words)
        lengths = np.fromiter(map(len, self._words), dtype=np.int64, count=len(self._words))
        self._starts = np.searchsorted(lengths, np.arange(LONGEST + MOST_SLIPS + 2)).tolist()

    def near(self, word: str, slips: int) -> list[str]:
        """Every word that may be `slips` slips away, and some that are not. A slip changes at most two letters."""
        first, end = self._starts[len(word) - slips], self._starts[len(word) + slips + 1]
        other = np.bitwise_count(self._letters[first:end] ^ _letters([word]))
        return [self._words[first + place] for place in np.flatnonzero(other <= 2 * slips).tolist()]


def _letters(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Which letters each word has, as bits; letters that share a bit only make words look nearer."""
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    bits = np.append(np.uint32(1) << (codes & np.uint32(31)), np.uint32(0))
    starts = np.cumsum(lengths) - lengths
    return np.bitwise_or.reduceat(bits, starts) if len(words) else bits


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

    def knows_all(self, words: Iterable[str]) -> bool:
        """Are all of them words of the FAQ?"""
        return self._known.issuperset(words)

    def correct(self, word: str) -> str:
        """The word meant, or the word itself where nothing is near enough."""
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return word
        if word in self._known or word in self._common or word in self._kept:
            return word
        return _nearest(word, self._of_faq) or _nearest(word, self._of_language) or word


def _nearest(word: str, vocabulary: Vocabulary) -> str | None:
    limit = MOST_SLIPS if len(word) >= LONG else 1
    found = process.extract(word, vocabulary.near(word, limit), scorer=OSA.distance, score_cutoff=limit, limit=8)
    if not found:
        return None
    # Nearest first; the first letter is rarely the one that slips; then the alphabet, so that ties never change.
    return min(found, key=lambda hit: (hit[1], hit[0][0] != word[0], hit[0]))[0]
