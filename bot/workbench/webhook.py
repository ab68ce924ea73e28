"""Updates posted to the bot's webhook the way Telegram posts them.

Messages queue per chat and only the head is sent, so one that is always refused holds its chat up. Taps have a queue of
their own. Any 2xx is "delivered"; anything else is tried again, after a growing pause or the `Retry-After` given.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp

from bot.workbench.fields import Json
from bot.workbench.updates import Updates

ANSWER_WITHIN = 60.0


@dataclass(frozen=True)
class Target:
    """Where the bot wants its updates."""

    url: str
    secret: str = ""
    max_connections: int = 40


@dataclass
class Backoff:
    """Pauses between tries, in seconds. Telegram's begin at once and end at a minute; ours are short."""

    first: float = 0.1
    factor: float = 2.0
    longest: float = 5.0

    def pause(self, tries: int) -> float:
        """How long to wait after this many failures in a row: the first retry comes at once."""
        return 0.0 if tries <= 1 else min(self.first * self.factor ** (tries - 2), self.longest)


@dataclass
class Failure:
    """The last one, for getWebhookInfo."""

    at: float
    message: str


@dataclass
class Webhook:
    """One sender for each queue that has something in it."""

    updates: Updates
    backoff: Backoff = field(default_factory=Backoff)
    target: Target | None = None
    failure: Failure | None = None
    reply: Callable[[Json], Awaitable[None]] | None = None
    clock: Callable[[], float] = lambda: 0.0
    told: Callable[[], None] = lambda: None
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _queues: dict[str, deque[Json]] = field(default_factory=dict)
    _senders: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _session: aiohttp.ClientSession | None = None

    async def start(self, target: Target) -> None:
        """Send everything that waits, and everything to come, there."""
        await self.stop()
        self.target = target
        connector = aiohttp.TCPConnector(limit=target.max_connections)
        self._session = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN))
        for update in self.updates.batch(len(self.updates.waiting)):
            self.offer(update)

    async def stop(self) -> None:
        """Send nothing any more; what was not delivered stays in the queue."""
        self.target = self.failure = None
        senders = [sender for sender in self._senders.values() if sender is not asyncio.current_task()]
        self._senders.clear()
        self._queues.clear()
        for sender in senders:
            sender.cancel()
        await asyncio.gather(*senders, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    close = stop

    def offer(self, update: Json) -> None:
        """Put an update into its queue; nothing happens where there is no webhook."""
        if self.target is None:
            return
        key = queue_of(update)
        self._queues.setdefault(key, deque()).append(update)
        if key not in self._senders:
            self._senders[key] = asyncio.create_task(self._drain(key))

    async def _drain(self, key: str) -> None:
        queue = self._queues[key]
        while queue and self.target is not None:
            update = queue[0]
            if update["update_id"] in self.updates.waiting:
                await self._deliver(update)
            queue.popleft()
        if self._senders.get(key) is asyncio.current_task():
            del self._senders[key], self._queues[key]

    async def _deliver(self, update: Json) -> None:
        tries = 0
        while self.target is not None:
            pause = await self._try(update)
            if pause is None:
                self.updates.done(update["update_id"])
                return
            tries += 1
            await self.sleep(max(pause, self.backoff.pause(tries)))

    async def _try(self, update: Json) -> float | None:
        """None when delivered, else the pause that the bot asked for."""
        if self.target is None or self._session is None:
            return 0.0  # stopped meanwhile
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.target.secret} if self.target.secret else {}
        try:
            async with self._session.post(self.target.url, json=update, headers=headers) as answer:
                body = await answer.read()
                if 200 <= answer.status < 300:
                    await self._take_reply(body)
                    return None
                self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                return _seconds(answer.headers.get("Retry-After", ""))
        except TimeoutError:
            self._failed("Read timeout expired")
        except (aiohttp.ClientError, OSError) as error:
            self._failed(f"Connection failed: {type(error).__name__}")
        return 0.0

    async def _take_reply(self, body: bytes) -> None:
        """A webhook's answer may carry one method call; its result goes nowhere, as with Telegram."""
        try:
            call = json.loads(body) if body.strip().startswith(b"{") else None
        except ValueError:
            call = None
        if isinstance(call, dict) and "method" in call and self.reply is not None:
            await self.reply(call)

    def _failed(self, message: str) -> None:
        self.failure = Failure(self.clock(), message)
        self.told()


def queue_of(update: Json) -> str:
    """The queue an update waits in: its chat's, or the tapping person's."""
    if "callback_query" in update:
        return f"tap {update['callback_query'].get('from', {}).get('id')}"
    for content in update.values():
        if isinstance(content, dict) and isinstance(content.get("chat"), dict):
            return f"chat {content['chat'].get('id')}"
    return "others"


def _seconds(value: str) -> float:
    return float(value) if value.strip().isdigit() else 0.0
