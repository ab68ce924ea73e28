"""Changes of content files are seen: saved in one go or in several, replaced, moved in, deleted."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import pytest

from bot.content import watching
from bot.content.watching import changes, stamp

WITHIN = 10.0


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of a second of quiet is enough for a test."""
    monkeypatch.setattr(watching, "QUIET", 50)
    monkeypatch.setattr(watching, "LOOK_ANYWAY", 200)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A content directory."""
    entries = tmp_path / "faq" / "en" / "entries"
    entries.mkdir(parents=True)
    (entries / "one.yaml").write_text("one", encoding="utf-8")
    (tmp_path / "faq" / "clinic.yaml").write_text("clinic", encoding="utf-8")
    return tmp_path / "faq"


async def seen_after(root: Path, change: Callable[[], object]) -> bool:
    """Is a change seen?"""
    before = stamp(root)
    change()
    async with asyncio.timeout(WITHIN), aclosing(changes(root, asyncio.Event(), before)) as found:
        async for now in found:
            return now != before
    return False


async def test_a_save_is_seen(root: Path) -> None:
    """Written in place."""
    file = root / "en" / "entries" / "one.yaml"
    assert await seen_after(root, lambda: file.write_text("one and more", encoding="utf-8"))


async def test_a_file_put_in_its_place_is_seen(root: Path) -> None:
    """As most editors save."""
    other = root / "unsaved"
    other.write_text("another one", encoding="utf-8")
    assert await seen_after(root, lambda: other.replace(root / "en" / "entries" / "one.yaml"))


async def test_a_deleted_and_a_new_file_are_seen(root: Path) -> None:
    """Both change what the bot can say."""
    file = root / "en" / "entries" / "one.yaml"
    assert await seen_after(root, file.unlink)
    assert await seen_after(root, lambda: file.with_name("two.yml").write_text("two", encoding="utf-8"))


async def test_further_wordings_are_seen(root: Path) -> None:
    """Their folder, too, may be a new one."""
    folder = root / "en" / "wordings"

    def write() -> None:
        folder.mkdir()
        (folder / "one.yaml").write_text("one", encoding="utf-8")

    assert await seen_after(root, write)
    assert await seen_after(root, lambda: (folder / "one.yaml").write_text("one and more", encoding="utf-8"))


async def test_the_clinic_beside_a_languages_folder_is_seen(root: Path) -> None:
    """`--faq faq/en` reads it too."""
    assert await seen_after(root / "en", lambda: (root / "clinic.yaml").write_text("another clinic", encoding="utf-8"))


async def test_a_change_before_the_watch_began_is_seen(root: Path) -> None:
    """Nothing falls between reading and watching."""
    before = stamp(root)
    (root / "clinic.yaml").write_text("changed meanwhile", encoding="utf-8")
    async with asyncio.timeout(WITHIN), aclosing(changes(root, asyncio.Event(), before)) as found:
        assert before != await anext(found)


async def test_it_ends_when_told(root: Path) -> None:
    """At once, not at the next change."""
    stop = asyncio.Event()
    stop.set()
    async with asyncio.timeout(WITHIN):
        assert [] == [now async for now in changes(root, stop)]


def test_other_files_are_none_of_the_content(root: Path) -> None:
    """An editor's own files change nothing."""
    before = stamp(root)
    (root / "en" / "entries" / ".one.yaml.swp").write_text("x", encoding="utf-8")
    assert before == stamp(root)
