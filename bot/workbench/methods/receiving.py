"""How the bot gets its updates: long polling or a webhook, never both."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.workbench.board import Board
from bot.workbench.errors import bad, conflict
from bot.workbench.fields import Json, Kind, Method
from bot.workbench.webhook import Target

LONGEST_POLL = 50
UPDATE_KINDS = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
        "guest_message",
    }
)


async def get_updates(board: Board, call: Json) -> list[Json]:
    """Long polling."""
    if board.webhook.target is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _allow(board, call)
    if "offset" in call:
        board.updates.confirm(call["offset"])
    limit = min(max(call.get("limit", 100), 1), 100)
    return await board.updates.poll(limit, min(max(call.get("timeout", 0), 0), LONGEST_POLL))


async def set_webhook(board: Board, call: Json) -> bool:
    """From now on updates are posted to the address."""
    if not call["url"]:
        return await delete_webhook(board, call)
    if urlsplit(call["url"]).scheme not in ("http", "https") or not urlsplit(call["url"]).hostname:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.get("secret_token", "")
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    connections = call.get("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad("max_connections must be between 1 and 100")
    _allow(board, call)
    _drop(board, call)
    board.updates.interrupt("webhook")
    await board.webhook.start(Target(call["url"], secret, connections))
    return True


async def delete_webhook(board: Board, call: Json) -> bool:
    """Back to getUpdates."""
    await board.webhook.stop()
    _drop(board, call)
    return True


async def get_webhook_info(board: Board, call: Json) -> Json:
    """Where updates go, how many wait, and what went wrong last."""
    hook = board.webhook
    info: Json = {
        "url": hook.target.url if hook.target else "",
        "has_custom_certificate": False,
        "pending_update_count": len(board.updates.waiting),
    }
    if hook.target:
        info["max_connections"] = hook.target.max_connections
    if board.updates.allowed:
        info["allowed_updates"] = board.updates.allowed
    if hook.failure:
        info |= {"last_error_date": int(hook.failure.at), "last_error_message": hook.failure.message}
    return info


async def done(board: Board, call: Json) -> bool:
    """logOut and close: nothing to do here, and success."""
    return True


def _allow(board: Board, call: Json) -> None:
    if "allowed_updates" not in call:
        return
    for kind in call["allowed_updates"]:
        if kind not in UPDATE_KINDS:
            raise bad(f"allowed_updates: there is no update type {kind!r}")
    board.updates.allowed = list(call["allowed_updates"])


def _drop(board: Board, call: Json) -> None:
    if call.get("drop_pending_updates"):
        board.updates.drop()


METHODS = (
    Method(
        "getUpdates",
        get_updates,
        {"offset": Kind.INTEGER, "limit": Kind.INTEGER, "timeout": Kind.INTEGER, "allowed_updates": Kind.ARRAY},
    ),
    Method(
        "setWebhook",
        set_webhook,
        {
            "url": Kind.STRING,
            "certificate": Kind.FILE,
            "ip_address": Kind.STRING,
            "max_connections": Kind.INTEGER,
            "allowed_updates": Kind.ARRAY,
            "drop_pending_updates": Kind.BOOLEAN,
            "secret_token": Kind.STRING,
        },
        ("url",),
    ),
    Method("deleteWebhook", delete_webhook, {"drop_pending_updates": Kind.BOOLEAN}),
    Method("getWebhookInfo", get_webhook_info, {}),
    Method("logOut", done, {}),
    Method("close", done, {}),
)
