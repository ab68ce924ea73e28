"""The way of one update: seen once, in its chat's order, decided, sent. Everything else only carries updates here."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable

import structlog
import telegram

from bot.reply import Replier, Reply
from bot.session import Session
from bot.storage.keeping import Keeping
from bot.telegram.reading import Envelope, read
from bot.telegram.sending import NotDelivered, Sender
from bot.telegram.watching import Unwatched, Watch

REMEMBERED = 10_000  # update ids; Telegram restarts them at random after a quiet week, so a set, not a maximum
log = structlog.get_logger()


class Handler:
    """Handles updates of one bot. `clock` gives seconds since the epoch, as replicas share them."""

    def __init__(
        self,
        replier: Replier,
        bot: telegram.Bot,
        clock: Callable[[], float] = time.time,
        keeping: Keeping | None = None,
        watch: Watch | None = None,
    ) -> None:
        self.replier = replier
        self._bot = bot
        self._sender = Sender(bot)
        self._clock = clock
        keeping = keeping or Keeping()
        self._claims, self._sessions = keeping.claims, keeping.sessions
        self._watch = watch or Unwatched()
        self._locks: dict[int, asyncio.Lock] = {}
        self._waiting: dict[int, int] = {}
        self._tasks: OrderedDict[int, asyncio.Task[None]] = OrderedDict()

    async def handle(self, update: telegram.Update) -> None:
        """Answer an update once: a repeat waits for the first. Raises NotDelivered when it must come again."""
        task = self._tasks.get(update.update_id)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = asyncio.create_task(self._in_order(update))
            self._tasks[update.update_id] = task
            self._forget_old()
        await asyncio.shield(task)

    async def drain(self, seconds: float) -> None:
        """Let work in flight finish, for at most so long."""
        pending = [task for task in self._tasks.values() if not task.done()]
        if pending:
            await asyncio.wait(pending, timeout=seconds)

    def _forget_old(self) -> None:
        while len(self._tasks) > REMEMBERED and next(iter(self._tasks.values())).done():
            _, task = self._tasks.popitem(last=False)
            if not task.cancelled():
                task.exception()  # seen, so that asyncio does not complain about it

    async def _in_order(self, update: telegram.Update) -> None:
        envelope = read(update, self._bot.username, self._bot.id)
        if envelope is None:
            return
        lock = self._locks.setdefault(envelope.chat, asyncio.Lock())
        self._waiting[envelope.chat] = self._waiting.get(envelope.chat, 0) + 1
        try:
            async with lock:
                await self._answer(update.update_id, envelope)
        finally:
            self._waiting[envelope.chat] -= 1
            if not self._waiting[envelope.chat]:
                del self._waiting[envelope.chat], self._locks[envelope.chat]

    async def _answer(self, update_id: int, envelope: Envelope) -> None:
        started = time.perf_counter()
        now = self._clock()
        session = await self._sessions.get(envelope.session)
        acknowledged = asyncio.create_task(self._sender.acknowledge(envelope.query)) if envelope.query else None
        try:
            reply, session = await self._decide(envelope, session, now)
            if reply is not None:
                await self._deliver(envelope, reply)
            await self._sessions.put(envelope.session, session, now)  # only now: a repeat must find what this one found
        finally:
            if acknowledged is not None:
                await acknowledged
        decision = reply.decision if reply else None
        log.info(
            "answered",
            update=update_id,
            outcome=decision.outcome if decision else "menu",
            entry=decision.entry if decision else None,
            tier=decision.verdict.tier if decision else None,
            ms=round(1000 * (time.perf_counter() - started), 1),
        )

    async def _deliver(self, envelope: Envelope, reply: Reply) -> None:
        """Send a reply; where a fault of ours stands in the way, the kind line."""
        try:
            await self._sender.send(envelope, reply)
        except NotDelivered:
            raise
        except Exception as error:
            log.error("a fault of ours while sending", kind=type(error).__name__)
            await self._sender.send(envelope, self.replier.failure())

    async def _decide(self, envelope: Envelope, session: Session, now: float) -> tuple[Reply | None, Session]:
        """Decide off the event loop. A fault of ours ends in a kind line with the phone number, never in silence."""
        try:
            return await asyncio.to_thread(self.replier.reply, envelope.incoming, session, now)
        except Exception as error:
            log.error("a fault of ours while answering", kind=type(error).__name__)
            return self.replier.failure(), session


__all__ = ["Handler", "NotDelivered"]
