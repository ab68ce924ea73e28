"""Known failures: `known_failures.yaml` beside the test wordings. What stands there must fail, and no worse."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.content.base import Strict, Text
from bot.content.strict_yaml import read
from bot.content.validate import validate
from bot.problems import ContentError
from bot.scoring.judging import FAILED, MEANINGS, Judged, Mark
from bot.scoring.questions import KNOWN_FAILURES, Wording

NOBODY = "none"
HEAD = """\
# Test wordings that fail today, with engine A, by what goes wrong and by entry ("none": no medical entry may answer).
# Each must fail: one that passes leaves the list, and one that fails in a worse way (further up here) is an error.
# Made by `faqbot score --write-known`. A shorter list is a better bot; read what is new before you commit it.
"""

Listed = dict[str, list[Text]]


class KnownFailures(Strict):
    """The file: for each way to fail, the wordings by entry id."""

    wrong: Listed = {}
    emergency: Listed = {}
    turned_away: Listed = {}
    missed: Listed = {}

    def marks(self) -> dict[tuple[str, str], Mark]:
        """(entry id or "none", wording) -> how it is known to fail."""
        sections: Mapping[Mark, Listed] = {mark: getattr(self, mark) for mark in FAILED}
        return {
            (entry, text): mark
            for mark, section in sections.items()
            for entry, texts in section.items()
            for text in texts
        }


def read_known(folder: Path) -> KnownFailures:
    """The list of a folder; an empty one where there is no file. Raises ContentError where it cannot be read."""
    path = folder / KNOWN_FAILURES
    if not path.is_file():
        return KnownFailures()
    document = read(path, path.as_posix())
    file = validate(document, KnownFailures)
    if file is None:
        raise ContentError(document.problems)
    return file


def owner(wording: Wording) -> str:
    """Under which key a wording is listed."""
    return wording.entry or NOBODY


def write_known(folder: Path, judged: Iterable[Judged]) -> int:
    """Write the list anew; the number of wordings on it."""
    failed = [one for one in judged if one.mark in FAILED]
    sections = [_section(mark, [one.wording for one in failed if one.mark == mark]) for mark in FAILED]
    (folder / KNOWN_FAILURES).write_text(HEAD + "".join(sections), encoding="utf-8", newline="\n")
    return len(failed)


def _section(mark: Mark, wordings: Iterable[Wording]) -> str:
    by_owner: dict[str, list[str]] = {}
    for wording in wordings:
        by_owner.setdefault(owner(wording), []).append(wording.text)
    lines = [f"\n# {MEANINGS[mark]}\n{mark}:" + ("" if by_owner else " {}")]
    for name in sorted(by_owner):
        lines += [f"  {name}:", *(f"    - {json.dumps(text, ensure_ascii=False)}" for text in sorted(by_owner[name]))]
    return "\n".join(lines) + "\n"
