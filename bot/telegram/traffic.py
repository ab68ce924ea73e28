"""Turns at Telegram: nobody waits until it says that the bot as a whole sends too much. Then one after the other."""

import asyncio
import heapq
import itertools
from collections import deque
from typing import NamedTuple

MANY = 3  # chats that are told 429 within RECENT: then it is the bot's limit, not one chat's
RECENT = 1.0  # seconds
APART = 1 / 25  # seconds between two turns; Telegram takes about thirty messages a second from one bot


class Turn(NamedTuple):
    """One who waits: the earlier place goes first."""

    place: int
    called: asyncio.Future[None]


class Traffic:
    """Emergencies never wait here; the rest go in the order in which they came."""

    def __init__(self) -> None:
        self._told: deque[tuple[float, int, float]] = deque()  # when, in which chat, for how long
        self._waiting: list[Turn] = []
        self._closed_until = 0.0
        self._pump: asyncio.Task[None] | None = None
        self._places = itertools.count()

    def place(self) -> int:
        """A place in the line, to be kept over all tries of one reply."""
        return next(self._places)

    async def turn(self, place: int, seconds: float) -> None:
        """Wait for the turn of this place. Raises TimeoutError after so many seconds."""
        if self._pump is None:
            return
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, Turn(place, called))
        async with asyncio.timeout(seconds):
            await called

    def told(self, chat: int, seconds: float) -> None:
        """Telegram answered a message to this chat with 429 and asked for so many seconds."""
        now = asyncio.get_running_loop().time()
        self._told.append((now, chat, seconds))
        while self._told[0][0] < now - RECENT:
            self._told.popleft()
        chats = {chat: seconds for _, chat, seconds in self._told}
        if len(chats) < MANY:
            return
        self._closed_until = max(self._closed_until, now + min(chats.values()))  # longer: that is one chat's own limit
        if self._pump is None:
            self._pump = asyncio.create_task(self._call_up())

    async def _call_up(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting or loop.time() < self._closed_until:
            await asyncio.sleep(max(APART, self._closed_until - loop.time()))
            while self._waiting and loop.time() >= self._closed_until:
                called = heapq.heappop(self._waiting).called
                if not called.done():  # else it was given up meanwhile
                    called.set_result(None)
                    break
        self._pump = None
