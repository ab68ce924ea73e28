"""Our transport alone: every update gets the same reply, nothing is matched."""

import asyncio
import os
from types import SimpleNamespace

from bot.content.loading import load
from bot.content.places import find_faq
from bot.incoming import Incoming
from bot.reply import Reply
from bot.said import Said
from bot.session import Session
from bot.settings import read_settings
from bot.telegram.serving import Service, stop_on_signals
from bot.watch.logs import set_up_logs


class Fixed:
    """In the place of the bot's mind."""

    decider = SimpleNamespace(gate=None, quick=True, matcher=SimpleNamespace(engine="-"))  # what is asked of it

    def reply(self, incoming: Incoming, session: Session, now: float) -> tuple[Reply | None, Session]:
        """Always the same."""
        return Reply(Said(incoming.text)), session


async def main() -> None:
    """Serve until told to stop."""
    settings = read_settings(os.environ)
    set_up_logs(settings)
    stop = asyncio.Event()
    stop_on_signals(stop)
    await Service(settings, load(find_faq(None)).unwrap(), Fixed(), "127.0.0.1").run(stop)  # type: ignore[arg-type]


asyncio.run(main())
