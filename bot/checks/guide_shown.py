"""What is shown: questions are read at a glance, an end fits a phone, and numbers come from the country."""

import re
import textwrap
from collections.abc import Iterator

from bot.checks.guide_faults import Fault, options, repeated
from bot.content.guide import Guide, Outcome
from bot.guide import outcome_text

LABEL = 32  # characters; a phone shows no more on one button
LINES = 5  # of a question
BULLETS = 4
LINE = 36  # characters; about what a phone shows without a break
SCREEN = 25  # rows of an end: its text in rows of LINE characters, and two for each answer offered below
PLACEHOLDER = re.compile(r"\{\w+\}")
FILLED = "x" * 24  # about what a clinic's name takes
DIALLED = "911"  # what stands for a placeholder in a question, where only numbers are named
TYPED_NUMBER = re.compile(r"\b(?:911|988|112|999)\b|\b\d{3}[-. ]\d{3,4}\b")
NUMBER_OF_TIER = {"call_911": "{emergency}", "crisis": "{crisis}"}


def labels(guide: Guide) -> Iterator[Fault]:
    """Buttons fit a phone and differ from each other."""
    for question, option in options(guide):
        if len(option.label) > LABEL:
            message = f"question `{question.id}`, option `{option.id}`: the label has {len(option.label)} characters"
            yield message, f"{LABEL} at most"
    for question in guide.questions:
        for label in repeated(option.label for option in question.options):
            yield f'question `{question.id}` has two buttons "{label}"', "say how they differ"


def screens(guide: Guide) -> Iterator[Fault]:
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


def outcomes(guide: Guide) -> Iterator[Fault]:
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


def numbers(guide: Guide) -> Iterator[Fault]:
    """Numbers come from the clinic's country, never from the text."""
    nets = [("`safety_net`", guide.safety_net), ("`safety_net_er`", guide.safety_net_er)]
    texts = [*nets, ("`disclaimer`", guide.disclaimer)]
    texts += [(f"question `{question.id}`", question.text) for question in guide.questions]
    texts += [(f"question `{question.id}`, option `{option.id}`", option.label) for question, option in options(guide)]
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
