"""`faqbot schema`: the JSON schemas of the content files, written beside the content for editors to use."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.environment import places
from bot.content.schema import MODELS, rendered


def schema(
    folder: Annotated[
        Path | None, typer.Argument(help="Where to; without it, `schema` in the content directory.")
    ] = None,
    faq: Annotated[Path | None, typer.Option("--faq", help="Another content directory.")] = None,
) -> None:
    """Write the JSON schemas of the content files anew: editors complete keys and mark mistakes with them."""
    folder = folder or places(faq).faq / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    for name in MODELS:
        (folder / f"{name}.json").write_text(rendered(name), encoding="utf-8")
    typer.echo(f"{len(MODELS)} schemas in {folder}")
