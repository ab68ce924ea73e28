"""Proves that the guide is safe: every path ends, every danger sign leads to help, every screen can be read."""

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from bot.content.guide import Guide, Option, Outcome, Question
from bot.content.validate import nearest
from bot.guide import (
    common_wordings,
    ends,
    leads_to_clinician,
    meaning,
    outcome_text,
    own_wordings,
    paths,
    spoken,
    usual_length,
)
from bot.problems import Place, Problem

FILE = "faq/en/guide.yaml"
TAPS = 8  # on the longest path
LABEL = 32  # characters; a phone shows no more on one button
DATA = 64  # bytes; Telegram's limit for a button's data
LINES = 5  # of a question
BULLETS = 4
LINE = 36  # characters; about what a phone shows without a break
SCREEN = 25  # rows of an end: its text in rows of LINE characters, and two for each answer offered below
PLACEHOLDER = re.compile(r"\{\w+\}")
FILLED = "x" * 24  # about what a clinic's name takes
DIALLED = "911"  # what stands for a placeholder in a question, where only numbers are named
TYPED_NUMBER = re.compile(r"\b(?:911|988|112|999)\b|\b\d{3}[-. ]\d{3,4}\b")
NUMBER_OF_TIER = {"call_911": "{emergency}", "crisis": "{crisis}"}

Fault = tuple[str, str]  # what is wrong, and how to mend it


class Proof(NamedTuple):
    """The size of the tree that was proven."""

    paths: int
    longest: int  # taps
    typical: int  # taps of the usual way to a clinician


def prove(guide: Guide, entry_ids: Collection[str], file: str = FILE) -> tuple[list[Problem], Proof]:
    """Every fault of the guide that can hurt or lose somebody, and the size of its tree."""
    checks: tuple[Callable[[Guide], Iterable[Fault]], ...] = (
        *(_names, _circles, _unreached, _lengths),
        *(_ways_out, _help, _order, _typed),
        *(_labels, _screens, _outcomes, _numbers),
    )
    faults = [fault for check in checks for fault in check(guide)]
    faults += _references(guide, entry_ids)
    return [Problem("error", Place(file), message, hint) for message, hint in faults], _size(guide)


def _size(guide: Guide) -> Proof:
    lengths = [len(path) for path, _ in paths(guide)]
    return Proof(len(lengths), max(lengths, default=0), usual_length(guide))


def _options(guide: Guide) -> Iterator[tuple[Question, Option]]:
    return ((question, option) for question in guide.questions for option in question.options)


def _repeated(things: Iterable[str]) -> list[str]:
    return [thing for thing, times in Counter(things).items() if times > 1]


def _names(guide: Guide) -> Iterator[Fault]:
    """Ids are there once, and whatever is pointed to exists: otherwise a path would end in nothing."""
    known = [node.id for node in guide.questions] + [node.id for node in guide.outcomes]
    for name in _repeated(known):
        yield f"`{name}` is the id of more than one question or outcome", "give each an id of its own"
    if guide.start not in known:
        yield f"`start` names `{guide.start}`, which does not exist", _did_you_mean(guide.start, known)
    for question, option in _options(guide):
        if option.to not in known:
            message = f"question `{question.id}`, option `{option.id}`: `to` names `{option.to}`, which does not exist"
            yield message, _did_you_mean(option.to, known)
    for question in guide.questions:
        if not question.options:
            yield f"question `{question.id}` has no options, so a path ends there in nothing", "add its options"
        for name in _repeated(option.id for option in question.options):
            yield f"question `{question.id}` has more than one option `{name}`", "give each option a letter of its own"


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    guess = nearest(name, known)
    return f"did you mean `{guess}`?" if guess else "add it, or name one that exists"


def _circles(guide: Guide) -> Iterator[Fault]:
    """No question can come back: every path ends."""
    targets = {question.id: {option.to for option in question.options} for question in guide.questions}
    left = dict(targets)
    while ended := [name for name, ahead in left.items() if not ahead & left.keys()]:
        for name in ended:
            del left[name]
    for name in left:
        if name in _ahead(targets, name):
            yield f"question `{name}` can come back: a path runs in a circle", "let one of its answers lead elsewhere"


def _ahead(targets: dict[str, set[str]], name: str) -> set[str]:
    seen: set[str] = set()
    ahead = list(targets[name])
    while ahead:
        here = ahead.pop()
        if here not in seen:
            seen.add(here)
            ahead += targets.get(here, ())
    return seen


def _unreached(guide: Guide) -> Iterator[Fault]:
    """Nothing is written that nobody can come to."""
    targets = {question.id: {option.to for option in question.options} for question in guide.questions}
    targets.setdefault(guide.start, set())
    seen = _ahead(targets, guide.start) | {guide.start}
    for kind, nodes in (("question", guide.questions), ("outcome", guide.outcomes)):
        for node in nodes:
            if node.id not in seen:
                yield f"{kind} `{node.id}` is never reached", "let an option lead `to` it, or remove it"


def _ways_out(guide: Guide) -> Iterator[Fault]:
    """Each question has one "I'm not sure"; each danger sign takes a typed "yes"; "none of these" is there once."""
    for question in guide.questions:
        unsure = sum(option.unsure for option in question.options)
        if unsure != 1:
            message = f"question `{question.id}` has {unsure} ways out"
            yield message, 'mark exactly one option `unsure: true` ("I\'m not sure")'
        yield from _safety_flags(question) if question.kind == "safety" else _route_flags(question)


def _safety_flags(question: Question) -> Iterator[Fault]:
    if sum(option.affirms for option in question.options) != 1:
        message = f'danger question `{question.id}`: a typed "yes" must have exactly one meaning'
        yield message, "mark exactly one option `affirms: true`; where several fit, the one that is unsure"
    if sum(option.clear for option in question.options) > 1:
        message = f'danger question `{question.id}` has more than one "none of these"'
        yield message, "mark one option `clear: true`; the others must lead to help"


def _route_flags(question: Question) -> Iterator[Fault]:
    for option in question.options:
        if option.clear:
            message = f"question `{question.id}`, option `{option.id}`: `clear` is for danger questions"
            yield message, "remove `clear: true`"


def _help(guide: Guide) -> Iterator[Fault]:
    """An answer to a danger question that is not "none of these" ends with help, whatever comes in between."""
    routine = {outcome.id for outcome in guide.outcomes if outcome.tier == "routine"}
    for question, option in _options(guide):
        name = f'danger question `{question.id}`, option `{option.id}` ("{option.label}")'
        if question.kind != "safety":
            continue
        if option.clear and (option.unsure or option.affirms):
            yield f'{name} is both "none of these" and a danger sign', "take `clear: true` away"
        reached = sorted(ends(guide, option.to) & routine)
        if reached and (not option.clear or option.unsure or option.affirms):
            message = f"{name} can end at `{reached[0]}`, which is no help"
            yield message, "lead it to an outcome with a tier other than routine"


def _order(guide: Guide) -> Iterator[Fault]:
    """Danger signs first: none of their questions can be skipped on the way to a clinician, or come late."""
    kinds = {question.id: question.kind for question in guide.questions}
    if kinds.get(guide.start) != "safety":
        yield f"the guide starts with `{guide.start}`, which asks about no danger signs", "start with a danger question"
    for question, option in _options(guide):
        if question.kind == "route" and kinds.get(option.to) == "safety":
            message = f"danger question `{option.to}` comes after question `{question.id}`"
            yield message, "ask about danger signs first"
    for question in guide.questions:
        gate = question.kind == "safety" and any(option.clear for option in question.options)
        if gate and leads_to_clinician(guide, guide.start, without=question.id):
            message = f"a path to a clinician skips danger question `{question.id}`"
            yield message, 'let every "none of these" before it lead to it'


def _lengths(guide: Guide) -> Iterator[Fault]:
    """No path is too long for a person, or for a button."""
    found = sorted((path for path, _ in paths(guide)), key=len)
    if not found:
        return
    longest = found[-1]
    if len(longest) > TAPS:
        message = f"path `{longest}` takes {len(longest)} taps; {TAPS} is the most"
        yield message, "join two questions on it, or end it earlier"
    size = len(f"1w:{meaning(guide)}:{longest}".encode())
    if size > DATA:
        yield f"path `{longest}` needs {size} bytes in a button; {DATA} is the most", "shorten it"


def _labels(guide: Guide) -> Iterator[Fault]:
    """Buttons fit a phone and differ from each other."""
    for question, option in _options(guide):
        if len(option.label) > LABEL:
            message = f"question `{question.id}`, option `{option.id}`: the label has {len(option.label)} characters"
            yield message, f"{LABEL} at most"
    for question in guide.questions:
        for label in _repeated(option.label for option in question.options):
            yield f'question `{question.id}` has two buttons "{label}"', "say how they differ"


def _typed(guide: Guide) -> Iterator[Fault]:
    """What is typed means one thing only, and "none of these" is never said by words of doubt."""
    for question in guide.questions:
        for words in _repeated(" ".join(said) for option in question.options for said in own_wordings(option)):
            yield f'question `{question.id}`: "{words}" stands under two options', "keep it under one of them"
    says = guide.says
    meant = {spoken(text) for text in (*says.affirms, *says.clear, *says.unsure)}
    for filler in says.fillers:
        if spoken(filler) in meant or len(spoken(filler)) != 1:
            yield f'`fillers`: "{filler}" is an answer, or no single word', "remove it there"
    yield from _bare(guide)
    doubt = {spoken(text) for text in (*says.affirms, *says.unsure)}
    for question, option in _options(guide):
        for said in sorted(doubt & (own_wordings(option) | common_wordings(guide, option)) if option.clear else ()):
            message = f'question `{question.id}`: "{" ".join(said)}" would count as "none of these"'
            yield message, "remove it from that option, or from the guide's `says`"


def _bare(guide: Guide) -> Iterator[Fault]:
    """Words without their fillers point to one option only."""
    fillers = {word for text in guide.says.fillers for word in spoken(text)}
    for question in guide.questions if fillers else ():
        own = [{" ".join(sorted(set(said) - fillers)) for said in own_wordings(option)} for option in question.options]
        for words in _repeated(words for known in own for words in known if words):
            yield f'question `{question.id}`: "{words}" without fillers stands under two options', "keep it under one"


def _screens(guide: Guide) -> Iterator[Fault]:
    """A question is read at a glance."""
    for question in guide.questions:
        lines = PLACEHOLDER.sub(DIALLED, question.text.strip()).splitlines()
        bullets = sum(line.lstrip().startswith(("•", "-", "*")) for line in lines)
        if len(lines) > LINES or bullets > BULLETS:
            message = f"question `{question.id}` has {len(lines)} lines, {bullets} of them in its list"
            yield message, f"{LINES} lines and {BULLETS} in the list at most: split it over two questions"
        for line in lines:
            if len(line) > LINE:
                yield f"question `{question.id}`: a line of {len(line)} characters: {line}", f"{LINE} at most"


def _outcomes(guide: Guide) -> Iterator[Fault]:
    """An outcome fits a phone, says what to do, and names the right number where minutes count."""
    for outcome in guide.outcomes:
        rows = _rows(guide, outcome)
        if rows > SCREEN:
            message = f"outcome `{outcome.id}` takes {rows} rows of a phone"
            yield message, f"{SCREEN} at most, two for each related answer: shorten its lines"
        if not 1 <= len(outcome.do_next) <= BULLETS:
            message = f"outcome `{outcome.id}` has {len(outcome.do_next)} lines of what to do next"
            yield message, f"1 to {BULLETS} lines"
        if not outcome.sources:
            yield f"outcome `{outcome.id}` has no source", "add the page that it rests on under `sources`"
        yield from _urgent(outcome)


def _rows(guide: Guide, outcome: Outcome) -> int:
    """How much of a phone an end takes: whoever must scroll up to see whom to call may not."""
    text = f"{outcome.title}\n\n{outcome_text(guide, outcome)}"
    shown = PLACEHOLDER.sub(FILLED, text.replace("{emergency}", DIALLED).replace("{crisis}", DIALLED))
    return sum(max(1, len(textwrap.wrap(line, LINE))) for line in shown.splitlines()) + 2 * len(outcome.related)


def _urgent(outcome: Outcome) -> Iterator[Fault]:
    number = NUMBER_OF_TIER.get(outcome.tier)
    if number and number not in outcome.title:
        yield f"outcome `{outcome.id}` ({outcome.tier}) does not name {number} in its title", "begin with the call"
    if number and outcome.related:
        yield f"outcome `{outcome.id}` ({outcome.tier}) offers something to read", "remove its `related`: call first"


def _numbers(guide: Guide) -> Iterator[Fault]:
    """Numbers come from the clinic's country, never from the text."""
    nets = [("`safety_net`", guide.safety_net), ("`safety_net_er`", guide.safety_net_er)]
    texts = [*nets, ("`disclaimer`", guide.disclaimer)]
    texts += [(f"question `{question.id}`", question.text) for question in guide.questions]
    texts += [(f"question `{question.id}`, option `{option.id}`", option.label) for question, option in _options(guide)]
    for outcome in guide.outcomes:
        lines = (outcome.title, outcome.text, *outcome.do_next, *outcome.bring)
        texts += [(f"outcome `{outcome.id}`", line) for line in lines]
    for name, text in texts:
        if found := TYPED_NUMBER.search(text):
            message = f"{name} holds the number {found.group()}"
            yield message, "write {emergency}, {crisis}, {poison} or {phone}: the country decides"
    for name, net in nets:
        if "{emergency}" not in net:
            yield f"{name} does not say whom to call", "name {emergency} in it"


def _references(guide: Guide, entry_ids: Collection[str]) -> Iterator[Fault]:
    """Every related answer exists."""
    for outcome in guide.outcomes:
        for name in outcome.related:
            if name not in entry_ids:
                yield f"outcome `{outcome.id}`: there is no answer `{name}`", _did_you_mean(name, entry_ids)
