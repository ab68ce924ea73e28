"""Claims on updates that replicas share, and that survive a restart: one row an update, a lease until it is done."""

import secrets
from collections.abc import Callable

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.claims import LEASE, Claim
from bot.storage.database import Database
from bot.storage.tables import claims
from bot.storage.upsert import upsert

REMEMBERED_FOR = 25 * 3600.0  # seconds; Telegram brings an update for a day
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
        if await self._database.single(lambda connection: self._take(connection, update, now)):
            return "mine"
        done = await self._database.single(lambda connection: self._is_done(connection, update))
        return "done" if done else "busy"

    async def done(self, update: int) -> None:
        """It is answered: remembered for 25 hours."""
        until = self._clock() + REMEMBERED_FOR

        async def work(connection: AsyncConnection) -> None:
            values = {"done": True, "until": until}
            statement = upsert(connection, claims).values(
                bot=self._bot, update_id=update % ROOM, holder=self._holder, **values
            )
            await connection.execute(
                statement.on_conflict_do_update(index_elements=[claims.c.bot, claims.c.update_id], set_=values)
            )

        await self._database.single(work)

    async def release(self, update: int) -> None:
        """It was not answered: whoever gets it next may have it at once."""

        async def work(connection: AsyncConnection) -> None:
            mine = self._is(update) & (claims.c.holder == self._holder) & claims.c.done.is_(False)
            await connection.execute(delete(claims).where(mine))

        await self._database.single(work)

    def _is(self, update: int):  # type: ignore[no-untyped-def] # SQLAlchemy's own expression
        return (claims.c.bot == self._bot) & (claims.c.update_id == update % ROOM)

    async def _take(self, connection: AsyncConnection, update: int, now: float) -> bool:
        values = {"holder": self._holder, "until": now + LEASE}
        statement = upsert(connection, claims).values(bot=self._bot, update_id=update % ROOM, done=False, **values)
        free = claims.c.done.is_(False) & or_(claims.c.until <= now, claims.c.holder == self._holder)
        taken = statement.on_conflict_do_update(
            index_elements=[claims.c.bot, claims.c.update_id], set_=values, where=free
        ).returning(claims.c.update_id)
        return (await connection.execute(taken)).first() is not None

    async def _is_done(self, connection: AsyncConnection, update: int) -> bool:
        return bool(await connection.scalar(select(claims.c.done).where(self._is(update))))
