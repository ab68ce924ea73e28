"""Answers that fit a phone: short, with a source, and no phone number typed in."""

import re
from collections.abc import Iterator

from bot.content.loading import Content
from bot.problems import Place, Problem

LONGEST = 600  # characters
NUMBER = re.compile(r"\b(911|988|1-800-[\d-]+)\b")


def readable(content: Content) -> Iterator[Problem]:
    """Length, sources, numbers of each medical answer."""
    for entry in content.entries.values():
        where = Place(f"entry {entry.id}")
        if len(entry.answer) > LONGEST:
            yield Problem(
                "warning",
                where,
                f"the answer has {len(entry.answer)} characters",
                f"{LONGEST} at most are read on a phone",
            )
        if NUMBER.search(entry.answer):
            yield Problem(
                "error",
                where,
                "an emergency number is typed into the answer",
                "write {emergency}, {crisis} or {poison}",
            )
        if entry.medical and not entry.sources:
            yield Problem("warning", where, "no source", "add the address that the facts come from")
        if len(entry.question) > 64:
            yield Problem("warning", where, "the question is too long for a button", "64 characters at most")
