"""What a method's parameters are, and how they arrive: query string, form, multipart or JSON body."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from aiohttp import web
from multidict import MultiDict

from bot.workbench.errors import bad

if TYPE_CHECKING:
    from bot.workbench.board import Board

Json = dict[str, Any]
MAX_BODY = 50 * 1024 * 1024


class Kind(Enum):
    """The shape of one parameter."""

    INTEGER = "Integer"
    STRING = "String"
    BOOLEAN = "Boolean"
    CHAT = "Integer or String"
    OBJECT = "object"
    ARRAY = "Array"
    FILE = "InputFile or String"


@dataclass(frozen=True)
class Upload:
    """A file that came as a part of a multipart form."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Method:
    """One method of the Bot API."""

    name: str
    run: Callable[[Board, Json], Awaitable[Any]]
    fields: Mapping[str, Kind]
    required: tuple[str, ...] = ()

    def read(self, raw: Mapping[str, Any]) -> Json:
        """Typed parameters, or the refusal that Telegram (or a stricter server) would give."""
        attached = {str(value)[len("attach://") :] for value in raw.values() if str(value).startswith("attach://")}
        unknown = sorted(set(raw) - set(self.fields) - attached)
        if unknown:
            raise bad(f"{self.name} has no parameter {unknown[0]!r} (this local server is stricter than Telegram)")
        given = {name: _read(name, kind, raw) for name, kind in self.fields.items() if name in raw}
        for name in self.required:
            if name not in given:
                raise bad(_missing(name))
        return given


async def arguments(request: web.Request) -> Json:
    """Everything the caller passed, body over query string, as it came."""
    raw: Json = dict(request.query)
    if request.method != "POST" or not request.body_exists:
        return raw
    if request.content_type == "application/json":
        return raw | await _json_body(request)
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        form: MultiDict[Any] = MultiDict(await request.post())
        return raw | {name: _part(value) for name, value in form.items()}
    return raw


async def _json_body(request: web.Request) -> Json:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError as error:
        raise bad("can't parse request: body is not valid JSON") from error
    if not isinstance(body, dict):
        raise bad("can't parse request: a JSON object is expected")
    return {name: value for name, value in body.items() if value is not None}


def _part(value: Any) -> Any:
    if isinstance(value, web.FileField):
        return Upload(value.filename, value.content_type, value.file.read())
    return value


def _missing(name: str) -> str:
    return {"chat_id": "chat_id is empty", "text": "message text is empty"}.get(name, f"parameter {name!r} is required")


def _read(name: str, kind: Kind, raw: Mapping[str, Any]) -> Any:
    value = raw[name]
    if kind is Kind.INTEGER:
        return _integer(name, value)
    if kind is Kind.BOOLEAN:
        return _boolean(name, value)
    if kind is Kind.CHAT:
        return _chat(value)
    if kind in (Kind.OBJECT, Kind.ARRAY):
        return _structure(name, value, dict if kind is Kind.OBJECT else list)
    if kind is Kind.FILE:
        return _file(name, value, raw)
    if not isinstance(value, str):
        raise bad(f"parameter {name!r} must be a string")
    return value


def _integer(name: str, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        return int(value) if isinstance(value, str) else int("not a number")
    except ValueError as error:
        raise bad(f"parameter {name!r} must be an integer") from error


def _boolean(name: str, value: Any) -> bool:
    known = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    word = str(value).lower()
    if word not in known:
        raise bad(f"parameter {name!r} must be true or false")
    return known[word]


def _chat(value: Any) -> int | str:
    if isinstance(value, str) and value.startswith("@"):
        return value
    if not str(value).strip():
        raise bad("chat_id is empty")
    return _integer("chat_id", value)


def _structure(name: str, value: Any, wanted: type) -> Any:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from error
    if not isinstance(value, wanted):
        raise bad(f"parameter {name!r} must be a JSON {'object' if wanted is dict else 'array'}")
    return value


def _file(name: str, value: Any, raw: Mapping[str, Any]) -> Upload | str:
    if isinstance(value, str) and value.startswith("attach://"):
        value = raw.get(value[len("attach://") :])
    if not isinstance(value, (Upload, str)) or not value:
        raise bad(f"there is no {name} in the request")
    return value
