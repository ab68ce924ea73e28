"""Sessions by chat, in memory, for thirty minutes."""

from collections import OrderedDict
from collections.abc import Hashable

from bot.session import LIFETIME, Session

MOST = 50_000  # chats; beyond it the one that was quiet longest is forgotten


class Sessions:
    """The last half hour's marks of each chat."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[Hashable, Session] = OrderedDict()

    def get(self, chat: Hashable) -> Session:
        """The chat's session, a fresh one where there is none."""
        return self._sessions.get(chat, Session())

    def put(self, chat: Hashable, session: Session, now: float) -> None:
        """Keep a session, and drop all that have run out."""
        self._sessions.pop(chat, None)
        if session != Session():
            self._sessions[chat] = session
        while self._sessions:
            oldest, kept = next(iter(self._sessions.items()))
            if now - kept.touched <= LIFETIME and len(self._sessions) <= MOST:
                break
            del self._sessions[oldest]

    def __len__(self) -> int:
        return len(self._sessions)
