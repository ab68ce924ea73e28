"""Where the database is: DATABASE_URL in the forms in which platforms hand it out, else a file in the cache folder."""

import os
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from bot.settings import Settings

FILE = "faqbot.sqlite3"
POOLERS_PORT = 6543  # of Supabase's pooler in transaction mode
NOT_FOR_ASYNCPG = ("channel_binding", "pgbouncer", "connect_timeout", "gssencmode", "sslcompression")


class Address(NamedTuple):
    """`place`: a file or ":memory:" for SQLite, a DSN that asyncpg reads for PostgreSQL. It may hold a password."""

    kind: Literal["sqlite", "postgresql"]
    place: str
    named: bool = False  # by the operator, in DATABASE_URL
    pooled: bool = False  # a pooler stands before it, each of whose transactions may reach another session

    @property
    def lasting(self) -> bool:
        """What is written there outlives the process, as far as we can know."""
        return self.named and self.place != ":memory:"

    def __repr__(self) -> str:
        return f"Address({self.kind})"


def address_of(settings: Settings, cache: Path) -> Address:
    """DATABASE_URL; without it a SQLite file in `cache`, and memory where that cannot be written."""
    if settings.database_url is not None:
        return parse(settings.database_url.get_secret_value())
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Address("sqlite", ":memory:")
    file = cache / FILE
    writable = os.access(file if file.exists() else cache, os.W_OK)
    return Address("sqlite", str(file) if writable else ":memory:")


def parse(url: str) -> Address:
    """Read a DATABASE_URL."""
    scheme, _, rest = url.partition("://")
    if scheme.lower().startswith("sqlite"):
        return Address("sqlite", rest.removeprefix("/").split("?")[0] or ":memory:", named=True)
    parts = urlsplit(f"postgresql://{rest}")
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in NOT_FOR_ASYNCPG]
    pooled = ("pgbouncer", "true") in parse_qsl(parts.query) or _port(parts) == POOLERS_PORT
    return Address("postgresql", urlunsplit(parts._replace(query=urlencode(query))), named=True, pooled=pooled)


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:  # no number: told by whoever connects
        return None
