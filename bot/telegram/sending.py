"""The one sender: retries what may pass, drops what never will, and says which of the two it was.

A send that timed out, or whose connection broke, may have arrived. It is sent again: twice is a nuisance, never is a
broken promise.
"""

import asyncio
import random
import time

import structlog
import telegram
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.reply import Reply
from bot.said import Said
from bot.telegram.calling import Api, encoded
from bot.telegram.reading import Envelope
from bot.telegram.rendering import clipped, form
from bot.telegram.request import Exchange
from bot.telegram.traffic import Traffic
from bot.telegram.watching import Unwatched, Watch

DEADLINE = 8.0  # seconds for one reply; Telegram waits 60 for a webhook's answer
CALL = 5.0  # seconds for one try
AGAIN = 2.0  # seconds after which a delivery should come again, where Telegram did not say
URGENT_AGAIN = 3.0  # the longest such pause for an emergency, whatever Telegram says
HARMLESS = ("message is not modified", "query is too old", "query id is invalid")
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
NOBODY = ("chat not found", "user is deactivated", "peer_id_invalid", "have no rights to send", "topic_closed")
log = structlog.get_logger()


class NotDelivered(Exception):
    """Telegram did not take the reply in time: the update must come again, after so many seconds."""

    def __init__(self, after: float = AGAIN) -> None:
        super().__init__()
        self.after = after


class Sender:
    """Sends replies for one bot, whose request must be an `Exchange`. `deadline`: seconds for one reply."""

    def __init__(self, bot: telegram.Bot, deadline: float = DEADLINE, watch: Watch | None = None) -> None:
        assert isinstance(bot.request, Exchange), "built with AiohttpRequest"  # noqa: S101
        self._bot = bot
        self._api = Api(bot.request, bot.base_url)
        self._deadline = deadline
        self._watch = watch or Unwatched()
        self._traffic = Traffic()

    async def send(self, envelope: Envelope, reply: Reply) -> None:
        """Deliver a reply. Raises NotDelivered when it may pass later; what can never pass is logged and dropped."""
        message = form(reply.said, self._bot.username)
        urgent, ends = reply.urgent, time.monotonic() + self._deadline
        if reply.edit and envelope.tapped is not None:
            to = f"chat_id={envelope.chat}&message_id={envelope.tapped}&"
            try:
                await self._attempt("editMessageText", envelope.chat, to + message, urgent, ends)
                return None
            except BadRequest as error:
                if not _told(error, GONE):
                    return self._rejected(error)
        to = f"chat_id={envelope.chat}&"
        if envelope.thread is not None:
            to += f"message_thread_id={envelope.thread}&"
        if reply.quote and envelope.message:
            quote = {"message_id": envelope.message, "allow_sending_without_reply": True}
            to += encoded({"reply_parameters": quote}) + "&"
        try:
            await self._attempt("sendMessage", envelope.chat, to + message, urgent, ends)
        except BadRequest as error:
            self._rejected(error)
            await self._bare(envelope.chat, reply.said, urgent, ends)
        return None

    async def acknowledge(self, query: str) -> None:
        """Stop the clock on a tapped button. Its failure is harmless: the reply itself matters."""
        try:
            await self._api.call("answerCallbackQuery", encoded({"callback_query_id": query}))
        except TelegramError as error:
            log.info("tap not acknowledged", reason=type(error).__name__)

    async def _bare(self, chat: int, said: Said, urgent: bool, ends: float) -> None:
        """The words alone, where Telegram took offence at styles, buttons or place: better than silence."""
        try:
            bare = encoded({"chat_id": chat, "text": clipped(said).text})
            await self._attempt("sendMessage", chat, bare, urgent, ends)
        except BadRequest as error:
            self._rejected(error)

    async def _attempt(self, method: str, chat: int, message: str, urgent: bool, ends: float) -> None:
        """Try until the deadline: 429 waits as told, 5xx and broken connections with growing, jittered pauses.

        Raises NotDelivered, and BadRequest where Telegram calls the message itself wrong.
        """
        place = self._traffic.place()
        pause = 0.1
        while True:
            left = max(ends - time.monotonic(), 0.05)
            try:
                if not urgent:
                    await self._traffic.turn(place, left)
                await self._api.call(method, message, min(CALL, left), at_once=urgent)
                return
            except TimeoutError:
                raise NotDelivered from None
            except RetryAfter as error:
                wait = _seconds(error)
                self._traffic.told(chat, wait)
                if not urgent:  # emergencies go first when the time is up
                    wait += random.uniform(0.05, 0.3)  # noqa: S311 - jitter, not a secret
            except Forbidden:
                self._watch.event("dropped")
                log.info("reply dropped: the person blocked the bot")
                return
            except ChatMigrated as error:
                message = message.replace(f"chat_id={chat}&", f"chat_id={error.new_chat_id}&", 1)
                wait, chat = 0.1, error.new_chat_id
            except InvalidToken:  # revoked while we run: the process that has the new one answers
                raise NotDelivered from None
            except BadRequest as error:
                if _told(error, HARMLESS):
                    return
                if _told(error, NOBODY):
                    self._watch.event("dropped")
                    log.info("reply dropped: nobody is there to read it")
                    return
                raise
            except TelegramError:  # timeouts too: the send may have arrived, and twice is better than never
                wait = pause * random.uniform(0.5, 1.5)  # noqa: S311 - jitter, not a secret
                pause = min(pause * 2, 2.0)
            if time.monotonic() + wait > ends:
                raise NotDelivered(min(wait, URGENT_AGAIN) if urgent else max(wait, AGAIN))
            self._watch.event("retried")
            await asyncio.sleep(wait)

    def _rejected(self, error: BadRequest) -> None:
        self._watch.event("rejected")
        log.error("reply refused by Telegram for good", reason=error.message[:80])


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, (int, float)) else wait.total_seconds()


def _told(error: TelegramError, texts: tuple[str, ...]) -> bool:
    return any(text in error.message.lower() for text in texts)
