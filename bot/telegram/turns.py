"""Each chat's updates one after another, in the order they came; chats do not wait for each other."""

import asyncio
from collections.abc import Callable
from functools import partial


class Turn:
    """A place in a chat's order. It must be ended, whatever happens."""

    def __init__(self, before: "Turn | None", left: Callable[["Turn"], None]) -> None:
        """`left` is called once this turn and all before it have ended."""
        self._before, self._left = before, left
        self._over = self._ended = False
        self._after: list[asyncio.Future[None]] = []  # who waits for this one; as a rule nobody
        self._next: Turn | None = None  # the one after it, where that was over first

    @property
    def waits(self) -> bool:
        """Whether somebody is still before it."""
        return self._before is not None and not self._before._ended

    async def come(self) -> None:
        """Wait for all who were before."""
        if self._before is not None and self.waits:
            called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._before._after.append(called)
            await called

    def end(self) -> None:
        """Let the next one go on; where somebody is still before this one, once they have ended."""
        self._over = True
        if self._before is not None and self.waits:
            self._before._next = self
            return
        turn: Turn | None = self
        while turn is not None and turn._over:
            turn._ended, turn._before = True, None
            for called in turn._after:
                if not called.done():  # else it was given up meanwhile
                    called.set_result(None)
            turn._left(turn)
            turn = turn._next


class Turns:
    """Gives out places. `idle` is told a chat in which nobody is at work or waits any more."""

    def __init__(self, idle: Callable[[int], None]) -> None:
        self._last: dict[int, Turn] = {}
        self._idle = idle

    def take(self, chat: int) -> Turn:
        """The place behind all who came before: taken at once, so that nothing can come in between."""
        turn = self._last[chat] = Turn(self._last.get(chat), partial(self._leave, chat))
        return turn

    def __len__(self) -> int:
        """Chats in which somebody is at work."""
        return len(self._last)

    def _leave(self, chat: int, turn: Turn) -> None:
        if self._last.get(chat) is turn:
            del self._last[chat]
            self._idle(chat)
