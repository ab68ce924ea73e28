"""Who has signed what: drafts, texts that were changed after they were signed, and reviews that are due."""

from collections import Counter
from collections.abc import Iterator

from bot.checks.case import Case
from bot.content.signables import Signable, day, signables
from bot.problems import Place, Problem

SIGN = "have a clinician read {what}, then `faqbot sign {name} --by NAME`"


def reviews(case: Case) -> Iterator[Problem]:
    """One line for all drafts of a kind, as there are many at first; one for each text changed since, or due."""
    found = signables(case.content)
    yield from _drafts(case, Counter(one.kind for one in found if one.status() == "draft"))
    for one in found:
        status, review = one.status(case.today), one.review
        hint = SIGN.format(what="it again", name=one.name)
        if status == "changed":
            message = f"`{one.name}` was changed after {review.by} signed it on {review.date}: it is a draft again"
            yield Problem("warning", _place(case, one), message, hint, waits=True)
        elif status == "due":
            message = f"`{one.name}` was signed by {review.by} on {review.date}; another look was due on {review.due}"
            yield Problem("warning", _place(case, one), message, hint, waits=True)
    for one in found:
        for key, text in (("date", one.review.date), ("due", one.review.due)):
            if text and day(text) is None:
                message = f"`{one.name}`: the review's {key} `{text}` is no day"
                yield Problem("error", _place(case, one), message, "write it as 2026-01-31")


def _drafts(case: Case, drafts: Counter[str]) -> Iterator[Problem]:
    sources = case.sources
    if count := drafts["entry"]:
        message = f"{count} answers are drafts: no clinician has signed them"
        hint = f"each is marked as a draft when it is sent; {SIGN.format(what='them', name='ID')}"
        yield Problem("warning", sources.folder("entries"), message, hint, waits=True)
    if drafts["guide"]:
        hint = SIGN.format(what="what `faqbot guide` draws", name="guide")
        yield Problem("warning", sources.file("guide.yaml", "review"), "the guide is a draft", hint, waits=True)
    if count := drafts["rule"]:
        hint = SIGN.format(what="them", name="--group rules")
        message = f"{count} emergency rules are drafts"
        yield Problem("warning", sources.file("urgent.yaml", "rules"), message, hint, waits=True)
    if drafts["gate"]:
        message = "what all emergency rules share (numbers, cards, lists) is a draft"
        hint = SIGN.format(what="it", name="gate")
        yield Problem("warning", sources.file("urgent.yaml", "cards"), message, hint, waits=True)


def _place(case: Case, one: Signable) -> Place:
    if one.kind == "entry":
        return case.sources.entry(one.name, "review")
    if one.kind == "rule":
        rules = case.content.urgent.rules if case.content.urgent else ()
        number = next(number for number, rule in enumerate(rules) if f"rule:{rule.id}" == one.name)
        return case.sources.file("urgent.yaml", "rules", number, "review")
    return case.sources.file("guide.yaml" if one.kind == "guide" else "urgent.yaml", "review")
