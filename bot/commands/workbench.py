"""`faqbot workbench`: the bot in your browser. The real application, on a small Bot API of our own."""

import asyncio
import os
import secrets
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from aiohttp import web
from pydantic import SecretStr

from bot.charts.prints import Prints, printed
from bot.checks.content import check_loaded
from bot.commands.ask import as_text
from bot.commands.building import cache_folder
from bot.commands.check import wordings_folder
from bot.commands.exits import OK, USAGE, stop, tell
from bot.commands.reloading import Reloader
from bot.content.loading import Content, load
from bot.content.places import find_faq
from bot.content.watching import stamp
from bot.problems import Problem
from bot.reply import Replier
from bot.session import Session
from bot.settings import Settings, SettingsError, read_settings
from bot.telegram.serving import Service, stop_on_signals
from bot.watch.logs import set_up_logs
from bot.workbench.app import build

HERE = "127.0.0.1"
LOOK_AGAIN = 0.5  # seconds


def workbench(faq: Annotated[Path | None, typer.Option("--faq", help="Another content directory.")] = None) -> None:
    """Serve a chat page on this machine, with the real bot behind it and no Telegram account needed."""
    try:
        settings = read_settings({**os.environ, "WEBHOOK_URL": ""})
    except SettingsError as error:
        stop(str(error))
        raise typer.Exit(USAGE) from None
    set_up_logs(settings)
    root = find_faq(faq or settings.faq_dir)
    try:
        asyncio.run(_run(settings, root))
    except OSError as error:
        stop(f"PORT {settings.port} cannot be used: {error.strerror}", "set PORT to a free one, such as PORT=8090")
        raise typer.Exit(USAGE) from None


async def _run(settings: Settings, root: Path) -> None:
    stopped = asyncio.Event()
    stop_on_signals(stopped)
    bench = Bench(settings, root)
    app = build(bench.token, bench.problems, prints=bench.prints, why=bench.why)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, HERE, settings.port).start()
    port = runner.addresses[0][1]
    typer.echo(f"Open http://{HERE}:{port}/ in your browser. Stop with Ctrl-C.")
    try:
        await bench.run(f"http://{HERE}:{port}", stopped)
    finally:
        await runner.cleanup()
    if bench.busy:  # its thread cannot be cancelled, and whoever pressed Ctrl-C would wait for it
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(OK)


class Bench:
    """The bot behind the page: it starts with the first sound content, and follows the files from then on."""

    def __init__(self, settings: Settings, root: Path) -> None:
        self.token = f"1:{secrets.token_hex(16)}"
        self._settings, self._root = settings, root
        self._reloader = Reloader(root, cache_folder(settings.cache_dir), self._take, settings.require_review)
        self._service: Service | None = None
        self._content: Content | None = None
        self._ready = asyncio.Event()
        self._found: tuple[Problem, ...] = ()
        self._checking: asyncio.Task[None] | None = None

    def problems(self) -> list[dict[str, Any]]:
        """What is wrong with the content right now: why it is refused, else what `faqbot check` calls an error."""
        return [self._shown(problem).as_dict() for problem in self._reloader.problems or self._found]

    def _shown(self, problem: Problem) -> Problem:
        """With its file as seen from beside the content: a phone has no room for the whole path."""
        home = f"{self._root.parent.as_posix()}/"
        return problem._replace(place=problem.place._replace(file=problem.place.file.removeprefix(home)))

    def why(self, text: str) -> list[str]:
        """What the bot that answers now makes of a text in a new chat, as `faqbot ask` tells it."""
        if self._service is None:
            return []
        decider = self._service.handler.replier.decider
        decision, _ = decider.decide(text, Session(), 0.0)
        return as_text(decision.as_dict(decider.why(decision))).splitlines()

    def prints(self) -> Prints | None:
        """The guide on paper, as it is now."""
        return printed(self._content) if self._content else None

    @property
    def busy(self) -> bool:
        """Is a thread still at work?"""
        return self._reloader.busy or (self._checking is not None and not self._checking.done())

    async def run(self, api: str, stopped: asyncio.Event) -> None:
        """Serve until stopped."""
        self._api = api
        following = asyncio.create_task(self._follow(stopped))
        stopping = asyncio.create_task(stopped.wait())
        ready = asyncio.create_task(self._ready.wait())
        try:
            await asyncio.wait({stopping, ready}, return_when=asyncio.FIRST_COMPLETED)
            if self._service is not None and not stopped.is_set():
                await self._service.run(stopped)
        finally:
            stopped.set()
            self._reloader.upgrader.stop()
            ready.cancel()
            await stopping
            if not self.busy:
                await following

    async def _follow(self, stopped: asyncio.Event) -> None:
        await self._reloader.reload()
        tell(self._reloader.problems)
        await self._reloader.run(stopped)

    def _take(self, content: Content, replier: Replier) -> None:
        self._content = content
        if self._service is None:
            self._service = Service(self._local(self._api), content, replier, HERE)
            self._ready.set()
        else:
            self._service.take(content, replier)
        if self._checking is not None:
            self._checking.cancel()
        self._checking = asyncio.create_task(self._check(content))

    async def _check(self, content: Content) -> None:
        """It answers already, so what the gates find is told as a warning.

        Files that are being edited already are waited for: their new content is checked in its turn. If it is taken
        back before it was read, this is still what answers.
        """
        seen = stamp(self._root)
        loaded = await asyncio.to_thread(load, self._root)
        while loaded.content is None or loaded.content.hash != content.hash:
            while seen == stamp(self._root):  # noqa: ASYNC110 - files set no event
                await asyncio.sleep(LOOK_AGAIN)
            seen = stamp(self._root)
            loaded = await asyncio.to_thread(load, self._root)
        checked = await asyncio.to_thread(check_loaded, loaded, wordings_folder(self._root, loaded), date.today())
        errors = (problem for problem in checked.problems if problem.severity == "error")
        self._found = tuple(problem._replace(severity="warning") for problem in errors)

    def _local(self, api: str) -> Settings:
        return self._settings.model_copy(
            update={
                "telegram_bot_token": SecretStr(self.token),
                "telegram_api_url": api,
                "webhook_url": None,
                "port": 0,
            }
        )
