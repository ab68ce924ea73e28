"""What was learned before, kept as JSON in the cache folder: it may be missing, broken, or where nobody can write."""

import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any


def read(file: Path) -> dict[str, Any]:
    """What was remembered, by name; nothing where there is no such file, or no sense in it."""
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):  # it is only a cache
        return {}
    return found if isinstance(found, dict) else {}


def write(file: Path, learned: dict[str, Any]) -> None:
    """Write as a whole or not at all; a place that is read-only or full is no fault."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=file.parent, delete=False) as stream:
            unfinished = Path(stream.name)
            try:
                json.dump(learned, stream)
                stream.flush()
                unfinished.chmod(0o644)  # the release phase may run as somebody else
                unfinished.replace(file)
            finally:
                unfinished.unlink(missing_ok=True)
