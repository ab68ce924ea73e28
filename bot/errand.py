"""What a reply asks the storage to do before it is sent. The reply itself says that it was done."""

from typing import Literal, NamedTuple

from bot.said import Said


class Errand(NamedTuple):
    """Keep a scrubbed text under a token, or delete what was kept under it."""

    kind: Literal["keep", "take_back"]
    token: str
    failed: Said  # said instead where it could not be done
    enough: Said  # said instead where this person has passed on several already
    text: str = ""


Result = Literal["done", "failed", "enough"]
