"""`faqbot guide`: the guide on paper, to be read and signed, and every path through it as a table."""

from pathlib import Path
from typing import Annotated

import typer

from bot.charts.prints import printed
from bot.checks.guide_proof import prove
from bot.commands.building import load_content
from bot.commands.environment import places
from bot.commands.exits import PROBLEMS, USAGE, stop, tell


def guide(
    out: Annotated[Path, typer.Argument(help="The folder to write guide.svg and guide.csv into.")] = Path(),
    faq: Annotated[Path | None, typer.Option("--faq", help="Another content directory.")] = None,
) -> None:
    """Draw "Who should I see?": pages to print and sign (SVG), and its truth table (CSV, for a spreadsheet)."""
    content = load_content(places(faq).faq)
    prints = printed(content)
    if prints is None or content.guide is None:
        stop("there is no guide to draw", "guide.yaml, clinic.yaml and urgent.yaml are needed for it")
        raise typer.Exit(PROBLEMS)
    faults, size = prove(content.guide, content.entries.keys(), f"{content.language}/guide.yaml")
    if faults:
        tell(faults)
        stop("not drawn: the guide is not safe yet", "mend it; nobody should sign it as it is")
        raise typer.Exit(PROBLEMS)
    try:
        for name, data in (("guide.svg", prints.svg.encode()), ("guide.csv", prints.csv.encode("utf-8-sig"))):
            (out / name).write_bytes(data)
            typer.echo((out / name).as_posix())
    except OSError as error:
        stop(f"{out.as_posix()} cannot be written to: {error.strerror}", "name a folder that exists")
        raise typer.Exit(USAGE) from None
    typer.echo(f"{size.paths} paths, {size.typical} taps as a rule, {size.longest} at most")
