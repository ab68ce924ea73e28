"""Logs hold no words and no secrets, whoever writes them and whatever breaks."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from aiohttp.http_exceptions import BadHttpMessage

from bot.settings import read_settings
from bot.watch.at_work import At
from bot.watch.logs import HIDDEN, set_up_logs

TOKEN, SECRET, KEY = "42:tokencanary", "secretcanary", "datakeycanary" * 4
URL = "postgres://anna:passwordcanary@db.example.org/faq"
WORDS = "zanzibarquokka"
ENVIRON = {
    "TELEGRAM_BOT_TOKEN": TOKEN,
    "WEBHOOK_SECRET": SECRET,
    "DATA_KEY": KEY,
    "DATABASE_URL": URL,
    "LOG_LEVEL": "DEBUG",
    "LOG_FORMAT": "json",
}


@pytest.fixture
def logged(capfd: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """What was logged since, as one text; all as it was in the end."""
    root = logging.getLogger()
    before = root.handlers, root.level, sys.excepthook, threading.excepthook, warnings.showwarning
    set_up_logs(read_settings(ENVIRON))
    yield lambda: capfd.readouterr().err
    logging.captureWarnings(False)
    root.handlers, level, sys.excepthook, threading.excepthook, warnings.showwarning = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("secret", [TOKEN, "tokencanary", SECRET, KEY, URL])
def test_a_secret_in_a_line_is_cut_out(logged: Any, secret: str) -> None:
    """Although nobody should have written it."""
    structlog.get_logger().debug("address", url=f"https://example.org/bot{secret}/getMe")
    told = logged()
    assert (True, False) == (HIDDEN in told, secret in told)


def test_an_exception_is_logged_by_kind_and_place(logged: Any) -> None:
    """Its text may hold what a patient typed."""
    try:
        raise ValueError(WORDS)
    except ValueError as error:
        structlog.get_logger().exception("broken", also=error)
    line = json.loads(logged())
    assert ("ValueError", "ValueError") == (line["kind"], line["also"])
    assert line["where"].startswith("test_logs.py:")
    assert WORDS not in str(line)


@pytest.mark.parametrize("name", ["telegram.ext", "aiohttp.server", "asyncio", "somebody.else"])
def test_of_a_library_only_the_place_is_logged(logged: Any, name: str) -> None:
    """Below WARNING nothing at all: requests stand there, tokens and all."""
    logging.getLogger(name).debug("request %s", WORDS)
    logging.getLogger(name).info("request %s", WORDS)
    assert "" == logged()
    try:
        raise ValueError(WORDS)
    except ValueError:
        logging.getLogger(name).exception("cannot handle %s", WORDS)
    line = json.loads(logged())
    assert (name, "ValueError") == (line["logger"], line["kind"])
    assert WORDS not in str(line)


def test_what_strangers_send_that_is_no_http_fills_no_log(logged: Any) -> None:
    """It gets its 400; a fault in a route of ours is told."""
    for error in (BadHttpMessage("no HTTP"), ValueError(WORDS)):
        try:
            raise error
        except Exception:
            logging.getLogger("aiohttp.server").exception("Error handling request")
    lines = [json.loads(line) for line in logged().splitlines()]
    assert ["ValueError"] == [line["kind"] for line in lines]


def test_what_nobody_caught_is_told_without_words(logged: Any) -> None:
    """In the main thread, in another, and as a warning."""
    try:
        raise ValueError(WORDS)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=lambda: int(WORDS))
    thread.start()
    thread.join()
    logging.getLogger("py.warnings").warning("%s", WORDS)
    told = logged()
    assert 3 == len(told.splitlines())
    assert WORDS not in told


def test_lines_hold_the_number_of_the_update(logged: Any) -> None:
    """Said once, in every line below, and in none after."""
    with At(7):
        structlog.get_logger().info("answered")
        structlog.get_logger().info("of another", update=8)
    structlog.get_logger().info("later")
    told = [json.loads(line) for line in logged().splitlines()]
    assert [7, 8, None] == [line.get("update") for line in told]


def test_below_the_level_nothing_is_logged(logged: Any) -> None:
    """LOG_LEVEL counts."""
    set_up_logs(read_settings(ENVIRON | {"LOG_LEVEL": "ERROR"}))
    structlog.get_logger().warning("hello")
    assert "" == logged()
