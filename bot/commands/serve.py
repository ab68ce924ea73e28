"""`faqbot serve`: the bot on Telegram, by webhook where WEBHOOK_URL is set, else by long polling."""

import asyncio
import os
import sys

import typer
from telegram.error import BadRequest, InvalidToken

from bot.commands.building import build_decider, build_replier, cache_folder, load_content, upgrade_in_background
from bot.commands.exits import OK, USAGE, stop
from bot.commands.logs import set_up_logs
from bot.content.loading import Content
from bot.content.places import find_faq
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
    root = find_faq(settings.faq_dir)
    content = load_content(root)
    replier = build_replier(
        content, build_decider(content, cache_folder(settings.cache_dir), None), root, settings.require_review
    )
    try:
        asyncio.run(_run(settings, content, replier))
    except InvalidToken:
        stop(
            "TELEGRAM_BOT_TOKEN: Telegram does not know this token",
            "copy it again from @BotFather, or make a new one there",
        )
        raise typer.Exit(USAGE) from None
    except BadRequest as error:
        stop(f"WEBHOOK_URL: Telegram refused it: {error.message}", "set it to the public https:// address of this bot")
        raise typer.Exit(USAGE) from None
    except AnotherPoller:
        stop("another process is polling with the same token", "stop the other one, or set WEBHOOK_URL")
        raise typer.Exit(USAGE) from None
    except OSError as error:
        stop(f"PORT {settings.port} cannot be used: {error.strerror}", "set PORT to a free one")
        raise typer.Exit(USAGE) from None


async def _run(settings: Settings, content: Content, replier: Replier) -> None:
    stopped = asyncio.Event()
    stop_on_signals(stopped)
    upgrading = asyncio.create_task(upgrade_in_background(replier, cache_folder(settings.cache_dir)))
    try:
        await Service(settings, content, replier).run(stopped)
    except BaseException:
        upgrading.cancel()
        raise
    if not upgrading.done():  # its thread cannot be cancelled, and Python would wait minutes for it: all else is done
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(OK)
