"""How a message of the bot is put together from what the bot asked for."""

from __future__ import annotations

from typing import Any

from bot.workbench import entities, markup
from bot.workbench.board import Board
from bot.workbench.chats import Chat
from bot.workbench.errors import bad
from bot.workbench.fields import Json

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
REPLY_FIELDS = frozenset(
    {
        "message_id",
        "chat_id",
        "allow_sending_without_reply",
        "quote",
        "quote_parse_mode",
        "quote_entities",
        "quote_position",
        "checklist_task_id",
        "poll_option_id",
    }
)


def new(board: Board, chat: Chat, call: Json, content: Json) -> Json:
    """A message of the bot with the given content, stored and told to the listeners."""
    message: Json = {
        "message_id": board.chats.next_message_id(),
        "from": board.bot,
        "chat": chat.about,
        "date": board.now(),
        **_replied(chat, call),
        **content,
    }
    keyboard = markup.check(call.get("reply_markup"))
    if keyboard and "inline_keyboard" in keyboard:
        message["reply_markup"] = keyboard
    return board.keep(chat, message, "message")


def changed(board: Board, chat: Chat, old: Json, content: Json, reply_markup: Json | None) -> Json:
    """The bot's message with new content and keyboard, or Telegram's "message is not modified"."""
    if old.get("from", {}).get("id") != board.bot["id"]:
        raise bad("message can't be edited")
    dropped = ("entities", "reply_markup", "edit_date") if "text" in content else ("reply_markup", "edit_date")
    fresh = {key: value for key, value in old.items() if key not in dropped} | content
    keyboard = markup.check(reply_markup, inline_only=True)
    if keyboard:
        fresh["reply_markup"] = keyboard
    if fresh == {key: value for key, value in old.items() if key != "edit_date"}:
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    return board.keep(chat, fresh | {"edit_date": board.now()}, "edit")


def text(call: Json, name: str = "text") -> Json:
    """`text` and `entities` (or `caption` and `caption_entities`) of a call, checked."""
    prefix = "" if name == "text" else f"{name}_"
    if call.get("parse_mode"):
        raise bad("unsupported parse_mode (this local server takes entities only)")
    words, marks = entities.settle(call.get(name, ""), call.get(f"{prefix}entities", []))
    if name == "text" and not words:
        raise bad("message text is empty")
    if entities.units(words) > (LONGEST_TEXT if name == "text" else LONGEST_CAPTION):
        raise bad("message is too long" if name == "text" else "message caption is too long")
    content: Json = {name: words} if words else {}
    if marks:
        content[f"{prefix}entities"] = marks
    return content


def _replied(chat: Chat, call: Json) -> Json:
    wanted: Any = call.get("reply_parameters")
    if not wanted:
        return {}
    if not isinstance(wanted.get("message_id"), int) or set(wanted) - REPLY_FIELDS:
        raise bad("can't parse reply parameters: message_id must be an integer, and nothing unknown beside it")
    target = chat.messages.get(wanted["message_id"])
    if target is None:
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise bad("message to be replied not found")
    return {"reply_to_message": {key: value for key, value in target.items() if key != "reply_to_message"}}
