"""Canaries sent through every way there is: none is found in logs, metrics, health, disk or database.

The real command over real HTTP, with everything on: LOG_LEVEL=DEBUG, both databases, the inbox, shared sessions.
"""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import io
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.telegram.webhook import HEADER
from bot.workbench import LocalBotApi
from bot.workbench.faults import Fault
from tests.support.databases import opened
from tests.support.serving import free_port, quick_api, until

pytestmark = pytest.mark.loopback
ROOT = Path(__file__).parents[2]
WORDS, CAPTION, NAME, HANDLE = "quokkatext", "quokkacaption", "Quokkaname", "quokkahandle"
SECRET, KEY = "quokkasecret_quokkasecret", "quokkakey" * 5
PERSON = 700_100_200
TOKEN = "42:quokkatoken"  # no word of the FAQ, whose stems are kept on disk


class Deployed:
    """The real command in a process of its own."""

    def __init__(self, api: LocalBotApi, process: asyncio.subprocess.Process, log: Path, home: str) -> None:
        self.api, self.process, self._log, self.home = api, process, log, home

    def logged(self) -> str:
        """Everything it printed."""
        return self._log.read_text(encoding="utf-8")

    async def read(self, path: str) -> str:
        """A page of it."""
        async with aiohttp.ClientSession() as http, http.get(f"{self.home}{path}") as answer:
            return await answer.text()

    async def post(self, body: Any, secret: str = SECRET) -> int:
        """Straight to its webhook, as it is."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"{self.home}/telegram", data=io.BytesIO(data), headers={HEADER: secret}) as answer,
        ):
            return answer.status


@pytest.fixture
async def deployed(database_url: str, tiny_faq: Path, tmp_path: Path) -> AsyncIterator[Deployed]:
    """It serves, with all that can be on."""
    log, port = tmp_path / "log", free_port()
    home = f"http://127.0.0.1:{port}"
    async with quick_api(TOKEN) as api:
        environ = {
            "PATH": os.environ["PATH"],
            "TELEGRAM_BOT_TOKEN": api.token,
            "TELEGRAM_API_URL": api.base_url,
            "WEBHOOK_URL": home,
            "WEBHOOK_SECRET": SECRET,
            "PORT": str(port),
            "DATABASE_URL": database_url,
            "DATA_KEY": KEY,
            "ADMIN_IDS": str(PERSON + 1),
            "FAQ_DIR": str(tiny_faq),
            "CACHE_DIR": str(tmp_path / "cache"),
            "ENGINE": "A",
            "LOG_LEVEL": "DEBUG",
            "LOG_FORMAT": "json",
            "PYTHONASYNCIODEBUG": "1",
        }
        command = (sys.executable, "-c", "from bot.commands.main import run; run()", "serve")
        with log.open("wb") as out:
            process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environ, stdout=out, stderr=out)
        try:
            await until(lambda: '"ready"' in log.read_text(encoding="utf-8"), 60)
            yield Deployed(api, process, log, home)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


def message(number: int, **content: Any) -> dict[str, Any]:
    """An update whose every field of a person is a canary."""
    person = {"id": PERSON, "is_bot": False, "first_name": NAME, "last_name": NAME, "username": HANDLE}
    chat = {"id": PERSON, "type": "private", "first_name": NAME, "username": HANDLE}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "chat": chat, "from": person, **content},
    }


async def everything_is_tried(bot: Deployed) -> None:
    """Answers, cards, captions, taps, the inbox, admins; broken bodies, forged secrets, a Telegram that fails."""
    api = bot.api
    for text in (f"do i need an mri {WORDS}", f"crushing chest pain {WORDS}", f"/forget {WORDS}", f"{WORDS} flumps"):
        await api.say(text, user=PERSON)
        await api.wait_for_reply(20)
    for label in ("Pass my question to the clinic", "Yes, pass it on"):
        await api.tap(label, user=PERSON)
        await api.wait_for_reply(20)
    for text in ("/stats", f"/why {WORDS} mri", "/reload"):
        await api.say(text, user=PERSON + 1)
    api.faults.add("sendMessage", Fault.server_error())
    api.faults.add("sendMessage", Fault.dropped())
    await api.say(f"thanks {WORDS}", user=PERSON + 2)
    await api.wait_until_settled()
    photo = [{"file_id": CAPTION, "file_unique_id": "x", "width": 1, "height": 1}]
    odd = [
        message(1, text=WORDS, entities=WORDS),
        message(2, caption=CAPTION, photo=photo),
        message(3, contact={"phone_number": WORDS, "first_name": NAME}),
        message(4, text=[WORDS]),
        message(5, text=WORDS) | {"update_id": WORDS},
        {"update_id": 6, "callback_query": {"id": WORDS, "data": WORDS, "from": {"id": WORDS}}},
        [WORDS],
        f'{{"text": "{WORDS}'.encode(),
        WORDS.encode() * 200_000,
    ]
    for body in odd:
        await bot.post(body)
    assert 401 == await bot.post(message(7, text=WORDS), secret=WORDS)


async def rows(connection: AsyncConnection) -> str:
    """Every value in every table that there is, as bytes and as text."""

    def read(sync: Any) -> str:
        found = MetaData()
        found.reflect(sync)
        return "\n".join(repr(tuple(row)) for table in found.tables.values() for row in sync.execute(table.select()))

    return await connection.run_sync(read)


def on_disk(folder: Path) -> dict[str, bytes]:
    """Every file, in small letters."""
    return {path.name: path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()}


async def test_no_canary_is_found_anywhere(deployed: Deployed, database_url: str, tmp_path: Path) -> None:
    """Not in what is printed, told, kept on disk or in the database; and what should be there, is."""
    async with asyncio.timeout(20):
        while '"database": "ok"' not in await deployed.read("/readyz"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    await everything_is_tried(deployed)
    told = await deployed.read("/metrics") + await deployed.read("/readyz") + await deployed.read("/livez")
    deployed.process.terminate()
    assert 0 == await asyncio.wait_for(deployed.process.wait(), 20), deployed.logged()
    async with opened(database_url) as database:
        await database.prepare(0.0)
        kept = await database.run(rows)
    canaries = (WORDS, CAPTION, NAME, HANDLE, SECRET, KEY, deployed.api.token, deployed.api.token.partition(":")[2])
    persons = (str(PERSON), str(PERSON + 1), str(PERSON + 2))
    for where, text in (("logs", deployed.logged()), ("pages", told), ("database", kept)):
        assert [] == [canary for canary in (*canaries, *persons) if canary.lower() in text.lower()], where
    files = on_disk(tmp_path)
    for path, content in files.items():
        assert [] == [canary for canary in canaries if canary.lower().encode() in content], path
    assert ('"answered"' in deployed.logged(), '"update"' in deployed.logged()) == (True, True)
    assert "Traceback" not in deployed.logged()
    assert "passed_on" in kept
    assert 'faqbot_answers_total{outcome="urgent"} 1.0' in told
    assert files
