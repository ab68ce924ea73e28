"""One call of the Bot API: a form out, a result or one of the library's errors back. Takes nothing on trust."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.telegram.parsing import parsed
from bot.telegram.request import Exchange

Json = dict[str, Any]


class Api:
    """The Bot API of one bot. `base` is the address with the token in it: it never gets into an error or a log."""

    def __init__(self, wire: Exchange, base: str) -> None:
        self._wire, self._base = wire, base

    async def call(self, method: str, form: str, seconds: float = 5.0, at_once: bool = True) -> Any:
        """Post an urlencoded form. Raises TelegramError: NetworkError for everything that may pass.

        Unless `at_once`, it may leave together with others.
        """
        answer = await self._wire.exchange(f"{self._base}/{method}", form, seconds, at_once)
        return result(answer.status, answer.body)


def encoded(parameters: Mapping[str, Any]) -> str:
    """Parameters as an urlencoded form; what is not text goes as JSON, None is left out."""
    plain = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in parameters.items()
        if value is not None
    }
    return urlencode(plain)


def result(status: int, body: bytes) -> Any:
    """The result in an answer of Telegram's, or the error that it tells.

    NetworkError too for what is not Telegram's answer: a proxy's page, half a JSON, a yes without a result.
    """
    try:
        told = parsed(body)
    except (ValueError, RecursionError):
        raise NetworkError(f"no answer of Telegram's ({status})") from None
    if not isinstance(told, dict):
        raise NetworkError(f"no answer of Telegram's ({status})")
    if told.get("ok") is True and "result" in told:
        return told["result"]
    raise _error(status, told)


def _error(status: int, told: Json) -> Exception:
    code = told["error_code"] if isinstance(told.get("error_code"), int) else status
    text = str(told.get("description") or code)[:200]
    more = told["parameters"] if isinstance(told.get("parameters"), dict) else {}
    if isinstance(more.get("migrate_to_chat_id"), int):
        return ChatMigrated(more["migrate_to_chat_id"])
    if code == 429:
        wait = more.get("retry_after")
        return RetryAfter(wait if isinstance(wait, int) and wait >= 0 else 1)
    kinds: dict[int, type[Exception]] = {400: BadRequest, 401: InvalidToken, 403: Forbidden, 409: Conflict}
    if code == 404 and text.lower().startswith("not found"):
        return InvalidToken(text)
    return kinds.get(code, NetworkError)(text)
