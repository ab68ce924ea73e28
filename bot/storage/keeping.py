"""What outlives one message, as one thing to hand to the bot: in memory unless a database is configured."""

from dataclasses import dataclass, field

from bot.storage.claims import Claims, MemoryClaims
from bot.storage.sessions import MemorySessions, Sessions


@dataclass(frozen=True)
class Keeping:
    """Claims and sessions of one bot."""

    claims: Claims = field(default_factory=MemoryClaims)
    sessions: Sessions = field(default_factory=MemorySessions)
