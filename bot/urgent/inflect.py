"""The forms of a word that a pattern need not spell out: swell -> swells, swelled, swelling."""

from __future__ import annotations

_VOWELS = "aeiou"
_OTHER_WORDS = {  # what an ending would make of the word is another word
    "bee": {"being"},
    "car": {"cared", "caring"},
    "dye": {"dying"},
    "even": {"evening"},
    "lye": {"lying"},
    "rat": {"rated", "rating"},
    "scar": {"scared", "scaring"},
    "see": {"seed"},
    "tap": {"taped", "taping"},
}


def forms(word: str) -> frozenset[str]:
    """The word with its regular endings, but for those that make another word: scar, not scared."""
    return _regular(word) - _OTHER_WORDS[word] if word in _OTHER_WORDS else _regular(word)


def _regular(word: str) -> frozenset[str]:
    if len(word) < 3:
        return frozenset({word})
    if word.endswith("e"):
        return frozenset({word, word + "s", word + "d", word[:-1] + "ing"})
    if word.endswith("y") and word[-2] not in _VOWELS:
        return frozenset({word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"})
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return frozenset({word, word + "es", word + "ed", word + "ing"})
    plain = {word, word + "s", word + "ed", word + "ing"}
    if word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        plain |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return frozenset(plain)
