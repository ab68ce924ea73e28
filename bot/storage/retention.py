"""What has run out is deleted."""

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inbox import DAY, DAYS
from bot.storage.tables import claims, counters, inbox, sessions

COUNTED_FOR = 400  # days: a year to compare with
EVERY = 300.0  # seconds between two sweeps


async def sweep(connection: AsyncConnection, now: float) -> None:
    """Delete what has run out `now` (seconds since 1970)."""
    today = int(now) // DAY
    await connection.execute(delete(sessions).where(sessions.c.until <= now))
    await connection.execute(delete(claims).where(claims.c.until <= now))
    await connection.execute(delete(inbox).where(inbox.c.day <= today - DAYS))
    await connection.execute(delete(counters).where(counters.c.hour < (today - COUNTED_FOR) * 24))
