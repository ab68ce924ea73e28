"""What a command takes from the environment where no option says otherwise."""

import os
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import typer

from bot.commands.building import cache_folder
from bot.commands.exits import USAGE, stop
from bot.content.places import find_faq
from bot.settings import SettingsError, read_settings


class Engine(StrEnum):
    """What matches: words and characters, or the sentence model too."""

    A = "A"
    B = "B"


class Places(NamedTuple):
    """Where the content is, and where what was learned is kept."""

    faq: Path
    cache: Path


def places(faq: Path | None = None) -> Places:
    """`--faq`, else FAQ_DIR, else the usual places; CACHE_DIR, else the user's cache folder."""
    given = {name: os.environ[name] for name in ("FAQ_DIR", "CACHE_DIR") if name in os.environ}
    try:
        settings = read_settings(given)
    except SettingsError as error:
        stop(str(error))
        raise typer.Exit(USAGE) from None
    return Places(find_faq(faq or settings.faq_dir), cache_folder(settings.cache_dir))
