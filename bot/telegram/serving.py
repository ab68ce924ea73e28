"""The life of the bot's process: start, tell Telegram about us, serve, finish what is in flight, stop."""

import asyncio
import hashlib
import random
import signal
import time
from collections.abc import Awaitable, Callable

import structlog
import telegram
from aiohttp import web
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.answers import values
from bot.content.base import fill
from bot.content.loading import Content
from bot.reply import Replier
from bot.settings import Settings
from bot.storage.store import Store
from bot.telegram.calling import Api
from bot.telegram.desk import Desk
from bot.telegram.handling import Handler
from bot.telegram.listening import Door
from bot.telegram.polling import Poller
from bot.telegram.reading import UPDATES
from bot.telegram.request import AiohttpRequest
from bot.telegram.webhook import PATH, Webhook
from bot.urgent import self_check
from bot.watch.health import Health, State
from bot.watch.meter import Meter

DRAIN = 7.5  # seconds for work in flight after a signal; platforms kill after ten
CONNECTIONS = 100  # the most that Telegram opens: each holds one update until it is answered
log = structlog.get_logger()
UNRESOLVED = "Telegram cannot find the host of WEBHOOK_URL yet: a new name takes minutes; else look how it is spelt"


class Service:
    """One bot on Telegram, by webhook or by long polling."""

    def __init__(
        self,
        settings: Settings,
        content: Content,
        replier: Replier,
        host: str | None = None,
        store: Store | None = None,
    ) -> None:
        """`host`: the address to listen on; None: all of them. `store`: in memory where none is given."""
        self._settings, self._content, self._host = settings, content, host
        self._store = store or Store()
        self.meter = Meter(self._store)
        base, self._request = settings.telegram_api_url, AiohttpRequest()
        self.bot = telegram.Bot(
            settings.token,
            f"{base}/bot",
            f"{base}/file/bot",
            request=self._request,
            get_updates_request=AiohttpRequest(),
        )
        self.handler = Handler(
            replier, self.bot, keeping=self._store.keeping, watch=self.meter, key=_limits_key(settings)
        )
        self.desk = Desk(settings.admin_ids, self.bot, self._store.counters, lambda: self.handler.replier.decider)
        self.handler.desk = self.desk
        self.ready = False
        secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
        self._webhook = Webhook(secret, self.handler.handle, self.meter) if settings.webhook_url else None
        self.port = settings.port
        self._introducing: asyncio.Task[None] | None = None
        self._examining: asyncio.Task[None] | None = None
        self.meter.watch(lambda: self.handler.in_flight, lambda: self.ready, lambda: self._engine)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop`. Raises AnotherPoller, InvalidToken, OSError (port taken)."""
        door = Door(self._web(), self._webhook)
        await self._store.start()
        self._examining = asyncio.create_task(self._examine())
        try:
            self.port = await door.open(self._host, self._settings.port)
            await self._patiently(self.bot.initialize, stop)
            await self._store.attempted()
            if not stop.is_set():
                await self._serve(stop)
        finally:
            ends = time.monotonic() + DRAIN
            self._shut()
            await self.handler.drain(ends - time.monotonic())
            await door.close()
            await self.bot.shutdown()
            await self._store.stop()
            log.info("stopped")

    def take(self, content: Content, replier: Replier) -> None:
        """Answer from other content from now on; a message in work keeps what it began with, sessions stay."""
        before, self._content, self.handler.replier = self._content, content, replier
        self._examining = asyncio.create_task(self._examine())
        if self.ready and (content.messages, content.clinic) != (before.messages, before.clinic):
            self._introducing = asyncio.create_task(self._introduce_again())

    async def _introduce_again(self) -> None:
        """Once: what Telegram does not take now is said at the next start."""
        try:
            await self._introduce()
        except TelegramError as error:
            log.warning("Telegram did not take what the bot says of itself", reason=type(error).__name__)

    def _shut(self) -> None:
        """No longer ready, and new deliveries are asked to come again: the next process may be up already."""
        self.ready = False
        if self._introducing is not None:
            self._introducing.cancel()
        if self._webhook is not None:
            self._webhook.open = False

    async def _serve(self, stop: asyncio.Event) -> None:
        by = "long polling" if self._webhook is None else "webhook"
        if self._webhook is not None:
            self._webhook.open = True
            await self._patiently(self._set_webhook, stop)
        else:
            await self._patiently(self._take_webhook_away, stop)
        if stop.is_set():
            return
        self.ready = True
        log.info("ready", by=by, port=self.port, username=self.bot.username)
        self._introducing = asyncio.create_task(self._patiently(self._introduce, stop))
        await (stop.wait() if self._webhook is not None else self._poll(stop))

    async def _poll(self, stop: asyncio.Event) -> None:
        api = Api(self._request, self.bot.base_url)
        await Poller(api, self.handler.handle, self.handler.urgent, self.meter).run(stop)

    async def _patiently(self, call: Callable[[], Awaitable[object]], stop: asyncio.Event) -> None:
        """Start-up survives a Telegram that is down: try again with growing pauses until it works or we are stopped."""
        pause = 0.5
        while not stop.is_set():
            try:
                await call()
                return
            except InvalidToken:
                raise
            except (TelegramError, TypeError, KeyError, ValueError) as error:  # the latter: no answer of Telegram's
                unresolved = isinstance(error, BadRequest) and "resolve host" in error.message.lower()
                if isinstance(error, BadRequest) and not unresolved:
                    raise
                told = UNRESOLVED if unresolved else "Telegram cannot be reached yet"
                log.warning(told, reason=type(error).__name__, next_try_seconds=round(pause, 1))
            try:
                async with asyncio.timeout(pause * random.uniform(0.7, 1.3)):  # noqa: S311 - jitter, not a secret
                    await stop.wait()
            except TimeoutError:
                pause = min(pause * 2, 30.0)

    async def _introduce(self) -> None:
        """The commands menu and what the bot says of itself: after the start, for patients need answers first."""
        messages = self._content.messages
        if messages is None:
            return
        said = values(self._content)
        try:
            await self.bot.set_my_commands([(name, text) for name, text in messages.commands.model_dump().items()])
            await self.bot.set_my_description(fill(messages.description, said)[:512])
            await self.bot.set_my_short_description(fill(messages.short_description, said)[:120])
        except (BadRequest, RetryAfter) as error:
            log.warning("Telegram did not take what the bot says of itself", reason=type(error).__name__)

    async def _set_webhook(self) -> None:
        """The same at every start and from every replica; never deleted, for the next process may be running."""
        secret = self._settings.webhook_secret
        await self.bot.set_webhook(
            f"{self._settings.webhook_url}{PATH}",
            secret_token=secret.get_secret_value() if secret else None,
            allowed_updates=UPDATES,
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )

    async def _take_webhook_away(self) -> None:
        await self.bot.delete_webhook(drop_pending_updates=False)  # else polling is refused

    def _web(self) -> web.Application:
        app = web.Application()
        app.add_routes(Health(self.meter, self._store, self._state).routes())
        if self._webhook is not None:
            app.add_routes(self._webhook.routes())
        return app

    def _state(self) -> State:
        return State(self.ready, self._content.hash, self._engine)

    @property
    def _engine(self) -> str:
        return self.handler.replier.decider.matcher.engine

    async def _examine(self) -> None:
        """Let the gate read its own examples, off the event loop, and tell the result."""
        content, decider = self._content, self.handler.replier.decider
        faults = 0
        if decider.gate is not None and content.urgent is not None:
            faults = len(list(await asyncio.to_thread(self_check, decider.gate, content.urgent)))
        self.meter.serves(content.hash, faults)


def _limits_key(settings: Settings) -> bytes | None:
    key = settings.data_key
    return hashlib.sha256(b"limits " + key.get_secret_value().encode()).digest() if key else None


def ignore_signals() -> None:
    """Everything is done: a second signal shall not make it look like a crash."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.remove_signal_handler(number)
        signal.signal(number, signal.SIG_IGN)


def stop_on_signals(stop: asyncio.Event) -> None:
    """SIGTERM and SIGINT, once or several times, mean the same: finish and go."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
