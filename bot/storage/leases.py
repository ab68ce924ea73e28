"""Claims on updates that replicas share, and that survive a restart: one row an update, a lease until it is done."""

import secrets
from collections.abc import Callable

from bot.storage.claims import LEASE, Claim
from bot.storage.connection import Connection
from bot.storage.database import Database

REMEMBERED_FOR = 25 * 3600.0  # seconds; Telegram brings an update for a day
THIS = "bot = $1 AND update_id = $2"
TAKE = (  # $4: until when the lease holds; $5: now
    "INSERT INTO claims (bot, update_id, holder, done, until) VALUES ($1, $2, $3, FALSE, $4)"
    " ON CONFLICT (bot, update_id) DO UPDATE SET holder = excluded.holder, until = excluded.until"
    " WHERE NOT claims.done AND (claims.until <= $5 OR claims.holder = excluded.holder) RETURNING 1"
)
DONE = (
    "INSERT INTO claims (bot, update_id, holder, done, until) VALUES ($1, $2, $3, TRUE, $4)"
    " ON CONFLICT (bot, update_id) DO UPDATE SET done = TRUE, until = excluded.until"
)
RELEASE = f"DELETE FROM claims WHERE {THIS} AND holder = $3 AND NOT done"  # noqa: S608 - nothing from outside
IS_DONE = f"SELECT 1 FROM claims WHERE {THIS} AND done"  # noqa: S608
ROOM = 1 << 63  # update ids that a column holds; Telegram's are far below, and a forged one must not look like a fault


class Leases:
    """Claims of one process on the updates of one bot. Every method raises Unavailable where nobody can be asked."""

    def __init__(self, database: Database, bot: int, clock: Callable[[], float]) -> None:
        """`bot`: the number before the colon of its token. `clock`: seconds since 1970, as replicas share them."""
        self._database, self._bot, self._clock = database, bot, clock
        self._holder = secrets.token_hex(8)

    async def claim(self, update: int) -> Claim:
        """Take an update; of two that ask at once, one gets it. A lease that ran out is taken anew."""
        now = self._clock()
        if await self._found(TAKE, update, self._holder, now + LEASE, now):
            return "mine"
        return "done" if await self._found(IS_DONE, update) else "busy"

    async def done(self, update: int) -> None:
        """It is answered: remembered for 25 hours."""
        await self._do(DONE, update, self._holder, self._clock() + REMEMBERED_FOR)

    async def release(self, update: int) -> None:
        """It was not answered: whoever gets it next may have it at once."""
        await self._do(RELEASE, update, self._holder)

    async def _found(self, statement: str, update: int, *values: str | float) -> bool:
        async def work(connection: Connection) -> bool:
            return bool(await connection.value(statement, self._bot, update % ROOM, *values))

        return await self._database.single(work)

    async def _do(self, statement: str, update: int, *values: str | float) -> None:
        async def work(connection: Connection) -> int:
            return await connection.execute(statement, self._bot, update % ROOM, *values)

        await self._database.single(work)
