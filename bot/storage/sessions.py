"""Sessions by chat and person, for thirty minutes. In memory unless replicas share them."""

from collections import OrderedDict
from typing import Protocol

from bot.session import LIFETIME, Session

MOST = 50_000  # chats; beyond it the one that was quiet longest is forgotten
Key = tuple[int, int]
"""(chat, person): in a group, people are kept apart."""


class Sessions(Protocol):
    """The last half hour's marks of each chat. A method may raise anything: then the chat starts afresh."""

    async def get(self, key: Key) -> Session:
        """The chat's session, `Session()` where there is none."""
        ...

    async def put(self, key: Key, session: Session, now: float) -> None:
        """Keep a session for half an hour from `now` (seconds since the epoch); `Session()` deletes it."""
        ...


class MemorySessions:
    """Sessions of one process."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[Key, Session] = OrderedDict()

    async def get(self, key: Key) -> Session:
        """The chat's session, a fresh one where there is none."""
        return self._sessions.get(key, Session())

    async def put(self, key: Key, session: Session, now: float) -> None:
        """Keep a session, and drop all that have run out."""
        self._sessions.pop(key, None)
        if session != Session():
            self._sessions[key] = session
        while self._sessions:
            oldest, kept = next(iter(self._sessions.items()))
            if now - kept.touched <= LIFETIME and len(self._sessions) <= MOST:
                break
            del self._sessions[oldest]

    def __len__(self) -> int:
        return len(self._sessions)
