"""What a button's data holds: everything that is needed to answer the tap, in at most 64 bytes, versioned.

Form: `1<kind>` or `1<kind>:<arg>:<arg>`. Ids of entries and rules are written as five-letter keys,
which stay the same for ever.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

VERSION = "1"
LIMIT = 64  # bytes, set by Telegram
Asking = Literal[
    "entry", "helpful", "not_helpful", "none", "topics", "group", "guide", "change", "resume", "not_happening", "home"
]
PassingOn = Literal["pass_on", "pass_on_yes", "pass_on_no", "take_back"]
Kind = Literal[Asking, PassingOn]
LETTERS: dict[Kind, str] = {
    "entry": "e",
    "helpful": "y",
    "not_helpful": "x",
    "none": "n",
    "topics": "t",
    "group": "g",
    "guide": "w",
    "change": "c",
    "resume": "r",
    "not_happening": "q",
    "home": "h",
    "pass_on": "p",
    "pass_on_yes": "k",
    "pass_on_no": "l",
    "take_back": "b",
}
KINDS: dict[str, Kind] = {letter: kind for kind, letter in LETTERS.items()}


class Button(NamedTuple):
    """One inline button: either `data` (a tap comes back to us) or `url` (a page opens)."""

    text: str
    data: str | None = None
    url: str | None = None


Row = tuple[Button, ...]


class Tap(NamedTuple):
    """A tapped button, read back."""

    kind: Kind
    args: tuple[str, ...] = ()


@lru_cache(maxsize=4096)  # of the content: no more ids than that
def key(identifier: str) -> str:
    """Five letters that stand for an id in a button's data."""
    return base64.b32encode(hashlib.blake2b(identifier.encode(), digest_size=4).digest()).decode().lower()[:5]


def keys(identifiers: Iterable[str]) -> Mapping[str, str]:
    """Key -> id. Raises ValueError when two ids share a key (one in 33 million pairs)."""
    found: dict[str, str] = {}
    for identifier in identifiers:
        if found.setdefault(key(identifier), identifier) != identifier:
            raise ValueError(
                f"the ids `{identifier}` and `{found[key(identifier)]}` share a button key -> rename one of them"
            )
    return found


def encode(kind: Kind, *args: str) -> str:
    """The data of a button. Raises ValueError beyond 64 bytes: Telegram would refuse the whole message."""
    if any(":" in arg for arg in args):
        raise ValueError(f"a colon in {args!r} would come back as two arguments")
    data = ":".join((VERSION + LETTERS[kind], *args))
    if len(data.encode()) > LIMIT:
        raise ValueError(f"button data {data!r} is over {LIMIT} bytes")
    return data


def decode(data: str) -> Tap | None:
    """Read a tap back; None for data that is stale or forged."""
    head, *args = data.split(":")
    kind = KINDS.get(head[1:]) if head[:1] == VERSION else None
    return Tap(kind, tuple(args)) if kind and len(data.encode(errors="replace")) <= LIMIT else None
