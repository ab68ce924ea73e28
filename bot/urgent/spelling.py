"""Misspelt words of the gate: one slip, two in words of eight letters or more, never for a real word."""

from __future__ import annotations

from collections.abc import Container, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.urgent.nearby import Nearby

SHORTEST, LONG, LONGEST = 4, 8, 18


class Speller:
    """Finds the word that was meant: among all words that are one slip away, else among the long ones with the same
    first letter that are two away."""

    def __init__(self, known: Iterable[str], ordinary: Iterable[str], others: Container[str] = ()) -> None:
        """`known`: what a slip may be taken for; `ordinary` and `others`: real words, which are no slips."""
        known = frozenset(known)
        self._others = others
        self._ordinary = frozenset(word for word in known.union(ordinary) if word not in others)
        words = sorted(word for word in known if SHORTEST <= len(word) <= LONGEST)
        self._nearby = Nearby(words)
        self._long: dict[str, list[str]] = {}
        for word in words:
            if len(word) >= LONG:
                self._long.setdefault(word[0], []).append(word)

    def correct(self, words: list[str]) -> list[str]:
        """The words with their slips mended."""
        others, ordinary = self._others, self._ordinary
        odd = [word for word in words if word not in others and word not in ordinary]
        if not odd:
            return words
        met = {word: self._meant(word) for word in dict.fromkeys(odd)}
        return [met.get(word, word) for word in words]

    def _meant(self, word: str) -> str:
        if not SHORTEST <= len(word) <= LONGEST or word[0].isdigit():
            return word
        near = {known for known in self._nearby.to(word) if _one_slip(word, known)}
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
