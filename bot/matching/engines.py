"""Building a matcher: engine A at once, engine B where its model is installed; what was learned is kept in a cache."""

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from bot.content.entries import Entry
from bot.content.words import Words
from bot.matching.confidence import Confidence
from bot.matching.index import Index
from bot.matching.learning import Learned, ModelSpace, learn
from bot.matching.matcher import Matcher, Model
from bot.matching.model import SentenceModel
from bot.matching.vectors import Progress, vectors

MOST_MODELLED = 50_000  # wordings; beyond it the model's features take more memory than a small server has


def build(
    entries: Sequence[Entry],
    words: Words,
    language: str,
    cache: Path | None = None,
    model: SentenceModel | None = None,
    progress: Progress | None = None,
) -> Matcher:
    """A matcher over `entries`: engine B with `model`, else A. `cache`: a folder, or None to keep nothing."""
    index = Index(entries, words, language)
    learned = _remembered(index, cache, "a", lambda: learn(index))
    if model is None or len(index.phrasings) > MOST_MODELLED:
        return Matcher(index, learned)
    return upgrade(Matcher(index, learned), model, cache, progress)


def upgrade(
    matcher: Matcher, model: SentenceModel, cache: Path | None = None, progress: Progress | None = None
) -> Matcher:
    """The same matcher as engine B. Takes a minute where the cache does not know the wordings yet."""
    index = matcher.index
    texts = index.plain_phrasings()
    rows = model.embed(texts) if cache is None else vectors(model, texts, cache / "vectors.npz", progress)
    space = ModelSpace(rows)
    learned = _remembered(index, cache, f"b {model.name}", lambda: learn(index, space))
    return Matcher(index, matcher.learned, Model(model, space, learned))


def _remembered(index: Index, cache: Path | None, engine: str, learning: Callable[[], Learned]) -> Learned:
    """What was learned before for the same wordings and engine; else learned now, and remembered."""
    if cache is None:
        return learning()
    key = hashlib.sha256(f"{index.fingerprint} {engine}".encode()).hexdigest()[:24]
    file = cache / f"learned-{key}.npz"
    found = _read(file, (len(index.phrasings), len(index.classes)))
    if found is None:
        found = learning()
        _write(file, found)
    return found


def _read(file: Path, shape: tuple[int, int]) -> Learned | None:
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            alpha, weights = stored["alpha"], stored["confidence"]
    except Exception:  # a damaged file can fail in any way; it is only a cache
        return None
    if alpha.shape != shape or alpha.dtype != np.float32 or weights.shape != (3,) or not np.isfinite(weights).all():
        return None
    return Learned(alpha, Confidence(*(float(weight) for weight in weights)))


def _write(file: Path, learned: Learned) -> None:
    """Write as a whole or not at all; a place that is read-only or full is no fault."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as stream:
            unfinished = Path(stream.name)
            try:
                np.savez(stream, alpha=learned.alpha, confidence=np.array(learned.confidence))
                stream.flush()
                unfinished.chmod(0o644)  # the release phase may run as somebody else
                unfinished.replace(file)
            finally:
                unfinished.unlink(missing_ok=True)
