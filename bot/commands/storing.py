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

MEANINGS = {
    "InvalidPasswordError": ("the password is refused", "copy DATABASE_URL again from where the database is hosted"),
    "InvalidAuthorizationSpecificationError": ("the user is refused", "copy DATABASE_URL again"),
    "InvalidCatalogNameError": ("there is no database of that name", "create it, or mend the end of DATABASE_URL"),
    "gaierror": ("its host is not known", "mend the host in DATABASE_URL"),
    "ConnectionRefusedError": ("nobody listens there", "start the database, or mend host and port in DATABASE_URL"),
    "FileNotFoundError": ("nobody listens there", "start the database, or mend host and port in DATABASE_URL"),
    "TimeoutError": ("it does not answer in time", "look at its load, or at the firewall between"),
    "InsufficientPrivilegeError": ("its user may not create tables", "grant CREATE on the schema to that user"),
    "ReadOnlySQLTransactionError": ("it is read-only", "point DATABASE_URL at the primary, not at a replica"),
    "OperationalError": ("the file cannot be opened or written", "make its folder, and let this user write there"),
    "TooManyConnectionsError": ("it takes no more connections", "stop old processes, or take a larger plan"),
}


def meaning(fault: str) -> tuple[str, str]:
    """A kind of fault in plain words, and what to do."""
    return MEANINGS.get(
        fault, (fault or "it does not answer", "run `faqbot doctor`, and look at the database's own log")
    )


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
    database = Database(build_engine(address), within)
    try:
        yield database
    finally:
        await database.close()
