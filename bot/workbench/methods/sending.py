"""Messages and "typing..." from the bot."""

from __future__ import annotations

from bot.workbench import messages
from bot.workbench.board import Board
from bot.workbench.errors import bad
from bot.workbench.fields import Json, Kind, Method

CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
TARGET = {
    "business_connection_id": Kind.STRING,
    "chat_id": Kind.CHAT,
    "message_thread_id": Kind.INTEGER,
    "direct_messages_topic_id": Kind.INTEGER,
}
MANNER = {
    "disable_notification": Kind.BOOLEAN,
    "protect_content": Kind.BOOLEAN,
    "allow_paid_broadcast": Kind.BOOLEAN,
    "message_effect_id": Kind.STRING,
    "suggested_post_parameters": Kind.OBJECT,
    "reply_parameters": Kind.OBJECT,
    "reply_markup": Kind.OBJECT,
}


async def send_message(board: Board, call: Json) -> Json:
    """A text from the bot."""
    chat = board.chats.get(call["chat_id"])
    return messages.new(board, chat, call, messages.text(call))


async def send_chat_action(board: Board, call: Json) -> bool:
    """ "typing..." for a few seconds."""
    chat = board.chats.get(call["chat_id"])
    if call["action"] not in CHAT_ACTIONS:
        raise bad("wrong parameter action in request")
    board.hub.tell("typing", chat_id=chat.id, action=call["action"])
    return True


async def get_chat(board: Board, call: Json) -> Json:
    """What is known of a chat."""
    about = board.chats.get(call["chat_id"]).about
    return about | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


METHODS = (
    Method(
        "sendMessage",
        send_message,
        {
            **TARGET,
            "text": Kind.STRING,
            "parse_mode": Kind.STRING,
            "entities": Kind.ARRAY,
            "link_preview_options": Kind.OBJECT,
            **MANNER,
        },
        ("chat_id", "text"),
    ),
    Method(
        "sendChatAction",
        send_chat_action,
        {
            "business_connection_id": Kind.STRING,
            "chat_id": Kind.CHAT,
            "message_thread_id": Kind.INTEGER,
            "action": Kind.STRING,
        },
        ("chat_id", "action"),
    ),
    Method("getChat", get_chat, {"chat_id": Kind.CHAT}, ("chat_id",)),
)
