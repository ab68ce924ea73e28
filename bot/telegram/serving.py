"""The life of the bot's process: start, tell Telegram about us, serve, finish what is in flight, stop."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
import telegram
from aiohttp import web
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.answers import values
from bot.content.base import fill
from bot.content.loading import Content
from bot.reply import Replier
from bot.settings import Settings
from bot.storage.keeping import Keeping
from bot.telegram.handling import Handler
from bot.telegram.polling import UPDATES, Poller
from bot.telegram.request import AiohttpRequest
from bot.telegram.watching import Watch
from bot.telegram.webhook import PATH, Webhook

Result = TypeVar("Result")
DRAIN = 8.0  # seconds for work in flight after a signal
log = structlog.get_logger()


class Service:
    """One bot on Telegram, by webhook or by long polling."""

    def __init__(
        self,
        settings: Settings,
        content: Content,
        replier: Replier,
        host: str | None = None,
        keeping: Keeping | None = None,
        watch: Watch | None = None,
    ) -> None:
        """`host`: the address to listen on; None: all of them. `keeping`: in memory where none is given."""
        self._settings, self._content, self._host = settings, content, host
        base = settings.telegram_api_url
        self.bot = telegram.Bot(
            settings.token,
            f"{base}/bot",
            f"{base}/file/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(),
        )
        self.handler = Handler(replier, self.bot, keeping=keeping, watch=watch)
        self.ready = False
        secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
        self._webhook = Webhook(self.bot, secret, self.handler.handle) if settings.webhook_url else None
        self.port = settings.port
        self._introducing: asyncio.Task[None] | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop`. Raises AnotherPoller, InvalidToken, OSError (port taken)."""
        runner = web.AppRunner(self._web(), access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, self._host, self._settings.port)
        await site.start()
        self.port = runner.addresses[0][1]
        try:
            await self._patiently(self.bot.initialize, stop)
            if not stop.is_set():
                await self._serve(stop)
        finally:
            self.ready = False
            if self._webhook is not None:
                self._webhook.closing = True
            if self._introducing is not None:
                self._introducing.cancel()
            await self.handler.drain(DRAIN)
            await runner.cleanup()
            await self.bot.shutdown()
            log.info("stopped")

    def take(self, content: Content, replier: Replier) -> None:
        """Answer from other content from now on; a message in work keeps what it began with, sessions stay."""
        before, self._content, self.handler.replier = self._content, content, replier
        if self.ready and (content.messages, content.clinic) != (before.messages, before.clinic):
            self._introducing = asyncio.create_task(self._introduce_again())

    async def _introduce_again(self) -> None:
        """Once: what Telegram does not take now is said at the next start."""
        try:
            await self._introduce()
        except TelegramError as error:
            log.warning("Telegram did not take what the bot says of itself", reason=type(error).__name__)

    async def _serve(self, stop: asyncio.Event) -> None:
        await self._patiently(self._introduce, stop)
        if self._webhook is not None:
            await self._patiently(self._set_webhook, stop)
            self.ready = True
            log.info("ready", by="webhook", port=self.port, username=self.bot.username)
            await stop.wait()
            return
        await self._patiently(
            lambda: self.bot.delete_webhook(drop_pending_updates=False), stop
        )  # else polling is refused
        self.ready = True
        log.info("ready", by="long polling", port=self.port, username=self.bot.username)
        await Poller(self.bot, self.handler.handle).run(stop)

    async def _patiently(self, call: Callable[[], Awaitable[Result]], stop: asyncio.Event) -> None:
        """Start-up survives a Telegram that is down: try again with growing pauses until it works or we are stopped."""
        pause = 0.5
        while not stop.is_set():
            try:
                await call()
                return
            except (InvalidToken, BadRequest):
                raise
            except (NetworkError, RetryAfter) as error:
                log.warning(
                    "Telegram cannot be reached yet", reason=type(error).__name__, next_try_seconds=round(pause, 1)
                )
            try:
                await asyncio.wait_for(stop.wait(), pause * random.uniform(0.7, 1.3))  # noqa: S311 - jitter, not a secret
            except TimeoutError:
                pause = min(pause * 2, 30.0)

    async def _introduce(self) -> None:
        """The commands menu and what the bot says of itself."""
        messages = self._content.messages
        if messages is None:
            return
        said = values(self._content)
        try:
            await self.bot.set_my_commands([(name, text) for name, text in messages.commands.model_dump().items()])
            await self.bot.set_my_description(fill(messages.description, said)[:512])
            await self.bot.set_my_short_description(fill(messages.short_description, said)[:120])
        except (BadRequest, RetryAfter) as error:  # patients need answers more than a description
            log.warning("Telegram did not take what the bot says of itself", reason=type(error).__name__)

    async def _set_webhook(self) -> None:
        secret = self._settings.webhook_secret
        await self.bot.set_webhook(
            f"{self._settings.webhook_url}{PATH}",
            secret_token=secret.get_secret_value() if secret else None,
            allowed_updates=UPDATES,
            drop_pending_updates=False,
        )

    def _web(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.get("/livez", self._livez), web.get("/readyz", self._readyz)])
        if self._webhook is not None:
            app.add_routes(self._webhook.routes())
        return app

    async def _livez(self, request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _readyz(self, request: web.Request) -> web.Response:
        return web.json_response(
            {"ready": self.ready, "content": self._content.hash[:12]}, status=200 if self.ready else 503
        )


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and SIGINT, once or several times, mean the same: finish and go."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
