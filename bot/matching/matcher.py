"""The matcher: asked for each message, it ranks the entries and says how sure it is.

Two steps: which topic, then which entry of the topic. Telling 66 topics apart is far easier than telling 300 entries
apart, and a general answer of the right topic is a good answer, while a special one of the wrong topic is none.

A cascade: engine A (words and characters) looks first; the sentence model of engine B is asked only where A is unsure.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.matching.confidence import Confidence, Evidence
from bot.matching.index import Index, Understood
from bot.matching.likeness import ModelLikeness
from bot.matching.neighbourhood import Doubles
from bot.matching.reading import Reader
from bot.matching.space import Floats
from bot.matching.text import sentences
from bot.matching.vectors import Embedder

LONG = 40  # words from which a message is read by sentence as well: the question in the middle of a story
SENTENCES_SCORED = 24
SENTENCES_MODELLED = 2  # besides the whole message; the model is asked once, for all of them together
SURE = 0.93  # of engine A, from which the model is not asked
AHEAD = 0.04  # by which a special entry must lead before it is preferred to its topic's general one
CLOSEST = 3  # wordings of an entry that count for how close it comes
RANKED = 8
CLEAR = 0.75  # of a sentence that asks something else than the rest of the message


class Match(NamedTuple):
    """What matching makes of a message: entries best first, and the probability that the first is right."""

    confidence: float
    ranking: tuple[tuple[str, float], ...]
    understood: Understood
    modelled: bool = False
    also: str | None = None  # the entry that a second question of the message asks for
    evidence: Evidence = Evidence(0.0, 0.0, 1.0)
    phrasing: str = ""
    carried: tuple[str, ...] = ()


class Reading(NamedTuple):
    """The whole message or one of its sentences: its likeness to all wordings, each class's score, the confidence."""

    text: str
    understood: Understood
    near: Floats
    scores: Doubles
    best: int
    evidence: Evidence
    confidence: float


class Engine(NamedTuple):
    """A reader, and what its evidence is worth."""

    reader: Reader
    confidence: Confidence


class Model(NamedTuple):
    """What engine B adds: the sentence model, the wordings' place in its space, and the reader of both."""

    embedder: Embedder
    likeness: ModelLikeness
    engine: Engine


NOTHING = Match(0.0, (), Understood(()))


class Matcher:
    """Holds nothing about anybody; safe to be used from several threads."""

    def __init__(self, index: Index, engine: Engine, model: Model | None = None) -> None:
        """Engine A, and with `model` engine B."""
        self.index = index
        self.plain = engine
        self._model = model
        self._wordings = _padded(index.own, len(index.phrasings))
        self._entries_of = [np.flatnonzero(index.class_of == topic).tolist() for topic in range(len(index.classes))]

    @property
    def engine(self) -> str:
        """A or B."""
        return "B" if self._model else "A"

    def match(self, text: str) -> Match:
        """Rank the entries for a message: as a whole, and by sentence where it is long or asks twice."""
        whole = self.index.understand(text)
        if not whole.words:
            return NOTHING
        readings = [self._read(text, whole), *self._parts(text, whole)]
        sure = max(reading.confidence for reading in readings) >= SURE
        if self._model is None or (sure and len(readings) == 1):
            return self._merged(readings, modelled=False)
        return self._merged(self._modelled(readings, self._model), modelled=True)

    def explain(self, match: Match) -> Match:
        """The same match with the phrasing that came closest and the words that carried it."""
        if not match.ranking:
            return match
        own = self.index.own[self.index.ids.index(match.ranking[0][0])]
        nearest = int(own[int(np.argmax(self.index.near(match.understood.words)[own]))])
        shares = self.index.shares(match.understood.words, nearest)
        carried = sorted(shares, key=lambda name: (-shares[name], name))[:4]
        return match._replace(phrasing=self.index.phrasings[nearest], carried=tuple(carried))

    def _parts(self, text: str, whole: Understood) -> list[Reading]:
        """The sentences that are read by themselves: of a long message all, of one that asks twice the questions."""
        parts = sentences(text)[:SENTENCES_SCORED]
        if len(whole.words) < LONG:
            parts = [part for part in parts if part.rstrip().endswith("?")]
            if len(parts) < 2:
                return []
        understood = [(part, self.index.understand(part)) for part in parts]
        return [self._read(part, one) for part, one in understood if 2 < len(one.words) < len(whole.words)]

    def _modelled(self, readings: list[Reading], model: Model) -> list[Reading]:
        """Read again with the sentence model: the whole message, and the sentences that engine A likes best."""
        liked = sorted(range(1, len(readings)), key=lambda number: (-readings[number].confidence, number))
        chosen = [readings[number] for number in (0, *sorted(liked[:SENTENCES_MODELLED]))]
        vectors = model.embedder.embed([self.index.plain(reading.text) for reading in chosen])
        near = model.likeness.to(vectors)
        return [
            self._scored(one.text, one.understood, one.near + row, model.engine)
            for one, row in zip(chosen, near, strict=True)
        ]

    def _read(self, text: str, understood: Understood) -> Reading:
        return self._scored(text, understood, self.index.near(understood.words), self.plain)

    def _scored(self, text: str, understood: Understood, near: Floats, engine: Engine) -> Reading:
        scored = engine.reader.read(near, understood.words)
        return Reading(text, understood, near, *scored, engine.confidence(scored.evidence))

    def _merged(self, readings: list[Reading], modelled: bool) -> Match:
        """The winner of the most confident reading first, then the other topics by their best score; ties by id."""
        winner = max(readings, key=lambda reading: reading.confidence)
        combined = np.max([reading.scores for reading in readings], axis=0)
        first = winner.best
        order = [first, *(int(topic) for topic in np.argsort(-combined, kind="stable") if topic != first)][:RANKED]
        ranking = []
        for topic in order:
            source = winner if topic == first else max(readings, key=lambda reading: float(reading.scores[topic]))
            ranking.append((self._entry(topic, source.near), round(float(source.scores[topic]), 5)))
        also = self._second_question(winner, readings)
        return Match(winner.confidence, tuple(ranking), winner.understood, modelled, also, evidence=winner.evidence)

    def _second_question(self, winner: Reading, readings: list[Reading]) -> str | None:
        """What another sentence clearly asks for, where that is not what the winner asks for."""
        others = [
            reading
            for reading in readings[1:]
            if reading.best != winner.best and reading.confidence >= CLEAR and reading.text.rstrip().endswith("?")
        ]
        if not others:
            return None
        clearest = max(others, key=lambda reading: reading.confidence)
        return self._entry(clearest.best, clearest.near)

    def _entry(self, topic: int, near: Floats) -> str:
        """The entry of a topic whose wordings come closest; the general one unless a special one clearly leads.

        Close is the mean of an entry's closest three wordings, less what its look-alikes are closer.
        """
        numbers = self._entries_of[topic]
        if len(numbers) == 1:
            return self.index.ids[numbers[0]]
        padded = np.append(near, np.float32(0.0))[self._wordings[numbers]]
        close = np.partition(padded, -CLOSEST, axis=1)[:, -CLOSEST:].mean(axis=1)
        for place, number in enumerate(numbers):
            if len(against := self.index.against[number]):
                close[place] -= max(0.0, float(near[against].max()) - close[place])
        for place, number in enumerate(numbers):
            if self.index.general[number] and close[place] >= close.max() - AHEAD:
                return self.index.ids[number]
        return self.index.ids[numbers[int(np.argmax(close))]]


def _padded(rows: list[npt.NDArray[np.int64]], filler: int) -> npt.NDArray[np.int64]:
    """Rows of unequal length as one array; `filler` where a row has ended, at least CLOSEST wide."""
    padded = np.full((len(rows), max(CLOSEST, *(len(row) for row in rows))), filler)
    for number, row in enumerate(rows):
        row = np.resize(row, CLOSEST) if 0 < len(row) < CLOSEST else row
        padded[number, : len(row)] = row
    return padded
