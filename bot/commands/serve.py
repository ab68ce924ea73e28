"""`faqbot serve`: the bot on Telegram, by webhook where WEBHOOK_URL is set, else by long polling."""

import asyncio
import os
from pathlib import Path

import typer
from telegram.error import InvalidToken

from bot.commands.exits import PROBLEMS, USAGE, stop, tell
from bot.commands.logs import set_up_logs
from bot.content.loading import Content, load
from bot.content.places import find_faq
from bot.problems import has_errors
from bot.reply import Replier
from bot.settings import Settings, SettingsError, read_settings
from bot.telegram.polling import AnotherPoller
from bot.telegram.serving import Service, stop_on_signals


def serve() -> None:
    """Run the bot on Telegram until it is told to stop (SIGTERM, Ctrl-C)."""
    try:
        settings = read_settings(os.environ)
        settings.token  # noqa: B018 - asked for early, so that a missing one is told before anything is loaded
    except SettingsError as error:
        stop(str(error))
        raise typer.Exit(USAGE) from None
    set_up_logs(settings)
    content, replier = build(settings.faq_dir)
    try:
        asyncio.run(_run(settings, content, replier))
    except InvalidToken:
        stop(
            "TELEGRAM_BOT_TOKEN: Telegram does not know this token",
            "copy it again from @BotFather, or make a new one there",
        )
        raise typer.Exit(USAGE) from None
    except AnotherPoller:
        stop("another process is polling with the same token", "stop the other one, or set WEBHOOK_URL")
        raise typer.Exit(USAGE) from None
    except OSError as error:
        stop(f"PORT {settings.port} cannot be used: {error.strerror}", "set PORT to a free one")
        raise typer.Exit(USAGE) from None


def build(faq: Path | None) -> tuple[Content, Replier]:
    """Load content that is complete enough to talk to patients; otherwise say what is missing and exit."""
    loaded = load(find_faq(faq))
    tell(problem for problem in loaded.problems if problem.severity == "error")
    if loaded.content is None or has_errors(loaded.problems):
        raise typer.Exit(PROBLEMS)
    try:
        return loaded.content, Replier(loaded.content)
    except ValueError as error:
        stop(str(error), f"add the missing file to {find_faq(faq)}")
        raise typer.Exit(PROBLEMS) from None


async def _run(settings: Settings, content: Content, replier: Replier) -> None:
    stopped = asyncio.Event()
    stop_on_signals(stopped)
    await Service(settings, content, replier).run(stopped)
