"""The bot as a process of its own, as an operator runs it."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.workbench import LocalBotApi
from tests.support.serving import SECRET

ROOT = Path(__file__).parents[2]
SERVE = (sys.executable, "-c", "from bot.commands.main import run; run()", "serve")


class Running:
    """One process and what it logged."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self._process, self.port = process, port

    def signal(self, *numbers: int) -> None:
        """Send signals, one after the other."""
        for number in numbers:
            self._process.send_signal(number)

    async def ended(self, within: float = 10.0) -> tuple[int | None, str]:
        """Its exit code and its log."""
        logged, _ = await asyncio.wait_for(self._process.communicate(), within)
        return self._process.returncode, logged.decode()

    async def ready(self, within: float = 30.0) -> None:
        """Wait until it says so."""
        async with asyncio.timeout(within), aiohttp.ClientSession() as http:
            while not await self._says_ready(http):
                assert self._process.returncode is None, (await self._process.communicate())[0].decode()
                await asyncio.sleep(0.05)

    async def _says_ready(self, http: aiohttp.ClientSession) -> bool:
        try:
            async with http.get(f"http://127.0.0.1:{self.port}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


def environment(api: LocalBotApi, faq: Path, cache: Path, port: int, webhook: bool = True) -> dict[str, str]:
    """What the platform sets."""
    return {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "TELEGRAM_BOT_TOKEN": api.token,
        "TELEGRAM_API_URL": api.base_url,
        "PORT": str(port),
        "WEBHOOK_URL": f"http://127.0.0.1:{port}" if webhook else "",
        "WEBHOOK_SECRET": SECRET,
        "FAQ_DIR": str(faq),
        "CACHE_DIR": str(cache),
        "LOG_FORMAT": "json",
        "OPENBLAS_NUM_THREADS": "1",
        "ENGINE": "A",
    }


@asynccontextmanager
async def process(environ: Mapping[str, str], command: Sequence[str] = SERVE) -> AsyncIterator[Running]:
    """Start it; it is killed in the end if it still runs, with all that it started."""
    started = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=environ, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield Running(started, int(environ["PORT"]))
    finally:
        if started.returncode is None:
            started.send_signal(signal.SIGKILL)
            await started.communicate()
