"""What a clinician's signature covers: a short hash of the text that was read, which any edit of it changes."""

import hashlib
import json

UNSIGNED = ("review", "sources")  # a dead link may be mended without asking for another signature


def fingerprint(*parts: object) -> str:
    """Sixteen hex digits for plain data: strings, numbers, lists, dicts whose order does not matter."""
    told = json.dumps(_read(parts), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _read(data: object) -> object:
    if isinstance(data, dict):
        return {key: _read(value) for key, value in data.items() if key not in UNSIGNED}
    return [_read(value) for value in data] if isinstance(data, list | tuple) else data
