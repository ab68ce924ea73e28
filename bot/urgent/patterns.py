"""The small pattern language, read into numbered places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.urgent.ranges import Limits

GAP = 4
NUMBER = "<number>"
_RANGE = re.compile(r"<(\d+)(?:-(\d+)|(\+))?>")


class Step(NamedTuple):
    """One place of a pattern: its number, the words allowed before it, and whether it may be left out."""

    place: int
    gap: int
    optional: bool


class Places:
    """The places of all patterns: what is written alike (`leg|arm`, `<leg>`, `<3+>`) has one number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._steps_made: dict[tuple[str, int], Step] = {}
        self.filled_by: dict[str, list[int]] = {}  # a word or list as written -> the places it fills, in order
        self.limits: dict[int, Limits] = {}  # the places that numbers fill: from, to

    def __len__(self) -> int:
        return len(self._numbers)

    def orders(self, pattern: str) -> Iterator[list[Step]]:
        """The steps of a pattern, in each order that it allows."""
        left, tilde, right = pattern.partition(" ~ ")
        if not tilde:
            yield self._steps(pattern)
            return
        yield self._steps(f"{left} ... {right}")
        yield self._steps(f"{right} ... {left}")

    def _steps(self, pattern: str) -> list[Step]:
        steps: list[Step] = []
        gap = 0
        for text in pattern.split():
            if text == "...":
                gap = GAP
                continue
            steps.append(self._step(text, gap))
            gap = 0
        return steps

    def _step(self, text: str, gap: int) -> Step:
        step = self._steps_made.get((text, gap))
        if step is None:
            step = Step(self._place(text.removesuffix("?")), gap, text.endswith("?"))
            self._steps_made[text, gap] = step
        return step

    def _place(self, text: str) -> int:
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self._numbers)
            for part in dict.fromkeys(text.split("|")) if "|" in text else (text,):
                limits = _limits(part) if part.startswith("<") else None
                if limits is None:
                    self.filled_by.setdefault(part, []).append(number)
                else:
                    self.limits[number] = limits
        return number


def _limits(part: str) -> Limits | None:
    """From where to where a range goes; None for a list of words."""
    if part == NUMBER:
        return 0.0, 1e9
    found = _RANGE.fullmatch(part)
    if found is None:
        return None
    low = float(found[1])
    return low, 1e9 if found[3] else float(found[2] or low)
