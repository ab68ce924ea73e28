"""A local Bot API for each test, and a plain client for it. What both said is checked against the official Bot API."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.workbench import LocalBotApi
from tests.workbench.doubles import Client, checked_api


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    """The server; what the bot did must be as Telegram has it."""
    async with checked_api() as api:
        yield api


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A plain HTTP client."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def bot(api: LocalBotApi, http: aiohttp.ClientSession) -> Client:
    """A bot that calls methods by hand."""
    return Client(http, api.base_url, api.token)
