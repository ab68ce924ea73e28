"""Content that loads and must not answer patients all the same: rules miss their examples, the guide loses somebody."""

from bot.checks.case import Case
from bot.checks.references import guide
from bot.checks.urgent import examples
from bot.content.loading import Content
from bot.content.sources import Sources
from bot.problems import Problem

MISSING = "there is no answer"  # a related answer that is gone: its button is left out


def unfit_gate(content: Content, sources: Sources) -> list[Problem]:
    """Examples that the emergency rules miss. Milliseconds: run at every start and every reload."""
    if content.gate is None or content.urgent is None:
        return []
    return list(examples(content.gate, content.urgent, sources))


def unfit(content: Content, sources: Sources) -> list[Problem]:
    """What keeps changed content from being taken while a good one is answering: the gate, and the guide's proof."""
    problems, _ = guide(Case(content, sources))
    return [*unfit_gate(content, sources), *(problem for problem in problems if MISSING not in problem.message)]
