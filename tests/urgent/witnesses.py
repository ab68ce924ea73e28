"""Finds, for each small piece of the rules file, a text that would come out otherwise without that one piece.

    python -m tests.urgent.witnesses      writes witnesses.yaml and excuses.yaml anew, and tells what no text needs

Such texts are no patients' sentences: the plainest words of the lines, set side by side, so that a piece that is lost
is noticed.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bot.content.urgent import CUES, Rule, Urgent, conditions
from bot.urgent import Gate
from bot.urgent.cues import cue
from bot.urgent.index import Hit, Index
from bot.urgent.rules import RuleBook
from bot.urgent.sense import Judge
from bot.urgent.text import Text
from tests.urgent import excusing
from tests.urgent.conftest import EXCUSES, PANEL, WITNESSES, urgent_content
from tests.urgent.excusing import Excuses, Guard, Kind
from tests.urgent.saying import AROUND, realized

FILE = Path(__file__).parent / "witnesses.yaml"
TRIES = 400
WORDS = ("persons", "turns", "limits", "restarts", "verbs", "present", "dates", "binds", "points", "negative")
TEMPLATES = {
    "persons": ("what causes chest pain {}", "is stroke dangerous {}", "symptoms of chest pain {}"),
    "turns": ("no lamp {} chest pain", "years ago {} chest pain", "years ago lamp {} stroke"),
    "limits": ("no lamp {} chest pain", "not lamp {} chest pain"),
    "restarts": ("no lamp and {} chest pain", "no lamp, {} chest pain", "never lamp and {} chest pain"),
    "verbs": ("no lamp and chest {} hurting", "bladder doesnt empty and back {} hurting"),
    "present": ("stroke 2 years ago my chest pain {} lamp", "stroke 2 years ago my chest {} hurting"),
    "dates": (
        "lamp last {} chest pain", "lamp 2 years {} chest pain", "had lamp {} chest pain",
        "lamp in my {} chest pain", "lamp since {} chest pain", "lamp for {} weak leg suddenly",
    ),
    "binds": ("lamp 2 years ago {} chest pain",),
    "points": ("chest pain, {} lamp happened years ago", "chest pain, {} lamp years ago"),
}


def lines_of(urgent: Urgent) -> Iterator[tuple[str, str]]:
    """Every line of the concepts and of the cues, under its name."""
    for name, concept in urgent.concepts.items():
        yield from ((name, line) for line in concept.says)
    for name in CUES:
        yield from ((cue(name), line) for line in getattr(urgent.sense, name))


def sources(gate: Gate, name: str, text: str) -> set[str]:
    """The lines of a concept or cue that a text meets."""
    read = gate._reader.read(text, gate._speller.correct)
    return {hit.source for hit in gate._index.hits(read) if hit.concept == name}


def alone(rule: Rule, urgent: Urgent, without: str) -> RuleBook:
    """A rule without one of its lines."""
    rest = tuple(line for line in rule.when if line != without)
    return RuleBook([rule.model_copy(update={"when": rest})], urgent.concepts)


class _Stripped:
    """An index whose lines do not take a word for a no of their own."""

    def __init__(self, index: Index, word: str) -> None:
        self._index, self._word = index, word

    def hits(self, text: Text) -> list[Hit]:
        """What the whole index finds, with that word no longer theirs."""
        return [hit._replace(nos=hit.nos - {self._word}) for hit in self._index.hits(text)]


@contextmanager
def lacking(gate: Gate, urgent: Urgent, key: str, word: str) -> Iterator[None]:
    """The gate without one small word of its sense."""
    index, judge = gate._index, gate._judge
    rest = tuple(other for other in getattr(urgent.sense, key) if other != word)
    if key == "negative":
        gate._index = _Stripped(index, word)  # type: ignore[assignment]
    gate._judge = Judge(urgent.sense.model_copy(update={key: rest}))
    yield
    gate._index, gate._judge = index, judge


class Search:
    """The gate, and chance with a seed, so that the same rules give the same texts."""

    def __init__(self, urgent: Urgent) -> None:
        self.urgent = urgent
        self.gate = Gate(urgent)
        self.chance = random.Random(1)  # noqa: S311

    def met(self) -> dict[str, dict[str, str]]:
        """For each line a text that no other line of its concept or cue meets."""
        found: dict[str, dict[str, str]] = {}
        for name, line in lines_of(self.urgent):
            for _ in range(TRIES):
                text = realized(line, dict(self.urgent.lists), self.chance)
                if sources(self.gate, name, text) == {line}:
                    found.setdefault(name, {})[line] = text
                    break
        return found

    def lowered(self, met: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        """For each concept and each thing that lowers its kind a text on which nothing else lowers it."""
        found: dict[str, dict[str, str]] = {}
        quiet = [text for texts in PANEL["quiet"].values() for text in texts]
        figures = [*met[cue("figures")].values(), *PANEL["quiet_more"], *quiet]
        of_figures = [(text, {*self.gate.concepts_of(self.gate.read(text))[1]}) for text in figures]
        for name, concept in self.urgent.concepts.items():
            said = list(met.get(name, {}).values())
            for lowering in self.urgent.kinds[concept.kind]:
                texts = (around.format(text) for around in AROUND[lowering] for text in said)
                if lowering == "figure":
                    texts = (text for text, names in of_figures if name in names)
                text = next((text for text in texts if self.only(name, lowering, text)), None)
                if text is not None:
                    found.setdefault(name, {})[lowering] = text
        return found

    def only(self, name: str, lowering: str, text: str) -> bool:
        """Does the concept count on this text as soon as that one thing no longer lowers it?"""
        own = self.gate._lowered_by[name]
        said, lowered, _ = self.gate.concepts_of(self.gate.read(text))
        if name not in lowered or name in said:
            return False
        self.gate._lowered_by[name] = tuple(other for other in own if other != lowering)
        counts = name in self.gate.concepts_of(self.gate.read(text))[0]
        self.gate._lowered_by[name] = own
        return counts

    def fires(self, met: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        """For each line of a rule a text on which no other line of it holds."""
        found: dict[str, dict[str, str]] = {}
        for rule in self.urgent.rules:
            for line in rule.when:
                rest = alone(rule, self.urgent, line)
                excuses = sorted({name for other in rule.when for part in conditions(other) for name in part.without})
                texts = self._holding(line, met, excuses)
                text = next((text for text in texts if self.needs(rule.id, rest, text)), None)
                if text is not None:
                    found.setdefault(rule.id, {})[line] = text
        return found

    def _holding(self, line: str, met: dict[str, dict[str, str]], excuses: list[str]) -> Iterator[str]:
        """Texts that name all concepts of a line: close by or far apart, some with what excuses other lines."""
        for _ in range(TRIES):
            parts = self.chance.choice(conditions(line))
            names = [name for group in parts.together for name in group]
            if excuses and self.chance.random() < 0.5:
                names.append(self.chance.choice(excuses))
            said = [self.chance.choice(list(met[name].values())) for name in names if name in met]
            self.chance.shuffle(said)
            yield self.chance.choice((", ", " ", " and ", ". " + "lamp " * 20)).join(said)

    def needs(self, rule: str, rest: RuleBook, text: str) -> bool:
        """Does the rule fire on the text, and not without the one line?"""
        said, _, sentence = self.gate.concepts_of(self.gate.read(text))
        everything = frozenset[str]()
        return rule in self.gate.check(text).rules and not rest.firing(said, sentence, everything, everything)

    def words(self, met: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        """For each small word of the sense a text whose rules change without it."""
        found: dict[str, dict[str, str]] = {}
        for key in WORDS:
            for word in getattr(self.urgent.sense, key):
                texts = [template.format(word) for template in TEMPLATES.get(key, ())]
                if key == "negative":
                    texts = [f"no {text}" for said in met.values() for text in said.values() if word in text.split()]
                text = next((text for text in texts if self.changes(key, word, text)), None)
                if text is not None:
                    found.setdefault(key, {})[word] = text
        return found

    def changes(self, key: str, word: str, text: str) -> bool:
        """Do other rules fire on the text when the small word is gone?"""
        kept = self.gate.check(text).rules
        with lacking(self.gate, self.urgent, key, word):
            return self.gate.check(text).rules != kept


def main() -> None:
    """Write the file, and tell how many pieces have no text of their own."""
    urgent = urgent_content()
    search = Search(urgent)
    met = search.met()
    found: dict[str, Any] = {
        "met": met, "lowered": search.lowered(met), "fires": search.fires(met), "words": search.words(met)
    }  # fmt: skip
    with FILE.open("w", encoding="utf-8") as file:
        file.write("# Written by `python -m tests.urgent.witnesses`: for each piece of urgent.yaml a text.\n")
        file.write("# No patients' sentences: the plainest words of the lines, set side by side.\n")
        for part, groups in found.items():
            file.write(f"{part}:\n")
            for name, texts in groups.items():
                file.write(f"  {json.dumps(name)}:\n")
                keyed = part in ("lowered", "words")
                for key, text in texts.items():
                    file.write(f"    {json.dumps(key) + ':' if keyed else '-'} {json.dumps(text)}\n")
    for name, line in lines_of(urgent):
        if line not in met.get(name, {}):
            sys.stdout.write(f"no text needs  {name}: {line}\n")
    for rule in urgent.rules:
        for line in rule.when:
            if line not in found["fires"].get(rule.id, {}):
                sys.stdout.write(f"no text needs  {rule.id}: {line}\n")
    counts = {part: sum(len(texts) for texts in groups.values()) for part, groups in found.items()}
    sys.stdout.write(f"{counts | _excuses(urgent, met)}\n")


def _excuses(urgent: Urgent, met: dict[str, dict[str, str]]) -> dict[str, int]:
    """Write the file of excuses, and tell how many texts it has."""
    search, said = Excuses(urgent), {name: list(texts.values()) for name, texts in met.items()}
    guards = search.of_guards(said, {Guard(*before): text for *before, text in EXCUSES["guards"]})
    kinds = search.of_kinds(said, {Kind(*before): text for *before, text in EXCUSES["kinds"]})
    excusing.FILE.write_text(excusing.written(guards, kinds), encoding="utf-8")
    for name in excusing.lacking(guards) + excusing.lacking(kinds):
        sys.stdout.write(f"no text needs  {name}\n")
    return {"guards": len(guards), "kinds": len(kinds)}


class Witnesses(NamedTuple):
    """What the file holds: texts under their concept or cue and under their rule; a text for each way in which a
    concept is lowered, and for each small word of the sense."""

    met: dict[str, list[str]]
    fires: dict[str, list[str]]
    lowered: dict[str, dict[str, str]]
    words: dict[str, dict[str, str]]


def witnesses() -> Witnesses:
    """The file, read."""
    return Witnesses(**WITNESSES)


if __name__ == "__main__":
    main()
