"""Long polling whose offset moves only past finished updates: a crash loses nothing, Telegram brings the rest again."""

import asyncio
import contextlib
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.telegram.calling import Api, encoded
from bot.telegram.reading import UPDATES, Json, Unreadable, number
from bot.telegram.sending import AGAIN, URGENT_AGAIN, NotDelivered
from bot.telegram.watching import Unwatched, Watch
from bot.telegram.window import BATCH, Window

LONG = 25  # seconds that Telegram holds a poll open
CONFLICT_LIMIT = 60.0  # seconds of another poller before giving up
CONFLICT_OVER = 30.0  # seconds without one, and it was a deploy's overlap
CONFLICT_AGAIN = 2.0  # seconds between two polls meanwhile
LAST_CHANCE = (1.0, 5.0)  # seconds of silence before the last poll: by chance, so that of two pollers one stays
RETRY_FROM, RETRY_TO = 0.5, 30.0
FINISH = 7.0  # seconds for work in flight at the end
OUTAGE_FROM, OUTAGE_TO = 0.5, 5.0
log = structlog.get_logger()


class AnotherPoller(Exception):
    """Another process polls with the same token."""


class Poller:
    """Polls one bot and hands each update to `handle`, which raises NotDelivered when it must come again.

    Updates of one chat go one after the other, retries included; one that is `urgent` does not wait.
    """

    def __init__(
        self,
        api: Api,
        handle: Callable[[Json], Awaitable[None]],
        urgent: Callable[[Json], Awaitable[bool]] | None = None,
        watch: Watch | None = None,
        long: int = LONG,
    ) -> None:
        self._api, self._handle, self._urgent, self._long = api, handle, urgent, long
        self._watch = watch or Unwatched()
        self._window = Window()
        self._last: dict[object, asyncio.Task[None]] = {}  # by chat
        self._conflict: tuple[float, float] | None = None  # the first and the last of them
        self._last_chance = False
        self._gave_way = False  # then not even what was answered is confirmed: that poll would drive out the other
        self._pause = OUTAGE_FROM
        self.unreadable = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop`, then finish what is in flight and confirm it.

        Raises AnotherPoller after a minute of conflict, InvalidToken when the token was revoked.
        """
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

    async def _poll(self, seconds: int) -> list[Any]:
        try:
            raw = await self._raw(self._window.offset(), BATCH, seconds)
        except Conflict:
            await asyncio.sleep(self._clashed(time.monotonic()))
            return []
        except InvalidToken:
            raise
        except RetryAfter as error:
            wait = error.retry_after
            await asyncio.sleep(wait if isinstance(wait, (int, float)) else wait.total_seconds())
            return []
        except TelegramError as error:
            log.warning("Telegram cannot be reached", reason=type(error).__name__)
            await asyncio.sleep(self._pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter, not a secret
            self._pause = min(2 * self._pause, OUTAGE_TO)
            return []
        self._pause = OUTAGE_FROM
        return raw

    def _clashed(self, now: float) -> float:
        """Seconds until the next poll. Two pollers take turns, so one that went well in between proves nothing."""
        first, last = self._conflict or (now, now)
        if now - last > CONFLICT_OVER:
            first, self._last_chance = now, False
        self._conflict = first, now
        if now - first >= CONFLICT_LIMIT:
            if self._last_chance:
                self._gave_way = True
                raise AnotherPoller
            self._last_chance = True
            return random.uniform(*LAST_CHANCE)  # noqa: S311 - jitter, not a secret
        log.warning("another process polls with this token", for_seconds=round(now - first))
        return CONFLICT_AGAIN

    async def _raw(self, offset: int | None, limit: int, seconds: int) -> list[Any]:
        form = encoded({"offset": offset, "limit": limit, "timeout": seconds, "allowed_updates": UPDATES})
        raw = await self._api.call("getUpdates", form, seconds + 10)
        return raw if isinstance(raw, list) else []

    async def _take(self, updates: list[Any], stop: asyncio.Event) -> None:
        new = [update for update in updates if self._begin(update, stop)]
        unfinished = self._window.unfinished()
        if unfinished and updates and not new:  # Telegram repeats what is not confirmed: wait for news, do not spin
            await asyncio.wait(unfinished, timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
        elif unfinished:  # most replies are out by then, and the next poll confirms them
            await asyncio.wait(unfinished, timeout=0.05)
        elif updates and not new:
            await asyncio.sleep(0.5)

    def _begin(self, update: Any, stop: asyncio.Event) -> bool:
        """Start on an update; False where it is under way, or has no number to be confirmed by."""
        try:
            identifier = number(update)
        except Unreadable:
            self._skip()
            return False
        if identifier in self._window:
            return False
        chat = _chat(update)
        task = asyncio.create_task(self._in_turn(update, self._last.get(chat), stop))
        self._last[chat] = task
        self._window.begin(identifier, task)
        task.add_done_callback(lambda done: self._last.pop(chat) if self._last.get(chat) is done else None)
        return True

    async def _in_turn(self, update: Json, before: asyncio.Task[None] | None, stop: asyncio.Event) -> None:
        if before is not None and not before.done() and not await self._is_urgent(update):
            await asyncio.wait({before})
            if stop.is_set():  # perhaps that one was not answered: the order stays as it was
                raise NotDelivered
        await self._until_delivered(update, stop)

    async def _is_urgent(self, update: Json) -> bool:
        try:
            return self._urgent is not None and await self._urgent(update)
        except Unreadable:
            return False

    async def _until_delivered(self, update: Json, stop: asyncio.Event) -> None:
        pause = RETRY_FROM
        while True:
            try:
                await self._handle(update)
                return
            except NotDelivered as error:
                wait = max(pause, error.after) if error.after > AGAIN else pause  # Telegram said how long
                log.warning("reply not delivered, trying again", update=update["update_id"])
            except Unreadable:
                self._skip()
                return
            except Exception as error:  # a fault of ours must not come again and again, and hold up everybody
                self._watch.event("broken")
                log.error("a fault of ours, update given up", update=update["update_id"], kind=type(error).__name__)
                return
            if stop.is_set():
                raise NotDelivered  # not confirmed: the next process gets it
            wait = min(wait, URGENT_AGAIN) if await self._is_urgent(update) else wait
            with contextlib.suppress(TimeoutError):  # at the end, once more at once
                async with asyncio.timeout(wait):
                    await stop.wait()
            pause = min(pause * 2, RETRY_TO)

    def _skip(self) -> None:
        self.unreadable += 1
        self._watch.event("unreadable")
        log.warning("an update could not be read", so_far=self.unreadable)

    async def _finish(self) -> None:
        """Let work in flight end, then confirm it."""
        work = self._window.everything()
        if work:
            await asyncio.wait(work, timeout=FINISH)
        offset = self._window.offset(passing=False)
        if offset is not None and not self._gave_way:
            try:
                async with asyncio.timeout(1.0):
                    await self._raw(offset, 1, 0)
            except (TelegramError, TimeoutError):
                log.info("the last updates may be answered twice: Telegram could not be told")
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)


def _chat(update: Json) -> object:
    """What keeps its order: a chat's messages, a person's taps."""
    for kind in UPDATES:
        content = update.get(kind)
        if isinstance(content, dict):
            place = content.get("from" if kind == "callback_query" else "chat")
            return kind == "callback_query", str(place.get("id")) if isinstance(place, dict) else None
    return None
