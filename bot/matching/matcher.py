"""The matcher: asked for each message, it ranks the entries and says how sure it is.

Two steps: which topic, then which entry of the topic. Telling 66 topics apart is far easier than telling 300 entries
apart, and a general answer of the right topic is a good answer, while a special one of the wrong topic is none.

A cascade: engine A (words and characters) looks first; the sentence model of engine B is asked only where A is unsure.
"""

from typing import NamedTuple

import numpy as np

from bot.matching.index import Index, Understood
from bot.matching.learning import Floats, Learned, model_kernel
from bot.matching.space import Vector
from bot.matching.text import sentences
from bot.matching.vectors import Embedder

SENTENCES_SCORED = 24
SENTENCES_MODELLED = 2  # besides the whole message; the model is asked once, for all of them together
SURE = 0.9  # of engine A, from which the model is not asked
AHEAD = 0.04  # by which a special entry must lead before it is preferred to its topic's general one
RANKED = 8


class Match(NamedTuple):
    """What matching makes of a message: entries best first, and the probability that the first is right."""

    confidence: float
    ranking: tuple[tuple[str, float], ...]
    understood: Understood
    modelled: bool = False
    phrasing: str = ""
    carried: tuple[str, ...] = ()


class Reading(NamedTuple):
    """The whole message or one of its sentences, with its kernel to all wordings."""

    understood: Understood
    kernel: Vector


class Ranked(NamedTuple):
    """The best entry of each of the best topics with the topic's score, and the confidence in the first."""

    confidence: float
    entries: list[tuple[str, float]]


class Model(NamedTuple):
    """What engine B adds: the sentence model, the wordings' vectors, and what was learned with them."""

    embedder: Embedder
    vectors: Floats
    learned: Learned


NOTHING = Match(0.0, (), Understood(()))


class Matcher:
    """Holds nothing about anybody; safe to be used from several threads."""

    def __init__(self, index: Index, learned: Learned, model: Model | None = None) -> None:
        """Engine A, and with `model` engine B."""
        self.index = index
        self.learned = learned
        self._model = model

    @property
    def engine(self) -> str:
        """A or B."""
        return "B" if self._model else "A"

    def match(self, text: str) -> Match:
        """Rank the entries for a message: as a whole, and by sentence where it has several."""
        whole = self.index.understand(text)
        if not whole.words:
            return NOTHING
        parts = [self.index.understand(part) for part in sentences(text)[:SENTENCES_SCORED]]
        read = [whole, *(part for part in parts if len(part.words) > 2 and part.words != whole.words)]
        readings = [Reading(understood, self.index.kernel(understood.words)) for understood in read]
        ranked = [self._rank(reading.kernel, self.learned) for reading in readings]
        best = _most_confident(ranked)
        if self._model is None or ranked[best].confidence >= SURE:
            return _merged(readings, ranked, modelled=False)
        return self._modelled(readings, ranked, self._model)

    def explain(self, match: Match) -> Match:
        """The same match with the phrasing that came closest and the words that carried it."""
        if not match.ranking:
            return match
        own = self.index.own[self.index.ids.index(match.ranking[0][0])]
        nearest = int(own[int(np.argmax(self.index.kernel(match.understood.words)[own]))])
        shares = self.index.shares(match.understood.words, nearest)
        carried = sorted(shares, key=lambda name: (-shares[name], name))[:4]
        return match._replace(phrasing=self.index.phrasings[nearest], carried=tuple(carried))

    def _modelled(self, readings: list[Reading], ranked: list[Ranked], model: Model) -> Match:
        """Rank again with the sentence model: the whole message, and the sentences that engine A likes best."""
        liked = sorted(range(1, len(readings)), key=lambda number: (-ranked[number].confidence, number))
        chosen = [readings[number] for number in (0, *liked[:SENTENCES_MODELLED])]
        vectors = model.embedder.embed([reading.understood.plain for reading in chosen])
        near = model_kernel(vectors, model.vectors)
        again = [self._rank(reading.kernel + row, model.learned) for reading, row in zip(chosen, near, strict=True)]
        return _merged(chosen, again, modelled=True)

    def _rank(self, kernel: Vector, learned: Learned) -> Ranked:
        topics = kernel.astype(np.float32) @ learned.alpha
        order = np.argsort(-topics, kind="stable")[:RANKED]
        second = float(topics[order[1]]) if len(order) > 1 else 0.0
        entries = [(self._entry(int(topic), kernel), round(float(topics[topic]), 5)) for topic in order]
        return Ranked(learned.confidence(float(topics[order[0]]), second), entries)

    def _entry(self, topic: int, kernel: Vector) -> str:
        """The entry of a topic whose wordings come closest; the general one unless a special one clearly leads."""
        numbers = [int(number) for number in np.flatnonzero(self.index.class_of == topic)]
        if len(numbers) == 1:
            return self.index.ids[numbers[0]]
        near = [self._nearness(number, kernel) for number in numbers]
        best = max(near)
        for number, value in zip(numbers, near, strict=True):
            if self.index.general[number] and value >= best - AHEAD:
                return self.index.ids[number]
        return self.index.ids[numbers[near.index(best)]]

    def _nearness(self, number: int, kernel: Vector) -> float:
        """How close an entry's wordings come: the mean of the closest three, less what its look-alikes are closer."""
        own, against = kernel[self.index.own[number]], self.index.against[number]
        closest = float(np.sort(own)[-3:].mean())
        return closest - (max(0.0, float(kernel[against].max()) - closest) if len(against) else 0.0)


def _most_confident(ranked: list[Ranked]) -> int:
    return max(range(len(ranked)), key=lambda number: ranked[number].confidence)


def _merged(readings: list[Reading], ranked: list[Ranked], modelled: bool) -> Match:
    """The winner of the most confident reading first, then every entry by its best score; ties by id."""
    best = _most_confident(ranked)
    scores: dict[str, float] = {}
    for one in ranked:
        for identifier, score in one.entries:
            scores[identifier] = max(score, scores.get(identifier, -1.0))
    first = ranked[best].entries[0]
    rest = sorted((item for item in scores.items() if item[0] != first[0]), key=lambda item: (-item[1], item[0]))
    return Match(ranked[best].confidence, (first, *rest[: RANKED - 1]), readings[best].understood, modelled)
