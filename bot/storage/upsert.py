"""INSERT ... ON CONFLICT, which both databases know under the same words."""

from typing import TYPE_CHECKING

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert


def upsert(connection: AsyncConnection, table: Table) -> "Insert":
    """An insert with `on_conflict_do_update` and `on_conflict_do_nothing`, in the connection's dialect.

    Only that dialect is loaded: memory.
    """
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert

        return insert(table)
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert

    return sqlite_insert(table)  # type: ignore[return-value] # the same methods
