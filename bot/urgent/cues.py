"""The cues of one text: words that change what other words mean. They are indexed beside the concepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.content.urgent import CUES
from bot.urgent.index import MARK, Hit

Cues = Mapping[str, Sequence[Hit]]


def cue(name: str) -> str:
    """The name under which a cue's patterns are indexed beside the concepts."""
    return MARK + name


def gather(hits: Iterable[Hit]) -> Cues:
    """The hits of each cue, in the order in which they were met."""
    found: dict[str, list[Hit]] = {name: [] for name in CUES}
    for hit in hits:
        if hit.concept.startswith(MARK):
            found[hit.concept.removeprefix(MARK)].append(hit)
    return found


def places(hits: Iterable[Hit]) -> set[int]:
    """Every word of the hits."""
    return {place for hit in hits for place in range(hit.start, hit.end + 1)}
