"""The whole schema. What a table tells of a person, and where /privacy says so, stands beside it."""

from typing import NamedTuple

from bot.storage.connection import Kind

BYTES: dict[Kind, str] = {"sqlite": "BLOB", "postgresql": "BYTEA"}


class Table(NamedTuple):
    """`columns`: as SQL, but for {bytes}. `told`: the message of messages.yaml that tells of it."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    personal: bool
    told: str | None
    indexed: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.split()[0] for column in self.columns)

    def made(self, kind: Kind) -> tuple[str, ...]:
        """The statements that make it."""
        columns = ", ".join(f"{column} NOT NULL" for column in self.columns).replace("{bytes}", BYTES[kind])
        table = f"CREATE TABLE {self.name} ({columns}, PRIMARY KEY ({', '.join(self.key)}))"
        return (table, *(f"CREATE INDEX ix_{self.name}_{name} ON {self.name} ({name})" for name in self.indexed))


# An hour is its number since 1970; nothing here is about one person.
COUNTERS = Table(
    "counters",
    ("hour INTEGER", "outcome VARCHAR(20)", "entry VARCHAR(200)", "times BIGINT"),
    ("hour", "outcome", "entry"),
    personal=False,
    told="privacy",
)

# `ticket` is a hash of the token in the person's own "Take it back" button. A day is its number since 1970.
INBOX = Table(
    "inbox",
    ("ticket VARCHAR(64)", "day INTEGER", "sealed {bytes}"),
    ("ticket",),
    personal=True,
    told="inbox.privacy",
    indexed=("day",),
)

# `who` is a keyed hash of chat and person. Times are seconds since 1970.
SESSIONS = Table(
    "sessions",
    ("who VARCHAR(64)", "until FLOAT", "sealed {bytes}"),
    ("who",),
    personal=True,
    told="privacy_shared",
    indexed=("until",),
)

# Which update is being answered, and which has been. No word, chat or person.
CLAIMS = Table(
    "claims",
    ("bot BIGINT", "update_id BIGINT", "holder VARCHAR(32)", "done BOOLEAN", "until FLOAT"),
    ("bot", "update_id"),
    personal=False,
    told="privacy",
    indexed=("until",),
)

VERSIONS = Table("schema_versions", ("version INTEGER", "applied FLOAT"), ("version",), personal=False, told=None)

TABLES = (COUNTERS, INBOX, SESSIONS, CLAIMS, VERSIONS)
