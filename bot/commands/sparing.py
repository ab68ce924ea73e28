"""Loading libraries without what they take along and the bot on Telegram never uses: fifteen megabytes less."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

SPARED = ("click", "cryptography", "pygments", "rich")
"""structlog and httpx look for rich and click, to print in colours; python-telegram-bot for cryptography, to read
passports. Each does without. Whoever needs one of them later (`bot.storage.sealing`) imports it as usual."""


@contextmanager
def spared(names: tuple[str, ...] = SPARED) -> Iterator[None]:
    """In here these packages are not to be found, unless somebody has loaded them before."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type] # None: Python's own way to say "not there"
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
