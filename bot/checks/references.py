"""What points from one entry to others. That they exist, the loader has seen to."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.checks.case import Case
from bot.checks.guide_proof import prove
from bot.content.guide import Guide
from bot.content.validate import nearest
from bot.problems import Place, Problem


def references(case: Case) -> Iterator[Problem]:
    """Related entries that are the entry itself, or named twice."""
    for entry in case.content.entries.values():
        where = case.sources.entry(entry.id, "see_also")
        if entry.id in entry.see_also:
            yield Problem("error", where, f"`{entry.id}` points to itself", "remove it from `see_also`")
        for name in [name for name, times in Counter(entry.see_also).items() if times > 1]:
            yield Problem("warning", where, f"`{entry.id}` points to `{name}` twice", "remove one of them")


def nouns(case: Case) -> Iterator[Problem]:
    """What "it" stands for after an answer that is not there."""
    known = case.content.entries.keys() | {entry.topic for entry in case.content.entries.values()}
    for name in case.content.words.stands_for:
        if name not in known:
            where = case.sources.file("words.yaml", "stands_for", name)
            guess = nearest(name, known)
            hint = f"did you mean `{guess}`?" if guess else "write a topic or the id of an entry, or remove the line"
            yield Problem("warning", where, f"`{name}` is neither a topic nor an entry", hint)


def guide(case: Case) -> tuple[Iterable[Problem], dict[str, str]]:
    """The proof of the guide, each fault at the question or outcome that it names, and the size of the tree."""
    if case.content.guide is None:
        return (), {}
    file = f"{case.content.language}/guide.yaml"
    problems, proof = prove(case.content.guide, case.content.titles.keys(), file)
    figures = {"guide": f"{proof.paths} paths, {proof.typical} taps as a rule, {proof.longest} at most"}
    return [problem._replace(place=_place(case, case.content.guide, problem)) for problem in problems], figures


def _place(case: Case, guide: Guide, problem: Problem) -> Place:
    """Where the first question or outcome stands that a message names; else the file."""
    named = {node.id: ("questions", number) for number, node in enumerate(guide.questions)}
    named |= {node.id: ("outcomes", number) for number, node in enumerate(guide.outcomes)}
    words = problem.message.split("`")[1::2]
    spot = next((named[word] for word in words if word in named), None)
    found = case.sources.file("guide.yaml", *spot, "id") if spot else case.sources.file("guide.yaml")
    return found if found.line else problem.place._replace(file=found.file)
