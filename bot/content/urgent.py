"""What `faq/<language>/urgent.yaml` holds: the emergency gate's words, rules, cards and phone lines.

A pattern is a line of words as a patient would say them. Its small language:
  a|b        either word                    word?   may be left out
  <leg>      any word of the list `leg`     word!   exactly this form, no endings
  ...        up to four words in between    a ~ b   both, in either order, close together
  <number>   any number; <100-106> and <3+> are ranges
Little words (`fillers`) may stand anywhere between; endings (-s, -ed, -ing) need not be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import combinations
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)

from bot.content.base import Identifier, Web
from bot.content.entries import Review
from bot.content.phrases import torn
from bot.content.signature import fingerprint

Tier = Literal["call_911", "crisis", "er_today", "same_day", "within_24_48h"]
TIERS: tuple[Tier, ...] = ("call_911", "crisis", "er_today", "same_day", "within_24_48h")
CARD_TIERS: tuple[Tier, ...] = TIERS[:3]
Lowering = Literal["figure", "negated", "past", "chronic", "recent", "asking", "aftercare"]
ANY_TWO = "any two of "
PLACEHOLDERS = frozenset({"emergency", "crisis", "poison", "phone", "clinic", "say"})

_PIECE = re.compile(
    r"\.\.\.|~|(?:[a-z]+!?|<[a-z_]+>|<\d+(?:-\d+|\+)?>)(?:\|(?:[a-z]+!?|<[a-z_]+>|<\d+(?:-\d+|\+)?>))*\??"
)
_RANGE = re.compile(r"<\d")
_LIST = re.compile(r"<([a-z_]+)>")
_BRACE = re.compile(r"\{([^{}]*)\}")


def pattern(text: str) -> str:
    """A pattern in the small language, or an error that says which piece is wrong."""
    pieces = text.split()
    if not pieces:
        raise ValueError("a pattern is empty -> write the words a patient would use, or delete the line")
    for piece in pieces:
        if not _PIECE.fullmatch(piece):
            raise ValueError(
                f"“{piece}” in the pattern “{text}” is not understood -> use small letters without apostrophes"
                " or accents (cant, not can't), a|b, <list>, word?, word!, ... or ~"
            )
        if len(_RANGE.findall(piece)) > 1:
            raise ValueError(f"“{piece}” in the pattern “{text}” has two ranges of numbers -> write two patterns")
    if pieces[0] in ("...", "~") or pieces[-1] in ("...", "~"):
        raise ValueError(f"the pattern “{text}” must begin and end with a word -> remove the ... or ~ there")
    if pieces.count("~") > 1:
        raise ValueError(f"the pattern “{text}” has more than one ~ -> write two patterns")
    apart = torn(pieces)
    if apart:
        raise ValueError(
            f"the pattern “{text}” tears “{apart}” apart: a|b c|d are two places, one word each -> write the phrase as"
            " a line of its own; or, where two places are meant, put the words of one in another order"
        )
    if all(piece.endswith("?") or piece in ("...", "~") for piece in pieces):
        raise ValueError(
            f"every word of the pattern “{text}” may be left out, so it would fire on anything -> remove one ?"
        )
    return text


def words(value: object) -> object:
    """A list of words, also when written as one line with spaces."""
    return tuple(value.split()) if isinstance(value, str) else value


def text_template(text: str) -> str:
    """A text whose {placeholders} are all known."""
    for name in _BRACE.findall(text):
        if name not in PLACEHOLDERS:
            raise ValueError(f"{{{name}}} is not known -> use one of {', '.join(sorted(PLACEHOLDERS))}")
    return text.strip()


Pattern = Annotated[str, AfterValidator(pattern)]
Patterns = tuple[Pattern, ...]
WORDS_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Words = Annotated[tuple[str, ...], BeforeValidator(words), WithJsonSchema(WORDS_SCHEMA)]
Template = Annotated[str, AfterValidator(text_template)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PhoneLines(_Frozen):
    """The numbers of one country, as people dial them, with the public pages that give them."""

    emergency: str
    crisis: str
    poison: str
    sources: tuple[Web, ...] = Field(min_length=1)


class Cards(_Frozen):
    """What the person reads: one template a tier ({say} is the rule's own line), and the lines around it."""

    call_911: Template
    crisis: Template
    er_today: Template
    same_day: Template
    within_24_48h: Template
    also_crisis: Template = Field(description="Added when thoughts of dying come with another emergency.")
    reminder: Template = Field(description="First line of other answers in the half hour after a card.")
    not_monitored: Template = Field(description="Says that no person reads this chat.")
    in_doubt: Template = Field(
        description="Before an answer where a card was set aside because the message sounds harmless, if the rule"
        " has no `safety_net`."
    )
    failsafe: Template = Field(description="Sent when the gate itself fails.")


CUES = (
    "negators",
    "not_negators",
    "now",
    "past",
    "chronic",
    "recent",
    "asking",
    "topics",
    "supposing",
    "aftercare",
    "figures",
    "animals",
    "doubts",
    "happening",
    "measured",
    "settled",
)
"""What `sense` has patterns for: they change what the words around them mean."""


class Sense(_Frozen):
    """Words that change what other words mean: no, ago, what is, now ..."""

    fillers: Words
    spellings: dict[str, str] = Field(description="Written so -> read so, before anything else.")
    irregular: dict[str, Words] = Field(description="Forms that endings do not give: fall -> fell fallen.")
    never_typos: Words = Field(description="Real words that must not be taken for a misspelt word of the gate.")
    persons: Words = Field(description="Words that show that somebody is meant, so that a question is about them.")
    negators: Patterns
    not_negators: Patterns = Field(description="They look like a no but say none: not sure, no idea.")
    near_nos: Words = Field(description="A no of these words does not reach beyond a comma: wasnt, isnt.")
    negative: Words = Field(description="Words inside a concept that say no themselves: no `no` before reaches them.")
    turns: Words = Field(description="A no or an ago does not reach beyond these: but, however.")
    limits: Words = Field(description="A no does not reach beyond these: since, when, because.")
    points: Words = Field(description="They point back: “..., that was two years ago” speaks for the clause before.")
    restarts: Words = Field(description="After a comma or `and` these begin something new: i, my, is.")
    verbs: Words = Field(description="After `and` and a thing these begin something new: legs are, hand feels.")
    present: Words = Field(
        description="After a time and a person these tell of now: “stroke two years ago my face is drooping”."
    )
    thought: Words = Field(description="Right before an illness: somebody has it, or may have it: having, another.")
    openers: Words = Field(description="They begin a new complaint, which no `no` reaches: worst, crushing.")
    dates: Words = Field(
        description="What a time ends with that was told of what stands before it: “fusion last may cant feel ...”."
    )
    binds: Words = Field(description="After such a time these go on with what is told of it: left, with, that.")
    now: Patterns
    past: Patterns
    chronic: Patterns
    recent: Patterns
    asking: Patterns = Field(
        description="Begin a question; when nobody is meant in the sentence, it is a mere question."
    )
    topics: Patterns = Field(
        description="Make a sentence in which nobody is meant a mere question, wherever they stand."
    )
    supposing: Patterns = Field(description="Right before a concept: a mere thought, also when somebody is meant.")
    aftercare: Patterns
    figures: Patterns = Field(description="Figures of speech: their words do not count.")
    animals: Patterns = Field(description="The rest of the sentence is about an animal, up to the first person in it.")
    beasts: Words = Field(description="Words among `persons` that may mean an animal too: he, his, it.")
    doubts: Patterns = Field(
        description="Is it this illness? Signs said before them in the sentence are there, whoever asks."
    )
    happening: Patterns = Field(description="Open a clause and say that what is asked about is so: happened today.")
    measured: Patterns = Field(
        description="An age, a reading, a day: somebody is meant in the sentence, as by one of `persons`."
    )
    settled: Patterns = Field(description="Some time ago a doctor cleared what stands before them in the sentence.")


class Concept(_Frozen):
    """One thing that a person may say, in the words patients use."""

    kind: str = Field(description="One of `kinds`: what can lower it.")
    remember: bool = Field(default=True, description="May it complete a rule in a later message of the same chat?")
    says: Patterns = ()
    weighed: Literal["danger", "crisis"] | None = Field(
        default=None,
        description="Instead of `says`: where no rule shows a card, the words weigh so, by urgent_weights.tsv.",
    )

    @model_validator(mode="after")
    def _told(self) -> Self:
        if bool(self.says) == bool(self.weighed):
            raise ValueError("a concept needs words -> write lines under `says` (or `weighed`, and not both)")
        return self


class Rule(_Frozen):
    """When to stop everything, and what to say then."""

    id: Identifier
    tier: Tier
    title: str
    when: tuple[str, ...] = Field(
        min_length=1,
        description="One line is enough. a + b: both in the message, or one of"
        " them minutes ago. a near b: both in one sentence. any two of a, b, c. without c: not when c is there.",
    )
    say: Template
    safety_net: str | None = None
    firm: bool = Field(default=False, description="Its card is shown even where a message as a whole sounds harmless.")
    fires_on: tuple[str, ...] = Field(min_length=3)
    quiet_on: tuple[str, ...] = Field(min_length=1)
    sources: tuple[Web, ...] = ()
    note: str | None = None
    review: Review = Review()

    @model_validator(mode="after")
    def _cited(self) -> Self:
        if not self.sources and self.note is None:
            raise ValueError(
                f"the rule {self.id} has no source -> add a public address, or a note that says why there is none"
            )
        return self


class Urgent(_Frozen):
    """The whole file."""

    lines: dict[str, PhoneLines] = Field(
        min_length=1, description="Only countries whose numbers somebody has verified."
    )
    cards: Cards
    kinds: dict[str, tuple[Lowering, ...]] = Field(description="What lowers a concept of this kind.")
    sense: Sense
    lists: dict[str, Words] = Field(description="Named lists of words, used as <name> in patterns.")
    concepts: dict[str, Concept]
    rules: tuple[Rule, ...]
    review: Review = Field(default=Review(), description="Of what all rules share: numbers, cards, lists, sense.")
    _weights: str = PrivateAttr(default="")

    @cached_property
    def fingerprint(self) -> str:
        """Of what all rules share: the phone numbers, the cards, the lists, and the words that change the sense."""
        return fingerprint(self.model_dump(mode="json", exclude={"concepts", "rules"}, exclude_defaults=True))

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """Of each rule by its id: when it fires, with the words of its concepts, and what is said then."""
        said = {"tier", "title", "when", "say", "safety_net", "firm"}
        return {
            rule.id: fingerprint(rule.model_dump(mode="json", include=said), self._meant(rule)) for rule in self.rules
        }

    def know(self, weights: str) -> None:
        """Take the hash of urgent_weights.tsv: what a weighed concept means, and so what a signature covers."""
        self._weights = weights

    def signed(self, rule: Rule) -> bool:
        """Did a clinician sign this very rule?"""
        return rule.review.covers(self.fingerprints[rule.id])

    def _meant(self, rule: Rule) -> dict[str, object]:
        named = {name for line in rule.when for part in conditions(line) for name in part.named()}
        meant: dict[str, object] = {
            name: self.concepts[name].model_dump(mode="json", exclude_defaults=True) for name in named
        }
        if any(self.concepts[name].weighed for name in named):
            meant["weights"] = self._weights
        return meant

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        faults = [*self._unknown_lists(), *self._unknown_kinds(), *self._unknown_concepts(), *self._doubles()]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _unknown_lists(self) -> Iterable[str]:
        groups: dict[str, Patterns] = {name: concept.says for name, concept in self.concepts.items()}
        groups |= {name: getattr(self.sense, name) for name in CUES}
        for group, patterns in groups.items():
            for text in patterns:
                for name in _LIST.findall(text):
                    if name != "number" and name not in self.lists:
                        yield f"the pattern “{text}” of {group} uses <{name}>, which is not in `lists`"

    def _unknown_kinds(self) -> Iterable[str]:
        for name, concept in self.concepts.items():
            if concept.kind not in self.kinds:
                known = ", ".join(self.kinds)
                yield f"the concept {name} is of kind “{concept.kind}”, which is not in `kinds` -> use one of {known}"

    def _unknown_concepts(self) -> Iterable[str]:
        for rule in self.rules:
            for line in rule.when:
                for name in dict.fromkeys(name for part in conditions(line) for name in part.named()):
                    if name not in self.concepts:
                        yield f"the rule {rule.id} names “{name}” in “{line}”, which is not in `concepts`"

    def _doubles(self) -> Iterable[str]:
        ids = [rule.id for rule in self.rules]
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            yield f"two rules are called {name} -> give one of them another id"


class Condition(_Frozen):
    """One line of `when`, taken apart: groups that must all be there, the concepts of a group in one sentence.

    `apart`: the concepts of a group must be said in words of their own."""

    together: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    apart: bool = False

    def named(self) -> tuple[str, ...]:
        """Every concept that the line names."""
        return (*(name for group in self.together for name in group), *self.without)


def conditions(line: str) -> tuple[Condition, ...]:
    """Take one line of `when` apart; “any two of a, b, c” stands for each pair of them, near one another."""
    first, _, rest = line.partition(" without ")
    without = tuple(name.strip() for name in rest.split(" or ")) if rest else ()
    if first.startswith(ANY_TWO):
        names = [name.strip() for name in first.removeprefix(ANY_TWO).split(",")]
        return tuple(Condition(together=(pair,), without=without, apart=True) for pair in combinations(names, 2))
    together = tuple(tuple(name.strip() for name in group.split(" near ")) for group in first.split(" + "))
    return (Condition(together=together, without=without),)
