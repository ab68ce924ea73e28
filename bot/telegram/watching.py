"""What the wire tells whoever watches it: numbers and names from fixed lists, never a word, an id or a token."""

from typing import Literal, Protocol

Event = Literal[
    "unreadable",  # an update or body that cannot be read: counted, acknowledged, dropped
    "ignored",  # an update that is not for us: a channel post, another bot, somebody joined
    "refused",  # a post without the right secret
    "repeated",  # an update that came again and was answered already
    "retried",  # a call to Telegram that is tried again
    "dropped",  # a reply that Telegram will never take (blocked, chat not found)
    "rejected",  # a reply that Telegram calls wrong: a fault of ours
    "undelivered",  # given up for now: the update comes again
    "broken",  # a fault of ours while answering or sending
    "set_aside",  # a rule of the gate fired, but the message as a whole sounded harmless
    "flooded",  # one person's message that was passed over
    "late",  # answered more than ten minutes after it was written
    "storage",  # claims or sessions could not be reached: answered all the same
]


class Watch(Protocol):
    """Counts. Called from the event loop, so it must not wait."""

    def event(self, name: Event) -> None:
        """Something happened."""
        ...

    def answered(self, outcome: str, entry: str | None, tier: str | None, seconds: float) -> None:
        """Telegram accepted a reply so many seconds after its update came in. Outcome: a decision's, or "menu"."""
        ...


class Unwatched:
    """Nobody counts."""

    def event(self, name: Event) -> None:
        """Nothing."""

    def answered(self, outcome: str, entry: str | None, tier: str | None, seconds: float) -> None:
        """Nothing."""
