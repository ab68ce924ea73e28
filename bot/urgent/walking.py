"""Follows the steps of a pattern through a text, in one direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.urgent.text import STOP

Numbers = frozenset[int] | tuple[int, ...]
FILLERS = 3
PAUSE_COST = 2


class Move(NamedTuple):
    """One step: the place to go to, by its number, the gap allowed before it, and whether it may be left out."""

    place: int
    gap: int
    optional: bool


class Ground(NamedTuple):
    """What is walked on: the number of each word, the break before it, and whether it is a small one; the words that
    fill each place."""

    words: Sequence[int]
    breaks: Sequence[int]
    small: Sequence[bool]
    filled: Sequence[Numbers]


def walk(ground: Ground, moves: Sequence[Move], start: int, way: int, number: int = 0, carried: int = 0) -> int | None:
    """Where the moves end when followed from the word at `start`, to the right (`way` 1) or left (-1), or None. A move
    that is left out leaves its gap (`carried`) to the next."""
    if number == len(moves):
        return start
    sought, gap, optional = moves[number]
    if carried > gap:
        gap = carried
    words, breaks, small, filled = ground
    wanted = filled[sought]
    room, place, few, last = gap, start, 0, len(words) if way > 0 else -1
    while (place := place + way) != last:
        pause = breaks[place if way > 0 else place + 1]
        if pause:
            if pause == STOP:
                break
            gap = max(0, gap - PAUSE_COST)
        if words[place] in wanted:
            end = place if number + 1 == len(moves) else walk(ground, moves, place, way, number + 1)
            if end is not None:
                return end
        if small[place] and few < FILLERS:
            few += 1
        elif gap:
            gap -= 1
        else:
            break
    return walk(ground, moves, start, way, number + 1, room) if optional else None
