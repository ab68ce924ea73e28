"""What is said of an animal, not of a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.urgent.clauses import Clauses
from bot.urgent.index import Hit
from bot.urgent.small_words import SmallWords


def of_animals(clauses: Clauses, small: SmallWords, animals: Iterable[Hit]) -> set[int]:
    """The words that are about one of the animals: the rest of its sentence, up to the first person or turn."""
    return {place for animal in animals for place in _about(clauses, small, animal.start)}


def _about(clauses: Clauses, small: SmallWords, start: int) -> Iterator[int]:
    sentence, words = clauses.sentence, clauses.text.words
    for place in range(start, len(words)):
        if sentence[place] != sentence[start] or words[place] in small.others:
            return
        yield place
