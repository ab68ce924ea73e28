"""INSERT ... ON CONFLICT, which both databases know under the same words."""

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection


def upsert(connection: AsyncConnection, table: Table) -> PostgresInsert:
    """An insert with `on_conflict_do_update` and `on_conflict_do_nothing`, in the connection's dialect."""
    if connection.dialect.name == "postgresql":
        return postgres_insert(table)
    return sqlite_insert(table)  # type: ignore[return-value] # the same methods
