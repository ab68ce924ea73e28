"""Stores on real databases, and bots that keep what they are asked to."""

from __future__ import annotations

from collections.abc import Callable

from bot.content.loading import Content
from bot.decision import Decider
from bot.reply import Replier
from bot.storage.database import Database
from bot.storage.inbox import Inbox
from bot.storage.leases import Leases
from bot.storage.sealing import Keys
from bot.storage.shared import SharedSessions
from bot.storage.store import Store
from tests.support.databases import KEY

BOT = 42


def full_store(database: Database, clock: Callable[[], float]) -> Store:
    """Everything that can be kept, as with PostgreSQL and a key."""
    keys = Keys(KEY)
    return Store(
        database,
        claims=Leases(database, BOT, clock),
        sessions=SharedSessions(database, keys),
        inbox=Inbox(database, keys),
        clock=clock,
    )


def keeping_replier(content: Content, decider: Decider, store: Store) -> Replier:
    """A bot that offers what the store keeps."""
    return Replier(content, decider, kept=store.kept)
