"""Faults to order, so that tests can see what the bot makes of a bad day at Telegram.

api.faults.add("sendMessage", Fault.too_many(3), times=2)   # the next two sends get a 429
api.faults.add("*", Fault.slow(0.1), times=None)            # every call takes 100 ms, until `clear()`
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass

from bot.workbench.errors import ApiError, too_many


@dataclass(frozen=True)
class Fault:
    """What happens to a call instead of, or besides, its being done."""

    error: ApiError | None = None
    delay: float = 0.0
    drop: bool = False
    perform: bool = False
    page: str | None = None

    @classmethod
    def too_many(cls, retry_after: int = 1) -> Fault:
        """429 with `retry_after`."""
        return cls(too_many(retry_after))

    @classmethod
    def server_error(cls, code: int = 500, description: str = "Internal Server Error") -> Fault:
        """Telegram's own failure, said in JSON."""
        return cls(ApiError(code, description))

    @classmethod
    def bad_gateway(cls) -> Fault:
        """502 from the proxy before Telegram: HTML, not JSON."""
        return cls(ApiError(502, "Bad Gateway"), page="<html><h1>502 Bad Gateway</h1></html>")

    @classmethod
    def blocked(cls) -> Fault:
        """403: the person has blocked the bot."""
        return cls(ApiError(403, "Forbidden: bot was blocked by the user"))

    @classmethod
    def hang(cls) -> Fault:
        """No answer for an hour, or until the server closes; the call is not done."""
        return cls(delay=3600.0, drop=True)

    @classmethod
    def dropped(cls) -> Fault:
        """The connection breaks before the call is done."""
        return cls(drop=True)

    @classmethod
    def lost_answer(cls, delay: float = 0.0) -> Fault:
        """The call is done, and the connection breaks before the answer: was it sent or not?"""
        return cls(delay=delay, drop=True, perform=True)

    @classmethod
    def slow(cls, seconds: float) -> Fault:
        """The call is done, late."""
        return cls(delay=seconds, perform=True)


@dataclass
class _Order:
    method: str
    fault: Fault
    left: int | None


class Faults:
    """The orders, oldest first; "*" is every method but getUpdates."""

    def __init__(self) -> None:
        self._orders: list[_Order] = []
        self._closed = asyncio.Event()

    def add(self, method: str, fault: Fault, times: int | None = 1) -> None:
        """Let the next `times` calls of `method` (None: every call from now on) meet this fault."""
        self._orders.append(_Order(method.lower(), fault, times))

    def clear(self) -> None:
        """No more faults."""
        self._orders.clear()

    def take(self, method: str) -> Fault | None:
        """The fault for this call, used up."""
        for order in self._orders:
            if order.method == method.lower() or (order.method == "*" and method.lower() != "getupdates"):
                self._use(order)
                return order.fault
        return None

    def close(self) -> None:
        """Let every call that hangs come to its end."""
        self._closed.set()

    async def wait(self, seconds: float) -> None:
        """Take as long as the fault says, or until the server closes."""
        if seconds > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closed.wait(), seconds)

    def _use(self, order: _Order) -> None:
        if order.left is not None:
            order.left -= 1
            if order.left <= 0:
                self._orders.remove(order)
