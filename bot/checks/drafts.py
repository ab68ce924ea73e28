"""What waits for somebody: files that are missing, texts that no clinician has signed, a clinic not filled in."""

from collections.abc import Iterator

from bot.checks.case import Case
from bot.problems import Place, Problem


def missing(case: Case) -> Iterator[Problem]:
    """Files that `faqbot serve` needs."""
    content = case.content
    files = {
        "clinic.yaml": content.clinic,
        "messages.yaml": content.messages,
        "guide.yaml": content.guide,
        "urgent.yaml": content.urgent,
    }
    for name, found in files.items():
        if found is None:
            hint = "`faqbot ask` works without it, `faqbot serve` does not"
            yield Problem("warning", Place(name), "this file is missing", hint)


def drafts(case: Case) -> Iterator[Problem]:
    """Unsigned answers, guide and rules: one line each, because there are many of them at first."""
    content, sources = case.content, case.sources
    unsigned = [entry.id for entry in case.medical if not entry.review.signed]
    if unsigned:
        where = Place(f"{content.language}/entries")
        message = f"{len(unsigned)} answers are drafts: no clinician has signed them"
        hint = "each is marked as a draft when it is sent; have a clinician read and sign them"
        yield Problem("warning", where, message, hint, waits=True)
    if content.guide and not content.guide.review.signed:
        where = sources.file("guide.yaml", "review")
        yield Problem("warning", where, "the guide is a draft", "have a clinician sign it", waits=True)
    rules = [rule.id for rule in content.urgent.rules if not rule.review.signed] if content.urgent else []
    if rules:
        where = sources.file("urgent.yaml", "rules")
        message = f"{len(rules)} emergency rules are drafts"
        yield Problem("warning", where, message, "have a clinician sign them", waits=True)


def placeholder(case: Case) -> Iterator[Problem]:
    """A clinic whose details are still those of the example."""
    if case.content.clinic and case.content.clinic.placeholder:
        where = case.sources.file("clinic.yaml", "placeholder")
        hint = "fill them in and delete this line"
        yield Problem("warning", where, "the clinic's details are placeholders", hint, waits=True)
