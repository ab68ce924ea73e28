"""JSON as Telegram sends it: one object in UTF-8. The standard library first looks which of five encodings it is."""

import json
from typing import Any

BLANK = " \t\n\r"
_DECODER = json.JSONDecoder()


def parsed(body: bytes) -> Any:
    """What a body says. Raises ValueError for what is no JSON, RecursionError for what is too deep."""
    if not body.startswith(b"{") or body.startswith(b"{\0"):
        return json.loads(body)
    text = body.decode("utf-8", "surrogatepass")  # as the library does: half a character comes through
    found, end = _DECODER.raw_decode(text)
    return found if not text[end:].strip(BLANK) else json.loads(text)  # which says what is wrong
