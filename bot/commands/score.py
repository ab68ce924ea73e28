"""`faqbot score`: how good are the decisions on the FAQ's own test wordings, and is the confidence honest?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from bot.commands.building import build_decider, load_content, load_model
from bot.commands.environment import Engine, places
from bot.commands.exits import PROBLEMS, stop, tell
from bot.content.loading import Content
from bot.decision import Decider
from bot.matching import engines
from bot.scoring import comparing, tables
from bot.scoring.judging import Judge, Judged, judge
from bot.scoring.known import write_known
from bot.scoring.plot import drawn
from bot.scoring.questions import Wording, read_questions, strangers
from bot.scoring.reliability import bands, calibration_error, guesses
from bot.session import Session


def score(
    folder: Annotated[
        Path | None, typer.Argument(help="Test wordings; without it, those in tests/questions/<language>.")
    ] = None,
    faq: Annotated[Path | None, typer.Option("--faq", help="Another content directory.")] = None,
    engine: Annotated[Engine, typer.Option(help="A: words and characters. B: the sentence model too.")] = Engine.B,
    plot: Annotated[Path | None, typer.Option(help="Draw the reliability plot into this SVG file.")] = None,
    known: Annotated[
        bool, typer.Option("--write-known", help="Only list in known_failures.yaml what fails, with engine A.")
    ] = False,
) -> None:
    """Score the decisions on the FAQ's test wordings, side by side with plain rapidfuzz and BM25."""
    at = places(faq)
    content = load_content(at.faq)
    folder = folder or Path("tests/questions") / content.language
    wordings = _wordings(folder, content)
    if known:
        judged = _judged(wordings, _learned_anew(content), content)
        typer.echo(f"{write_known(folder, judged)} of {len(judged)} wordings are known failures")
        return
    decider = build_decider(content, at.cache, None if engine is Engine.A else load_model())
    if engine is Engine.B and decider.matcher.engine == "A":
        stop("engine A is scored: the extra `model` is not installed", "pip install 'clinic-faq-bot[model]'")
    judged = _judged(wordings, decider, content)
    _show(judged, content, decider.matcher.engine, plot)


def _wordings(folder: Path, content: Content) -> list[Wording]:
    """All of them; exit code 1 where one belongs to an entry that does not exist."""
    wordings = read_questions(folder)
    lost = strangers(wordings, content.entries)
    if lost:
        tell(lost)
        raise typer.Exit(PROBLEMS)
    return wordings


def _learned_anew(content: Content) -> Decider:
    """Engine A as the tests have it: from the content alone, whatever a cache holds."""
    return Decider(content, engines.build(list(content.entries.values()), content.words, content.language))


def _judged(wordings: Sequence[Wording], decider: Decider, content: Content) -> list[Judged]:
    asked = track(wordings, "Asking", console=Console(stderr=True), transient=True)
    return judge(asked, lambda text: decider.decide(text, Session(), 0.0)[0], content.entries)


def _show(judged: Sequence[Judged], content: Content, engine: str, plot: Path | None) -> None:
    console, bench = tables.console(), Judge(content.entries)
    console.print(f"Engine {engine}, {len(content.entries)} entries, {len(judged)} test wordings\n")
    console.print(tables.decisions(judged))
    found = bands(guesses(judged, bench))
    console.print("\n", tables.reliability(found))
    strict, helpful = (100 * calibration_error(found, related) for related in (False, True))
    console.print(f"expected calibration error: {strict:.1f} points ({helpful:.1f} where related topics count)")
    if plot:
        plot.write_text(drawn(found, f"Engine {engine}: stated and true"), encoding="utf-8")
        console.print(f"plot: {plot}")
    rows = [comparing.row(f"faqbot, engine {engine}", comparing.own(judged, bench))]
    with console.status("Comparing"):
        rows += comparing.baselines([one.wording for one in judged], content.entries, bench)
    console.print("\n", tables.comparison(rows))
