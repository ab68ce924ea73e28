"""Loading libraries without what they take along and the bot on Telegram never uses: twenty megabytes less."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

SPARED = ("click", "cryptography", "pygments", "rich")
"""structlog and httpx look for rich and click, to print in colours; python-telegram-bot for cryptography, to read
passports. Each does without. Whoever needs one of them later (`bot.storage.sealing`) imports it as usual."""
EMPTY = ("sqlalchemy.ext.asyncio.scoping", "sqlalchemy.ext.asyncio.session")
"""SQLAlchemy's asyncio part takes its ORM along for these two, which the bot does not use (it is on Core)."""


@contextmanager
def spared(names: tuple[str, ...] = SPARED) -> Iterator[None]:
    """In here these packages are not to be found, and those of EMPTY hold nothing, unless somebody has loaded them."""
    hidden = [name for name in names if name not in sys.modules]
    empty = {name: _empty(name) for name in EMPTY if name not in sys.modules}
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type] # None: Python's own way to say "not there"
    sys.modules.update(empty)
    try:
        yield
    finally:
        for name in (*hidden, *empty):
            del sys.modules[name]


def _empty(name: str) -> ModuleType:
    """A module in which every name is None."""
    module = ModuleType(name)
    module.__dict__["__getattr__"] = lambda _: None
    return module
