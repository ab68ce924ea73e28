"""Messages of the bot changed in place, and removed."""

from __future__ import annotations

from bot.workbench import messages
from bot.workbench.board import Board
from bot.workbench.chats import Chat
from bot.workbench.errors import bad
from bot.workbench.fields import Json, Kind, Method

PLACE = {
    "business_connection_id": Kind.STRING,
    "chat_id": Kind.CHAT,
    "message_id": Kind.INTEGER,
    "inline_message_id": Kind.STRING,
}


async def edit_message_text(board: Board, call: Json) -> Json:
    """New text and keyboard; a keyboard that is not given is taken away, as Telegram does."""
    chat, old = _target(board, call)
    if "text" not in old:
        raise bad("there is no text in the message to edit")
    return messages.changed(board, chat, old, messages.text(call), call.get("reply_markup"))


async def edit_message_reply_markup(board: Board, call: Json) -> Json:
    """Another keyboard under the same text."""
    chat, old = _target(board, call)
    return messages.changed(board, chat, old, {}, call.get("reply_markup"))


async def delete_message(board: Board, call: Json) -> bool:
    """A message gone for both sides."""
    chat = board.chats.get(call["chat_id"])
    chat.find(call["message_id"], "delete")
    del chat.messages[call["message_id"]]
    board.hub.tell("delete", chat_id=chat.id, message_id=call["message_id"])
    return True


def _target(board: Board, call: Json) -> tuple[Chat, Json]:
    if "inline_message_id" in call:
        raise bad("this local server has no inline messages")
    if "chat_id" not in call:
        raise bad("chat_id is empty")
    chat = board.chats.get(call["chat_id"])
    return chat, chat.find(call.get("message_id"), "edit")


METHODS = (
    Method(
        "editMessageText",
        edit_message_text,
        {
            **PLACE,
            "text": Kind.STRING,
            "parse_mode": Kind.STRING,
            "entities": Kind.ARRAY,
            "link_preview_options": Kind.OBJECT,
            "reply_markup": Kind.OBJECT,
        },
        ("text",),
    ),
    Method("editMessageReplyMarkup", edit_message_reply_markup, {**PLACE, "reply_markup": Kind.OBJECT}),
    Method(
        "deleteMessage", delete_message, {"chat_id": Kind.CHAT, "message_id": Kind.INTEGER}, ("chat_id", "message_id")
    ),
)
