"""The page's routes are for the page alone: nothing that another site makes the browser do gets through."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.workbench.errors import ApiError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HOSTS = frozenset({"127.0.0.1", "localhost"})
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign hosts (DNS rebinding), foreign origins and forms; the Bot API has its token instead."""
    if request.path.startswith("/bot"):
        return await handler(request)
    refusal = _refusal(request)
    if refusal:
        raise web.HTTPForbidden(text=refusal)
    try:
        return await handler(request)
    except ApiError as error:
        raise web.HTTPBadRequest(text=error.description) from error


def _refusal(request: web.Request) -> str:
    if urlsplit(f"//{request.host}").hostname not in HOSTS:
        return "The workbench answers on 127.0.0.1 and localhost only."
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        return "Another site may not use the workbench."
    opened = request.method == "GET" and request.path == "/"
    if not opened and request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return "Another site may not use the workbench."
    if request.method == "POST" and request.content_type != "application/json":
        return "The workbench takes JSON only."
    return ""


async def harden(request: web.Request, response: web.StreamResponse) -> None:
    """Headers that keep the page to itself; a signal, so that event streams get them too."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
