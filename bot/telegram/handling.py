"""The way of one update: seen once, in its chat's order, decided, sent. Everything else only carries updates here."""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Callable

import structlog
import telegram

from bot.reply import Replier, Reply
from bot.session import Session
from bot.storage.guarded import guarded
from bot.storage.keeping import Keeping
from bot.telegram.desk import Desk
from bot.telegram.limits import Limits, Verdict
from bot.telegram.reading import Envelope, Json, Unreadable, number, read
from bot.telegram.sending import NotDelivered, Sender
from bot.telegram.turns import Turns
from bot.telegram.watching import Unwatched, Watch
from bot.watch.at_work import At
from bot.watch.faults import place

QUICK = 100  # characters; longer texts are decided in a thread: they may take more than two milliseconds
LATE = 600.0  # seconds after which a reply says when its question was written
ELSEWHERE = 12.0  # seconds to wait for another process that is at the same update
URGENT_ELSEWHERE = 6.0  # for an emergency: whoever is at it that long has probably died
LOOK_AGAIN = 0.1  # seconds between two looks at it
log = structlog.get_logger()


class Handler:
    """Handles updates of one bot. `clock` gives seconds since the epoch, as replicas share them.

    `key`: for hashing who floods; made anew where none is given.
    """

    def __init__(
        self,
        replier: Replier,
        bot: telegram.Bot,
        clock: Callable[[], float] = time.time,
        keeping: Keeping | None = None,
        watch: Watch | None = None,
        key: bytes | None = None,
    ) -> None:
        self.replier = replier
        self.desk: Desk | None = None  # for admins
        self._bot = bot
        self._watch = watch or Unwatched()
        self._sender = Sender(bot, watch=self._watch)
        self._clock = clock
        self._keeping = guarded(keeping or Keeping(), lambda: self._watch.event("storage"))
        self._limits = Limits(key or secrets.token_bytes(32))
        self._turns = Turns(self._idle)
        # chat -> how often emergencies overtook what was at work in each of its sessions
        self._overtaken: dict[int, Counter[tuple[int, int]]] = {}
        self._open: dict[int, asyncio.Future[None]] = {}
        self._at_length = asyncio.Lock()  # long texts one at a time: each thread that decides delays the event loop

    @property
    def in_flight(self) -> int:
        """Updates that are being handled or wait for their chat's turn."""
        return len(self._open)

    async def handle(self, update: Json) -> None:
        """Answer an update once: a repeat waits for the first.

        Raises NotDelivered when it must come again, Unreadable when it never should.
        """
        identifier = number(update)
        first = self._open.get(identifier)
        if first is not None:
            self._watch.event("repeated")
            await asyncio.shield(first)
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._open[identifier] = done
        try:
            with At(identifier):
                await self._in_order(identifier, update)
        except BaseException as error:
            done.set_exception(error if isinstance(error, Exception) else NotDelivered())
            done.exception()  # seen, so that asyncio does not complain where nobody waits
            raise
        else:
            done.set_result(None)
        finally:
            del self._open[identifier]

    async def drain(self, seconds: float) -> None:
        """Let work in flight finish, for at most so long."""
        if self._open:
            await asyncio.wait(self._open.values(), timeout=seconds)

    async def urgent(self, update: Json) -> bool:
        """Whether these words alone are an emergency: then it overtakes what waits in its chat."""
        envelope = read(update, self._bot.username, self._bot.id)
        return envelope is not None and await self._alarming(envelope)

    async def _alarming(self, envelope: Envelope) -> bool:
        incoming = envelope.incoming
        if len(incoming.text) <= QUICK:
            return self.replier.alarming(incoming)
        return await asyncio.to_thread(self.replier.alarming, incoming)

    async def _in_order(self, identifier: int, update: Json) -> None:
        envelope = read(update, self._bot.username, self._bot.id)
        if envelope is None:
            self._watch.event("ignored")
            return
        turn = self._turns.take(envelope.chat)
        try:
            overtakes = turn.waits and await self._alarming(envelope)
            if not overtakes:
                await turn.come()
            await self._once(identifier, envelope, overtakes)
        finally:
            turn.end()

    def _idle(self, chat: int) -> None:
        """Nobody is left whom an emergency may have overtaken."""
        self._overtaken.pop(chat, None)

    def _overtakings(self, envelope: Envelope, once_more: bool) -> int:
        """How often emergencies overtook what is at work in this session, this time included."""
        if once_more:
            self._overtaken.setdefault(envelope.chat, Counter())[envelope.session] += 1
        times = self._overtaken.get(envelope.chat)
        return times[envelope.session] if times else 0

    async def _once(self, identifier: int, envelope: Envelope, overtakes: bool) -> None:
        """Answer, unless it was answered before, here or by another process."""
        claims = self._keeping.claims
        if not await self._ours(identifier, envelope):
            self._watch.event("repeated")
            return
        try:
            await self._answer(identifier, envelope, overtakes)
        except BaseException:
            await claims.release(identifier)
            raise
        await claims.done(identifier)

    async def _ours(self, identifier: int, envelope: Envelope) -> bool:
        """Whether we are to answer it. Another process that is at it is waited for; a card rather comes twice."""
        since = time.monotonic()
        while (claim := await self._keeping.claims.claim(identifier)) == "busy":
            waited = time.monotonic() - since
            if waited >= URGENT_ELSEWHERE and await self._alarming(envelope):
                return True
            if waited >= ELSEWHERE:
                raise NotDelivered
            await asyncio.sleep(LOOK_AGAIN)
        return claim == "mine"

    async def _answer(self, identifier: int, envelope: Envelope, overtakes: bool) -> None:
        started = time.perf_counter()
        now = self._clock()
        sessions = self._keeping.sessions
        overtaken = self._overtakings(envelope, overtakes)
        before = await sessions.get(envelope.session)
        acknowledged = asyncio.create_task(self._sender.acknowledge(envelope.query)) if envelope.query else None
        try:
            if acknowledged is not None:
                await asyncio.sleep(0)  # it goes first
            reply, after = await self._decide(envelope, before, now)
            tap = envelope.incoming.tap is not None
            verdict = self._limits.take(envelope.person, tap, now) if reply is not None else "silence"
            reply = await self._done(envelope, self._limited(reply, verdict))
            if reply is not None:
                try:
                    await self._deliver(envelope, self._dated(envelope, reply, now))
                except NotDelivered:  # it comes again, and is counted then
                    self._limits.give_back(envelope.person, tap, verdict, now)
                    raise
            if overtaken == self._overtakings(envelope, overtakes) or overtakes:  # else an emergency's marks must stay
                await sessions.put(envelope.session, after, now)  # only now: a repeat must find what this one found
        finally:
            if acknowledged is not None:
                await acknowledged
        if reply is not None:
            self._told(identifier, reply, time.perf_counter() - started)

    def _told(self, identifier: int, reply: Reply, seconds: float) -> None:
        decision = reply.decision
        outcome, entry = (decision.outcome, decision.entry) if decision else reply.counted or ("menu", None)
        tier = decision.verdict.tier if decision else None
        self._watch.answered(outcome, entry, tier, seconds)
        if reply.cautions:
            self._watch.event("set_aside")
        log.info("answered", update=identifier, outcome=outcome, entry=entry, tier=tier, ms=round(1000 * seconds, 1))

    async def _done(self, envelope: Envelope, reply: Reply | None) -> Reply | None:
        """The reply once its errand is done, or what it says where that could not be done."""
        if reply is None or reply.errand is None:
            return reply
        try:
            result = await self._keeping.errands.run(reply.errand, envelope.session)
        except Exception as error:
            self._watch.event("broken")
            log.error("a fault of ours while keeping a question", kind=type(error).__name__, where=place(error))
            result = "failed"
        if result == "done":
            return reply
        return reply._replace(said=reply.errand.failed if result == "failed" else reply.errand.enough, counted=None)

    def _limited(self, reply: Reply | None, verdict: Verdict) -> Reply | None:
        """The reply, a notice in its place, or nothing; an emergency is never held back."""
        if reply is None or verdict == "answer" or reply.urgent or reply.cautions:
            return reply
        self._watch.event("flooded")
        return self.replier.flooded() if verdict == "notice" else None

    def _dated(self, envelope: Envelope, reply: Reply, now: float) -> Reply:
        if envelope.written is None or now - envelope.written < LATE:
            return reply
        self._watch.event("late")
        return self.replier.late(reply, int((now - envelope.written) // 60))

    async def _deliver(self, envelope: Envelope, reply: Reply) -> None:
        """Send a reply; where a fault of ours stands in the way, the kind line."""
        try:
            await self._sender.send(envelope, reply)
        except NotDelivered:
            self._watch.event("undelivered")
            raise
        except Exception as error:
            self._watch.event("broken")
            log.error("a fault of ours while sending", kind=type(error).__name__, where=place(error))
            await self._sender.send(envelope, self.replier.failure())

    async def _decide(self, envelope: Envelope, session: Session, now: float) -> tuple[Reply | None, Session]:
        """Decide. A fault of ours ends in a kind line with the phone number, never in silence."""
        incoming = envelope.incoming
        try:
            if self.desk is not None and self.desk.wants(envelope):
                return await self.desk.reply(envelope), session
            if len(incoming.text) <= QUICK:
                if self.replier.decider.quick:
                    return self.replier.reply(incoming, session, now)
                return await asyncio.to_thread(self.replier.reply, incoming, session, now)
            async with self._at_length:
                return await asyncio.to_thread(self.replier.reply, incoming, session, now)
        except Exception as error:
            self._watch.event("broken")
            log.error("a fault of ours while answering", kind=type(error).__name__, where=place(error))
            return self.replier.failure(), session


__all__ = ["Handler", "NotDelivered", "Unreadable"]
