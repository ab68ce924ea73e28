"""`faqbot bench`: what does matching cost on this machine?"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.table import Table

from bot.commands.building import build_decider, load_content, load_model
from bot.commands.environment import Places, places
from bot.commands.exits import OK, PROBLEMS, stop
from bot.content.entries import Entry
from bot.content.loading import Content
from bot.matching import engines
from bot.problems import ContentError
from bot.scoring import tables
from bot.scoring.measuring import MOST_MEMORY, OVER, Cost, Task
from bot.scoring.questions import read_questions
from bot.scoring.synthetic import Maker

MESSAGES = 300
WORDINGS = 10
SIZES = {100: 120, 1_000: 300}  # entries: seconds after which measuring is given up
LARGE = {5_000: 900}
SHIPPED_SECONDS = 300
PART_ENTRIES, PART_WORDINGS = 100, 10


class Plan(NamedTuple):
    """One row of the table: its name, what to measure, and the seconds it may take."""

    name: str
    task: Callable[[], Task]
    seconds: int


def bench(
    faq: Annotated[Path | None, typer.Option("--faq", help="Another content directory.")] = None,
    large: Annotated[bool, typer.Option("--large", help="5,000 entries too: takes minutes.")] = False,
) -> None:
    """Measure load, milliseconds a message and memory, each in a process of its own."""
    at = places(faq)
    content = load_content(at.faq)
    console, table, bustle = tables.console(), _table(), _bustle()
    failed = 0
    plans = [*_made(content, SIZES | (LARGE if large else {})), *_part(content, at), *_shipped(content, at)]
    for plan in plans:
        told = plan.task().model_dump_json()
        with console.status(plan.name):
            cost = _measured(told, plan.seconds)
        failed += isinstance(cost, str)
        table.add_row(plan.name, *([cost] if isinstance(cost, str) else _cells(cost)))
    console.print(table, bustle)
    raise typer.Exit(PROBLEMS if failed else OK)


def _made(content: Content, sizes: dict[int, int]) -> Iterator[Plan]:
    """Engine A on FAQs made from the words of this one. Nothing is cached: the load includes all learning."""
    maker = Maker(content.entries)
    for number, seconds in sizes.items():

        def task(number: int = number) -> Task:
            entries, messages = maker.faq(number, WORDINGS), maker.messages(number, MESSAGES)
            return _task(content, entries, messages)

        yield Plan(f"A, {number:,} x {WORDINGS} made", task, seconds)


def _shipped(content: Content, at: Places) -> Iterator[Plan]:
    """Both engines on the content itself, with everything cached, as the bot starts after `faqbot build`."""
    model = load_model()
    messages = _messages(content)
    for name in ("A", "B") if model else ("A",):

        def task(name: str = name) -> Task:
            build_decider(content, at.cache, model if name == "B" else None)
            entries = list(content.entries.values())
            return _task(content, entries, messages, cache=at.cache, model=name == "B")

        yield Plan(f"{name}, this FAQ, cached", task, SHIPPED_SECONDS)


def _part(content: Content, at: Places) -> Iterator[Plan]:
    """Engine B on a part of the content, its phrase vectors cached, asked what its own test wordings ask."""
    model = load_model()
    entries = [
        entry.model_copy(update={"asked_as": entry.asked_as[: PART_WORDINGS - 1], "not_for": []}).with_wordings(())
        for entry in list(content.entries.values())[:: max(1, len(content.entries) // PART_ENTRIES)][:PART_ENTRIES]
    ]
    if model is None:
        return

    def task() -> Task:
        cache = at.cache / "bench"  # a folder of its own: the cache of the whole content stays as it is
        engines.build(entries, content.words, content.language, cache, model)
        return _task(content, entries, _messages(content), cache=cache, model=True)

    yield Plan(f"B, {len(entries)} x {PART_WORDINGS} of this FAQ, cached", task, SHIPPED_SECONDS)


def _task(
    content: Content, entries: list[Entry], messages: list[str], cache: Path | None = None, model: bool = False
) -> Task:
    where = str(cache) if cache else None
    told = [entry.model_copy(update={"asked_as": list(entry.wordings[1:])}) for entry in entries]  # and further
    return Task(
        entries=told, words=content.words, language=content.language, messages=messages, cache=where, model=model
    )


def _messages(content: Content) -> list[str]:
    """The FAQ's own test wordings where they are at hand, evenly chosen; else made ones."""
    try:
        texts = [wording.text for wording in read_questions(Path("tests/questions") / content.language)]
    except ContentError:
        return Maker(content.entries).messages(len(content.entries), MESSAGES)
    return texts[:: max(1, len(texts) // MESSAGES)]


def _measured(told: str, seconds: int) -> Cost | str:
    """The cost, or why there is none."""
    command = [sys.executable, "-m", "bot.scoring.measuring"]
    try:
        done = subprocess.run(command, input=told, capture_output=True, text=True, timeout=seconds)  # noqa: S603 - ours
    except subprocess.TimeoutExpired:
        return f"over {seconds} s"
    if done.returncode == OVER:
        return f"over {MOST_MEMORY // 1024**3} GB"
    if done.returncode:
        stop(f"measuring failed: {done.stderr.strip()[-300:]}")
        return "failed"
    return Cost(**json.loads(done.stdout))


def _table() -> Table:
    heads = ("wordings", "load s", "mean ms", "median ms", "p95 ms", "model %", "MB", "peak MB")
    table = tables.plain("Matching on this machine", "engine, content", *heads)
    table.caption = (
        "load: from entries to a matcher. ms: a message, from text to decision, without the emergency gate; "
        f"{MESSAGES} or so were asked. model: the share of them that needed the sentence model."
    )
    return table


def _bustle() -> str:
    """How busy the machine is with other things: figures of a busy one are too high."""
    load, cores = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0, os.cpu_count() or 1
    word = "busy: the figures are too high" if load > cores else "quiet enough"
    return f"{cores} cores, load {load:.1f} before the start ({word})"


def _cells(cost: Cost) -> list[str]:
    times = [f"{value:.2f}" for value in (cost.load, cost.mean, cost.median, cost.p95)]
    share = f"{100 * cost.modelled:.0f}" if cost.engine == "B" else "-"
    return [f"{cost.wordings:,}", *times, share, f"{cost.memory:.0f}", f"{cost.peak:.0f}"]
