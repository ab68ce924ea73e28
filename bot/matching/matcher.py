"""Everything of matching put together: built once from the entries, then asked for each message.

Two steps: which topic, then which entry of the topic. Telling 66 topics apart is far easier than telling 300 entries
apart, and a general answer of the right topic is a good answer, while a special one of the wrong topic is none.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.content.entries import Entry
from bot.content.words import Words
from bot.matching.features import Stems, character_features, word_features
from bot.matching.learning import Learned, learn
from bot.matching.space import Space
from bot.matching.spelling import Speller
from bot.matching.text import Tokens, sentences

Vector = npt.NDArray[np.float64]
LONGEST_SCORED = 400  # words of a message that are looked at; Telegram allows about 800
SENTENCES_SCORED = 24
AHEAD = 0.04  # by which a special entry must lead before it is preferred to its topic's general one
RANKED = 12


class Understood(NamedTuple):
    """A message (or a sentence of one) as the index sees it."""

    words: tuple[str, ...]
    corrected: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


class Match(NamedTuple):
    """What matching makes of a message: entries best first, and the probability that the first is right."""

    confidence: float
    ranking: tuple[tuple[str, float], ...]
    understood: Understood
    phrasing: str = ""
    carried: tuple[str, ...] = ()


NOTHING = Match(0.0, (), Understood((), (), ()))


class Matcher:
    """Design A: words and characters, kernel ridge, speller, confidence from held-out rows."""

    def __init__(self, entries: Sequence[Entry], words: Words, language: str) -> None:
        """`entries`: at least one. The order does not matter: they are sorted by id."""
        entries = sorted(entries, key=lambda entry: entry.id)
        self.ids = [entry.id for entry in entries]
        kinds = [entry.topic if entry.medical else entry.id for entry in entries]
        self.classes = sorted(set(kinds))
        self._class_of = np.array([self.classes.index(kind) for kind in kinds])
        self._general = np.array([entry.id == kind for entry, kind in zip(entries, kinds, strict=True)])
        self._tokens = Tokens(words.spelled_out, words.same_as)
        self._stems = Stems(language)
        owned = [(number, text) for number, entry in enumerate(entries) for text in entry.phrasings]
        repelled = [(number, text) for number, entry in enumerate(entries) for text in entry.not_for]
        self._owners = np.array([number for number, _ in owned + repelled])
        self._positive = np.arange(len(self._owners)) < len(owned)
        self._phrasings = [text for _, text in owned + repelled]
        tokens = [self._tokens(text) for text in self._phrasings]
        self._speller = Speller((word for row in tokens for word in row), language, words.never_swap)
        rows = [self._features(row) for row in tokens]
        self._words = Space([row[0] for row in rows], self._owners.tolist())
        self._characters = Space([row[1] for row in rows], self._owners.tolist())
        self.learned: Learned = learn([self._words, self._characters], self._owners, self._positive, self._class_of)

    def match(self, text: str) -> Match:
        """Rank the entries for a message: as a whole, and by sentence where it has several."""
        whole = self.understand(text)
        if not whole.words:
            return NOTHING
        parts = [self.understand(part) for part in sentences(text)[:SENTENCES_SCORED]]
        readings = [whole, *(part for part in parts if len(part.words) > 2 and part.words != whole.words)]
        ranked = [self._rank(reading) for reading in readings]
        best = max(range(len(ranked)), key=lambda number: ranked[number][0])
        merged: dict[str, float] = {}
        for _, ranking in ranked:
            for identifier, score in ranking:
                merged[identifier] = max(score, merged.get(identifier, -1.0))
        first = ranked[best][1][0]
        rest = sorted((item for item in merged.items() if item[0] != first[0]), key=lambda item: (-item[1], item[0]))
        return Match(ranked[best][0], (first, *rest[: RANKED - 1]), readings[best])

    def explain(self, match: Match) -> Match:
        """The same match with the phrasing that came closest and the words that carried it."""
        if not match.ranking:
            return match
        row = self._features(match.understood.words)
        own = self._positive & (self._owners == self.ids.index(match.ranking[0][0]))
        nearest = int(np.argmax(np.where(own, self._kernel(row), -1)))
        shares = self._words.shares(row[0], nearest)
        carried = sorted(shares, key=lambda name: (-shares[name], name))[:4]
        return match._replace(phrasing=self._phrasings[nearest], carried=tuple(carried))

    def understand(self, text: str) -> Understood:
        """Normal form, spelling corrected."""
        tokens = self._tokens(text[:8192])[:LONGEST_SCORED]
        words = [self._speller.correct(token) for token in tokens]
        corrected = tuple(dict.fromkeys((a, b) for a, b in zip(tokens, words, strict=True) if a != b))
        unknown = tuple(dict.fromkeys(word for word in words if not self._speller.knows(word)))
        return Understood(tuple(words), corrected, unknown)

    def _rank(self, reading: Understood) -> tuple[float, list[tuple[str, float]]]:
        """Confidence in the best topic, and the best entry of each topic with the topic's score, best first."""
        kernel = self._kernel(self._features(reading.words))
        topics = kernel @ self.learned.alpha
        order = np.argsort(-topics, kind="stable")[:RANKED]
        best, second = float(topics[order[0]]), float(topics[order[1]]) if len(order) > 1 else 0.0
        ranking = [(self._entry(int(topic), kernel), round(float(topics[topic]), 6)) for topic in order]
        return self.learned.confidence(best, second), ranking

    def _entry(self, topic: int, kernel: Vector) -> str:
        """The entry of a topic whose wordings come closest; the general one unless a special one clearly leads."""
        numbers = [int(number) for number in np.flatnonzero(self._class_of == topic)]
        if len(numbers) == 1:
            return self.ids[numbers[0]]
        near = [self._nearness(number, kernel) for number in numbers]
        best = max(near)
        for number, value in zip(numbers, near, strict=True):
            if self._general[number] and value >= best - AHEAD:
                return self.ids[number]
        return self.ids[numbers[near.index(best)]]

    def _nearness(self, number: int, kernel: Vector) -> float:
        """How close an entry's wordings come: the mean of the closest three, less its look-alikes' closeness."""
        own = kernel[(self._owners == number) & self._positive]
        against = kernel[(self._owners == number) & ~self._positive]
        closest = float(np.sort(own)[-3:].mean())
        return closest - (max(0.0, float(against.max()) - closest) if len(against) else 0.0)

    def _features(self, words: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
        return word_features([self._stems(word) for word in words]), character_features(words)

    def _kernel(self, row: tuple[Counter[str], Counter[str]]) -> Vector:
        return self._words.cosines(row[0]) + self._characters.cosines(row[1])
