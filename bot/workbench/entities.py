"""Message entities: given ones are checked, the plain ones (commands, links, mentions) are found."""

from __future__ import annotations

import re
from typing import Any

from bot.workbench.errors import bad
from bot.workbench.fields import Json

MARKED = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "blockquote",
        "expandable_blockquote",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    }
)
FOUND = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})
EXTRA = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id", "date_time": "unix_time"}
ALLOWED = frozenset(
    {"type", "offset", "length", "url", "user", "language", "custom_emoji_id", "unix_time", "date_time_format"}
)
PATTERNS = (
    ("url", re.compile(r"(?<![\w@/.])https?://[^\s<>\"]+[^\s<>\".,;:!?)\]']", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<![\w@/.])@[A-Za-z]\w{3,31}\b")),
    ("bot_command", re.compile(r"(?<![\w@/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?![\w/])")),
    ("hashtag", re.compile(r"(?<![\w#&])#[^\W\d]\w*")),
)


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def find(text: str) -> list[Json]:
    """What Telegram marks by itself in plain text."""
    found: list[Json] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            entity = {"type": kind, "offset": units(text[: match.start()]), "length": units(match.group())}
            if not any(_overlap(entity, other) for other in found):
                found.append(entity)
    return sorted(found, key=_order)


def settle(text: str, given: list[Any]) -> tuple[str, list[Json]]:
    """Trimmed text and its entities: the given ones after checking, and the ones Telegram finds."""
    checked = [_check(entity, text) for entity in given]
    trimmed = text.strip()
    lead = units(text) - units(text.lstrip())
    kept = [entity for entity in (_shift(e, lead, units(trimmed)) for e in checked) if entity["length"] > 0]
    opaque = [entity for entity in kept if entity["type"] in ("text_link", "text_mention", "code", "pre")]
    added = [entity for entity in find(trimmed) if not any(_overlap(entity, other) for other in opaque)]
    return trimmed, sorted(kept + added, key=_order)


def _check(entity: Any, text: str) -> Json:
    if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
        raise bad("can't parse entities: expected an array of MessageEntity")
    kind = entity["type"]
    offset, length = entity.get("offset"), entity.get("length")
    if kind not in MARKED and kind not in FOUND:
        raise bad(f"can't parse entities: unsupported entity type {kind!r}")
    if set(entity) - ALLOWED:
        raise bad(f"can't parse entities: unknown field {sorted(set(entity) - ALLOWED)[0]!r}")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length <= 0:
        raise bad("can't parse entities: offset and length must be integers, length above 0")
    if offset + length > units(text):
        raise bad(f"can't parse entities: entity at {offset} of length {length} ends after the end of the text")
    if EXTRA.get(kind) and not entity.get(EXTRA[kind]):
        raise bad(f"can't parse entities: {kind} needs {EXTRA[kind]!r}")
    if _splits(text, offset) or _splits(text, offset + length):
        raise bad(f"can't parse entities: entity at {offset} begins or ends in a middle of a UTF-16 symbol")
    return dict(entity)


def _splits(text: str, at: int) -> bool:
    raw = text.encode("utf-16-le", "surrogatepass")
    return 0 < at < len(raw) // 2 and 0xDC <= raw[2 * at + 1] <= 0xDF and 0xD8 <= raw[2 * at - 1] <= 0xDB


def _shift(entity: Json, lead: int, size: int) -> Json:
    start = max(entity["offset"] - lead, 0)
    end = min(entity["offset"] + entity["length"] - lead, size)
    return entity | {"offset": start, "length": end - start}


def _overlap(one: Json, other: Json) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def _order(entity: Json) -> tuple[int, int]:
    return entity["offset"], -entity["length"]
