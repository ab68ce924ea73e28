"""Answers, buttons and lines that fit a phone."""

from collections.abc import Iterator

from bot.checks.case import Case
from bot.content.base import NAME
from bot.content.entries import Entry
from bot.problems import Problem

LONGEST = 600  # characters of an answer
FIRST_LINE = 110  # characters: about two rows and a half of a phone
BUTTON = 60  # characters of a question or a link: a phone wraps them into two rows and cuts the rest
GROUP = 32  # characters of a heading in the topics menu: one row
SENTENCE = 32  # characters of the bot's own buttons
FILLED = "x" * 14  # about what a phone number takes in the place of its placeholder


def lengths(case: Case) -> Iterator[Problem]:
    """What a phone cuts off, or nobody reads to its end."""
    for entry in case.content.entries.values():
        yield from _answer(case, entry)
        yield from _buttons(case, entry)
    yield from _headings(case)


def _answer(case: Case, entry: Entry) -> Iterator[Problem]:
    shown = case.shown(entry.answer)
    where = case.sources.entry(entry.id, "answer")
    if len(shown) > LONGEST:
        message = f"`{entry.id}`: the answer has {len(shown)} characters"
        hint = f"{LONGEST} at most are read on a phone: say one thing less, or make a second entry"
        yield Problem("warning", where, message, hint)
    first = NAME.sub(FILLED, entry.answer.split("\n", 1)[0])
    if entry.medical and len(first) > FIRST_LINE:
        message = f"`{entry.id}`: the first line has {len(first)} characters"
        hint = f"{FIRST_LINE} at most: the first line is the answer itself, the rest explains it"
        yield Problem("warning", case.sources.answer(entry.id, 0), message, hint)


def _buttons(case: Case, entry: Entry) -> Iterator[Problem]:
    if len(entry.question) > BUTTON:
        message = f"`{entry.id}`: the question has {len(entry.question)} characters, and it is a button too"
        where = case.sources.entry(entry.id, "question")
        yield Problem("warning", where, message, f"{BUTTON} at most; longer ways to ask it belong under `asked_as`")
    for number, link in enumerate(entry.links):
        if len(link.text) > BUTTON:
            message = f"`{entry.id}`: a link's button has {len(link.text)} characters"
            where = case.sources.entry(entry.id, "links", number, "text")
            yield Problem("warning", where, message, f"{BUTTON} at most: who wrote the page, and its subject")


def _headings(case: Case) -> Iterator[Problem]:
    for group in case.content.groups:
        if len(group.name) > GROUP and any(entry.medical for entry in group.entries):
            message = f"the heading “{group.name}” has {len(group.name)} characters"
            where = case.sources.entry(group.entries[0].id)
            yield Problem("warning", where, message, f"write `group:` with {GROUP} at most: it is one row of a menu")
    if case.content.messages is None:
        return
    for name, text in case.content.messages.buttons.model_dump().items():
        if len(text) > SENTENCE:
            where = case.sources.file("messages.yaml", "buttons", name)
            yield Problem("warning", where, f"the button “{text}” has {len(text)} characters", f"{SENTENCE} at most")
