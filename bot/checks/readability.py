"""Can a sixth-grader read it? Flesch-Kincaid of every answer, and hard words that are not explained where they stand.

Kincaid JP et al. 1975, "Derivation of new readability formulas", Naval Technical Training Command:
grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59.
"""

import re
import statistics
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.checks.case import Case
from bot.checks.syllables import Syllables, count
from bot.checks.tables import table
from bot.content.base import NAME, Strict, Text
from bot.content.entries import Entry
from bot.problems import Problem

MEDIAN, HIGHEST = 6.0, 8.0
ENGLISH = "en"  # formula, dictionary and glossary are made for it
WORD = re.compile(r"[a-z0-9]+(?:['.,][a-z0-9]+)*", re.IGNORECASE)
END = re.compile(r"[.!?]+[\"”')]*(?=\s|$)")
BULLET = re.compile(r"^\s*[•*-]\s+")
GOES_ON = re.compile(r"(?:[,;:]|\b(?:and|or))\s*$", re.IGNORECASE)


class Level(NamedTuple):
    """The reading level of one entry's answer, as a US school grade."""

    entry: str
    grade: float


class Term(Strict):
    """A hard word that answers may use where one of these explanations stands in the same answer."""

    term: Text
    explained_by: list[Text]
    write: Text  # what to write instead, or beside it


class Glossary(Strict):
    """`terms.yaml`."""

    terms: list[Term]


def words_of(text: str) -> list[str]:
    """The words of an answer; `a-b` is two, a placeholder is one."""
    plain = NAME.sub(" phone ", text).replace("’", "'")
    return WORD.findall(plain)


def sentences_of(text: str) -> int:
    """How many sentences. Lines are wrapped by hand, so a line's end is no end of a sentence, but a list line's is:
    unless it goes on (a comma, `and`, `or`)."""
    sentences = 0
    for part in _parts(text):
        ends = len(END.findall(part))
        rest = END.split(part)[-1]
        sentences += ends + bool(WORD.search(rest))
    return max(sentences, 1)


def _parts(text: str) -> Iterator[str]:
    """Stretches of text between which a sentence surely ends: paragraphs, and list lines."""
    part = ""
    for line in [*text.splitlines(), ""]:
        new = not line.strip() or (BULLET.match(line) and not GOES_ON.search(part))
        ended = BULLET.match(part) and not GOES_ON.search(part)
        if (new or ended) and part.strip():
            yield part
            part = ""
        part = f"{part}\n{line}" if part else line


def grade(text: str, syllables: Syllables) -> float:
    """The Flesch-Kincaid grade of a text; 0 for one without words."""
    words = words_of(text)
    if not words:
        return 0.0
    spoken = sum(syllables.of(word) for word in words)
    return 0.39 * len(words) / sentences_of(text) + 11.8 * spoken / len(words) - 15.59


def levels(entries: Iterable[Entry]) -> list[Level]:
    """The level of each answer. ImportError where the extra `check` is not installed."""
    entries = list(entries)
    syllables = count(word for entry in entries for word in words_of(entry.answer))
    return [Level(entry.id, grade(entry.answer, syllables)) for entry in entries]


def readability(case: Case) -> tuple[list[Problem], Mapping[str, str]]:
    """Answers that are too hard, and the median and the highest grade of the medical ones."""
    if case.content.language != ENGLISH:
        return [], {"reading level": "not measured: the formula is for English"}
    try:
        found = levels(case.content.entries.values())
    except ImportError:
        return [], {"reading level": "not measured: pip install 'clinic-faq-bot[check]'"}
    problems = [_too_hard(case, level) for level in found if level.grade > HIGHEST]
    medical = {entry.id for entry in case.medical}
    signed = [level for level in found if level.entry in medical]
    if not signed:
        return problems, {}
    middle = statistics.median(level.grade for level in signed)
    hardest = max(signed, key=lambda level: level.grade)
    if middle > MEDIAN:
        message = f"half of the answers need grade {middle:.1f} or more to be read; {MEDIAN:.0f} is the aim"
        where = case.sources.folder("entries")
        problems.append(Problem("warning", where, message, "shorter sentences and plainer words, answer by answer"))
    figure = f"grade {middle:.1f} in the median, {hardest.grade:.1f} at most ({hardest.entry})"
    return problems, {"reading level": figure}


def _too_hard(case: Case, level: Level) -> Problem:
    message = f"`{level.entry}`: the answer needs grade {level.grade:.1f} to be read; {HIGHEST:.0f} is the most"
    hint = "shorter sentences, and short words for long ones (use, not utilize; shot, not injection)"
    return Problem("warning", case.sources.entry(level.entry, "answer"), message, hint)


def terms(case: Case) -> Iterator[Problem]:
    """Hard words that stand in an answer without their explanation."""
    if case.content.language != ENGLISH:
        return
    glossary = table("terms", Glossary).terms
    for entry in case.medical:
        said = f"{entry.question}\n{entry.answer}".casefold()
        for term in glossary:
            found = re.search(rf"\b{re.escape(term.term)}", entry.answer, re.IGNORECASE)
            if found and not any(words.casefold() in said for words in term.explained_by):
                message = f"`{entry.id}`: “{term.term}” is not explained where it stands"
                where = case.sources.answer(entry.id, found.start())
                yield Problem("warning", where, message, f"write {term.write}")
