"""Long polling whose offset moves only past finished updates: a crash loses nothing, Telegram brings the rest again."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

import structlog
import telegram
from telegram.error import Conflict, NetworkError, RetryAfter

from bot.telegram.sending import NotDelivered

UPDATES = ["message", "edited_message", "callback_query"]
LONG = 25  # seconds that Telegram holds a poll open
CONFLICT_LIMIT = 60.0  # seconds of another poller before giving up
RETRY_FROM, RETRY_TO = 0.5, 30.0
log = structlog.get_logger()


class AnotherPoller(Exception):
    """Another process polls with the same token."""


class Poller:
    """Polls one bot and hands each update to `handle`, which raises NotDelivered when it must come again."""

    def __init__(
        self, bot: telegram.Bot, handle: Callable[[telegram.Update], Awaitable[None]], long: int = LONG
    ) -> None:
        self._bot, self._handle, self._long = bot, handle, long
        self._open: dict[int, asyncio.Task[None]] = {}
        self._next = 0  # the update after the last one that was seen
        self._conflict = 0.0
        self.unreadable = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop`, then finish what is in flight and confirm it. AnotherPoller: a minute of conflict."""
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                polling = asyncio.create_task(self._poll(self._long))
                await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not polling.done():
                    polling.cancel()
                    await asyncio.gather(polling, return_exceptions=True)
                    break
                await self._take(polling.result(), stop)
        finally:
            stopping.cancel()
            await self._finish()

    async def _poll(self, seconds: int) -> tuple[telegram.Update, ...]:
        try:
            raw = await self._raw(self._offset(), 100, seconds)
        except Conflict:
            self._conflict += 2.0
            if self._conflict > CONFLICT_LIMIT:
                raise AnotherPoller from None
            log.warning("another process polls with this token", waited_seconds=round(self._conflict))
            await asyncio.sleep(2.0)
            return ()
        except RetryAfter as error:
            wait = error.retry_after
            await asyncio.sleep(wait if isinstance(wait, (int, float)) else wait.total_seconds())
            return ()
        except NetworkError as error:
            log.warning("Telegram cannot be reached", reason=type(error).__name__)
            await asyncio.sleep(1.0)
            return ()
        self._conflict = 0.0
        return tuple(self._readable(raw))

    async def _raw(self, offset: int | None, limit: int, seconds: int) -> list[dict[str, Any]]:
        """What `Bot.get_updates` gets; that one logs all words, and gives up all updates, where one is unreadable."""
        data = {"offset": offset, "limit": limit, "timeout": seconds, "allowed_updates": UPDATES}
        raw: list[dict[str, Any]] = await self._bot._post("getUpdates", data, read_timeout=seconds + 10)
        return raw

    def _readable(self, raw: Iterable[dict[str, Any]]) -> Iterator[telegram.Update]:
        """The updates that can be read; the others are counted and passed over, or nobody would be answered again."""
        for data in raw:
            try:
                yield telegram.Update.de_json(data, self._bot)
            except Exception:  # whatever the parser stumbles over; the update is never logged
                self._next = max(self._next, data["update_id"] + 1)
                self.unreadable += 1
                log.warning("an update could not be read", so_far=self.unreadable)

    async def _take(self, updates: tuple[telegram.Update, ...], stop: asyncio.Event) -> None:
        new = [update for update in updates if update.update_id not in self._open]
        for update in new:
            self._next = max(self._next, update.update_id + 1)
            self._open[update.update_id] = asyncio.create_task(self._until_delivered(update, stop))
        unfinished = [task for task in self._open.values() if not task.done()]
        if unfinished and updates and not new:  # Telegram repeats what is not confirmed: wait for news, do not spin
            await asyncio.wait(unfinished, timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
        elif unfinished:
            await asyncio.wait(
                unfinished, timeout=0.05
            )  # most replies are out by then, and the next poll confirms them

    async def _until_delivered(self, update: telegram.Update, stop: asyncio.Event) -> None:
        pause = RETRY_FROM
        while True:
            try:
                await self._handle(update)
                return
            except NotDelivered:
                log.warning("reply not delivered, trying again", update=update.update_id)
            except Exception as error:  # a fault of ours must not come again and again, and hold up everybody
                log.error("a fault of ours, update given up", update=update.update_id, kind=type(error).__name__)
                return
            if stop.is_set():
                raise NotDelivered  # not confirmed: the next process gets it
            await asyncio.sleep(pause)
            pause = min(pause * 2, RETRY_TO)

    def _offset(self) -> int | None:
        """The first update that is not finished; everything below it is confirmed by asking for it."""
        for number in sorted(self._open):
            task = self._open[number]
            if not task.done() or task.exception() is not None:
                return number
            del self._open[number]
        return self._next or None

    async def _finish(self) -> None:
        """Let work in flight end, then confirm it."""
        unfinished = [task for task in self._open.values() if not task.done()]
        if unfinished:
            await asyncio.wait(unfinished, timeout=8.0)
        offset = self._offset()
        if offset is not None:
            try:
                await self._raw(offset, 1, 0)
            except (NetworkError, RetryAfter, Conflict):
                log.info("the last updates may be answered twice: Telegram could not be told")
        for task in self._open.values():
            task.cancel()
