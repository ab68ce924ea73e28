"""The matcher: asked for each message, it ranks the entries and says how sure it is.

Two steps: which topic, then which entry of the topic. Telling 66 topics apart is far easier than telling 300 entries
apart, and a general answer of the right topic is a good answer, while a special one of the wrong topic is none.

A cascade: engine A (words and characters) looks first; the sentence model of engine B is asked only where A is unsure.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.matching.index import Index, Understood
from bot.matching.learning import Floats, Learned, ModelSpace
from bot.matching.space import Vector
from bot.matching.text import sentences
from bot.matching.vectors import Embedder

LONG = 40  # words from which a message is read by sentence as well: the question in the middle of a story
SENTENCES_SCORED = 24
SENTENCES_MODELLED = 1  # besides the whole message; the model is asked once, for all of them together
SURE = 0.9  # of engine A, from which the model is not asked
AHEAD = 0.04  # by which a special entry must lead before it is preferred to its topic's general one
CLOSEST = 3  # wordings of an entry that count for how close it comes
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
    """The whole message or one of its sentences: its kernel to all wordings, each class's score, the confidence."""

    understood: Understood
    kernel: Vector
    scores: Floats
    confidence: float


class Model(NamedTuple):
    """What engine B adds: the sentence model, the wordings' place in its space, and what was learned with it."""

    embedder: Embedder
    space: ModelSpace
    learned: Learned


NOTHING = Match(0.0, (), Understood(()))


class Matcher:
    """Holds nothing about anybody; safe to be used from several threads."""

    def __init__(self, index: Index, learned: Learned, model: Model | None = None) -> None:
        """Engine A, and with `model` engine B."""
        self.index = index
        self.learned = learned
        self._model = model
        self._wordings = _padded(index.own, len(index.phrasings))
        self._entries_of = [np.flatnonzero(index.class_of == topic).tolist() for topic in range(len(index.classes))]

    @property
    def engine(self) -> str:
        """A or B."""
        return "B" if self._model else "A"

    def match(self, text: str) -> Match:
        """Rank the entries for a message: as a whole, and by sentence where it has several."""
        whole = self.index.understand(text)
        if not whole.words:
            return NOTHING
        parts = (
            [self.index.understand(part) for part in sentences(text)[:SENTENCES_SCORED]]
            if len(whole.words) >= LONG
            else []
        )
        read = [whole, *(part for part in parts if len(part.words) > 2 and part.words != whole.words)]
        readings = [self._read(understood, self.index.kernel(understood.words), self.learned) for understood in read]
        if self._model is None or max(reading.confidence for reading in readings) >= SURE:
            return self._merged(readings, modelled=False)
        return self._merged(self._modelled(readings, self._model), modelled=True)

    def explain(self, match: Match) -> Match:
        """The same match with the phrasing that came closest and the words that carried it."""
        if not match.ranking:
            return match
        own = self.index.own[self.index.ids.index(match.ranking[0][0])]
        nearest = int(own[int(np.argmax(self.index.kernel(match.understood.words)[own]))])
        shares = self.index.shares(match.understood.words, nearest)
        carried = sorted(shares, key=lambda name: (-shares[name], name))[:4]
        return match._replace(phrasing=self.index.phrasings[nearest], carried=tuple(carried))

    def _modelled(self, readings: list[Reading], model: Model) -> list[Reading]:
        """Read again with the sentence model: the whole message, and the sentences that engine A likes best."""
        liked = sorted(range(1, len(readings)), key=lambda number: (-readings[number].confidence, number))
        chosen = [readings[number] for number in (0, *liked[:SENTENCES_MODELLED])]
        vectors = model.embedder.embed([reading.understood.plain for reading in chosen])
        near = model.space.features(vectors) @ model.space.rows.T
        return [
            self._read(one.understood, one.kernel + row, model.learned) for one, row in zip(chosen, near, strict=True)
        ]

    def _read(self, understood: Understood, kernel: Vector, learned: Learned) -> Reading:
        scores = np.round(kernel.astype(np.float32) @ learned.alpha, 4)  # else the last bit decides a tie
        two = np.partition(scores, -2)[-2:] if len(scores) > 1 else np.array([0.0, scores[0]])
        return Reading(understood, kernel, scores, learned.confidence(float(two[1]), float(two[0])))

    def _merged(self, readings: list[Reading], modelled: bool) -> Match:
        """The winner of the most confident reading first, then the other topics by their best score; ties by id."""
        best = max(range(len(readings)), key=lambda number: readings[number].confidence)
        combined = np.max([reading.scores for reading in readings], axis=0)
        first = int(np.argmax(readings[best].scores))
        order = [first, *(int(topic) for topic in np.argsort(-combined, kind="stable") if topic != first)][:RANKED]
        ranking = []
        for topic in order:
            source = (
                max(readings, key=lambda reading: float(reading.scores[topic])) if topic != first else readings[best]
            )
            ranking.append((self._entry(topic, source.kernel), round(float(source.scores[topic]), 5)))
        return Match(readings[best].confidence, tuple(ranking), readings[best].understood, modelled)

    def _entry(self, topic: int, kernel: Vector) -> str:
        """The entry of a topic whose wordings come closest; the general one unless a special one clearly leads.

        Close is the mean of an entry's closest three wordings, less what its look-alikes are closer.
        """
        numbers = self._entries_of[topic]
        if len(numbers) == 1:
            return self.index.ids[numbers[0]]
        padded = np.append(kernel, 0.0)[self._wordings[numbers]]
        near = np.partition(padded, -CLOSEST, axis=1)[:, -CLOSEST:].mean(axis=1)
        for place, number in enumerate(numbers):
            if len(against := self.index.against[number]):
                near[place] -= max(0.0, float(kernel[against].max()) - near[place])
        for place, number in enumerate(numbers):
            if self.index.general[number] and near[place] >= near.max() - AHEAD:
                return self.index.ids[number]
        return self.index.ids[numbers[int(np.argmax(near))]]


def _padded(rows: list[npt.NDArray[np.int64]], filler: int) -> npt.NDArray[np.int64]:
    """Rows of unequal length as one array; `filler` where a row has ended, at least CLOSEST wide."""
    padded = np.full((len(rows), max(CLOSEST, *(len(row) for row in rows))), filler)
    for number, row in enumerate(rows):
        row = np.resize(row, CLOSEST) if 0 < len(row) < CLOSEST else row
        padded[number, : len(row)] = row
    return padded
