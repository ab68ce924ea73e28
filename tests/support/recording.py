"""Telegram without a network: calls go straight into the workbench's board, and every one of them is kept."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from telegram.request import BaseRequest, RequestData

from bot.telegram.request import Answer as Result
from bot.workbench.board import Board, Call
from bot.workbench.errors import ApiError
from bot.workbench.fields import Upload
from bot.workbench.methods import methods
from tests.bot_api import SPECIFICATION, Contract

Json = dict[str, Any]
Answer = ApiError | Exception


@cache
def official() -> Contract | None:
    """The official Bot API, where it is at hand."""
    return Contract(json.loads(SPECIFICATION.read_text(encoding="utf-8"))) if SPECIFICATION.exists() else None


class Recorder(BaseRequest):
    """Does each call on the board, as Telegram would, unless the script has something else in store."""

    def __init__(self, board: Board) -> None:
        self.calls: list[Call] = []
        self.refused: list[Call] = []  # by the board, not by the script
        self.at_once: list[bool] = []  # of the calls of ours, whether they had to leave at once
        self._board = board
        self._methods = methods()
        self._script: defaultdict[str, deque[Answer]] = defaultdict(deque)

    def script(self, method: str, *answers: Answer) -> None:
        """Meet the next calls of a method with these: an ApiError is answered, any other exception is raised."""
        self._script[method].extend(answers)

    def of(self, method: str) -> list[Call]:
        """The calls of a method so far."""
        return [call for call in self.calls if call.method == method]

    @property
    def read_timeout(self) -> float:
        """Seconds; nobody waits here."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def exchange(self, url: str, form: str, seconds: float, at_once: bool = True) -> Result:
        """One call of ours."""
        self.at_once.append(at_once)
        return Result(*await self._call(url.rsplit("/", 1)[1], dict(parse_qsl(form, strict_parsing=True))))

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **named: Any
    ) -> tuple[int, bytes]:
        """One call of the library's."""
        form: Json = dict(request_data.json_parameters) if request_data else {}
        for field, (filename, content, kind) in (request_data.multipart_data if request_data else {}).items():
            form[field] = Upload(filename, kind, content)
        return await self._call(url.rsplit("/", 1)[1], form)

    async def _call(self, name: str, form: Json) -> tuple[int, bytes]:
        given = self._methods[name.lower()].read(form)
        scripted = self._script[name].popleft() if self._script[name] else None
        answer = scripted.body() if isinstance(scripted, ApiError) else {"ok": False}
        if scripted is None:
            answer = await self._done(name, given)
        named = {field: value.name if isinstance(value, Upload) else value for field, value in given.items()}
        self._keep(Call(name, named, answer), scripted)
        if isinstance(scripted, Exception) and not isinstance(scripted, ApiError):
            raise scripted
        return 200 if answer["ok"] else answer["error_code"], json.dumps(answer).encode()

    async def _done(self, name: str, given: Json) -> Json:
        try:
            return {"ok": True, "result": await self._methods[name.lower()].run(self._board, given)}
        except ApiError as error:
            return error.body()

    def _keep(self, call: Call, scripted: Answer | None) -> None:
        self.calls.append(call)
        if not call.ok and scripted is None:
            self.refused.append(call)
        contract = official()
        if contract is not None:
            contract.check_call(call.method, call.params)
            if call.ok:
                contract.check_result(call.method, call.answer["result"])
