"""Danger signs come first, none can be skipped, and every answer to one but "none of these" is help."""

from collections.abc import Iterator

from bot.checks.guide_faults import Fault, options
from bot.content.guide import Guide, Question
from bot.guide import ends, leads_to_clinician


def ways_out(guide: Guide) -> Iterator[Fault]:
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


def helped(guide: Guide) -> Iterator[Fault]:
    """An answer to a danger question that is not "none of these" ends with help, whatever comes in between."""
    routine = {outcome.id for outcome in guide.outcomes if outcome.tier == "routine"}
    for question, option in options(guide):
        name = f'danger question `{question.id}`, option `{option.id}` ("{option.label}")'
        if question.kind != "safety":
            continue
        if option.clear and (option.unsure or option.affirms):
            yield f'{name} is both "none of these" and a danger sign', "take `clear: true` away"
        reached = sorted(ends(guide, option.to) & routine)
        if reached and (not option.clear or option.unsure or option.affirms):
            message = f"{name} can end at `{reached[0]}`, which is no help"
            yield message, "lead it to an outcome with a tier other than routine"


def order(guide: Guide) -> Iterator[Fault]:
    """Danger signs first: none of their questions can be skipped on the way to a clinician, or come late."""
    kinds = {question.id: question.kind for question in guide.questions}
    if kinds.get(guide.start) != "safety":
        yield f"the guide starts with `{guide.start}`, which asks about no danger signs", "start with a danger question"
    for question, option in options(guide):
        if question.kind == "route" and kinds.get(option.to) == "safety":
            message = f"danger question `{option.to}` comes after question `{question.id}`"
            yield message, "ask about danger signs first"
    for question in guide.questions:
        gate = question.kind == "safety" and any(option.clear for option in question.options)
        if gate and leads_to_clinician(guide, guide.start, without=question.id):
            message = f"a path to a clinician skips danger question `{question.id}`"
            yield message, 'let every "none of these" before it lead to it'
