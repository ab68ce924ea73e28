"""Word stems of one language, by the Snowball algorithms."""

import Stemmer

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
    """A language without a stemmer keeps its words whole. No word is remembered: they are patients' words."""

    def __init__(self, language: str) -> None:
        self._stemmer = Stemmer.Stemmer(STEMMERS[language]) if language in STEMMERS else None
        if self._stemmer:
            self._stemmer.maxCacheSize = 0

    def __call__(self, word: str) -> str:
        """The stem of a word."""
        return word if self._stemmer is None else str(self._stemmer.stemWord(word))
