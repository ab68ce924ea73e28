"""Spelling: an unknown word becomes the nearest word of the FAQ, else the nearest common word of the language."""

import gzip
import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
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


class Vocabulary:
    """Words by length. Of those near enough in length, only few have near enough letters: only these are compared.

    Kept as one text: tens of thousands of strings are megabytes.
    """

    def __init__(self, words: Iterable[str]) -> None:
        ordered = sorted(sorted(word for word in words if SHORTEST <= len(word) <= LONGEST + MOST_SLIPS), key=len)
        self._text, self._letters = "".join(ordered), _letters(ordered)
        lengths = np.fromiter(map(len, ordered), dtype=np.int64, count=len(ordered))
        self._ends = array("I", np.cumsum(lengths).tolist())
        self._starts = np.searchsorted(lengths, np.arange(LONGEST + MOST_SLIPS + 2)).tolist()

    def __contains__(self, word: str) -> bool:
        """Is it one of them? Words that are too short or too long never are."""
        if not SHORTEST <= len(word) <= LONGEST + MOST_SLIPS:
            return False
        places = range(self._starts[len(word)], self._starts[len(word) + 1])
        at = bisect_left(places, word, key=self._word)
        return at < len(places) and self._word(places[at]) == word

    def near(self, word: str, slips: int) -> list[str]:
        """Every word that may be `slips` slips away, and some that are not. A slip changes at most two letters."""
        first, end = self._starts[len(word) - slips], self._starts[len(word) + slips + 1]
        other = np.bitwise_count(self._letters[first:end] ^ _letters([word]))
        return [self._word(first + place) for place in np.flatnonzero(other <= 2 * slips).tolist()]

    def _word(self, place: int) -> str:
        return self._text[self._ends[place - 1] if place else 0 : self._ends[place]]


@lru_cache(maxsize=2)
def common_words(language: str) -> Vocabulary:
    """The common words of a language, as the package pyspellchecker ships them; none for one it does not know."""
    file = resources.files("spellchecker") / "resources" / f"{language}.json.gz"
    return Vocabulary(_common(file.read_bytes()).split("\n") if file.is_file() else ())


def _common(packed: bytes) -> str:
    """The words that are common enough, a line each: a few strings kept of very many keep the memory of all."""
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    return "\n".join(word for word, count in counts.items() if count >= COMMON)


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
        self._known = known if isinstance(known, Set) else frozenset(known)  # of the FAQ: no second copy
        self._of_faq = Vocabulary(self._known)
        self._of_language = common_words(language)
        self._kept = frozenset(word for group in never_swap for word in group)

    def knows(self, word: str) -> bool:
        """Is it a word of the FAQ?"""
        return word in self._known

    def correct(self, word: str) -> str:
        """The word meant, or the word itself where nothing is near enough."""
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return word
        if word in self._known or word in self._of_language or word in self._kept:
            return word
        return _nearest(word, self._of_faq) or _nearest(word, self._of_language) or word


def _nearest(word: str, vocabulary: Vocabulary) -> str | None:
    limit = MOST_SLIPS if len(word) >= LONG else 1
    found = process.extract(word, vocabulary.near(word, limit), scorer=OSA.distance, score_cutoff=limit, limit=8)
    if not found:
        return None
    # Nearest first; the first letter is rarely the one that slips; then the alphabet, so that ties never change.
    return min(found, key=lambda hit: (hit[1], hit[0][0] != word[0], hit[0]))[0]
