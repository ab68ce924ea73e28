"""`faqbot workbench`: the bot in your browser. The real application, on a small Bot API of our own."""

import asyncio
import os
import secrets
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from aiohttp import web
from pydantic import SecretStr

from bot.charts.prints import Prints, printed
from bot.commands.building import cache_folder
from bot.commands.exits import OK, USAGE, stop, tell
from bot.commands.reloading import Reloader
from bot.content.loading import Content
from bot.content.places import find_faq
from bot.reply import Replier
from bot.settings import Settings, SettingsError, read_settings
from bot.telegram.serving import Service, stop_on_signals
from bot.watch.logs import set_up_logs
from bot.workbench.app import build

HERE = "127.0.0.1"


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
    app = build(bench.token, bench.problems, prints=bench.prints)
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

    def problems(self) -> list[dict[str, Any]]:
        """What is wrong with the content right now."""
        return [problem.as_dict() for problem in self._reloader.problems]

    def prints(self) -> Prints | None:
        """The guide on paper, as it is now."""
        return printed(self._content) if self._content else None

    @property
    def busy(self) -> bool:
        """Is a thread still at work?"""
        return self._reloader.busy

    async def run(self, api: str, stopped: asyncio.Event) -> None:
        """Serve until stopped."""
        self._api = api
        await self._reloader.reload()
        tell(self._reloader.problems)
        watching = asyncio.create_task(self._reloader.run(stopped))
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
                await watching

    def _take(self, content: Content, replier: Replier) -> None:
        self._content = content
        if self._service is None:
            self._service = Service(self._local(self._api), content, replier, HERE)
            self._ready.set()
        else:
            self._service.take(content, replier)

    def _local(self, api: str) -> Settings:
        return self._settings.model_copy(
            update={
                "telegram_bot_token": SecretStr(self.token),
                "telegram_api_url": api,
                "webhook_url": None,
                "port": 0,
            }
        )
