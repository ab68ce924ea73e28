"""Shared claims and sessions behind a guard: whatever a store raises, it costs no patient an answer."""

from collections.abc import Callable
from dataclasses import replace

from bot.session import Session
from bot.storage.claims import Claim, Claims, MemoryClaims
from bot.storage.keeping import Keeping
from bot.storage.sessions import Key, MemorySessions, Sessions


class GuardedClaims:
    """What this process has answered is known without asking; the rest is asked. `failed` is called each time."""

    def __init__(self, shared: Claims, failed: Callable[[], None]) -> None:
        self._shared, self._failed = shared, failed
        self._own = MemoryClaims()

    async def claim(self, update: int) -> Claim:
        """As the shared claims say; "mine" where they do not answer."""
        if await self._own.claim(update) == "done":
            return "done"
        try:
            return await self._shared.claim(update)
        except Exception:
            self._failed()
            return "mine"

    async def done(self, update: int) -> None:
        """Remember it here and there."""
        await self._own.done(update)
        try:
            await self._shared.done(update)
        except Exception:
            self._failed()

    async def release(self, update: int) -> None:
        """Let another have it."""
        try:
            await self._shared.release(update)
        except Exception:
            self._failed()


class GuardedSessions:
    """The shared sessions; this process's own where they do not answer."""

    def __init__(self, shared: Sessions, failed: Callable[[], None]) -> None:
        self._shared, self._failed = shared, failed
        self._own = MemorySessions()

    async def get(self, key: Key) -> Session:
        """The chat's session."""
        try:
            return await self._shared.get(key)
        except Exception:
            self._failed()
            return await self._own.get(key)

    async def put(self, key: Key, session: Session, now: float) -> None:
        """Keep it here and there."""
        await self._own.put(key, session, now)
        try:
            await self._shared.put(key, session, now)
        except Exception:
            self._failed()


def guarded(keeping: Keeping, failed: Callable[[], None]) -> Keeping:
    """The same, behind a guard where it is not in this process's memory anyway."""
    claims, sessions = keeping.claims, keeping.sessions
    return replace(
        keeping,
        claims=claims if isinstance(claims, MemoryClaims) else GuardedClaims(claims, failed),
        sessions=sessions if isinstance(sessions, MemorySessions) else GuardedSessions(sessions, failed),
    )
