"""`faqbot serve`: the bot on Telegram, by webhook where WEBHOOK_URL is set, else by long polling."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import structlog
from telegram.error import BadRequest, InvalidToken

from bot.commands.building import build_decider, build_replier, cache_folder, load_for_patients
from bot.commands.exits import OK, USAGE, stop
from bot.commands.reloading import Reloader
from bot.content.loading import Content
from bot.content.places import find_faq
from bot.content.watching import Stamp, stamp
from bot.kernel.library import missing
from bot.reply import Replier
from bot.settings import Settings, SettingsError, read_settings
from bot.storage.store import Store, build_store
from bot.telegram.polling import AnotherPoller
from bot.telegram.serving import Service, ignore_signals, stop_on_signals
from bot.telegram.threads import giving_way
from bot.watch.logs import set_up_logs
from bot.watch.memory import give_back, settle

TIDIED_EVERY = 60.0  # seconds
log = structlog.get_logger(__name__)


def serve() -> None:
    """Run the bot on Telegram until it is told to stop (SIGTERM, Ctrl-C)."""
    try:
        settings = read_settings(os.environ)
        settings.token  # noqa: B018 - asked for early, so that a missing one is told before anything is loaded
    except SettingsError as error:
        stop(str(error))
        raise SystemExit(USAGE) from None
    set_up_logs(settings)
    root = find_faq(settings.faq_dir)
    store = build_store(settings, cache_folder(settings.cache_dir))
    seen = stamp(root)  # before the files are read: a change while they are is one
    running = _run(settings, root, store, _loaded(settings, root, store), seen)
    settle()
    try:
        asyncio.run(running)
    except InvalidToken:
        stop(
            "TELEGRAM_BOT_TOKEN: Telegram does not know this token",
            "copy it again from @BotFather, or make a new one there",
        )
        raise SystemExit(USAGE) from None
    except BadRequest as error:
        stop(f"WEBHOOK_URL: Telegram refused it: {error.message}", "set it to the public https:// address of this bot")
        raise SystemExit(USAGE) from None
    except AnotherPoller:
        stop("another process is polling with the same token", "stop the other one, or set WEBHOOK_URL")
        raise SystemExit(USAGE) from None
    except OSError as error:
        stop(f"PORT {settings.port} cannot be used: {error.strerror}", "set PORT to a free one")
        raise SystemExit(USAGE) from None


def _loaded(settings: Settings, root: Path, store: Store) -> tuple[Content, Replier]:
    content = load_for_patients(root)
    without = missing()
    if without:
        log.info("no compiled kernel: everything is slower", reason=without)
    decider = build_decider(content, cache_folder(settings.cache_dir), None)
    return content, build_replier(content, decider, root, settings.require_review, store.kept)


async def _run(
    settings: Settings, root: Path, store: Store, loaded: tuple[Content, Replier], seen: Stamp = frozenset()
) -> None:
    asyncio.get_running_loop().set_default_executor(giving_way())
    stopped = asyncio.Event()
    stop_on_signals(stopped)
    service = Service(settings, *loaded, store=store)
    reloader = Reloader(
        root,
        cache_folder(settings.cache_dir),
        service.take,
        settings.require_review,
        loaded,
        settings.engine == "B",
        store.kept,
        seen,
    )
    reloader.tell = service.meter.reloaded
    service.desk.reloads = reloader
    reloader.upgrader.start(loaded[1])
    del loaded  # a reload puts others in their place: then nobody may hold these
    _reload_on_hangup(reloader)
    watching = asyncio.create_task(reloader.run(stopped))
    tidying = asyncio.create_task(_tidy())
    try:
        await service.run(stopped)
    finally:
        stopped.set()
        tidying.cancel()
        reloader.upgrader.stop()
        if not reloader.busy:
            await watching
    ignore_signals()
    if reloader.busy:  # its thread cannot be cancelled, and Python would wait minutes for it: all else is done
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(OK)


async def _tidy() -> None:
    """What a burst of messages needed, or somebody who sent large ones, goes back to the system within a minute."""
    while True:
        await asyncio.sleep(TIDIED_EVERY)
        await asyncio.to_thread(give_back)


def _reload_on_hangup(reloader: Reloader) -> None:
    """SIGHUP reads the content again; at a terminal it goes on meaning that the terminal was closed."""
    if not sys.stdin.isatty():
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, reloader.soon)
