"""The matcher: asked for each message, it ranks the entries and says how sure it is.

Two steps: which topic, then which entry of the topic. Telling 66 topics apart is far easier than telling 300 entries
apart, and a general answer of the right topic is a good answer, while a special one of the wrong topic is none.

A cascade: engine A (words and characters) looks first; the sentence model of engine B is asked only where A is unsure.
"""

import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bot.kernel.reading import RANKED
from bot.matching.choosing import Entries
from bot.matching.confidence import Confidence, Evidence
from bot.matching.index import Index, Understood
from bot.matching.likeness import Sketch
from bot.matching.reading import Reader, Scored
from bot.matching.rows import Doubles, Floats
from bot.matching.single import SingleWords
from bot.matching.text import sentences
from bot.matching.together import Together
from bot.matching.whole import Whole

LONG = 60  # words from which a message is read by sentence as well: the question in the middle of a story
SENTENCES_SCORED = 24
SENTENCES_MODELLED = 2  # besides the whole message; the model is asked once, for all of them together
SURE, KNOWN = 0.78, 0.1  # of engine A: so sure, and no more strange words than this: the model is not asked
CLEAR = 0.75  # of a question beside another one in the same message
PART = 0.5  # how much the best sentence of a long message counts beside the whole


class Match(NamedTuple):
    """What matching makes of a message: entries best first, and the probability that the first is right."""

    confidence: float
    ranking: tuple[tuple[str, float], ...]
    understood: Understood
    modelled: bool = False
    asked: tuple[str, ...] = ()  # the entries that the questions of a message ask for, where they are several
    vague: bool = False  # one word that may be about several topics
    evidence: Evidence = Evidence(0.0, 0.0, 1.0)
    read_as: str = ""  # where a word pointed back to the last answer: the message with the noun in its place
    phrasing: str = ""
    carried: tuple[str, ...] = ()


class Reading(NamedTuple):
    """The whole message or one of its sentences: its likeness to all wordings, each class's score, the confidence."""

    text: str
    understood: Understood
    sketch: Sketch | None  # asked for where the sentence model may be
    near: Floats
    scores: Doubles
    order: Sequence[int]  # of the classes, best first: all of them, or the first RANKED
    best: int
    evidence: Evidence
    confidence: float
    entries: Sequence[int] = ()  # of the first classes in order, where they are known already


class Engine(NamedTuple):
    """A reader, and what its evidence is worth."""

    reader: Reader
    confidence: Confidence


class Model(NamedTuple):
    """What engine B adds: how the sentence model sees texts beside the FAQ, and the reader of both engines."""

    seen: Together
    engine: Engine


NOTHING = Match(0.0, (), Understood((), ()))


class Matcher:
    """Holds nothing about anybody; safe to be used from several threads."""

    def __init__(self, index: Index, engine: Engine, model: Model | None = None) -> None:
        """Engine A, and with `model` engine B."""
        self.index = index
        self.plain = engine
        self._model = model
        self._entries = Entries(index)
        self._single = SingleWords(index, engine.reader.coverage)
        self._whole = Whole.of(index, engine.reader, self._entries)
        self._turn = threading.Lock()  # one at a time, but for the model: several would keep the event loop waiting

    @property
    def engine(self) -> str:
        """A or B."""
        return "B" if self._model else "A"

    def match(self, text: str) -> Match:
        """Rank the entries for a message: as a whole, and by sentence where it is long or asks twice."""
        return self._at_once(text) or self.matches([text])[0]

    def matches(self, texts: Sequence[str]) -> list[Match]:
        """The same for several texts, so that their scores compare: all are read by the same engine.

        The sentence model is asked at most once, for all of them together.
        """
        with self._turn:
            read = [self._readings(text) for text in texts]
            if self._model is None or not any(read) or (len(read) == 1 and _sure(read[0])):
                return [self._merged(readings, self.plain, modelled=False) for readings in read]
        chosen = [_liked(readings) for readings in read]
        seen = self._model.seen([self.index.plain(one.text) for readings in chosen for one in readings])
        with self._turn:
            views = iter(seen)
            modelled = [[self._seen(one, *next(views), self._model.engine) for one in readings] for readings in chosen]
            return [self._merged(readings, self._model.engine, modelled=True) for readings in modelled]

    def explain(self, match: Match) -> Match:
        """The same match with the phrasing that came closest and the words that carried it."""
        if not match.ranking:
            return match
        own = self.index.own[self.index.ids.index(match.ranking[0][0])]
        nearest = int(own[int(np.argmax(self.index.near(match.understood).to[own]))])
        shares = self.index.shares(match.understood, nearest)
        carried = sorted(shares, key=lambda name: (-shares[name], name))[:4]
        return match._replace(phrasing=self.index.phrasings[nearest], carried=tuple(carried))

    def _at_once(self, text: str) -> Match | None:
        """The match by engine A alone of a message of several words that asks once at most: nine of ten are such.

        None for all others, and where the kernel cannot tell it.
        """
        if self._whole is None or self._model is not None or text.count("?") > 1:
            return None
        with self._turn:
            message = self.index.understand(text)
            if len(message.words) >= LONG or len(set(message.stems)) < 2:
                return None
            found = self._whole.first(message)
        if found is None:
            return None
        evidence = Evidence(*found.evidence)
        ids = self.index.ids
        ranking = tuple(zip([ids[entry] for entry in found.entries], found.scores, strict=True))
        return Match(self.plain.confidence(evidence), ranking, message, evidence=evidence)

    def _readings(self, text: str) -> list[Reading]:
        """Engine A's reading of a text and of those of its sentences that count; none of a text without a word."""
        whole = self.index.understand(text)
        return [self._read(text, whole), *self._parts(text, whole)] if whole.words else []

    def _parts(self, text: str, whole: Understood) -> list[Reading]:
        """The sentences that are read by themselves: of a long message all, of one that asks twice the questions."""
        short = len(whole.words) < LONG
        if short and text.count("?") < 2:
            return []
        parts = sentences(text)[:SENTENCES_SCORED]
        if short:
            parts = [part for part in parts if part.rstrip().endswith("?")]
            if len(parts) < 2:
                return []
        understood = [(part, self.index.understand(part)) for part in parts]
        return [self._read(part, one) for part, one in understood if 2 < len(one.words) < len(whole.words)]

    def _seen(self, one: Reading, near: Floats, overall: Doubles, engine: Engine) -> Reading:
        sketch = one.sketch or self.index.sketch(one.understood)
        return self._scored(one.text, one.understood, sketch, engine, near, overall)

    def _read(self, text: str, understood: Understood) -> Reading:
        found = self._whole.read(understood, self._model is not None) if self._whole else None
        if found is not None:
            evidence = Evidence(*found.evidence)
            sketch = None if found.sketched is None else Sketch(found.sketched, found.places, found.values)
            told = (found.near, found.scores, found.order, found.order[0], evidence)
            return Reading(text, understood, sketch, *told, self.plain.confidence(evidence), found.entries)
        return self._scored(text, understood, self.index.sketch(understood), self.plain)

    def _scored(
        self,
        text: str,
        understood: Understood,
        sketch: Sketch,
        engine: Engine,
        besides: Floats | None = None,
        overall: Doubles | None = None,
    ) -> Reading:
        near = self.index.likeness.completed(sketch, besides)
        scored = engine.reader.read(near, understood.stems, overall)
        return Reading(text, understood, sketch, near.to, *scored, engine.confidence(scored.evidence))

    def _merged(self, readings: list[Reading], engine: Engine, modelled: bool) -> Match:
        """The topics by the whole message and, of a long one, its best sentences as well; ties by id."""
        if not readings:
            return NOTHING
        whole, parts = readings[0], readings[1:]
        scored, sure = Scored(whole.scores, whole.order, whole.best, whole.evidence), whole.confidence
        if parts and len(whole.understood.words) >= LONG:
            scores = np.round((whole.scores + PART * np.max([part.scores for part in parts], axis=0)) / (1 + PART), 4)
            scored = engine.reader.judged(scores, lambda best: _closest(readings, best).understood.stems)
            sure = engine.confidence(scored.evidence)
        scores, order, best, evidence = scored
        topics = self._single.topics(whole.understood.stems, best)
        order = order[:RANKED] if topics is None else topics[:RANKED].tolist()
        if topics is None and not parts and whole.entries:
            entries = [self.index.ids[number] for number in whole.entries]
        else:
            entries = self._entries_of(order, readings)
        ranking = zip(entries, [float(scores[topic]) for topic in order], strict=True)
        understood = _closest(readings, best).understood
        vague = topics is not None
        return Match(sure, tuple(ranking), understood, modelled, self._asked(parts), vague=vague, evidence=evidence)

    def _asked(self, parts: list[Reading]) -> tuple[str, ...]:
        """What each question of a message that asks twice clearly asks for, if that is not the same."""
        clear = [part for part in parts if part.confidence >= CLEAR and part.text.rstrip().endswith("?")]
        first = {part.best: part for part in reversed(clear)}  # of those about the same, the first
        if len(first) < 2:
            return ()
        return tuple(self._entries.best([topic], part.near)[0] for topic, part in reversed(first.items()))

    def _entries_of(self, topics: Sequence[int], readings: list[Reading]) -> list[str]:
        """The entry of each topic, by the reading that speaks loudest for it."""
        if len(readings) == 1:
            return self._entries.best(topics, readings[0].near)
        return [self._entries.best([topic], _closest(readings, topic).near)[0] for topic in topics]


def _sure(readings: Sequence[Reading]) -> bool:
    """Engine A is sure of a short message, and its topic has the words of it: the model would say the same."""
    return len(readings) == 1 and readings[0].confidence >= SURE and readings[0].evidence.strange <= KNOWN


def _liked(readings: Sequence[Reading]) -> list[Reading]:
    """The whole text, and the sentences that engine A likes best, in their order."""
    liked = sorted(range(1, len(readings)), key=lambda number: (-readings[number].confidence, number))
    return [readings[number] for number in (0, *sorted(liked[:SENTENCES_MODELLED]))] if readings else []


def _closest(readings: list[Reading], topic: int) -> Reading:
    """The reading that speaks loudest for a topic."""
    return max(readings, key=lambda reading: float(reading.scores[topic]))
