"""Sessions that replicas share: encrypted, under a keyed hash of chat and person, for thirty minutes."""

import json
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.session import LIFETIME, Session
from bot.storage.database import Database, Unavailable
from bot.storage.sealing import Keys, Sealed
from bot.storage.sessions import MOST, Key, MemorySessions
from bot.storage.tables import sessions
from bot.storage.upsert import upsert


class SharedSessions:
    """In the database, and in memory for when it cannot be reached: nobody waits, and /forget holds in any case."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._database, self._keys = database, keys
        self._memory = MemorySessions()
        self._unwritten: set[str] = set()  # newer here than there
        self._to_delete: set[str] = set()  # asked to be forgotten while the database was away

    async def get(self, key: Key) -> Session:
        """The chat's newest session, here or there."""
        here, who = await self._memory.get(key), self._who(key)
        if who in self._to_delete:
            return here
        try:
            sealed = await self._database.single(lambda connection: _read(connection, who))
        except Unavailable:
            return here
        there = self._opened(who, sealed) if sealed else Session()
        if who in self._unwritten and here.touched > there.touched:
            return here
        self._unwritten.discard(who)
        return there  # although it may be less: another replica was told to forget

    async def put(self, key: Key, session: Session, now: float) -> None:
        """Keep it for half an hour from `now`; `Session()` deletes it, as soon as the database lets us."""
        await self._memory.put(key, session, now)
        who = self._who(key)
        if session == Session():
            self._to_delete.add(who)
            await self.settle()
            return
        sealed = self._keys.seal("sessions", json.dumps(session._asdict()).encode(), who)
        try:
            await self._database.single(lambda connection: _write(connection, who, sealed, now + LIFETIME))
            self._to_delete.discard(who)
            self._unwritten.discard(who)
        except Unavailable:
            if len(self._unwritten) < MOST:
                self._unwritten.add(who)

    async def settle(self) -> None:
        """Delete what was to be forgotten."""
        waiting = frozenset(self._to_delete)
        if not waiting:
            return
        try:
            await self._database.run(lambda connection: _delete(connection, waiting))
            self._to_delete -= waiting
        except Unavailable:
            return

    def _who(self, key: Key) -> str:
        return self._keys.hashed("sessions", *key)

    def _opened(self, who: str, sealed: bytes) -> Session:
        """A session of another version or key is a fresh one."""
        try:
            values: dict[str, Any] = json.loads(self._keys.unseal("sessions", sealed, who))
            return Session(**{name: _tuples(value) for name, value in values.items() if name in Session._fields})
        except (Sealed, ValueError, TypeError, AttributeError):
            return Session()


async def _read(connection: AsyncConnection, who: str) -> bytes | None:
    sealed: bytes | None = await connection.scalar(select(sessions.c.sealed).where(sessions.c.who == who))
    return sealed


async def _write(connection: AsyncConnection, who: str, sealed: bytes, until: float) -> None:
    values = {"sealed": sealed, "until": until}
    statement = upsert(connection, sessions).values(who=who, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=[sessions.c.who], set_=values))


async def _delete(connection: AsyncConnection, who: frozenset[str]) -> None:
    await connection.execute(delete(sessions).where(sessions.c.who.in_(who)))


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
