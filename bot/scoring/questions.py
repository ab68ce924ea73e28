"""Test wordings: `tests/questions/<language>/<group>.yaml` mirrors `faq/<language>/entries/<group>.yaml`."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bot.content.base import Identifier, Strict, Text
from bot.content.entries import Entry
from bot.content.strict_yaml import read, yaml_files
from bot.content.validate import nearest, validate
from bot.problems import ContentError, Place, Problem

KNOWN_FAILURES = "known_failures.yaml"


class QuestionFile(Strict):
    """Wordings by the id of the entry that must win them, and wordings that no medical entry may answer."""

    questions: dict[Identifier, list[Text]]
    none: list[Text] = []


class Wording(NamedTuple):
    """One test wording. `entry` is None where no medical entry may answer it."""

    group: str
    entry: str | None
    text: str


def read_questions(folder: Path) -> list[Wording]:
    """Every wording of a folder, file by file. Raises ContentError with all problems, also where there are none."""
    found: list[Wording] = []
    problems: list[Problem] = []
    for path in _files(folder):
        document = read(path, path.as_posix())
        file = validate(document, QuestionFile)
        problems += document.problems
        found += _wordings(path.stem, file) if file else ()
    if not found and not problems:
        hint = "run it in the project's folder, or name the folder that holds them"
        problems.append(Problem("error", Place(folder.as_posix()), "no test wordings here", hint))
    if problems:
        raise ContentError(problems)
    return found


def strangers(wordings: Iterable[Wording], entries: Mapping[str, Entry]) -> list[Problem]:
    """Wordings whose entry does not exist (any more), one problem an entry."""
    lost = dict.fromkeys((one.group, one.entry) for one in wordings if one.entry and one.entry not in entries)
    return [_stranger(group, entry, entries) for group, entry in lost if entry]


def _stranger(group: str, entry: str, entries: Mapping[str, Entry]) -> Problem:
    guess = nearest(entry, entries)
    hint = f"did you mean `{guess}`? Else delete its wordings" if guess else "delete its wordings"
    return Problem("error", Place(f"{group}.yaml"), f"test wordings for `{entry}`, but no such entry exists", hint)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in yaml_files(folder) if path.name != KNOWN_FAILURES)


def _wordings(group: str, file: QuestionFile) -> Iterator[Wording]:
    for entry, texts in file.questions.items():
        yield from (Wording(group, entry, text) for text in texts)
    yield from (Wording(group, None, text) for text in file.none)
