"""Word stems of one language. Those of the FAQ's words are remembered: to find them anew takes a third of a second."""

from importlib.metadata import version
from pathlib import Path

import snowballstemmer

from bot.matching import remembered

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


class Stems:
    """A language without a stemmer keeps its words whole."""

    def __init__(self, language: str, cache: Path | None = None) -> None:
        """`cache`: a folder, or None to keep nothing."""
        self._stemmer = snowballstemmer.stemmer(STEMMERS[language]) if language in STEMMERS else None
        self._file = cache / f"stems-{language}-{version('snowballstemmer')}.json" if cache and self._stemmer else None
        self._before = remembered.read(self._file) if self._file else {}
        self._memory: dict[str, str] = {}
        self._settled = False

    def __call__(self, word: str) -> str:
        """The stem of a word."""
        if self._stemmer is None:
            return word
        stem = self._memory.get(word)
        if stem is None:
            stem = str(self._before.get(word) or self._stemmer.stemWord(word))
            if not self._settled:
                self._memory[word] = stem
        return stem

    def settle(self) -> None:
        """Remember no more words: from now on they are patients' words."""
        if self._file and not self._memory.keys() <= self._before.keys():
            remembered.write(self._file, self._memory)
        self._settled, self._before = True, {}
