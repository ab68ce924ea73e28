"""Phone numbers come from clinic.yaml and the country's verified lines, never from an answer."""

import re
from collections.abc import Iterator

from bot.checks.case import Case
from bot.problems import Place, Problem

EMERGENCY = re.compile(r"(?<![\d$.,-])(?:911|988|112|999|1-?800-?222-?1222)(?![\d%-])")
PHONE = re.compile(
    r"(?<![\d$/=-])(?:\+?1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)|\b\d{3}-\d{4}\b|\b1-?8\d\d-[\w-]{7,}"
)


def numbers(case: Case) -> Iterator[Problem]:
    """Numbers typed into questions, answers, links and messages."""
    for entry in case.content.entries.values():
        for start, number in typed_in(entry.answer):
            yield _typed(f"`{entry.id}`", number, case.sources.answer(entry.id, start))
        for _, number in typed_in(entry.question):
            yield _typed(f"`{entry.id}`", number, case.sources.entry(entry.id, "question"))
        for position, link in enumerate(entry.links):
            for _, number in typed_in(link.text):
                yield _typed(f"`{entry.id}`", number, case.sources.entry(entry.id, "links", position, "text"))
    messages = case.content.messages.model_dump() if case.content.messages else {}
    for name, text in messages.items():
        for _, number in typed_in(text) if isinstance(text, str) else ():
            yield _typed(f"the message `{name}`", number, case.sources.file("messages.yaml", name))


def typed_in(text: str) -> Iterator[tuple[int, str]]:
    """Each phone number of a text, with where it begins."""
    for pattern in (EMERGENCY, PHONE):
        yield from ((found.start(), found[0]) for found in pattern.finditer(text))


def _typed(whose: str, number: str, where: Place) -> Problem:
    hint = "write {emergency}, {crisis}, {poison} or {phone}: clinic.yaml and its country fill them in"
    return Problem("error", where, f"{whose}: the number {number} is typed in", hint)
