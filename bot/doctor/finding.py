"""One thing that was looked at, and what to do about it."""

from typing import Literal, NamedTuple

Level = Literal["ok", "note", "warn", "fail", "unset"]
"""note: works, and could do more; warn: look at it; fail: mend it; unset: a setting is missing or wrong."""


class Finding(NamedTuple):
    """`about`: one word; `fix`: the remedy, where there is something to mend."""

    level: Level
    about: str
    what: str
    fix: str = ""

    def as_text(self) -> str:
        """One line."""
        return f"{self.level:<6}{self.about:<10}{self.what}" + (f" -> {self.fix}" if self.fix else "")

    def as_dict(self) -> dict[str, str]:
        """For programs."""
        return dict(self._asdict())


def split(line: str) -> tuple[str, str]:
    """What is wrong with a setting, and the remedy behind the full stop."""
    what, _, fix = line.partition(". ")
    return what, fix


def exit_code(findings: list[Finding]) -> int:
    """0: all is well; 1: something does not work; 2: a setting is missing or wrong."""
    levels = {finding.level for finding in findings}
    return 2 if "unset" in levels else 1 if "fail" in levels else 0
