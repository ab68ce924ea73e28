"""Checks calls and results against the official Bot API, where its machine-readable form is at hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

SPECIFICATION = Path(__file__).resolve().parents[2] / "shared" / "telegram" / "api.min.json"
SCALARS: dict[str, tuple[type, ...]] = {"Integer": (int,), "Float": (int, float), "String": (str,), "Boolean": (bool,)}
LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)", re.IGNORECASE)
FIXED = re.compile(r"(?:always|must be) [“\"]?(\w+)[”\"]?\.?$")


class ContractError(AssertionError):
    """A call or a result that Telegram would not make or take; says where and why."""


class Contract:
    """The official Bot API."""

    def __init__(self, specification: dict[str, Any]) -> None:
        self.methods: dict[str, Any] = specification["methods"]
        self.types: dict[str, Any] = specification["types"]

    @classmethod
    def load(cls) -> Contract:
        """The contract, or a skipped test where the specification is absent."""
        if not SPECIFICATION.exists():
            pytest.skip("the official Bot API (../shared/telegram/api.min.json) is not on this machine")
        return cls(json.loads(SPECIFICATION.read_text(encoding="utf-8")))

    def check_all(self, calls: Iterable[Any]) -> None:
        """Every call that was done (`.ok`), and its result; and that something was checked at all."""
        done = [call for call in calls if call.ok]
        if not done:
            raise ContractError("no call was made: nothing checked")
        for call in done:
            self.check_call(call.method, call.params)
            self.check_result(call.method, call.answer["result"])

    def check_call(self, method: str, params: dict[str, Any]) -> None:
        """A method and its parameters, as typed values (JSON-encoded ones decoded)."""
        if method not in self.methods:
            raise ContractError(f"there is no method {method}")
        self._fields(self.methods[method].get("fields", []), params, method)

    def check_result(self, method: str, result: Any) -> None:
        """What a method gave back."""
        self.check_type(result, self.methods[method]["returns"], f"{method}()")

    def check_update(self, update: Any) -> None:
        """An update as the bot gets it."""
        self.check_type(update, ["Update"], "update")

    def check_type(self, value: Any, types: list[str], where: str) -> None:
        """A value that must be one of the types."""
        reasons = []
        for name in types:
            try:
                return self._type(value, name, where)
            except ContractError as error:
                reasons.append(str(error))
        raise ContractError(reasons[0] if len(reasons) == 1 else f"{where}: none of {types}: {'; '.join(reasons)}")

    def _type(self, value: Any, name: str, where: str) -> None:
        if name.startswith("Array of "):
            if not isinstance(value, list):
                raise ContractError(f"{where}: an array expected, not {value!r}")
            for number, item in enumerate(value):
                self.check_type(item, [name.removeprefix("Array of ")], f"{where}[{number}]")
        elif name in SCALARS:
            self._scalar(value, name, where)
        elif name == "InputFile":
            if not isinstance(value, str):
                raise ContractError(f"{where}: the name of an upload expected")
        elif "subtypes" in self.types[name]:
            self.check_type(value, self.types[name]["subtypes"], where)
        else:
            self._fields(self.types[name].get("fields", []), value, where)

    def _scalar(self, value: Any, name: str, where: str) -> None:
        if not isinstance(value, SCALARS[name]) or (isinstance(value, bool) and name != "Boolean"):
            raise ContractError(f"{where}: {name} expected, not {value!r}")

    def _fields(self, fields: list[dict[str, Any]], value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise ContractError(f"{where}: an object expected, not {value!r}")
        known = {field["name"]: field for field in fields}
        for name in value:
            if name not in known:
                raise ContractError(f"{where}: unknown field {name!r}")
        for name, field in known.items():
            if name in value:
                self.check_type(value[name], field["types"], f"{where}.{name}")
                self._said(value[name], field, f"{where}.{name}")
            elif field["required"]:
                raise ContractError(f"{where}: {name!r} is missing")
        self._entities(value, where)

    def _said(self, value: Any, field: dict[str, Any], where: str) -> None:
        """What only the description says: "1-64 bytes", "must be default"."""
        fixed = FIXED.search(field["description"]) if field["name"] in ("type", "source", "status") else None
        if fixed and value != fixed[1]:
            raise ContractError(f"{where}: {fixed[1]!r} expected, not {value!r}")
        limit = LENGTH.search(field["description"]) if isinstance(value, str) else None
        if limit:
            size = len(value.encode()) if limit[3].lower() == "bytes" else utf16(value)
            if not int(limit[1]) <= size <= int(limit[2]):
                raise ContractError(f"{where}: {limit[0]} allowed, {size} given")

    def _entities(self, value: dict[str, Any], where: str) -> None:
        for text, entities in (("text", "entities"), ("caption", "caption_entities")):
            for entity in value.get(entities, []):
                if entity["offset"] < 0 or entity["offset"] + entity["length"] > utf16(value.get(text, "")):
                    raise ContractError(f"{where}.{entities}: {entity} lies outside the text")


def utf16(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2
