"""The emergency gate: one text in, a verdict out. It runs before everything else and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from bot.content.urgent import CARD_TIERS, CUES, Rule, Urgent
from bot.content.weights import Weights
from bot.urgent.cues import cue
from bot.urgent.features import Part, marked
from bot.urgent.index import MARK, Hit, Index
from bot.urgent.inflect import forms
from bot.urgent.rules import CONTEXT, Found, RuleBook
from bot.urgent.second_look import Heard, SecondLook
from bot.urgent.sense import Judge
from bot.urgent.spelling import Speller
from bot.urgent.text import Reader, Text

ENOUGH = 40  # a concept met so often in one text is not judged again
_MARKS = str.maketrans("|?!~.", "     ")


class Verdict(NamedTuple):
    """What the gate found in one text."""

    rules: tuple[str, ...] = ()
    tier: str | None = None
    concepts: frozenset[str] = frozenset()
    safety_net: str | None = None
    aside: bool = False  # a card was set aside, since the text sounds harmless: its line of caution comes first
    reasons: Callable[[], Iterable[str]] = tuple  # put in words only for those who ask

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons: of each concept that speaks for something the line that met it."""
        return tuple(self.reasons())


class Gate:
    """The rules, compiled once."""

    def __init__(self, urgent: Urgent, weights: Weights | None = None) -> None:
        """`weights`: for a second look at texts on which no rule fires; without them there is none."""
        sense = urgent.sense
        self._concepts = urgent.concepts
        self._lowered_by = {name: urgent.kinds[concept.kind] for name, concept in urgent.concepts.items()}
        small, negative = frozenset(sense.fillers), frozenset(sense.negative)
        self._index = Index(_groups(urgent), urgent.lists, _Forms(urgent), small, negative)
        ordinary = (*sense.never_typos, *sense.turns, *sense.restarts, *sense.persons, *small, *negative)
        spelt = {part for key in sense.spellings for part in key.split()}
        self._speller = Speller(_key_words(urgent) | spelt, ordinary, self._index.known)
        self._reader = Reader(sense.spellings)
        self._judge = Judge(sense)
        self._book = RuleBook(urgent.rules, urgent.concepts)
        self._in_doubt = urgent.cards.in_doubt
        self._second_look = SecondLook(weights) if weights else None
        self._remembered = frozenset(name for name, concept in urgent.concepts.items() if concept.remember)
        weighed = ((concept.weighed, name) for name, concept in urgent.concepts.items())
        self._weighed: dict[str, str] = {kind: name for kind, name in weighed if kind}

    def check(self, text: str, seen: frozenset[str] = frozenset(), silenced: frozenset[str] = frozenset()) -> Verdict:
        """Which rules fire. `seen`: concepts of the chat's last minutes; `silenced`: rules that are not happening."""
        read = self.read(text)
        said, lowered, sentence = self.concepts_of(read)
        fired = self._book.firing(said, sentence, seen, silenced)
        everything = self._book.firing(said, sentence, seen, frozenset()) if silenced else fired
        aside = None
        if not any(rule.tier in CARD_TIERS for rule in everything):  # none shows a card, and none was silenced
            heard = self._heard(read, partial(self.excused, said, lowered, sentence, seen))
            if heard:
                said = {**said, **heard}
                fired = self._book.firing(said, sentence, seen, silenced)
        elif fired == self._book.firing(said, sentence, frozenset(), silenced):  # by this text alone
            aside = self._harmless(read, said, fired)
        if not said and not lowered:
            return Verdict()
        shown, net = fired, None
        if aside:
            shown, net = [rule for rule in fired if rule.tier not in CARD_TIERS], self._beside(fired)
        elif not fired:
            net = self._safety_net(said, lowered, sentence, seen, silenced)
        return Verdict(
            rules=tuple(rule.id for rule in shown),
            tier=shown[0].tier if shown else None,
            concepts=self._remembered.intersection(said),
            safety_net=net,
            aside=aside is not None,
            reasons=partial(self._reasons, said, lowered, fired, aside),
        )

    def marked(self, text: str) -> Part | None:
        """What is weighed of a text that may sound harmless though a rule shows a card: to learn from."""
        read = self.read(text)
        said, _, sentence = self.concepts_of(read)
        fired = self._book.firing(said, sentence, frozenset(), frozenset())
        return marked(read, said.keys(), _cards(fired)) if _may_be_set_aside(fired) else None

    def _harmless(self, read: Text, said: Found, fired: Sequence[Rule]) -> Heard | None:
        """Do the words of a text sound harmless, though rules fire, and no part of it nearly like an emergency?"""
        if self._second_look is None or not _may_be_set_aside(fired):
            return None
        return self._second_look.harmless(read, said.keys(), _cards(fired))

    def _beside(self, fired: Sequence[Rule]) -> str:
        """The line before the answer to a text whose card was set aside."""
        return next((rule.safety_net for rule in fired if rule.safety_net), self._in_doubt)

    def read(self, text: str) -> Text:
        """The words of a text as rules and weights know them."""
        return self._reader.read(text, self._speller.correct)

    def excused(self, said: Found, lowered: Found, sentence: list[int], seen: frozenset[str] = frozenset()) -> bool:
        """Would a rule show a card, had nothing taken the weight from what was said?"""
        found = {name: [*said.get(name, ()), *lowered.get(name, ())] for name in {*said, *lowered}}
        return bool(_cards(self._book.firing(found, sentence, seen, frozenset(), excuses=False)))

    def _heard(self, read: Text, excused: Callable[[], bool]) -> dict[str, list[Hit]]:
        """The concepts that a second look finds: the words, taken together, sound like an emergency."""
        heard = self._second_look.sounds(read, excused) if self._second_look and self._weighed else ()
        found: dict[str, list[Hit]] = {}
        for kind, start, end, loudest in heard:
            name = self._weighed.get(kind)
            if name is not None:
                found[name] = [Hit(name, start, end, ", ".join(loudest), frozenset())]
        return found

    def concepts_of(self, read: Text) -> tuple[dict[str, list[Hit]], dict[str, list[Hit]], list[int]]:
        """The concepts that count, those whose sense takes their weight away, and the sentence of each word."""
        hits = self._index.hits(read)
        told = [hit for hit in hits if hit.concept[0] != MARK]
        said: dict[str, list[Hit]] = {}
        lowered: dict[str, list[Hit]] = {}
        if not told:
            return said, lowered, []
        sense = self._judge.read(read, hits)
        met: set[tuple[str, int, int, frozenset[str]]] = set()
        for hit in told:
            name, start, end, _, nos = hit
            alike = (name, start, end, nos)  # their sense is the same, whatever the line
            if alike in met or len(said.get(name, ())) >= ENOUGH:
                continue
            met.add(alike)
            group = lowered if sense.lowered(hit, self._lowered_by[name]) else said
            group.setdefault(name, []).append(hit)
        return said, lowered, sense.sentence

    def _reasons(self, said: Found, lowered: Found, fired: Sequence[Rule], aside: Heard | None) -> Iterator[str]:
        """Why a verdict is as it is."""
        if aside:
            yield f"set aside, since it sounds harmless: {', '.join(aside.loudest)}"
        for name, hits in self._signs(said, fired).items():
            yield f"{name}: {hits[0].source}"
        for name, hits in self._signs(lowered, fired).items():
            if name not in said:
                yield f"not {name} (lowered by its sense): {hits[0].source}"

    def _signs(self, found: Found, fired: Sequence[Rule]) -> dict[str, Sequence[Hit]]:
        """The concepts that speak for something: where rules fired, for one of these."""
        named = frozenset[str]().union(*(self._book.signs[rule.id] for rule in fired))
        weighty = {name: hits for name, hits in found.items() if self._concepts[name].kind not in CONTEXT}
        return {name: hits for name, hits in weighty.items() if not fired or name in named}

    def _safety_net(
        self, said: Found, lowered: Found, sentence: list[int], seen: frozenset[str], silenced: frozenset[str]
    ) -> str | None:
        """The line of the first rule that would have fired, had no word lowered anything."""
        if lowered.keys() <= said.keys():
            return None  # nothing was
        firing = self._book.firing({**lowered, **said}, sentence, seen, silenced)
        return next((rule.safety_net for rule in firing if rule.safety_net), None)


def _may_be_set_aside(fired: Sequence[Rule]) -> bool:
    """Is a card shown, and none that is firm?"""
    cards = [rule for rule in fired if rule.tier in CARD_TIERS]
    return bool(cards) and not any(rule.firm for rule in cards)


def _cards(fired: Sequence[Rule]) -> list[str]:
    """The rules that show a card: the second look weighs them besides words."""
    return [rule.id for rule in fired if rule.tier in CARD_TIERS]


def _groups(urgent: Urgent) -> Iterator[tuple[str, str]]:
    for name, concept in urgent.concepts.items():
        for line in concept.says:
            yield name, line
    for name in CUES:
        for line in getattr(urgent.sense, name):
            yield cue(name), line


def _key_words(urgent: Urgent) -> set[str]:
    """The words of the concepts as written, with their irregular forms: what a misspelt word may be taken for."""
    says = " ".join(line for concept in urgent.concepts.values() for line in concept.says)
    pieces = set(says.translate(_MARKS).split())
    words = {piece for piece in pieces if piece.isalpha()}
    words.update(word for name in pieces - words for word in urgent.lists.get(name.strip("<>"), ()))
    return words.union(*(others for word, others in urgent.sense.irregular.items() if word in words))


class _Forms:
    """The endings of a word, with those that are irregular."""

    def __init__(self, urgent: Urgent) -> None:
        self._irregular = urgent.sense.irregular

    def __call__(self, word: str) -> frozenset[str]:
        return forms(word).union(self._irregular[word]) if word in self._irregular else forms(word)
