"""`faqbot migrate`: the tables, made or brought up to date. For the release phase; running it twice is harmless."""

import asyncio
import time

import typer

from bot.commands.exits import PROBLEMS, stop
from bot.commands.storing import address_for, opened, settings_or_stop
from bot.storage.address import Address
from bot.storage.database import Unavailable
from bot.storage.faults import meaning
from bot.storage.migrations import NEWEST


def migrate() -> None:
    """Make the database's tables, or bring them up to date: exit code 0 when they are, 1 when it cannot be done."""
    asyncio.run(_run(address_for(settings_or_stop())))


async def _run(address: Address) -> None:
    async with opened(address) as database:
        try:
            steps = await database.prepare(time.time())
        except Unavailable:
            what, fix = meaning(database.fault)
            stop(f"DATABASE_URL: {what}" if address.named else f"{address.place}: {what}", fix)
            raise typer.Exit(PROBLEMS) from None
    for step in steps:
        typer.echo(f"step {step.version}: {step.title}")
    typer.echo(f"{address.kind}: version {NEWEST}" + ("" if steps else ", nothing to do"))
