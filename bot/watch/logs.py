"""Logs: structured, with the number of the update, and never a token, a secret or a patient's word, at any level.

Our own lines hold fixed sentences and names. Of what libraries log only the place is kept, for their texts and
exceptions may hold an update; and whatever is printed, the secrets in the settings are cut out of it.
"""

import json
import logging
import sys
import threading
from collections.abc import Sequence
from io import TextIOBase
from types import TracebackType
from typing import Any

import structlog
from aiohttp.http_exceptions import HttpProcessingError
from structlog.typing import EventDict, Processor

from bot.settings import Settings
from bot.watch.at_work import with_update
from bot.watch.faults import place, trail

HIDDEN = "[secret]"
QUIET = ("telegram", "aiohttp", "httpx", "asyncio", "aiosqlite", "sqlalchemy", "asyncpg", "watchfiles")
LIBRARY = "a library reports"
_LINE = json.JSONEncoder(default=repr)  # one for all lines: to make it anew takes longer than a line does


def set_up_logs(settings: Settings) -> None:
    """Configure structlog, the standard library's logging and the hooks for what nobody caught."""
    level = logging.getLevelNamesMapping()[settings.log_level]
    last: Processor = structlog.processors.JSONRenderer(serializer=lambda event, **_: _LINE.encode(event))
    if settings.log_format == "console":
        last = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[
            with_update,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_words,
            Redactor(secrets_of(settings)),
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(Stderr()),  # type: ignore[arg-type] # all that it needs
    )
    root = logging.getLogger()
    root.handlers = [Placed()]
    root.setLevel(logging.WARNING)
    for name in QUIET:  # at DEBUG they log whole requests, tokens and all
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("aiohttp.server").addFilter(_of_ours)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def secrets_of(settings: Settings) -> Sequence[str]:
    """Every secret that is set, longest first."""
    held = (settings.telegram_bot_token, settings.webhook_secret, settings.data_key, settings.database_url)
    values = {value.get_secret_value() for value in held if value is not None}
    return sorted(values | {value.partition(":")[2] for value in values if value[:1].isdigit()} - {""}, key=len)[::-1]


def without_words(logger: Any, method: str, event: EventDict) -> EventDict:
    """An exception that was logged becomes its kind and place."""
    info = event.pop("exc_info", None)
    event.pop("stack_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event.update(kind=type(error).__name__, where=place(error))
    return {name: type(value).__name__ if isinstance(value, BaseException) else value for name, value in event.items()}


class Redactor:
    """The last line of defence: a secret in any text of a line is cut out."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = secrets

    def __call__(self, logger: Any, method: str, event: EventDict) -> EventDict:
        """The line without secrets."""
        told = "\n".join([value for value in event.values() if isinstance(value, str)])
        if not any(map(told.__contains__, self._secrets)):  # as always
            return event
        for name, value in event.items():
            if isinstance(value, str) and any(secret in value for secret in self._secrets):
                for secret in self._secrets:
                    value = value.replace(secret, HIDDEN)
                event[name] = value
        return event


class Stderr(TextIOBase):
    """Standard error as it is when a line is written."""

    def write(self, text: str) -> int:
        """Some text."""
        return sys.stderr.write(text)

    def flush(self) -> None:
        """Now."""
        sys.stderr.flush()


class Placed(logging.Handler):
    """What libraries log: who, where, and the kind of exception. Not the text."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line of a library."""
        error = record.exc_info[1] if record.exc_info else None
        about = {"kind": type(error).__name__, "raised": place(error)} if error else {}
        structlog.get_logger().log(
            record.levelno, LIBRARY, logger=record.name, where=f"{record.filename}:{record.lineno}", **about
        )


def _of_ours(record: logging.LogRecord) -> bool:
    """Not what strangers send that is no HTTP: they would fill the log. They get their 400."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger().error("a fault that nobody caught", kind=kind.__name__, where=trail(trace))
