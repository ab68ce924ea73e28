"""Questions that somebody asked us to pass on: scrubbed before they come here, sealed, without any id, for 30 days."""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errand import Errand, Result
from bot.storage.database import Database, Unavailable
from bot.storage.sealing import Keys, Sealed
from bot.storage.tables import inbox
from bot.storage.upsert import upsert

DAY = 86_400
DAYS = 30
LONGEST = 1_000  # characters
MOST = 5_000  # questions at a time
AN_HOUR, AN_HOURS_WORTH = 3_600.0, 5  # questions of one person
REMEMBERED = 10_000  # people, by keyed hash, in memory, for an hour
WITHIN = 1.0  # seconds: nobody's answer waits for it


class Passed(NamedTuple):
    """One question: its ticket, the day since 1970, its words (None: sealed under another DATA_KEY)."""

    ticket: str
    day: int
    text: str | None


class Inbox:
    """What patients asked us to show the clinic."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database, self._keys = database, keys
        self._recent: OrderedDict[str, tuple[float, ...]] = OrderedDict()

    async def run(self, errand: Errand, who: tuple[int, int], now: float) -> Result:
        """Do an errand of a person in a chat. Never raises."""
        try:
            if errand.kind == "take_back":
                await self.delete([self._ticket(errand.token)])
                return "done"
            if not self._may(who, now) or not await self._keep(errand, int(now) // DAY):
                return "enough"
        except Unavailable:
            return "failed"
        return "done"

    async def passed(self) -> list[Passed]:
        """All of them, oldest first. Raises Unavailable."""

        async def work(connection: AsyncConnection) -> Sequence[tuple[str, int, bytes]]:
            rows = await connection.execute(select(inbox).order_by(inbox.c.day, inbox.c.ticket))
            return [(row.ticket, row.day, row.sealed) for row in rows]

        rows = await self._database.run(work)
        return [Passed(ticket, day, self._open(ticket, sealed)) for ticket, day, sealed in rows]

    async def delete(self, tickets: Sequence[str]) -> int:
        """Delete by ticket; how many there were. Raises Unavailable."""

        async def work(connection: AsyncConnection) -> int:
            return (await connection.execute(delete(inbox).where(inbox.c.ticket.in_(tickets)))).rowcount

        return await self._database.run(work, WITHIN)

    async def _keep(self, errand: Errand, day: int) -> bool:
        """The same token twice is one question: Telegram may bring a tap again."""
        ticket = self._ticket(errand.token)
        sealed = self._keys.seal("inbox", errand.text[:LONGEST].encode(), ticket)

        async def work(connection: AsyncConnection) -> bool:
            if (await connection.scalar(select(func.count()).select_from(inbox)) or 0) >= MOST:
                return False
            statement = upsert(connection, inbox).values(ticket=ticket, day=day, sealed=sealed)
            await connection.execute(statement.on_conflict_do_nothing())
            return True

        return await self._database.run(work, WITHIN)

    def _ticket(self, token: str) -> str:
        """Without a key: "Take it back" must hold after DATA_KEY changed. The token is random; nobody guesses it."""
        return hashlib.sha256(b"faqbot ticket " + token.encode()).hexdigest()

    def _open(self, ticket: str, sealed: bytes) -> str | None:
        try:
            return self._keys.unseal("inbox", sealed, ticket).decode()
        except Sealed:
            return None

    def _may(self, who: tuple[int, int], now: float) -> bool:
        name = self._keys.hashed("inbox", "limit", *who)
        recent = tuple(at for at in self._recent.pop(name, ()) if now - at < AN_HOUR)
        allowed = len(recent) < AN_HOURS_WORTH
        self._recent[name] = (*recent, now) if allowed else recent
        while self._recent and (
            len(self._recent) > REMEMBERED or now - max(next(iter(self._recent.values())), default=0.0) >= AN_HOUR
        ):
            self._recent.popitem(last=False)
        return allowed
