"""Exit codes, and how a fault is told on the terminal."""

import sys
from collections.abc import Iterable

from bot.problems import Problem

OK, PROBLEMS, USAGE, FAULT = 0, 1, 2, 3


def tell(problems: Iterable[Problem]) -> None:
    """Print problems to standard error, each with its place and remedy."""
    for problem in problems:
        sys.stderr.write(problem.as_text() + "\n")


def stop(message: str, hint: str = "") -> None:
    """Print one plain sentence and what to do, to standard error."""
    sys.stderr.write(f"faqbot: {message}\n" + (f"    -> {hint}\n" if hint else ""))
