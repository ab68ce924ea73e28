"""What has run out is deleted."""

from bot.storage.connection import Connection
from bot.storage.inbox import DAY, DAYS

COUNTED_FOR = 400  # days: a year to compare with
EVERY = 300.0  # seconds between two sweeps


async def sweep(connection: Connection, now: float) -> None:
    """Delete what has run out `now` (seconds since 1970)."""
    today = int(now) // DAY
    await connection.execute("DELETE FROM sessions WHERE until <= $1", now)
    await connection.execute("DELETE FROM claims WHERE until <= $1", now)
    await connection.execute("DELETE FROM inbox WHERE day <= $1", today - DAYS)
    await connection.execute("DELETE FROM counters WHERE hour < $1", (today - COUNTED_FOR) * 24)
