"""Content and emergency rules checked against each other: the rules' examples, and wordings that set them off."""

from collections.abc import Iterator

from bot.checks.case import Case
from bot.content.sources import Sources
from bot.content.urgent import Urgent
from bot.problems import Problem
from bot.urgent import Gate, missed_examples

ABOUT_DANGER = "danger_signs"  # the topic whose wordings may set rules off


def urgent(case: Case) -> Iterator[Problem]:
    """Examples that their rules miss, and wordings of entries that get an emergency card instead of their answer."""
    gate = case.content.gate
    if gate is None or case.content.urgent is None:
        return
    yield from examples(gate, case.content.urgent, case.sources)
    for entry in case.content.entries.values():
        for text in entry.phrasings if entry.topic != ABOUT_DANGER else ():
            rules = gate.check(text).rules
            if rules:
                message = f"`{entry.id}`: the wording “{text}” sets off the emergency rule {rules[0]}"
                hint = "is it an emergency? Then take it out here; else mend the rule"
                yield Problem("warning", case.wording(entry, text), message, hint)


def examples(gate: Gate, rules: Urgent, sources: Sources) -> Iterator[Problem]:
    """What a rule misses of its own examples: such content must not answer patients."""
    for missed in missed_examples(gate, rules):
        where = sources.file("urgent.yaml", "rules", missed.rule, missed.key, missed.position)
        yield Problem("error", where, missed.message, "mend the rule or its example")
