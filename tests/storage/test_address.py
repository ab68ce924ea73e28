"""DATABASE_URL in the forms in which platforms hand it out."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SettingsError, read_settings
from bot.storage.address import FILE, Address, address_of, parse

DSN = "postgresql://anna:secret@db.example.org:5432/faq"


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgres://anna:secret@db.example.org:5432/faq", DSN),
        ("postgresql://anna:secret@db.example.org:5432/faq", DSN),
        ("postgresql+asyncpg://anna:secret@db.example.org:5432/faq", DSN),
        ("postgresql+psycopg2://anna:secret@db.example.org:5432/faq", DSN),
        (f"{DSN}?sslmode=require", f"{DSN}?sslmode=require"),
        (f"{DSN}?sslmode=require&channel_binding=require&connect_timeout=15", f"{DSN}?sslmode=require"),
        ("postgres://anna:p%40ss%2Fword@db/faq", "postgresql://anna:p%40ss%2Fword@db/faq"),
        ("postgres://anna@/faq?host=/tmp/pg", "postgresql://anna@/faq?host=%2Ftmp%2Fpg"),
    ],
)
def test_postgresql_in_every_form(url: str, place: str) -> None:
    """As Heroku, Render, Neon and others write it."""
    assert Address("postgresql", place, named=True) == parse(url)
    assert parse(url).lasting


@pytest.mark.parametrize(
    ("url", "pooled"),
    [
        (DSN, False),
        (f"{DSN}?sslmode=require", False),
        (f"{DSN}?pgbouncer=true&sslmode=require", True),
        (DSN.replace(":5432", ":6543"), True),
        (DSN.replace(":5432", ":none"), False),
    ],
)
def test_a_pooler_in_transaction_mode_is_known(url: str, pooled: bool) -> None:
    """By what operators add for other software, or by the port that one platform keeps for it."""
    assert parse(url).pooled is pooled


@pytest.mark.parametrize(
    ("url", "place", "lasting"),
    [
        ("sqlite:///kept.sqlite3", "kept.sqlite3", True),
        ("sqlite:////data/kept.sqlite3", "/data/kept.sqlite3", True),
        ("sqlite+aiosqlite:////data/kept.sqlite3", "/data/kept.sqlite3", True),
        ("sqlite://", ":memory:", False),
        ("sqlite:///:memory:", ":memory:", False),
    ],
)
def test_sqlite_in_every_form(url: str, place: str, lasting: bool) -> None:
    """A file lasts, memory does not."""
    assert (place, lasting) == (parse(url).place, parse(url).lasting)


def test_without_one_a_file_in_the_cache_folder_is_used(tmp_path: Path) -> None:
    """For counters only: nobody has said that it lasts."""
    address = address_of(read_settings({}), tmp_path / "new")
    assert (str(tmp_path / "new" / FILE), False) == (address.place, address.lasting)


def test_a_cache_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    """Read-only file systems: counted in memory."""
    (tmp_path / "file").write_text("")
    assert Address("sqlite", ":memory:") == address_of(read_settings({}), tmp_path / "file" / "cache")


def test_the_password_is_not_in_the_repr() -> None:
    """Nor in any text that holds an address."""
    assert "secret" not in f"{parse(DSN)!r} {parse(DSN)}"


@pytest.mark.parametrize("url", ["mysql://a/b", "postgres:/a", "kept.sqlite3", "http://db", "postgres://"])
def test_another_kind_is_refused_and_not_repeated(url: str) -> None:
    """It may hold a password."""
    with pytest.raises(SettingsError, match=r"^DATABASE_URL: must be postgres://") as caught:
        read_settings({"DATABASE_URL": url})
    assert url not in str(caught.value).replace("postgres://user:password@host/name", "")
