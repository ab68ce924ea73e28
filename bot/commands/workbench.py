"""`faqbot workbench`: the bot in your browser. The real application, on a small Bot API of our own."""

import asyncio
import contextlib
import os
import secrets
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
from aiohttp import web
from pydantic import SecretStr

from bot.commands.building import build_decider, cache_folder, upgrade_in_background
from bot.commands.exits import USAGE, stop, tell
from bot.commands.logs import set_up_logs
from bot.content.loading import Content, Loaded, load
from bot.content.places import find_faq
from bot.problems import Place, Problem
from bot.reply import Replier
from bot.settings import Settings, SettingsError, read_settings
from bot.telegram.serving import Service, stop_on_signals
from bot.workbench.app import build

HERE = "127.0.0.1"
LOOK_EVERY = 1.0  # seconds between looks at the content files
log = structlog.get_logger()


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
    runner = web.AppRunner(build(bench.token, bench.problems), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, HERE, settings.port).start()
    port = runner.addresses[0][1]
    typer.echo(f"Open http://{HERE}:{port}/ in your browser. Stop with Ctrl-C.")
    try:
        await bench.run(f"http://{HERE}:{port}", stopped)
    finally:
        await runner.cleanup()


class Bench:
    """Keeps the bot in step with the files: reloads what is sound, tells what is not, and keeps the last good one."""

    def __init__(self, settings: Settings, root: Path) -> None:
        self.token = f"1:{secrets.token_hex(16)}"
        self._settings, self._root = settings, root
        self._cache = cache_folder(settings.cache_dir)
        self._problems: tuple[Problem, ...] = ()
        self._hash = ""
        self._seen: frozenset[tuple[str, int, int]] | None = None

    def problems(self) -> list[dict[str, Any]]:
        """What is wrong with the content right now."""
        return [problem.as_dict() for problem in self._problems]

    async def run(self, api: str, stopped: asyncio.Event) -> None:
        """Serve until stopped."""
        service: Service | None = None
        serving: asyncio.Task[None] | None = None
        halt = asyncio.Event()
        upgrading: list[asyncio.Task[None]] = []  # engine A answers until engine B is ready
        while not stopped.is_set():
            content = await asyncio.to_thread(self._changed)
            if content is not None:
                replier = await asyncio.to_thread(self._replier, content)
                if replier is not None:
                    upgrading.append(asyncio.create_task(upgrade_in_background(replier, self._cache)))
                if replier is not None and service is None:
                    service = Service(self._local(api), content, replier, HERE)
                    serving = asyncio.create_task(service.run(halt))
                elif replier is not None and service is not None:
                    service.handler.replier = replier
                    log.info("content reloaded", content=content.hash[:12])
            if serving is not None and serving.done():
                break
            await _sleep(stopped, LOOK_EVERY)
        halt.set()
        for task in upgrading:
            task.cancel()
        if serving is not None:
            await serving

    def _changed(self) -> Content | None:
        files = _files(self._root)
        if files == self._seen:  # reading everything each second would keep a processor busy
            return None
        self._seen = files
        loaded: Loaded = load(self._root)
        self._problems = tuple(problem for problem in loaded.problems if problem.severity == "error")
        if loaded.content is None or loaded.content.hash == self._hash:
            if loaded.content is None and not self._hash:
                tell(self._problems)
                self._hash = "broken"
            return None
        self._hash = loaded.content.hash
        return loaded.content

    def _replier(self, content: Content) -> Replier | None:
        try:
            return Replier(content, build_decider(content, self._cache, None))
        except ValueError as error:
            hint = f"mend {self._root}"
            self._problems = (Problem("error", Place(self._root.as_posix()), str(error), hint),)
            stop(str(error), hint)
            return None

    def _local(self, api: str) -> Settings:
        return self._settings.model_copy(
            update={
                "telegram_bot_token": SecretStr(self.token),
                "telegram_api_url": api,
                "webhook_url": None,
                "port": 0,
            }
        )


def _files(root: Path) -> frozenset[tuple[str, int, int]]:
    """Every file that content is read from, with what changes when it is written."""
    found = set()
    for path in (root.parent / "clinic.yaml", *root.rglob("*.yaml")):
        with contextlib.suppress(OSError):  # gone meanwhile
            about = path.stat()
            found.add((path.as_posix(), about.st_mtime_ns, about.st_size))
    return frozenset(found)


async def _sleep(stopped: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stopped.wait(), seconds)
    except TimeoutError:
        return
