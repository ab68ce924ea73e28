"""The cues of one text: words that change what other words mean. They are indexed beside the concepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.content.urgent import CUES
from bot.urgent.index import MARK, Hit

Cues = Mapping[str, Sequence[Hit]]


class _Found(dict[str, list[Hit]]):
    """Of most cues a text has none."""

    def __missing__(self, name: str) -> list[Hit]:
        return _NONE[name]


_NONE: dict[str, list[Hit]] = {name: [] for name in CUES}


def cue(name: str) -> str:
    """The name under which a cue's patterns are indexed beside the concepts."""
    return MARK + name


def gather(hits: Iterable[Hit]) -> Cues:
    """The hits of each cue, in the order in which they were met."""
    found = _Found()
    for hit in hits:
        name = hit.concept
        if name[0] == MARK:
            found.setdefault(name.removeprefix(MARK), []).append(hit)
    return found


def places(hits: Iterable[Hit]) -> set[int]:
    """Every word of the hits."""
    return {place for hit in hits for place in range(hit.start, hit.end + 1)}
