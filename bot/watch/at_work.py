"""Which update this task is at: every line that is logged meanwhile says so."""

from contextvars import ContextVar
from typing import Any

from structlog.typing import EventDict

_update: ContextVar[int | None] = ContextVar("update", default=None)


class At:
    """While it lasts, an update is worked at."""

    def __init__(self, update: int) -> None:
        self._number = update

    def __enter__(self) -> None:
        self._token = _update.set(self._number)

    def __exit__(self, *error: object) -> None:
        _update.reset(self._token)


def with_update(logger: Any, method: str, event: EventDict) -> EventDict:
    """The line with the number of the update, where it has none."""
    number = _update.get()
    if number is not None:
        event.setdefault("update", number)
    return event
