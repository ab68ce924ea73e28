"""The bot's answer to a tap on a button."""

from __future__ import annotations

from bot.workbench.board import Board
from bot.workbench.entities import units
from bot.workbench.errors import bad
from bot.workbench.fields import Json, Kind, Method

LONGEST_TOAST = 200


async def answer_callback_query(board: Board, call: Json) -> bool:
    """The button stops spinning; a text shows as a toast, or as an alert that must be closed."""
    query = board.queries.get(call["callback_query_id"])
    if query is None:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if units(call.get("text", "")) > LONGEST_TOAST:
        raise bad("MESSAGE_TOO_LONG")
    if call.get("url"):
        raise bad("URL_INVALID")
    board.hub.tell(
        "answer",
        chat_id=query.chat_id,
        message_id=query.message_id,
        data=query.data,
        query_id=query.id,
        text=call.get("text", ""),
        alert=call.get("show_alert", False),
    )
    return True


METHODS = (
    Method(
        "answerCallbackQuery",
        answer_callback_query,
        {
            "callback_query_id": Kind.STRING,
            "text": Kind.STRING,
            "show_alert": Kind.BOOLEAN,
            "url": Kind.STRING,
            "cache_time": Kind.INTEGER,
        },
        ("callback_query_id",),
    ),
)
