"""Starts the bots, lets the same patients write to each in turn, and prints the comparison."""

import argparse
import asyncio
import os
import signal
import socket
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import aiohttp
from rich.console import Console
from rich.table import Table

from bench.patients import SECRET, Figures, Patients
from bench.telegram import FakeTelegram

HERE = Path(__file__).parent
WHOLE, WHOLE_B, FIXED, AIOGRAM, PTB = "the whole bot, A", "the whole bot, B", "our transport", "aiogram", "run_webhook"
COMMANDS: dict[str, Sequence[str]] = {
    WHOLE: ("-c", "from bot.commands.main import run; run()", "serve"),
    FIXED: ("-m", "bench.fixed"),
    AIOGRAM: ("-m", "bench.echo_aiogram"),
    PTB: ("-m", "bench.echo_ptb"),
    WHOLE_B: ("-c", "from bot.commands.main import run; run()", "serve"),
}
MANY = 100  # connections: the most that Telegram opens
LOADS = {  # name: connections, updates a second (0: as fast as answered), seconds added to each call to Telegram
    "as fast as answered": (40, 0.0, 0.0),
    "200 a second": (40, 200.0, 0.0),
    "100 ms to Telegram": (MANY, 0.0, 0.1),
}


class Bot:
    """One process under test."""

    def __init__(self, name: str, api: str, log: Path) -> None:
        self.name, self._api, self._log = name, api, log
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = int(taken.getsockname()[1])

    async def start(self) -> None:
        """Start it and wait until it listens and is ready."""
        environ = os.environ | {
            "TELEGRAM_BOT_TOKEN": "42:bench",
            "TELEGRAM_API_URL": self._api,
            "WEBHOOK_URL": f"http://127.0.0.1:{self.port}",
            "WEBHOOK_SECRET": SECRET,
            "PORT": str(self.port),
            "LOG_LEVEL": "INFO",
            "LOG_FORMAT": "json",
            "OPENBLAS_NUM_THREADS": "1",
        }
        if self.name == WHOLE:
            environ["ENGINE"] = "A"
        ours = self.name not in (AIOGRAM, PTB)
        python = sys.executable if ours else os.environ.get("BENCH_PYTHON", sys.executable)
        with self._log.open("wb") as log:
            self.process = await asyncio.create_subprocess_exec(
                python, *COMMANDS[self.name], env=environ, stdout=log, stderr=log, cwd=HERE.parent
            )
        path = "readyz" if self.name in (WHOLE, WHOLE_B, FIXED) else ""
        async with aiohttp.ClientSession() as http, asyncio.timeout(60):
            while not await _answers(http, f"http://127.0.0.1:{self.port}/{path}", bool(path)):
                if self.process.returncode is not None:
                    raise SystemExit(f"{self.name} ended:\n{self._log.read_text()[-2000:]}")
                await asyncio.sleep(0.1)
        if self.name == WHOLE_B:
            async with asyncio.timeout(120):
                while "engine B is ready" not in self._log.read_text():  # noqa: ASYNC110 - another process says it
                    await asyncio.sleep(0.2)

    async def stop(self) -> None:
        """End it."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        await self.process.wait()


async def _answers(http: aiohttp.ClientSession, url: str, ready: bool) -> bool:
    try:
        async with http.get(url) as answer:
            return answer.status == 200 or not ready
    except aiohttp.ClientError:
        return False


def _median(runs: list[Figures]) -> Figures:
    middle = [statistics.median(run[field] for run in runs) for field in range(3)]
    return Figures(*middle, sum(run.lost for run in runs))


def _table(results: dict[str, dict[str, list[Figures]]]) -> Table:
    table = Table("", "bot", "replies/s", "p50 ms", "p99 ms", "not answered", "x aiogram", "x run_webhook")
    for load, bots in results.items():
        ours = {name: _median(runs) for name, runs in bots.items()}
        for name, figures in ours.items():
            others = [
                f"{figures.rate / ours[other].rate:.2f}" if other in ours and ours[other].rate else ""
                for other in (AIOGRAM, PTB)
            ]
            table.add_row(
                load, name, f"{figures.rate:.0f}", f"{1000 * figures.p50:.1f}", f"{1000 * figures.p99:.1f}",
                str(figures.lost), *others,
            )  # fmt: skip
        table.add_section()
    return table


async def compare(names: Sequence[str], loads: Sequence[str], rounds: int, seconds: float) -> None:
    """Rounds of all bots in turn, so that whatever else the machine does meets all of them."""
    telegram = FakeTelegram()
    await telegram.start()
    patients = Patients(telegram)
    results: dict[str, dict[str, list[Figures]]] = {load: {name: [] for name in names} for load in loads}
    with tempfile.TemporaryDirectory() as logs:
        bots = [Bot(name, telegram.url, Path(logs) / f"{number}.log") for number, name in enumerate(names)]
        try:
            for bot in bots:
                await bot.start()
                await patients.write(bot.port, 8, 1.0)  # warm
            for load in loads:
                connections, rate, telegram.delay = LOADS[load]
                for _ in range(rounds):
                    for bot in bots:
                        results[load][bot.name].append(await patients.write(bot.port, connections, seconds, rate))
        finally:
            for bot in bots:
                if hasattr(bot, "process"):
                    await bot.stop()
    Console(width=140).print(_table(results))


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--bots", nargs="+", default=list(COMMANDS), choices=list(COMMANDS))
    parser.add_argument("--loads", nargs="+", default=list(LOADS), choices=list(LOADS))
    given = parser.parse_args()
    asyncio.run(compare(given.bots, given.loads, given.rounds, given.seconds))


main()
