"""The methods of the local Bot API, one family a file."""

from __future__ import annotations

from bot.workbench.fields import Method
from bot.workbench.methods import callbacks, edits, files, profile, receiving, sending


def methods() -> dict[str, Method]:
    """Every method there is, by its name in lower case (Telegram does not mind the case)."""
    families = (receiving.METHODS, sending.METHODS, edits.METHODS, callbacks.METHODS, files.METHODS, profile.METHODS)
    return {method.name.lower(): method for family in families for method in family}
