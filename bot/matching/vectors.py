"""Phrase vectors, kept in a file from one start to the next: only texts that are new are computed.

The file is a plain .npz (no pickle): `model` the name of the model, `keys` (n, 16) bytes, a hash of each text, and
`rows` (n, 768) float32. A file that cannot be read, is damaged or belongs to another model is built anew; where nothing
can be written, the vectors are still returned.
"""

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with (texts computed so far, texts to compute), from (0, n) on; not at all when nothing is to be computed."""

WIDTH = 768  # two vectors of length 1, of 384 numbers each
KEY_BYTES = 16
STEP = 256
"""Texts between two reports of progress."""


class Embedder(Protocol):
    """What is asked of a model: `SentenceModel` in the bot, a double in tests."""

    @property
    def name(self) -> str:
        """What its vectors depend on besides the text."""

    def embed(self, texts: Sequence[str], /) -> Floats:
        """Two unit vectors a text, shape (n, 768)."""


class Cache(NamedTuple):
    """`row` of a text's key -> its place in `rows`, shape (n, 768)."""

    row: dict[bytes, int]
    rows: Floats


def vectors(model: Embedder, texts: Sequence[str], cache_file: Path, progress: Progress | None = None) -> Floats:
    """Two unit vectors a text, shape (n, 768), in the order of the texts; the file is brought up to date."""
    keys = [_key(text) for text in texts]
    distinct = dict(zip(keys, texts, strict=True))
    cache = _read(cache_file, model.name)
    missing = [key for key in distinct if key not in cache.row]
    row, rows = cache
    if missing:
        row = row | {key: len(rows) + number for number, key in enumerate(missing)}
        rows = np.concatenate([rows, _computed(model, [distinct[key] for key in missing], progress)])
        _write(cache_file, model.name, list(distinct), rows[[row[key] for key in distinct]])
    order = [row[key] for key in keys]
    if order == list(range(len(rows))):  # as a rule, where nothing is new: they take 3 KB a text, and no second time
        return rows
    return rows[order] if keys else rows[:0]


def _computed(model: Embedder, texts: Sequence[str], progress: Progress | None) -> Floats:
    """Vectors of texts that no cache holds, shape (n, 768); short texts first, so that batches are even."""
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    found = np.empty((len(texts), WIDTH), dtype=np.float32)
    for start in range(0, len(order), STEP):
        if progress:
            progress(start, len(order))
        step = order[start : start + STEP]
        found[step] = model.embed([texts[number] for number in step])
    if progress and texts:
        progress(len(texts), len(texts))
    return found


def _key(text: str) -> bytes:
    """16 bytes that stand for a text; a lone surrogate counts as itself."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


def _read(file: Path, name: str) -> Cache:
    """What the file holds for this model; nothing where it is missing, damaged or another model's."""
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            model, keys, rows = stored["model"], stored["keys"], stored["rows"]
        if str(model) == name and _sound(keys, rows):
            return Cache({key.tobytes(): number for number, key in enumerate(keys)}, rows)
    except Exception:  # noqa: S110  a damaged file can fail in any way; it is only a cache
        pass
    return Cache({}, np.empty((0, WIDTH), dtype=np.float32))


def _sound(keys: npt.NDArray[np.uint8], rows: Floats) -> bool:
    """Shapes and types as written, and each half of a row of length 1 (not so where a number is wild)."""
    shapes = keys.shape == (len(rows), KEY_BYTES) and rows.shape == (len(keys), WIDTH)
    if not shapes or keys.dtype != np.uint8 or rows.dtype != np.float32:
        return False
    with np.errstate(all="ignore"):
        halves = rows.reshape(-1, WIDTH // 2)
        return bool(np.all(np.abs(np.einsum("ij,ij->i", halves, halves) - 1) < 1e-3))


def _write(file: Path, name: str, keys: Sequence[bytes], rows: Floats) -> None:
    """Replace the file as a whole, or leave it as it is where the place is read-only or full."""
    packed = np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, KEY_BYTES)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=file.name, delete=False) as stream:
            unfinished = Path(stream.name)
            try:
                np.savez(stream, model=np.array(name), keys=packed, rows=rows)
                stream.flush()
                unfinished.chmod(0o644)  # the release phase may run as somebody else
                unfinished.replace(file)
            finally:
                unfinished.unlink(missing_ok=True)
