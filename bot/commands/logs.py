"""Logs: structured, and never a token or a patient's word."""

import logging
import sys

import structlog

from bot.settings import Settings


def set_up_logs(settings: Settings) -> None:
    """Configure structlog; libraries that would log requests or updates are held at WARNING."""
    for name in ("telegram", "aiohttp", "httpx", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    level = logging.getLevelNamesMapping()[settings.log_level]
    last: structlog.typing.Processor = structlog.processors.JSONRenderer()
    if settings.log_format == "console":
        last = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True), last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
