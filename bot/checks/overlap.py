"""No wording may stand in two entries: a patient who types it can get only one of the answers."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.checks.case import Case
from bot.content.entries import Entry
from bot.matching.text import Tokens
from bot.problems import Problem

SHORT = 4  # words; shorter wordings are contained in others by nature ("back pain")
ADDED = 2  # words more than the wording that it contains: too near to be told apart


class Said(NamedTuple):
    """A wording in the words that matching sees."""

    words: tuple[str, ...]
    entry: Entry
    text: str
    number: int  # among the entry's wordings


def overlaps(case: Case) -> Iterator[Problem]:
    """Wordings that stand twice: in two entries an error, in one a line too many."""
    first: dict[tuple[str, ...], Said] = {}
    for said in _said(case):
        other = first.setdefault(said.words, said)
        if other is said:
            continue
        where = case.numbered(said.entry, said.number)
        if other.entry.id != said.entry.id:
            message = f"`{said.entry.id}`: the wording “{said.text}” also stands in `{other.entry.id}`"
            yield Problem("error", where, message, "keep it where a patient who types it would look for the answer")
        else:
            message = f"`{said.entry.id}`: “{said.text}” is the same to the bot as “{other.text}”"
            yield Problem("warning", where, message, "remove one of them, or say it in other words")


def contained(case: Case) -> Iterator[Problem]:
    """Wordings of another entry that hold a whole wording and hardly more."""
    every = list(_said(case))
    whole: dict[tuple[str, ...], Said] = {said.words: said for said in every if len(said.words) >= SHORT}
    told: set[tuple[str, str]] = set()
    for said in every:
        for inner in _inside(said.words):
            other = whole.get(inner)
            if other is None or other.entry.id == said.entry.id or (said.text, other.text) in told:
                continue
            told.add((said.text, other.text))
            message = f"`{said.entry.id}`: “{said.text}” holds “{other.text}” of `{other.entry.id}`"
            hint = "are both answers right for it? Else say one of them in other words"
            yield Problem("warning", case.numbered(said.entry, said.number), message, hint)


def _inside(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for size in range(max(SHORT, len(words) - ADDED), len(words)):
        for start in range(len(words) - size + 1):
            yield words[start : start + size]


def clashes(case: Case) -> Iterator[Problem]:
    """Look-alikes under `not_for` that the entry itself asks for."""
    tokens = Tokens(case.content.words.spelled_out)
    for entry in case.content.entries.values():
        own = {tuple(tokens(text)) for text in entry.phrasings}
        for number, text in enumerate(entry.not_for):
            if tuple(tokens(text)) in own:
                where = case.sources.entry(entry.id, "not_for", number)
                message = f"`{entry.id}`: “{text}” is both a wording and a look-alike"
                yield Problem("error", where, message, "keep it among its wordings, or under `not_for`")


def _said(case: Case) -> Iterator[Said]:
    tokens = Tokens(case.content.words.spelled_out)
    for entry in case.content.entries.values():
        for number, text in enumerate(entry.wordings):
            said = Said(tuple(tokens(text)), entry, text, number)
            if said.words:
                yield said
