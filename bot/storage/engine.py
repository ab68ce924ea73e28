"""The engine for an address."""

from bot.storage.address import Address
from bot.storage.connection import Engine

LASTING = "SET LOCAL synchronous_commit TO on"  # PostgreSQL: for a transaction that must not be forgotten


def build_engine(address: Address) -> Engine:
    """Nothing is opened yet. Only what is needed is loaded: memory."""
    if address.kind == "postgresql":
        from bot.storage.postgresql import postgresql

        return postgresql(address.place)
    from bot.storage.sqlite import sqlite

    return sqlite(address.place)
