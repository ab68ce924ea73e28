"""What admins may ask, each in their private chat with the bot: /stats, /reload, /why. Others see unknown commands."""

import asyncio
import time
from collections.abc import Callable, Iterable

import structlog
import telegram
from telegram.error import TelegramError

from bot.content.reloading import Reloaded, Reloads
from bot.decision import Decider
from bot.reply import Reply
from bot.said import Said
from bot.session import Session
from bot.storage.counters import Counters
from bot.telegram.reading import Envelope
from bot.watch.stats import Stats, first_hour, summary

COMMANDS = ("stats", "reload", "why")
SHOWN = 10  # problems of a refused reload
LONGEST = 3_500  # characters
COUNTED = ("admin", "")
log = structlog.get_logger()


class Desk:
    """`decider` is asked for anew each time: a reload changes it. `clock` gives seconds since 1970."""

    def __init__(
        self,
        admins: Iterable[int],
        bot: telegram.Bot,
        counters: Counters,
        decider: Callable[[], Decider],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._admins, self._bot, self._counters = frozenset(admins), bot, counters
        self._decider, self._clock = decider, clock
        self.reloads: Reloads | None = None

    def wants(self, envelope: Envelope) -> bool:
        """One of our commands, from an admin, in private."""
        incoming = envelope.incoming
        if envelope.person not in self._admins or not incoming.private or incoming.tap is not None:
            return False
        return _command(incoming.text)[0] in COMMANDS

    async def reply(self, envelope: Envelope) -> Reply | None:
        """The answer; None where it was a picture, which is sent by then."""
        name, rest = _command(envelope.incoming.text)
        if name == "stats":
            return await self._stats(envelope.chat)
        text = await self._reload() if name == "reload" else await asyncio.to_thread(self._why, rest)
        return Reply(Said(text[:LONGEST]), counted=COUNTED)

    async def _stats(self, chat: int) -> Reply | None:
        now = self._clock()
        stats = summary(await self._counters.since(first_hour(now)), now, self._decider().current)
        try:
            picture = await asyncio.to_thread(_drawn, stats)
            await self._bot.send_photo(chat, picture, caption=stats.as_text()[:1024])
            return None
        except (TelegramError, ImportError, OSError) as error:
            log.warning("the picture of /stats could not be sent, the text is", kind=type(error).__name__)
            return Reply(Said(stats.as_text()), counted=COUNTED)

    async def _reload(self) -> str:
        if self.reloads is None:
            return "This process does not reload."
        return _told(await self.reloads.reload())

    def _why(self, text: str) -> str:
        if not text:
            return "Write a message after the command: /why do i need an mri"
        decider = self._decider()
        decision, _ = decider.decide(text, Session(), 0.0)
        head = f"{decision.outcome}: {decision.entry}" if decision.entry else decision.outcome
        tier = "call_911" if decision.gate_failed else decision.verdict.tier
        lines = [f"{head} (confidence {decision.confidence:.2f})", *([f"tier: {tier}"] if tier else [])]
        if decision.outcome == "suggest":
            lines.append("did you mean: " + ", ".join(decision.suggestions))
        return "\n".join([*lines, *decider.why(decision)])


def _drawn(stats: Stats) -> bytes:
    from bot.watch.picture import draw  # loads Pillow: memory, and only for admins

    return draw(stats)


def _command(text: str) -> tuple[str, str]:
    head, _, rest = text.strip().partition(" ")
    name = head.removeprefix("/").split("@")[0].lower()
    return (name if head.startswith("/") else ""), rest.strip()


def _told(reloaded: Reloaded) -> str:
    if reloaded.result == "same":
        return f"Nothing new: {reloaded.content[:12]} is what answers."
    if reloaded.result == "taken":
        return f"Taken: {reloaded.content[:12]} answers now."
    problems = [problem.as_text() for problem in reloaded.problems[:SHOWN]]
    return "\n".join([f"Refused, the last good content goes on. Problems: {len(reloaded.problems)}", *problems])
