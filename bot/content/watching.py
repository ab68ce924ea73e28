"""Tells when the files of a content directory have changed, once a burst of saves is over."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

QUIET = 300  # milliseconds without a change: an editor that writes in two steps is done by then
AT_MOST = 2_000  # milliseconds: a burst that does not end is looked at all the same
LOOK_ANYWAY = 5_000  # milliseconds: network drives and mounted secrets tell nobody of their changes

Stamp = frozenset[tuple[str, int, int]]


def stamp(root: Path) -> Stamp:
    """Every file that content is read from, with what changes when it is written."""
    found = set()
    for path in (root.parent / "clinic.yaml", *root.rglob("*.y*ml"), *root.rglob("*.tsv")):
        with contextlib.suppress(OSError):  # gone meanwhile
            about = path.stat()
            found.add((path.as_posix(), about.st_mtime_ns, about.st_size))
    return frozenset(found)


async def changes(root: Path, stop: asyncio.Event, seen: Stamp | None = None) -> AsyncIterator[Stamp]:
    """The stamp after each change, until `stop`. `seen`: the files as they were read, so that nothing is missed.

    Raises OSError where the directory cannot be watched at all.
    """
    seen = stamp(root) if seen is None else seen
    home = root.parent if (root / "entries").is_dir() and (root.parent / "clinic.yaml").is_file() else root
    looks = awatch(
        home,
        watch_filter=None,
        debounce=AT_MOST,
        step=QUIET,
        stop_event=stop,
        rust_timeout=LOOK_ANYWAY,
        yield_on_timeout=True,
    )
    async for _ in looks:
        now = stamp(root)
        if now != seen:
            seen = now
            yield now
