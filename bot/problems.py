"""What is wrong, where, and what to do about it: the one form in which every fault of content or set-up is told."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Place(NamedTuple):
    """A spot in a file. `line` and `column` count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0
    text: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(NamedTuple):
    """One fault, told in the words of the person who can mend it."""

    severity: Severity
    place: Place
    message: str
    hint: str = ""
    waits: bool = False  # for the clinic or a clinician, not for whoever edits: `--strict` lets it pass

    def as_text(self) -> str:
        """Two or three lines for a terminal: place and fault, the line itself, the remedy."""
        lines = [f"{self.place}: {self.severity}: {self.message}"]
        if self.place.text.strip():
            lines.append(f"    {_printable(self.place.text.strip()[:120])}")
        if self.hint:
            lines.append(f"    -> {self.hint}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """Plain data for `--format json` and the workbench."""
        place = {"file": self.place.file, "line": self.place.line, "column": self.place.column, "text": self.place.text}
        return {"severity": self.severity, "place": place, "message": self.message, "hint": self.hint}

    def as_github(self) -> str:
        """A workflow command that GitHub shows beside the changed line."""
        message = _escaped(f"{self.message} -> {self.hint}" if self.hint else self.message)
        file = _escaped(self.place.file).replace(":", "%3A").replace(",", "%2C")
        return f"::{self.severity} file={file},line={self.place.line or 1},col={self.place.column or 1}::{message}"


class ContentError(Exception):
    """Content that cannot be used; carries every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.as_text() for problem in self.problems))


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def has_errors(problems: Iterable[Problem]) -> bool:
    """Is any of them more than a warning?"""
    return any(problem.severity == "error" for problem in problems)
