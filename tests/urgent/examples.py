"""What the second look is taught with: texts, what each of them is, and what of it is weighed.

Emergencies: what the rules must fire on (`urgent.yaml`, the panel), and `heard/*.txt`. Not so: what must stay quiet
there, all wordings of the FAQ, the guide's labels, and `heard/*.txt`. Those files hold a label, a tab and a message
each line: N needs help now, C crisis, H harmless though it sounds like one, O ordinary.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from bot.content.loading import Content
from bot.content.urgent import CARD_TIERS, Urgent
from bot.scoring.questions import read_questions
from bot.urgent import Gate
from bot.urgent.features import Part, parts
from tests.urgent.conftest import PANEL
from tests.urgent.variations import (
    after_a_question,
    bare,
    before_a_question,
    buried,
    minimised,
    shrugged,
    slipped,
    third_person,
)

HERE = Path(__file__).parent
HARMLESS = "HOFS"
CRISIS = {"self_harm_danger", "suicide", "suicide_hint", "voices"}  # rules for which the card of a crisis is right
FOLDS = 5
EMERGENCIES = list(chain(*PANEL["fires"].values(), *PANEL["fires_more"].values()))
SMALL = (minimised, shrugged, before_a_question, after_a_question)  # an emergency in these ways is no less one
WAYS = (str, *SMALL, third_person, bare, slipped, buried)  # of writing one of the panel
Way = Callable[[str], str]


class Example(NamedTuple):
    """A part of a text, and what the text is: N, C, H, O, a wording of the FAQ, which is ordinary too (F), or what
    should be seen soon, without a card (S).

    `fires`: does a rule show a card for it? `excused`: would one, but for a set phrase, a time, a no ...? `lot`: which
    texts are left out together.
    """

    label: str
    part: Part
    fires: bool
    text: str
    lot: int
    excused: bool = False

    @property
    def long(self) -> bool:
        """Is it a part of a long text?"""
        return not self.part.whole

    @property
    def harmless(self) -> bool:
        """Is it no emergency?"""
        return self.label in HARMLESS


def told(content: Content, urgent: Urgent) -> dict[str, str]:
    """Every text and what it is; what stands in several places is what the last one says."""
    return dict(_told(content, urgent))


def questions(content: Content) -> list[str]:
    """The test wordings of the FAQ but for those about danger signs: for the bars, nothing is learned from them."""
    grave = {entry.id for entry in content.entries.values() if entry.topic == "danger_signs"}
    found = read_questions(HERE.parent / "questions" / content.language)
    return [wording.text for wording in found if wording.entry not in grave]


def heard(gate: Gate, text: str, label: str) -> Iterator[Example]:
    """The parts to learn from what an emergency sounds like. Of a long one not all of them tell of it."""
    read = gate.read(text)
    found = list(parts(read)) or [Part(0, len(read.words), read.words)]
    fires = bool(gate.check(text).rules) and found[0].whole
    excused = not fires and gate.excused(*gate.concepts_of(read))
    for part in found:
        yield Example(label, part, fires, text, lot_of(text), excused)


def firing(gate: Gate, text: str, label: str, way: Way = str) -> Iterator[Example]:
    """What is weighed of the text, written in some way, where a rule shows a card that may be set aside.

    Nothing is learned from what should be seen soon: it is neither.
    """
    written = way(text)
    part = gate.marked(written) if label != "S" else None
    if part is not None:
        yield Example(label, part, True, written, lot_of(text))


def lot_of(text: str) -> int:
    """Which texts are left out together with this one."""
    return sum(map(ord, text)) % FOLDS


def _told(content: Content, urgent: Urgent) -> Iterator[tuple[str, str]]:
    tiers = {rule.id: rule.tier for rule in urgent.rules}
    for name, texts in PANEL["fires"].items():
        shown = "C" if name in CRISIS else "N" if tiers[name] in CARD_TIERS else "S"
        yield from ((text, shown) for text in texts)
    for tier, texts in PANEL["fires_more"].items():
        if tier in CARD_TIERS:
            yield from ((text, "C" if tier == "crisis" else "N") for text in texts)
    for rule in urgent.rules:
        shown = "C" if rule.id in CRISIS else "N" if rule.tier in CARD_TIERS else "S"
        yield from ((text, shown) for text in rule.fires_on)
        yield from ((text, "H") for text in rule.quiet_on)
    yield from ((text, "H") for text in [*chain(*PANEL["quiet"].values()), *PANEL["quiet_more"]])
    for file in sorted((HERE / "heard").glob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            label, _, text = line.partition("\t")
            yield text, label
    entries = [entry for entry in content.entries.values() if entry.topic != "danger_signs"]  # those may alarm
    yield from ((text, "F") for entry in entries for text in (entry.question, *entry.phrasings))
    if content.guide is not None:  # what can be tapped can be typed
        yield from ((label, "F") for label in re.findall(r'"label": ?"([^"]+)"', content.guide.model_dump_json()))
