"""`faqbot inbox`: the questions that patients passed on, so that the clinic can write the answers."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from bot.commands.exits import PROBLEMS, USAGE, stop
from bot.commands.storing import address_for, opened, settings_or_stop
from bot.settings import Settings
from bot.storage.database import Unavailable
from bot.storage.faults import meaning
from bot.storage.inbox import DAY, DAYS, Inbox, Passed
from bot.storage.sealing import Keys

SHOWN = 8  # letters of a ticket
UNREADABLE = "(sealed under another DATA_KEY)"


def inbox(
    delete: Annotated[
        list[str] | None, typer.Option("--delete", help="Delete the question with this number; or: all.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a question.")] = False,
) -> None:
    """List what patients passed on, oldest first. Nobody knows who asked; each is kept for 30 days."""
    settings = settings_or_stop()
    if settings.data_key is None:
        stop("DATA_KEY: not set; what was passed on is sealed with it", "set it as the bot has it")
        raise typer.Exit(USAGE)
    asyncio.run(_run(settings, delete or [], as_json))


async def _run(settings: Settings, wanted: list[str], as_json: bool) -> None:
    assert settings.data_key is not None, "checked by inbox"  # noqa: S101
    async with opened(address_for(settings)) as database:
        passed = Inbox(database, Keys(settings.data_key.get_secret_value()))
        try:
            await database.prepare(datetime.now(UTC).timestamp())
            if wanted:
                await _delete(passed, wanted)
                return
            _show(await passed.passed(), as_json)
        except Unavailable:
            stop(f"DATABASE_URL: {meaning(database.fault)[0]}", meaning(database.fault)[1])
            raise typer.Exit(PROBLEMS) from None


async def _delete(passed: Inbox, wanted: list[str]) -> None:
    known = [one.ticket for one in await passed.passed()]
    chosen = [ticket for ticket in known if "all" in wanted or any(_names(name, ticket) for name in wanted)]
    typer.echo(f"{await passed.delete(chosen)} deleted")
    if not chosen and "all" not in wanted:
        stop("no question has that number", "run `faqbot inbox` for the numbers")
        raise typer.Exit(PROBLEMS)


def _names(name: str, ticket: str) -> bool:
    return len(name) >= SHOWN and ticket.startswith(name.lower())


def _show(passed: list[Passed], as_json: bool) -> None:
    for one in passed:
        row = _row(one)
        if as_json:
            typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            typer.echo(f"{row['number']}  {row['day']}  {row['text'] or UNREADABLE}")
    if not as_json:
        typer.echo(f"{len(passed)} questions; each is deleted after {DAYS} days")


def _row(one: Passed) -> dict[str, Any]:
    day = datetime.fromtimestamp(one.day * DAY, UTC).date().isoformat()
    text = " ".join(one.text.split()) if one.text is not None else None
    return {"number": one.ticket[:SHOWN], "day": day, "text": text}
