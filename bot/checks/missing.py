"""What waits for somebody: files that are missing, a clinic not filled in."""

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


def placeholder(case: Case) -> Iterator[Problem]:
    """A clinic whose details are still those of the example."""
    if case.content.clinic and case.content.clinic.placeholder:
        where = case.sources.file("clinic.yaml", "placeholder")
        hint = "fill them in and delete this line"
        yield Problem("warning", where, "the clinic's details are placeholders", hint, waits=True)
