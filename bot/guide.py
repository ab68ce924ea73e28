"""The guide "Who should I see?": from the options tapped so far to the next screen. Pure, and without any state."""

import base64
import hashlib
import json
import operator
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.content.guide import Guide, Option, Outcome, Question

Node = Question | Outcome

APOSTROPHES = re.compile(r"['’‘ʼ`´]")
WORD = re.compile(r"[^\W_]+\+?")
RANGE = re.compile(r"<(\d{1,2})-(\d{1,2})>")
LONG_WORD = 5  # letters from which one slip is forgiven
LONGEST_ANSWER = 80  # characters; whoever types more tells a story, and that is for the gate and the FAQ
URGENT_ENDS = ("call_911", "crisis")  # one action fills these screens; no safety net, no small print


class Screen(NamedTuple):
    """What to show at one point of the guide. Placeholders are not filled in yet."""

    path: str  # option ids from the start, one character each; "" is the first question
    title: str  # bold heading; "" for questions
    text: str
    options: tuple[tuple[str, str], ...]  # label, and the path after tapping it
    related: tuple[str, ...]  # entry ids; outcomes only
    tier: str | None  # outcomes only


class Walker:
    """Walks one guide. A path says everything, so any replica can go on where another one stopped."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        nodes: tuple[Node, ...] = (*guide.questions, *guide.outcomes)
        self._nodes = {node.id: node for node in nodes}
        says = guide.says
        self._common = {spoken(text) for text in (*says.affirms, *says.clear, *says.unsure)}
        self.version = meaning(guide)

    def screen(self, path: str) -> Screen | None:
        """The screen that `path` leads to; None where it leads nowhere (a stale or forged button)."""
        node = self._at(path)
        if isinstance(node, Question):
            options = tuple((option.label, path + option.id) for option in node.options)
            return Screen(path, "", node.text.strip(), options, (), None)
        if isinstance(node, Outcome):
            text = outcome_text(self._guide, node)
            return Screen(path, node.title.strip(), text, (), tuple(node.related), node.tier)
        return None

    def typed(self, path: str, text: str) -> str | None:
        """The path after typing an answer to the question at `path`; None when it is not clearly an answer."""
        node = self._at(path)
        words = spoken(text)
        if not isinstance(node, Question) or not words or len(text) > LONGEST_ANSWER:
            return None
        return next((path + found.id for found in _meant(self._guide, node, words)), None)

    def common(self, text: str) -> bool:
        """Is it a bare "yes", "none of these" or "not sure", which says nothing without its question?"""
        return spoken(text) in self._common

    def answers(self, path: str) -> tuple[tuple[str, str], ...]:
        """Each question answered so far in its short form, with the label chosen; empty for a path to nowhere."""
        steps = self._steps(path)
        return tuple((question.short, option.label) for question, option in steps) if steps is not None else ()

    def passed(self, path: str) -> tuple[str, ...]:
        """The ids of the questions answered so far; empty for a path to nowhere."""
        return tuple(question.id for question, _ in self._steps(path) or ())

    def mark(self, path: str) -> str:
        """What a session keeps of an open question: the version, and the path of its own meaning."""
        return f"{self.version}:{path}"

    def marked(self, mark: str) -> str | None:
        """The path of a mark; None when the guide means something else by now."""
        version, _, path = mark.partition(":")
        return path if version == self.version and self._at(path) is not None else None

    def _at(self, path: str) -> Node | None:
        steps = self._steps(path)
        if steps is None:
            return None
        return self._nodes.get(steps[-1][1].to if steps else self._guide.start)

    def _steps(self, path: str) -> list[tuple[Question, Option]] | None:
        steps: list[tuple[Question, Option]] = []
        node = self._nodes.get(self._guide.start)
        for tapped in path:
            option = _option(node, tapped)
            if option is None or not isinstance(node, Question):
                return None
            steps.append((node, option))
            node = self._nodes.get(option.to)
        return steps


def meaning(guide: Guide) -> str:
    """Five letters that change with what the guide means: its questions, what their buttons lead to, where it ends.

    A path that was tapped under other letters may have answered other questions. Words around it (what to do next,
    what may be typed, sources) can be mended without sending anybody back to the start.
    """
    questions = [
        [asked.id, asked.kind, asked.text, [[option.id, option.label, option.to] for option in asked.options]]
        for asked in guide.questions
    ]
    outcomes = [[outcome.id, outcome.tier, outcome.title] for outcome in guide.outcomes]
    told = json.dumps([guide.version, guide.start, questions, outcomes])
    return base64.b32encode(hashlib.blake2b(told.encode(), digest_size=4).digest()).decode().lower()[:5]


def spoken(text: str) -> tuple[str, ...]:
    """The words of a typed answer, without case, punctuation or apostrophes: "I’m NOT sure!" is im, not, sure."""
    folded = APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold())
    return tuple(WORD.findall(folded))


def own_wordings(option: Option) -> set[tuple[str, ...]]:
    """What may be typed for this one option, in the form of `spoken`: its label, and what it `says`."""
    return {spoken(text) for said in (option.label, *option.says) for text in _counted(said)}


def _counted(said: str) -> list[str]:
    """ "<1-5> weeks" is five wordings."""
    found = RANGE.search(said)
    if found is None:
        return [said]
    first, last = (int(number) for number in found.groups())
    return [f"{said[: found.start()]}{number}{said[found.end() :]}" for number in range(first, last + 1)]


def common_wordings(guide: Guide, option: Option) -> set[tuple[str, ...]]:
    """What may be typed because of what the option stands for: "yes", "none of these", "not sure"."""
    says = guide.says
    flags = ((option.affirms, says.affirms), (option.clear, says.clear), (option.unsure, says.unsure))
    return {spoken(text) for flag, texts in flags if flag for text in texts}


def outcome_text(guide: Guide, outcome: Outcome) -> str:
    """Everything on an outcome's screen below its title: why, what to do, what to bring, and the safety net.

    Three short blocks, so that a phone shows all of it at once."""
    steps = [f"• {step.strip()}" for step in outcome.do_next]
    steps = [guide.do_next_heading, *steps] if steps else []
    if outcome.bring:
        steps.append(f"{guide.bring_heading}: {', '.join(item.strip() for item in outcome.bring)}.")
    blocks = [outcome.text.strip(), "\n".join(steps), "\n".join(small_print(guide, outcome))]
    return "\n\n".join(block for block in blocks if block)


def small_print(guide: Guide, outcome: Outcome) -> tuple[str, ...]:
    """The safety net of an end, and what this text is not; nothing where the call alone counts."""
    if outcome.tier in URGENT_ENDS:
        return ()
    net = guide.safety_net_er if outcome.tier == "er_today" else guide.safety_net
    return net.strip(), guide.disclaimer.strip()


def usual_length(guide: Guide) -> int:
    """Questions on the usual way to a clinician: the median over the paths without a danger sign."""
    tiers = {outcome.id: outcome.tier for outcome in guide.outcomes}
    lengths = sorted(len(path) for path, end in paths(guide) if tiers.get(end) == "routine")
    return lengths[(len(lengths) - 1) // 2] if lengths else 1


def paths(guide: Guide) -> Iterator[tuple[str, str]]:
    """Every path to an outcome, with that outcome's id. A branch that runs in a circle, or nowhere, is left out."""
    questions = {question.id: question for question in guide.questions}
    outcomes = {outcome.id for outcome in guide.outcomes}
    open_ends: list[tuple[str, str, frozenset[str]]] = [("", guide.start, frozenset())]
    while open_ends:
        path, here, passed = open_ends.pop()
        if here in outcomes:
            yield path, here
        elif here in questions and here not in passed:
            on = passed | {here}
            open_ends += [(path + option.id, option.to, on) for option in reversed(questions[here].options)]


def ends(guide: Guide, start: str, without: str | None = None) -> frozenset[str]:
    """The outcomes that can be reached from the node `start` when the question `without` is taken away."""
    questions = {question.id: question for question in guide.questions if question.id != without}
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        here = ahead.pop()
        if here not in seen:
            seen.add(here)
            ahead += [option.to for option in questions[here].options] if here in questions else []
    return frozenset(outcome.id for outcome in guide.outcomes if outcome.id in seen)


def leads_to_clinician(guide: Guide, start: str, without: str | None = None) -> bool:
    """Can a path from `start` end with a clinician to see at leisure, and not with help?"""
    found = ends(guide, start, without)
    return any(outcome.tier == "routine" for outcome in guide.outcomes if outcome.id in found)


def _option(node: Node | None, tapped: str) -> Option | None:
    if not isinstance(node, Question):
        return None
    return next((option for option in node.options if option.id == tapped), None)


def _meant(guide: Guide, question: Question, words: tuple[str, ...]) -> list[Option]:
    """The one option meant. Its own wordings go before the common ones, an exact match before a misspelt one.

    At last the words without fillers, in any order; "none of these" is never meant that way.
    """
    own = [(option, own_wordings(option)) for option in question.options]
    common = [(option, common_wordings(guide, option)) for option in question.options]
    for close in (operator.eq, _alike):
        for said in (own, common):
            found = [option for option, known in said if any(close(words, other) for other in known)]
            if found:
                return found if len(found) == 1 else []
    fillers = {word for text in guide.says.fillers for word in spoken(text)}
    bare = frozenset(words) - fillers
    found = [
        option
        for option, known in own
        if not option.clear and any(bare == frozenset(other) - fillers for other in known)
    ]
    return found if bare and len(found) == 1 else []


def _alike(typed: tuple[str, ...], meant: tuple[str, ...]) -> bool:
    return len(typed) == len(meant) and all(_same(one, other) for one, other in zip(typed, meant, strict=True))


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) >= LONG_WORD and one.isalpha() and OSA.distance(one, other, score_cutoff=1) <= 1
