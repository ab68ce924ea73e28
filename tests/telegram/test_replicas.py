"""Two replicas on one database: one reply to an update, one conversation, whichever of them is asked."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.loading import Content
from bot.reply import Replier
from bot.storage.address import parse
from bot.storage.claims import LEASE
from bot.storage.engine import build_engine
from bot.telegram import handling
from bot.telegram.sending import NotDelivered
from tests.support.chat import Chat, Clock
from tests.support.databases import Postgres, opened
from tests.support.stores import full_store, keeping_replier

Json = dict[str, Any]


class Pair:
    """Two bots that share a clock and a database, and nothing else."""

    def __init__(self, one: Chat, two: Chat, clock: Clock) -> None:
        self.one, self.two, self.clock = one, two, clock

    @property
    def sent(self) -> int:
        """How many messages patients got of both."""
        return sum(len(chat.line.request.of("sendMessage")) for chat in (self.one, self.two))


@pytest.fixture
async def pair(postgres: Postgres, tiny_content: Content, tiny_replier: Replier) -> AsyncIterator[Pair]:
    """Both are up."""
    url, clock = postgres.url(), Clock()
    async with opened(url) as first, opened(url) as second:
        chats = []
        for database in (first, second):
            await database.prepare(0.0)
            store = full_store(database, clock)
            chat = Chat(keeping_replier(tiny_content, tiny_replier.decider, store), clock, store)
            await chat.line.bot.initialize()
            chats.append(chat)
        yield Pair(*chats, clock)


def said(chat: Chat, words: str, number: int) -> Json:
    """An update that both will be given."""
    chat._person.say(words)
    update = list(chat.line.board.updates.waiting.values())[-1]
    chat.line.board.updates.done(update["update_id"])
    return dict(update) | {"update_id": number}


async def test_an_update_that_both_get_at_once_is_answered_once(pair: Pair) -> None:
    """Thirty of them, racing."""
    for number in range(30):
        update = said(pair.one, "do i need an mri", number)
        await asyncio.gather(pair.one.line.handler.handle(update), pair.two.line.handler.handle(update))
        pair.clock.turn(minutes=2)
    assert 30 == pair.sent


async def test_an_update_that_comes_again_to_the_other_is_not_answered_again(pair: Pair) -> None:
    """Its word was lost on the way to Telegram."""
    update = said(pair.one, "do i need an mri", 1)
    await pair.one.line.handler.handle(update)
    await pair.two.line.handler.handle(update)
    assert 1 == pair.sent


async def test_a_conversation_goes_on_at_the_other(pair: Pair) -> None:
    """Two messages make one emergency; after the card the reminder stands over the answer."""
    await pair.one.line.handler.handle(said(pair.one, "crushing chest pain", 1))
    await pair.two.line.handler.handle(said(pair.two, "do i need an mri", 2))
    (card,), (answer,) = (chat.line.request.of("sendMessage") for chat in (pair.one, pair.two))
    assert card.params["text"].startswith("🚨 Call 911 now.")
    assert "911" in answer.params["text"].split("\n\n")[0]


async def test_what_one_forgot_the_other_does_not_know(pair: Pair) -> None:
    """/forget holds everywhere."""
    await pair.one.line.handler.handle(said(pair.one, "crushing chest pain", 1))
    await pair.two.line.handler.handle(said(pair.two, "/forget", 2))
    await pair.one.line.handler.handle(said(pair.one, "do i need an mri", 3))
    assert pair.one.line.request.of("sendMessage")[-1].params["text"].startswith("Do I need an MRI?")


async def test_whoever_died_at_work_is_replaced_after_the_lease(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until then Telegram is asked to come again; the patient is answered by the other."""
    monkeypatch.setattr(handling, "ELSEWHERE", 0.0)
    update = said(pair.one, "do i need an mri", 1)
    await pair.one.line.store.keeping.claims.claim(1)  # and never a word again
    with pytest.raises(NotDelivered):
        await pair.two.line.handler.handle(update)
    pair.clock.turn(seconds=LEASE)
    await pair.two.line.handler.handle(update)
    assert 1 == len(pair.two.line.request.of("sendMessage"))


async def test_a_database_that_dies_costs_nobody_an_answer(pair: Pair, unused_tcp_port: int) -> None:
    """Both go on by themselves, and it is told."""
    nobody = build_engine(parse(f"postgres://bot@127.0.0.1:{unused_tcp_port}/faq"))
    for chat in (pair.one, pair.two):
        database = chat.line.store.database
        assert database is not None
        await database.engine.dispose()
        database.engine, database._autocommit = nobody, nobody.execution_options(isolation_level="AUTOCOMMIT")
    for number, chat in enumerate((pair.one, pair.two)):
        await chat.line.handler.handle(said(chat, "do i need an mri", number))
        assert "degraded" == chat.line.store.health
    assert 2 == pair.sent


async def test_a_database_that_became_read_only_costs_nobody_an_answer(pair: Pair) -> None:
    """A failover that went wrong: it can be read, and nothing can be written."""
    database = pair.one.line.store.database
    assert database is not None
    await database.run(_read_only)
    await database.engine.dispose()
    for number in range(4):
        await pair.one.line.handler.handle(said(pair.one, "do i need an mri", number))
    assert (4, "degraded") == (pair.sent, pair.one.line.store.health)


async def test_a_database_whose_tables_are_locked_costs_nobody_an_answer(pair: Pair) -> None:
    """A backup or a migration that hangs: each question to it ends by itself, and soon none is asked."""
    database, other = pair.one.line.store.database, pair.two.line.store.database
    assert database is not None
    assert other is not None
    database._within = 0.05
    async with other.engine.begin() as locking:
        await locking.execute(text("LOCK TABLE claims, sessions IN ACCESS EXCLUSIVE MODE"))
        for number in range(20):
            await asyncio.wait_for(pair.one.line.handler.handle(said(pair.one, "do i need an mri", number)), 5)
        assert (20, "degraded") == (pair.sent, pair.one.line.store.health)
        assert database.errors < 10


async def _read_only(connection: AsyncConnection) -> None:
    name = await connection.scalar(text("SELECT current_database()"))
    await connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
