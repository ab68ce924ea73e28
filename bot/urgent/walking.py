"""Follows the steps of a pattern through a text, in one direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.urgent.patterns import Step
from bot.urgent.text import STOP

FILLERS = 3
PAUSE_COST = 2


class Ground(NamedTuple):
    """What is walked on: for each word the places that it fills, the break before it, and whether it is a small one."""

    fills: Sequence[frozenset[int]]
    breaks: Sequence[int]
    small: Sequence[bool]


def walk(ground: Ground, steps: Sequence[Step], start: int, way: int, number: int = 0, carried: int = 0) -> int | None:
    """Where the steps end when followed from the word at `start`, to the right (`way` 1) or left (-1), or None. A step
    that is left out leaves its gap (`carried`) to the next."""
    if number == len(steps):
        return start
    wanted, gap, optional = steps[number]
    if carried > gap:
        gap = carried
    fills, breaks, small = ground
    room, place, few, last = gap, start, 0, len(fills) if way > 0 else -1
    while (place := place + way) != last:
        pause = breaks[place if way > 0 else place + 1]
        if pause:
            if pause == STOP:
                break
            gap = max(0, gap - PAUSE_COST)
        if wanted in fills[place]:
            end = place if number + 1 == len(steps) else walk(ground, steps, place, way, number + 1)
            if end is not None:
                return end
        if small[place] and few < FILLERS:
            few += 1
        elif gap:
            gap -= 1
        else:
            break
    return walk(ground, steps, start, way, number + 1, room) if optional else None
