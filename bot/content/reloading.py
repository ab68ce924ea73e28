"""What others may ask of live reload: do it now, and how often it went well."""

from typing import Literal, NamedTuple, Protocol

from bot.problems import Problem

Result = Literal["taken", "same", "refused"]


class Reloaded(NamedTuple):
    """How one reload ended: `taken` answers now, `same` was answering already, `refused` has `problems`."""

    result: Result
    content: str  # hash of what answers now; "" while nothing does
    problems: tuple[Problem, ...] = ()


class Reloads(Protocol):
    """Live reload as metrics and an admin's command see it."""

    @property
    def taken(self) -> int:
        """Reloads after which other content answered, since the start."""

    @property
    def refused(self) -> int:
        """Reloads that were refused, the last good content going on."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files right now; empty when they are what answers."""

    async def reload(self) -> Reloaded:
        """Read the files again. Never raises; one at a time."""
