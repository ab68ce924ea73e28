"""The workbench as one aiohttp application: the local Bot API, and the page that talks to the bot through it."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from bot.charts.prints import Prints
from bot.workbench.api import Api
from bot.workbench.board import Board
from bot.workbench.fields import MAX_BODY, Json
from bot.workbench.guard import guard, harden
from bot.workbench.page import Page
from bot.workbench.prints import PrintRoutes
from bot.workbench.problems import Problems

BOARD = web.AppKey("board", Board)


def build(
    token: str,
    problems: Callable[[], list[Json]],
    name: str = "Clinic bot",
    prints: Callable[[], Prints | None] = lambda: None,
    why: Callable[[str], list[str]] | None = None,
) -> web.Application:
    """The whole workbench for one bot.

    `problems` tells what is wrong with the content right now: dicts with `severity`, `place` (`file`, `line`,
    `column`), `message` and `hint`. `name` stands over the chat until the bot calls setMyName.
    `prints` gives the guide on paper as it is now.
    `why` tells what the bot makes of a text taken alone, and why, line by line; it may take a while.
    """
    board = Board(token, name)
    asked = Problems(problems, board.hub)
    app = web.Application(client_max_size=MAX_BODY, middlewares=[guard])
    app[BOARD] = board
    app.add_routes([*Api(board).routes(), *Page(board, asked, why).routes(), *PrintRoutes(prints).routes()])
    app.on_response_prepare.append(harden)
    app.cleanup_ctx.append(asked.watch)

    async def close(app: web.Application) -> None:
        await board.close()

    app.on_shutdown.append(close)
    return app
