"""Building a matcher: engine A at once, engine B where its model is installed; confidences are kept in a cache."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from bot.content.entries import Entry
from bot.content.words import Words
from bot.matching import remembered
from bot.matching.calibration import calibrate
from bot.matching.confidence import Confidence
from bot.matching.index import Index
from bot.matching.matcher import Engine, Matcher, Model
from bot.matching.model import SentenceModel
from bot.matching.modelled import ModelView, before
from bot.matching.reading import HeldOut, Reader
from bot.matching.together import Together
from bot.matching.vectors import Progress, vectors

KEPT_AS = "int8"  # the vectors of the wordings, in `ModelLikeness`: what was learned of others does not hold for them
MOST_MODELLED = 50_000  # wordings; beyond it the model's vectors take more memory than a small server has


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
    reader = Reader(index)
    matcher = Matcher(index, Engine(reader, _remembered(HeldOut(reader), cache, "a")))
    if model is None or len(index.phrasings) > MOST_MODELLED:
        return matcher
    return upgrade(matcher, model, cache, progress)


def upgrade(
    matcher: Matcher, model: SentenceModel, cache: Path | None = None, progress: Progress | None = None
) -> Matcher:
    """The same matcher as engine B. Takes a minute where the cache does not know the wordings yet."""
    index = matcher.index
    texts = index.plain_phrasings()
    rows = model.embed(texts) if cache is None else vectors(model, texts, cache / "vectors.npz", progress)
    view = ModelView.of(index, rows)
    reader = Reader(index, view)
    engine = Engine(reader, _remembered(HeldOut(reader, before(rows)), cache, f"b {KEPT_AS} {model.name}"))
    seen = Together(lambda texts: view.of_messages(model.embed(texts)))
    return Matcher(index, matcher.plain, Model(seen, engine))


def _remembered(held_out: HeldOut, cache: Path | None, engine: str) -> Confidence:
    """What was learned before for the same wordings and engine; else learned now, and remembered."""
    if cache is None:
        return calibrate(held_out)
    key = hashlib.sha256(f"{held_out.index.fingerprint} {engine}".encode()).hexdigest()[:24]
    file = cache / f"confidence-{key}.json"
    found = _read(file)
    if found is None:
        found = calibrate(held_out)
        remembered.write(file, found._asdict())
    return found


def _read(file: Path) -> Confidence | None:
    weights = remembered.read(file)
    try:
        return Confidence(*(float(weights[name]) for name in Confidence._fields))
    except (ValueError, TypeError, LookupError):  # it is only a cache
        return None
