"""Puts a new text in the place of a file in one step: a reader sees the old one or the new one, never half of it."""

import contextlib
import os
import tempfile
from pathlib import Path


class Changed(Exception):
    """The file is not what it was when it was read."""


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Write `new` where `old` was read before. Raises Changed where somebody else wrote meanwhile, and OSError."""
    target = path.resolve()  # a link stays a link
    mode = target.stat().st_mode
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode & 0o7777)
        if target.read_bytes() != old:
            raise Changed(path)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
