"""The whole schema. What a table tells of a person, and where /privacy says so, stands in its `info`."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, MetaData, String, Table

metadata = MetaData()

# An hour is its number since 1970; nothing here is about one person.
counters = Table(
    "counters",
    metadata,
    Column("hour", Integer, primary_key=True),
    Column("outcome", String(20), primary_key=True),
    Column("entry", String(200), primary_key=True),
    Column("times", BigInteger, nullable=False),
    info={"personal": False, "told": "privacy"},
)

# `ticket` is a hash of the token in the person's own "Take it back" button. A day is its number since 1970.
inbox = Table(
    "inbox",
    metadata,
    Column("ticket", String(64), primary_key=True),
    Column("day", Integer, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    info={"personal": True, "told": "inbox.privacy"},
)

# `who` is a keyed hash of chat and person. Times are seconds since 1970.
sessions = Table(
    "sessions",
    metadata,
    Column("who", String(64), primary_key=True),
    Column("until", Float, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    info={"personal": True, "told": "privacy_shared"},
)

# Which update is being answered, and which has been. No word, chat or person.
claims = Table(
    "claims",
    metadata,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("holder", String(32), nullable=False),
    Column("done", Boolean, nullable=False),
    Column("until", Float, nullable=False, index=True),
    info={"personal": False, "told": "privacy"},
)

versions = Table(
    "schema_versions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("applied", Float, nullable=False),
    info={"personal": False, "told": None},
)
