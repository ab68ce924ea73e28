"""Who handles an update: one process at a time, and once it is done nobody again."""

from collections import OrderedDict
from typing import Literal, Protocol

LEASE = 15.0  # seconds; handling one update is bounded below it
REMEMBERED = 10_000  # update ids; Telegram restarts them at random after a quiet week, so a set, not a maximum

Claim = Literal["mine", "busy", "done"]
"""mine: handle it now; busy: another process is at it, ask again soon; done: it was answered."""


class Claims(Protocol):
    """Claims on updates, shared by all that serve one bot. A method may raise anything: then nobody waits for it.

    A claim is a lease: it runs out after LEASE seconds, in case whoever took it died. The same process asks at most
    once at a time for one update; its own repeats wait for the first without asking.
    """

    async def claim(self, update: int) -> Claim:
        """Take an update. Atomic: of two that ask at once, one gets "mine". A lease that ran out is taken anew."""
        ...

    async def done(self, update: int) -> None:
        """It is answered (or never will be): every later claim is told "done", for at least a day where that lasts."""
        ...

    async def release(self, update: int) -> None:
        """It could not be answered and will come again: the next claim gets it at once."""
        ...


class MemoryClaims:
    """Claims of one process: what it has answered. After a crash an answer may come twice, never not at all."""

    def __init__(self) -> None:
        self._done: OrderedDict[int, None] = OrderedDict()

    async def claim(self, update: int) -> Claim:
        """ "done" for what is remembered."""
        return "done" if update in self._done else "mine"

    async def done(self, update: int) -> None:
        """Remember it, and forget the oldest."""
        self._done[update] = None
        while len(self._done) > REMEMBERED:
            self._done.popitem(last=False)

    async def release(self, update: int) -> None:
        """Nothing is held."""

    def __len__(self) -> int:
        return len(self._done)
