"""What outlives one message, as one thing to hand to the bot: in memory unless a database is configured."""

from dataclasses import dataclass, field
from typing import Protocol

from bot.errand import Errand, Result
from bot.storage.claims import Claims, MemoryClaims
from bot.storage.sessions import Key, MemorySessions, Sessions


class Errands(Protocol):
    """What a reply asks for before it is sent."""

    async def run(self, errand: Errand, who: Key) -> Result:
        """Do it for a person in a chat. Never raises."""
        ...


class NoErrands:
    """Nothing lasts here, so nothing is kept."""

    async def run(self, errand: Errand, who: Key) -> Result:
        """Not done."""
        return "failed"


@dataclass(frozen=True)
class Keeping:
    """Claims, sessions and errands of one bot."""

    claims: Claims = field(default_factory=MemoryClaims)
    sessions: Sessions = field(default_factory=MemorySessions)
    errands: Errands = field(default_factory=NoErrands)
