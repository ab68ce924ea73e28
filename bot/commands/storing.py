"""What the commands share that look into the database: the settings, the place, and what its faults mean."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer

from bot.commands.building import cache_folder
from bot.commands.exits import USAGE, stop
from bot.settings import Settings, SettingsError, read_settings
from bot.storage.address import Address, address_of
from bot.storage.database import Database
from bot.storage.engine import build_engine


def settings_or_stop() -> Settings:
    """The settings; what is wrong with them ends in exit code 2."""
    try:
        return read_settings(os.environ)
    except SettingsError as error:
        stop(str(error))
        raise typer.Exit(USAGE) from None


def address_for(settings: Settings) -> Address:
    """Where the database of these settings is."""
    return address_of(settings, cache_folder(settings.cache_dir))


@asynccontextmanager
async def opened(address: Address, within: float = 10.0) -> AsyncIterator[Database]:
    """The database; its connections are given back in the end."""
    database = Database(build_engine(address), within, quiet=True)
    try:
        yield database
    finally:
        await database.close()
