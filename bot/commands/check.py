"""`faqbot check`: is the content fit to be served? Every problem with its place and remedy."""

import json
import sys
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.checks.content import check_loaded
from bot.commands.environment import places
from bot.commands.exits import OK, PROBLEMS
from bot.content.loading import Loaded, load
from bot.problems import Problem


class Format(StrEnum):
    """How problems are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def check(
    faq: Annotated[Path | None, typer.Option("--faq", help="Another content directory.")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings fail the check too, but for drafts and placeholders.")
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="For people, programs, or GitHub.")] = Format.TEXT,
) -> None:
    """Check the content: exit code 0 when there are no errors, 1 when there are."""
    root = places(faq).faq
    loaded = load(root)
    checked = check_loaded(loaded, wordings_folder(root, loaded), date.today())
    problems = sorted(checked.problems, key=lambda problem: (problem.severity, *problem.place[:3]))
    _show(problems, form)
    if form is Format.TEXT:
        for name, figure in checked.figures.items():
            typer.echo(f"{name}: {figure}")
        entries = len(loaded.content.entries) if loaded.content else 0
        errors = sum(problem.severity == "error" for problem in problems)
        typer.echo(f"{entries} entries, {errors} errors, {len(problems) - errors} warnings")
    raise typer.Exit(PROBLEMS if any(_fails(problem, strict) for problem in problems) else OK)


def _fails(problem: Problem, strict: bool) -> bool:
    """A draft fails no check: only a clinician can mend it, and until then the bot says so to patients."""
    return problem.severity == "error" or (strict and not problem.waits)


def wordings_folder(root: Path, loaded: Loaded) -> Path:
    """Where the test wordings of a content directory are, if there are any: beside it, as in this project."""
    language = loaded.content.language if loaded.content else "en"
    home = root.parent if (root / "entries").is_dir() else root
    return home.absolute().parent / "tests" / "questions" / language


def _show(problems: Sequence[Problem], form: Format) -> None:
    if form is Format.JSON:
        sys.stdout.write(json.dumps([problem.as_dict() for problem in problems], ensure_ascii=False, indent=1) + "\n")
        return
    for problem in problems:
        sys.stdout.write((problem.as_github() if form is Format.GITHUB else problem.as_text()) + "\n")
