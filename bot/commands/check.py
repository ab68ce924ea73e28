"""`faqbot check`: is the content fit to be served? Every problem with its place and remedy."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.checks import check_content
from bot.commands.environment import places
from bot.commands.exits import OK, PROBLEMS
from bot.content.loading import load
from bot.problems import Problem


class Format(StrEnum):
    """How problems are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def check(
    faq: Annotated[Path | None, typer.Option("--faq", help="Another content directory.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail the check too.")] = False,
    form: Annotated[Format, typer.Option("--format", help="For people, programs, or GitHub.")] = Format.TEXT,
) -> None:
    """Check the content: exit code 0 when there are no errors, 1 when there are."""
    loaded = load(places(faq).faq)
    problems = [*loaded.problems, *(check_content(loaded.content) if loaded.content else ())]
    problems.sort(key=lambda problem: (problem.severity, problem.place.file, problem.place.line))
    _show(problems, form)
    bad = [problem for problem in problems if strict or problem.severity == "error"]
    if form is Format.TEXT:
        entries = len(loaded.content.entries) if loaded.content else 0
        errors = sum(problem.severity == "error" for problem in problems)
        typer.echo(f"{entries} entries, {errors} errors, {len(problems) - errors} warnings")
    raise typer.Exit(PROBLEMS if bad else OK)


def _show(problems: list[Problem], form: Format) -> None:
    if form is Format.JSON:
        sys.stdout.write(json.dumps([problem.as_dict() for problem in problems], ensure_ascii=False, indent=1) + "\n")
        return
    for problem in problems:
        sys.stdout.write((problem.as_github() if form is Format.GITHUB else problem.as_text()) + "\n")
