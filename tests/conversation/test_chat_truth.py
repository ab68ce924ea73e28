"""/privacy and /forget tell the truth: their text is compared with the schema of the database."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.loading import Content
from bot.kept import Kept
from bot.reply import Replier
from bot.session import LIFETIME
from bot.storage.database import Database
from bot.storage.inbox import DAYS
from bot.storage.leases import REMEMBERED_FOR
from bot.storage.tables import metadata
from tests.support.chat import Chat, Clock
from tests.support.stores import full_store, keeping_replier

OF_NOBODY = {"hour", "outcome", "entry", "times", "bot", "update_id", "holder", "done", "until", "version", "applied"}


def text_of(content: Content, path: str) -> str:
    """A text of messages.yaml by its path."""
    found: Any = content.messages
    for name in path.split("."):
        found = getattr(found, name)
    return str(found)


async def shown(content: Content, replier: Replier, kept: Kept, command: str) -> str:
    """What a person reads."""
    chat = Chat(Replier(content, replier.decider, kept=kept))
    await chat.say(command)
    return chat.last.text


def test_every_table_says_whether_it_is_about_a_person_and_where_that_is_told() -> None:
    """And one that is not has no column that could be."""
    for table in metadata.sorted_tables:
        assert {"personal", "told"} == set(table.info), table.name
        if not table.info["personal"]:
            assert set() == set(table.columns.keys()) - OF_NOBODY, table.name
        else:
            assert table.info["told"], table.name
            assert "sealed" in table.columns, table.name


@pytest.mark.parametrize("kept", [Kept(), Kept(inbox=True), Kept(shared_sessions=True), Kept(True, True)])
async def test_privacy_tells_of_every_table_in_use_and_of_no_other(
    tiny_content: Content, tiny_replier: Replier, kept: Kept
) -> None:
    """Sessions, inbox: each line stands there if, and only if, that is kept."""
    privacy = await shown(tiny_content, tiny_replier, kept, "/privacy")
    in_use = {"inbox": kept.inbox, "sessions": kept.shared_sessions}
    for table in metadata.sorted_tables:
        if table.info["told"] and table.info["personal"]:
            assert in_use[table.name] == (text_of(tiny_content, table.info["told"]) in privacy), table.name
        elif table.info["told"]:
            assert text_of(tiny_content, table.info["told"]) in privacy
    assert ("nothing about you is on disk" in privacy) == (not kept.shared_sessions)


async def test_how_long_is_told_as_it_is(tiny_content: Content, tiny_replier: Replier) -> None:
    """30 minutes, 30 days, about a day."""
    privacy = await shown(tiny_content, tiny_replier, Kept(True, True), "/privacy")
    assert {f"{LIFETIME / 60:.0f} minutes", f"{DAYS} days"} == set(re.findall(r"\d+ \w+", privacy))
    assert (True, 1) == ("For a day I keep the numbers" in privacy, round(REMEMBERED_FOR / 86_400))
    assert tiny_content.messages is not None
    for text in (tiny_content.messages.inbox.ask, tiny_content.messages.inbox.kept):
        assert [f"{DAYS} days"] == re.findall(r"\d+ days", text)


async def test_nothing_on_disk_is_said_where_nothing_is(tiny_content: Content, tiny_replier: Replier) -> None:
    """As the bot comes."""
    assert "Your words were never kept." in await shown(tiny_content, tiny_replier, Kept(), "/forget")
    forgotten = await shown(tiny_content, tiny_replier, Kept(inbox=True), "/forget")
    assert ("were never kept" in forgotten, "Take it back" in forgotten) == (False, True)


async def test_forget_does_what_it_says(database: Database, tiny_content: Content, tiny_replier: Replier) -> None:
    """No session of that person is left in the database."""
    clock = Clock()
    store = full_store(database, clock)
    chat = Chat(keeping_replier(tiny_content, tiny_replier.decider, store), clock, store)

    async def sessions(connection: AsyncConnection) -> int:
        return len((await connection.execute(select(metadata.tables["sessions"]))).all())

    await chat.say("crushing chest pain")
    await chat.other().say("crushing chest pain")
    assert 2 == await database.run(sessions)
    await chat.say("/forget")
    assert 1 == await database.run(sessions)
