"""Test wordings: enough of them, none that the FAQ already knows."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.checks.case import WORDINGS, Case, Trial
from bot.content.strict_yaml import read, yaml_files
from bot.content.validate import nearest, validate
from bot.problems import Problem
from bot.scoring.questions import KNOWN_FAILURES, QuestionFile


def read_trials(folder: Path) -> tuple[list[Trial], list[Problem]]:
    """The test wordings of a folder with their places, and what is wrong with its files."""
    found: list[Trial] = []
    problems: list[Problem] = []
    for path in yaml_files(folder):
        if path.name == KNOWN_FAILURES:
            continue
        document = read(path, path.as_posix())
        file = validate(document, QuestionFile)
        problems += document.problems
        if file is None:
            continue
        for entry, texts in file.questions.items():
            found += [Trial(entry, text, document.place_of("questions", entry, i)) for i, text in enumerate(texts)]
        found += [Trial(None, text, document.place_of("none", i)) for i, text in enumerate(file.none)]
    return found, problems


def trials(case: Case) -> Iterator[Problem]:
    """Entries that are hardly tested, and tests that prove nothing. Silent where there is no folder of wordings."""
    if case.trials is None:
        return
    entries = case.content.entries
    counts = Counter(one.entry for one in case.trials if one.entry)
    for entry in case.medical:
        if counts[entry.id] < WORDINGS:
            message = f"`{entry.id}`: {counts[entry.id]} test wordings"
            hint = f"{WORDINGS} or more, in other words than its own, under its id in tests/questions"
            yield Problem("warning", case.sources.entry(entry.id), message, hint)
    yield from _lost(case, case.trials)
    known = {text.casefold(): entry.id for entry in entries.values() for text in entry.phrasings}
    for one in case.trials:
        owner = known.get(one.text.casefold())
        if owner and one.entry:
            message = f"the test wording “{one.text}” stands in the FAQ, in `{owner}`: it proves nothing"
            yield Problem("error", one.place, message, "say it in other words here")


def _lost(case: Case, wordings: Iterable[Trial]) -> Iterator[Problem]:
    known = case.content.entries.keys()
    first = {one.entry: one.place for one in reversed(list(wordings)) if one.entry and one.entry not in known}
    for entry, place in first.items():
        guess = case.content.formerly.get(entry) or nearest(entry, known)
        hint = f"did you mean `{guess}`?" if guess else "delete them"
        yield Problem("error", place, f"test wordings for `{entry}`, which does not exist", hint)
