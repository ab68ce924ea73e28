"""Word stems of one language."""

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


class Stems:
    """A language without a stemmer keeps its words whole."""

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
