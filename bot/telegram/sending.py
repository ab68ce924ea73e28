"""The one sender: retries what may pass, drops what never will, and says which of the two it was."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
import telegram
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.reply import Reply
from bot.telegram.reading import Envelope
from bot.telegram.rendering import clipped, entities, keyboard

Result = TypeVar("Result")
DEADLINE = 8.0  # seconds for one reply; Telegram waits 60 for a webhook's answer
HARMLESS = ("message is not modified", "query is too old", "query id is invalid")
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
log = structlog.get_logger()


class NotDelivered(Exception):
    """Telegram did not take the reply in time: the update must come again."""


class Sender:
    """Sends replies for one bot."""

    def __init__(self, bot: telegram.Bot, deadline: float = DEADLINE) -> None:
        self._bot = bot
        self._deadline = deadline

    async def send(self, envelope: Envelope, reply: Reply) -> None:
        """Deliver a reply. Raises NotDelivered when it may pass later; what can never pass is logged and dropped."""
        said = clipped(reply.said)
        markup = keyboard(said, self._bot.username)
        if reply.edit and envelope.tapped is not None:
            try:
                await self._attempt(
                    lambda: self._bot.edit_message_text(
                        said.text,
                        envelope.chat,
                        envelope.tapped,
                        entities=entities(said),
                        reply_markup=markup,
                        link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
                    )
                )
                return
            except BadRequest as error:
                if not _told(error, GONE):
                    raise
        quote = (
            telegram.ReplyParameters(envelope.message, allow_sending_without_reply=True)
            if reply.quote and envelope.message
            else None
        )
        await self._attempt(
            lambda: self._bot.send_message(
                envelope.chat,
                said.text,
                entities=entities(said),
                reply_markup=markup,
                reply_parameters=quote,
                message_thread_id=envelope.thread,
                link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
            )
        )

    async def acknowledge(self, query: str) -> None:
        """Stop the clock on a tapped button. Its failure is harmless: the reply itself matters."""
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            log.info("tap not acknowledged", reason=type(error).__name__)

    async def _attempt(self, call: Callable[[], Awaitable[Result]]) -> Result | None:
        """Try until the deadline: 429 waits as told, 5xx and broken connections with growing, jittered pauses."""
        ends = time.monotonic() + self._deadline
        pause = 0.2
        while True:
            try:
                return await call()
            except RetryAfter as error:
                wait = _seconds(error)
            except Forbidden as error:
                log.info("reply dropped: the person blocked the bot", reason=error.message[:60])
                return None
            except ChatMigrated:
                log.info("reply dropped: the group has become another chat")
                return None
            except InvalidToken:  # revoked while we run: the process that has the new one answers
                raise NotDelivered from None
            except BadRequest as error:
                if _told(error, GONE):
                    raise
                if not _told(error, HARMLESS):
                    log.error("reply refused by Telegram for good", reason=error.message[:80])
                return None
            except NetworkError:  # timeouts too: the send may have arrived, and twice is better than never
                wait = pause * random.uniform(0.5, 1.5)  # noqa: S311 - jitter, not a secret
                pause = min(pause * 2, 2.0)
            if time.monotonic() + wait > ends:
                raise NotDelivered
            await asyncio.sleep(wait)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, (int, float)) else wait.total_seconds()


def _told(error: TelegramError, texts: tuple[str, ...]) -> bool:
    return any(text in error.message.lower() for text in texts)
