"""The HTTP side of the local Bot API: `/bot<token>/<method>`."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.workbench.board import Board, Call
from bot.workbench.errors import ApiError, not_found, unauthorized
from bot.workbench.faults import Fault
from bot.workbench.fields import Json, Method, Upload, arguments
from bot.workbench.methods import methods


class Api:
    """Takes calls from HTTP and from webhook answers, and writes each into the board's list of calls."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._methods = methods()
        board.webhook.reply = self.reply

    def routes(self) -> list[web.AbstractRouteDef]:
        """GET and POST, as the real server takes them."""
        return [web.get("/bot{token}/{method}", self.handle), web.post("/bot{token}/{method}", self.handle)]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        name = request.match_info["method"]
        fault = self._board.faults.take(name)
        raw = await _raw(request)
        if fault is None:
            return _json(await self._answer(request.match_info["token"], name, raw))
        return await self._faulty(request, fault, name, raw)

    async def reply(self, call: Json) -> None:
        """A call that came as a webhook's answer."""
        name = str(call["method"])
        await self._answer(self._board.token, name, {key: value for key, value in call.items() if key != "method"})

    async def _faulty(self, request: web.Request, fault: Fault, name: str, raw: Json | ApiError) -> web.StreamResponse:
        await self._board.faults.wait(fault.delay)
        answer = await self._answer(request.match_info["token"], name, raw) if fault.perform else None
        if fault.drop:
            _break(request)
            return web.Response()
        if fault.page is not None and fault.error is not None:
            return web.Response(status=fault.error.code, text=fault.page, content_type="text/html")
        return _json(answer if answer is not None else fault.error.body() if fault.error else {"ok": False})

    async def _answer(self, token: str, name: str, raw: Json | ApiError) -> Json:
        method = self._methods.get(name.lower())
        params: Json = {}
        try:
            if token != self._board.token:
                raise unauthorized()
            if method is None:
                raise not_found()
            if isinstance(raw, ApiError):
                raise raw
            params = method.read(raw)
            answer: Json = {"ok": True, "result": await method.run(self._board, params)}
        except ApiError as error:
            answer = error.body()
        self._note(method, params, answer)
        return answer

    def _note(self, method: Method | None, params: Json, answer: Json) -> None:
        if method is None or answer.get("error_code") == 401:
            return
        call = Call(method.name, {key: _plain(value) for key, value in params.items()}, answer)
        self._board.calls.append(call)
        self._board.hub.tell("call", method=call.method, params=call.params, ok=call.ok)
        if answer.get("error_code", 409) != 409:
            self._board.hub.tell("refused", method=call.method, description=answer["description"])


async def _raw(request: web.Request) -> Json | ApiError:
    try:
        return await arguments(request)
    except ApiError as error:
        return error


def _json(answer: Json) -> web.Response:
    status = 200 if answer["ok"] else answer.get("error_code", 500)
    response = web.json_response(answer, status=status)
    retry_after = answer.get("parameters", {}).get("retry_after")
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _break(request: web.Request) -> None:
    """Cut the connection without a word."""
    if request.transport is not None:
        request.transport.abort()


def _plain(value: Any) -> Any:
    return value.name if isinstance(value, Upload) else value
