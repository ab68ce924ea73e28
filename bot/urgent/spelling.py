"""Misspelt words of the gate: one slip, two in words of eight letters or more, never for a real word."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST, LONG, LONGEST = 4, 8, 18


def _keys(word: str) -> list[str]:
    """The word, and what is left of it without one letter."""
    return [word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]


class Speller:
    """Finds the word that was meant by what both are without a letter, so that no list need be scanned; words with two
    slips are sought only among the long words with the same first letter."""

    def __init__(self, known: Iterable[str], ordinary: Iterable[str]) -> None:
        words = sorted(word for word in known if SHORTEST <= len(word) <= LONGEST)
        self._ordinary = frozenset(ordinary).union(known)
        self._index: dict[str, tuple[str, ...]] = {}
        self._long: dict[str, list[str]] = {}
        for word in words:
            for key in dict.fromkeys(_keys(word)):
                self._index[key] = (*self._index.get(key, ()), word)
            if len(word) >= LONG:
                self._long.setdefault(word[0], []).append(word)

    def correct(self, words: list[str]) -> list[str]:
        """The words with their slips mended."""
        met: dict[str, str] = {}
        for word in words:
            if word not in self._ordinary and word not in met:
                met[word] = self._meant(word)
        return [met.get(word, word) for word in words] if met else words

    def _meant(self, word: str) -> str:
        if not SHORTEST <= len(word) <= LONGEST or word[0].isdigit():
            return word
        near = {known for key in _keys(word) for known in self._index.get(key, ()) if _one_slip(word, known)}
        if near:
            letters = sorted(word)
            return min(
                near,
                key=lambda known: (sorted(known) != letters, known[0] != word[0], abs(len(known) - len(word)), known),
            )
        if len(word) >= LONG and word[0] in self._long:
            found = process.extractOne(word, self._long[word[0]], scorer=OSA.distance, score_cutoff=2)
            return found[0] if found else word
        return word


def _one_slip(word: str, known: str) -> bool:
    """One slip; in a word of four letters only two letters swapped, or one typed too many."""
    if OSA.distance(word, known, score_cutoff=1) > 1:
        return False
    return len(known) > SHORTEST or len(word) > SHORTEST or sorted(word) == sorted(known)
