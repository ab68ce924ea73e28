"""The FAQ as matching sees it: its wordings in two sparse spaces, and who owns them."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.content.entries import Entry
from bot.content.words import Words
from bot.matching.features import UNKNOWN, Coded, Features, said_in
from bot.matching.likeness import Likeness, Near, Sketch
from bot.matching.rows import Doubles, Numbers
from bot.matching.space import Space
from bot.matching.spelling import Speller
from bot.matching.stems import Stems
from bot.matching.text import Tokens

LONGEST_READ = 8192  # characters; Telegram allows 4,096 units
MOST_CORRECTED = 60  # strange words of a message whose spelling is looked at
LONGEST_SCORED = 400  # words of a message that are looked at
NEIGHBOURS = 3  # of `see_also`: those that a patient is shown
REVISION = 21  # of the meaning of an index; raise it so that what was learned is learned anew


@lru_cache(maxsize=4096)  # of the content: asked several times for each message
def declines(entry: str) -> bool:
    """Is it small talk or "we don't treat that", by its id?"""
    return entry.startswith(("chat.", "not_ours."))


def _kind(entry: Entry) -> str:
    """The class that an entry belongs to."""
    return entry.topic if entry.medical else entry.id


class Understood(NamedTuple):
    """A message (or a sentence of one) as the index sees it."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    corrected: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    numbers: Sequence[int] = ()  # of the words, UNKNOWN for those that the FAQ does not have


class Index:
    """Built from the entries alone. A class is a topic; small talk and "not ours" entries are classes of their own."""

    def __init__(self, entries: Sequence[Entry], words: Words, language: str) -> None:
        """`entries`: at least one. The order does not matter: they are sorted by class and id."""
        entries = sorted(entries, key=lambda entry: (_kind(entry), entry.id))
        self.ids = [entry.id for entry in entries]
        kinds = [_kind(entry) for entry in entries]
        self.classes = sorted(set(kinds))
        self.class_of = np.array([self.classes.index(kind) for kind in kinds])
        self.general = [entry.id == kind for entry, kind in zip(entries, kinds, strict=True)]
        self.related = self._related(entries)
        owned = [(number, text) for number, entry in enumerate(entries) for text in entry.phrasings]
        repelled = [(number, text) for number, entry in enumerate(entries) for text in entry.not_for]
        self.owners = np.array([number for number, _ in owned + repelled])
        self.positive = np.arange(len(self.owners)) < len(owned)
        self.phrasings = [text for _, text in owned + repelled]
        self._tokens = Tokens(words.spelled_out, words.same_as)
        self._plain = Tokens(words.spelled_out)
        self._stems = Stems(language)
        self.features, places = Features.read(map(self._tokens, self.phrasings), self._stems)
        self.speller = Speller(self.features.words(), language, words.never_swap)
        self.space = Space.read(places, self.owners, self.features.said, self.features.width)
        weights = self.space.weights
        self.weights: list[float] = [*weights[: self.features.stems].tolist(), float(weights[UNKNOWN])]
        """Of the stems, by number; the last is that of a stem that the FAQ does not have, which weighs most."""
        self.likeness = Likeness(self.space)
        self.own = [np.flatnonzero(self.positive & (self.owners == number)) for number in range(len(self.ids))]
        self.against = [np.flatnonzero(~self.positive & (self.owners == number)) for number in range(len(self.ids))]
        told = repr((REVISION, language, self.ids, kinds, owned, repelled, words.model_dump()))
        hashed = hashlib.sha256(told.encode("utf-8", "surrogatepass"))
        hashed.update(np.packbits(self.related).tobytes())
        self.fingerprint = hashed.hexdigest()

    def understand(self, text: str) -> Understood:
        """Normal form, spelling corrected."""
        text = text[:LONGEST_READ]
        tokens = self._tokens(text)[:LONGEST_SCORED]
        numbers, stem_of = self.features.numbers_of(tokens), self.features.stem_of
        if UNKNOWN not in numbers:
            return Understood(tuple(tokens), tuple([stem_of(number) for number in numbers]), numbers=numbers)
        words = self._corrected(tokens)
        numbers = self.features.numbers_of(words)
        corrected = tuple(dict.fromkeys((a, b) for a, b in zip(tokens, words, strict=True) if a != b))
        told = list(zip(words, numbers, strict=True))
        unknown = tuple(dict.fromkeys(word for word, number in told if number == UNKNOWN))
        stems = tuple([self._stems(word) if number == UNKNOWN else stem_of(number) for word, number in told])
        return Understood(tuple(words), stems, corrected, unknown, numbers)

    def coded(self, message: Understood) -> Coded:
        """A message as the kernel reads it."""
        return self.features.coded(message.stems, message.words, message.numbers)

    def plain(self, text: str) -> str:
        """A message as the sentence model reads it: spelling corrected, lay names kept."""
        return " ".join(self._corrected(self._plain(text[:LONGEST_READ])[:LONGEST_SCORED]))

    def _corrected(self, tokens: Sequence[str]) -> list[str]:
        """Spelling corrected, up to a number of strange words: a text with more of them is no misspelt question."""
        left = MOST_CORRECTED
        words = []
        for token in tokens:
            strange = not self.speller.knows(token)
            words.append(self.speller.correct(token) if not strange or left > 0 else token)
            left -= strange
        return words

    def sketch(self, message: Understood) -> Sketch:
        """A message's likeness to each wording by the features that tell most; `likeness.completed` adds the rest."""
        return self.likeness.sketch(self.space.weigh(self.features.of(message.stems, message.words)))

    def near(self, message: Understood) -> Near:
        """The likeness of a message to each wording."""
        return self.likeness.completed(self.sketch(message))

    def weights_of_stems(self, stems: Sequence[str]) -> tuple[Numbers, Doubles]:
        """Each different stem of a message: its number (UNKNOWN: the FAQ does not have it), and its weight."""
        numbers = self.features.of_stems(dict.fromkeys(stems))
        return numbers, self.space.weights[numbers]

    def stems_of(self, wording: int) -> list[str]:
        """The stems of a wording in normal form."""
        return [self._stems(word) for word in self._tokens(self.phrasings[wording])]

    def plain_phrasings(self) -> list[str]:
        """The wordings as the sentence model reads them."""
        return [" ".join(self.speller.correct(token) for token in self._plain(text)) for text in self.phrasings]

    def shares(self, message: Understood, phrasing: int) -> dict[str, float]:
        """How much each stem of a message adds to its cosine with one wording."""
        found = self.features.of(message.stems, message.words)
        weighed, names = self.space.weigh(found), np.array(said_in(message.stems), dtype=np.str_)
        columns, values = self.space.held.row(phrasing)
        there = dict(zip(columns.tolist(), values.tolist(), strict=True))
        known = names[found.numbers[: found.said] != UNKNOWN].tolist()
        pairs = zip(known, weighed.numbers.tolist(), weighed.values.tolist(), strict=False)  # runs have no name
        return {name: value * there[number] for name, number, value in pairs if number in there}

    def _related(self, entries: Sequence[Entry]) -> npt.NDArray[np.bool_]:
        """entries x classes: its own class, and those its `see_also` points to: an answer from there is not wrong."""
        place = {entry.id: int(kind) for entry, kind in zip(entries, self.class_of, strict=True)}
        related = np.zeros((len(entries), len(self.classes)), dtype=np.bool_)
        for number, entry in enumerate(entries):
            near = (entry.id, *entry.see_also[:NEIGHBOURS])
            related[number, [place[other] for other in near if other in place]] = True
        return related
