"""Updates that wait for the bot: numbered, in order, kept until the bot has confirmed them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.workbench.errors import ApiError, conflict
from bot.workbench.fields import Json

FIRST_UPDATE = 500_000_001
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """The queue behind getUpdates and the webhook."""

    def __init__(self, done: Callable[[Json], None], polling: Callable[[], None]) -> None:
        self._next = FIRST_UPDATE
        self._done = done
        self._polling = polling
        self._waiter: asyncio.Future[str] | None = None
        self.waiting: dict[int, Json] = {}
        self.allowed: list[str] = []

    def add(self, kind: str, content: Json) -> Json | None:
        """Queue an update; None where the bot asked not to get this kind."""
        if (kind not in self.allowed) if self.allowed else (kind in NOT_BY_DEFAULT):
            return None
        return self.add_raw({"update_id": self._next, kind: content})

    def add_raw(self, update: Json) -> Json:
        """Queue an update as it is, whatever it holds; one without a number gets the next."""
        update = {"update_id": self._next} | update
        self._next = max(self._next, update["update_id"] + 1)
        self.waiting[update["update_id"]] = update
        self._wake("update")
        return update

    def done(self, update_id: int) -> None:
        """The bot has this one."""
        update = self.waiting.pop(update_id, None)
        if update is not None:
            self._done(update)

    def confirm(self, offset: int) -> None:
        """The bot has everything before `offset`; a negative one forgets all but that many of the newest."""
        numbers = sorted(self.waiting)
        before = numbers[:offset] if offset < 0 else [number for number in numbers if number < offset]
        for number in before:
            self.done(number)

    def drop(self) -> None:
        """Forget everything that waits."""
        for number in list(self.waiting):
            self.done(number)

    def batch(self, limit: int) -> list[Json]:
        """The oldest updates, still unconfirmed."""
        return [self.waiting[number] for number in sorted(self.waiting)[:limit]]

    def interrupt(self, why: str) -> None:
        """End a long poll that is under way: "webhook" or "closed"."""
        self._wake(why)

    @property
    def polled(self) -> bool:
        """Whether a long poll waits right now."""
        return self._waiter is not None and not self._waiter.done()

    async def poll(self, limit: int, wait: float) -> list[Json]:
        """The next updates, after at most `wait` seconds. A later poll ends this one with a 409."""
        self._wake("poll")
        if self.waiting or wait <= 0:
            return self.batch(limit)
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        self._polling()
        done, _ = await asyncio.wait({waiter}, timeout=wait)
        if not done:
            waiter.cancel()
            return []
        if waiter.result() in ENDINGS:
            raise ENDINGS[waiter.result()]()
        return self.batch(limit)

    def _wake(self, why: str) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(why)


def _by_poll() -> ApiError:
    return conflict("terminated by other getUpdates request; make sure that only one bot instance is running")


def _by_webhook() -> ApiError:
    return conflict("terminated by setWebhook request")


def _by_closing() -> ApiError:
    return ApiError(500, "Internal Server Error: restart")


ENDINGS: dict[str, Callable[[], ApiError]] = {"poll": _by_poll, "webhook": _by_webhook, "closed": _by_closing}
