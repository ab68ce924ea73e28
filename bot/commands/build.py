"""`faqbot build`: everything that takes long at a start is done now, and kept for the next one."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.building import build_decider, load_content, load_model
from bot.commands.environment import places
from bot.kernel.library import kernel, missing
from bot.matching.engines import MOST_MODELLED


def build(faq: Annotated[Path | None, typer.Option("--faq", help="Another content directory.")] = None) -> None:
    """Compile the kernel, compute phrase vectors and confidences, for `faqbot serve` to start with."""
    _compile()
    at = places(faq)
    content = load_content(at.faq)
    model = load_model()
    before = _kept(at.cache)
    matcher = build_decider(content, at.cache, model).matcher
    wordings = len(matcher.index.phrasings)
    typer.echo(f"{len(content.entries)} entries, {wordings} wordings, engine {matcher.engine}")
    if model is None:
        typer.echo("the sentence model is not installed: engine A answers. For B: pip install 'clinic-faq-bot[model]'")
    elif matcher.engine == "A":
        typer.echo(f"more than {MOST_MODELLED} wordings: engine A answers")
    written = sorted(name for name, stamp in _kept(at.cache).items() if before.get(name) != stamp)
    if written:
        typer.echo(f"new in {at.cache}: {', '.join(written)}")
    elif not _kept(at.cache):
        typer.echo(f"nothing could be kept in {at.cache}: every start learns anew. Set CACHE_DIR to a writable folder")
    else:
        typer.echo(f"nothing to do: {at.cache} is up to date")


def _compile() -> None:
    """The kernel, where it is not there yet and can be made."""
    if kernel() is None:
        why = missing()
        typer.echo(
            f"it goes on without the compiled kernel, slower: {why}" if why else "compiled the kernel"
        )


def _kept(cache: Path) -> dict[str, int]:
    """The files of the cache, with when they were written."""
    found = [*cache.glob("*.npz"), *cache.glob("*.json")] if cache.is_dir() else []
    return {path.name: path.stat().st_mtime_ns for path in found}
