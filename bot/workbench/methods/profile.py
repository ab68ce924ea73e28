"""What the bot says about itself: name, descriptions, commands."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from bot.workbench.board import Board, Profile
from bot.workbench.errors import bad
from bot.workbench.fields import Json, Kind, Method

SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)
TEXTS = {
    "Name": ("name", "names", 64),
    "Description": ("description", "descriptions", 512),
    "ShortDescription": ("short_description", "short_descriptions", 120),
}
Handler = Callable[[Board, Json], Awaitable[Any]]


async def get_me(board: Board, call: Json) -> Json:
    """Who the bot is."""
    return board.bot | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}


async def set_my_commands(board: Board, call: Json) -> bool:
    """The menu behind "/"."""
    commands = call["commands"]
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    board.profile.commands[_place(call)] = [_command(command) for command in commands]
    board.hub.tell("profile", profile=shown(board))
    return True


async def get_my_commands(board: Board, call: Json) -> list[Json]:
    """The menu as it was set for exactly this scope and language."""
    return board.profile.commands.get(_place(call), [])


async def delete_my_commands(board: Board, call: Json) -> bool:
    """No menu for this scope and language."""
    board.profile.commands.pop(_place(call), None)
    board.hub.tell("profile", profile=shown(board))
    return True


def shown(board: Board, language: str = "en") -> Json:
    """The profile as a person with this language sees it in a private chat."""
    profile = board.profile
    places = [(scope, code) for scope in ("all_private_chats", "default") for code in (language, "")]
    commands = next((profile.commands[place] for place in places if profile.commands.get(place)), [])
    return {
        "name": board.bot["first_name"],
        "username": board.bot["username"],
        "commands": commands,
        "description": profile.descriptions.get(language) or profile.descriptions.get("", ""),
    }


def _place(call: Json) -> tuple[str, str]:
    scope = call.get("scope", {"type": "default"})
    if scope.get("type") not in SCOPES:
        raise bad("can't parse BotCommandScope: unsupported scope type")
    name = scope["type"] if "chat_id" not in scope else f"{scope['type']} {scope['chat_id']}"
    return name, _language(call)


def _command(command: Any) -> Json:
    if not isinstance(command, dict) or set(command) - {"command", "description"}:
        raise bad("can't parse BotCommand: expected an Object with command and description")
    name = str(command.get("command", "")).removeprefix("/")
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command.get("description", "")).strip()) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return command | {"command": name}


def _language(call: Json) -> str:
    code = str(call.get("language_code", ""))
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad("invalid language code specified")
    return code


def _store(profile: Profile, attribute: str) -> dict[str, str]:
    store: dict[str, str] = getattr(profile, attribute)
    return store


def _setter(title: str) -> Handler:
    field, attribute, longest = TEXTS[title]

    async def set_text(board: Board, call: Json) -> bool:
        value = call.get(field, "")
        if len(value) > longest:
            raise bad(f"{field.replace('_', ' ')} is too long")
        _store(board.profile, attribute)[_language(call)] = value
        board.hub.tell("profile", profile=shown(board))
        return True

    return set_text


def _getter(title: str) -> Handler:
    field, attribute, _ = TEXTS[title]

    async def get_text(board: Board, call: Json) -> Json:
        store = _store(board.profile, attribute)
        return {field: store.get(_language(call)) or store.get("", board.profile.name if field == "name" else "")}

    return get_text


def _texts() -> tuple[Method, ...]:
    language = {"language_code": Kind.STRING}
    setters = (Method(f"setMy{title}", _setter(title), {TEXTS[title][0]: Kind.STRING, **language}) for title in TEXTS)
    getters = (Method(f"getMy{title}", _getter(title), language) for title in TEXTS)
    return (*setters, *getters)


COMMANDS = {"scope": Kind.OBJECT, "language_code": Kind.STRING}
METHODS = (
    Method("getMe", get_me, {}),
    Method("setMyCommands", set_my_commands, {"commands": Kind.ARRAY, **COMMANDS}, ("commands",)),
    Method("getMyCommands", get_my_commands, COMMANDS),
    Method("deleteMyCommands", delete_my_commands, COMMANDS),
    *_texts(),
)
