"""Each chat's updates one after another, in the order they came; chats do not wait for each other."""

import asyncio
from collections.abc import Callable


class Turn:
    """A place in a chat's order. It must be ended, whatever happens."""

    def __init__(self, before: asyncio.Future[None] | None, ended: asyncio.Future[None]) -> None:
        self._before, self._ended = before, ended

    @property
    def waits(self) -> bool:
        """Whether somebody is still before it."""
        return self._before is not None and not self._before.done()

    async def come(self) -> None:
        """Wait for all who were before."""
        if self._before is not None and self.waits:
            await asyncio.wait([self._before])

    def end(self) -> None:
        """Let the next one go on; where somebody is still before this one, once they have ended."""
        if self._before is not None and self.waits:
            self._before.add_done_callback(lambda _: self._ended.set_result(None))
        else:
            self._ended.set_result(None)


class Turns:
    """Gives out places. `idle` is told a chat in which nobody is at work or waits any more."""

    def __init__(self, idle: Callable[[int], None]) -> None:
        self._last: dict[int, asyncio.Future[None]] = {}
        self._idle = idle

    def take(self, chat: int) -> Turn:
        """The place behind all who came before: taken at once, so that nothing can come in between."""
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        turn = Turn(self._last.get(chat), ended)
        self._last[chat] = ended
        ended.add_done_callback(lambda _: self._leave(chat, ended))
        return turn

    def __len__(self) -> int:
        """Chats in which somebody is at work."""
        return len(self._last)

    def _leave(self, chat: int, ended: asyncio.Future[None]) -> None:
        if self._last.get(chat) is ended:
            del self._last[chat]
            self._idle(chat)
