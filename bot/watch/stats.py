"""What /stats shows, from counts alone: outcomes by day, the top questions, how many had no answer."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from bot.storage.counters import HOUR, Count

DAYS = 14
TOP = 8
OUTCOMES = ("answer", "suggest", "none", "urgent")
HOURS_A_DAY = 24


class Stats(NamedTuple):
    """`days`: (date, times by outcome), oldest first, in UTC. `top`: (entry, times), most first."""

    days: tuple[tuple[str, Mapping[str, int]], ...]
    top: tuple[tuple[str, int], ...]
    helpful: int
    not_helpful: int
    passed_on: int

    def total(self, outcome: str) -> int:
        """An outcome's times over all the days."""
        return sum(times.get(outcome, 0) for _, times in self.days)

    def as_text(self) -> str:
        """For a caption, and where no picture can be drawn."""
        everything = sum(map(self.total, OUTCOMES))
        lines = [
            f"Last {DAYS} days: {everything} questions",
            *(f"{outcome}: {self.total(outcome)}" for outcome in OUTCOMES),
            f"was this it: {self.helpful} yes, {self.not_helpful} no",
            f"passed on to the clinic: {self.passed_on}",
            "",
            "Top questions:",
            *(f"{times} × {entry}" for entry, times in self.top),
        ]
        return "\n".join(lines)


def first_hour(now: float) -> int:
    """The first hour that /stats looks at, as counters number them."""
    return (int(now) // HOUR // HOURS_A_DAY - DAYS + 1) * HOURS_A_DAY


def summary(counts: Mapping[Count, int], now: float, current: Callable[[str], str] = str) -> Stats:
    """Put the counts together; `now` in seconds since 1970. `current`: from an entry's old id to that of today."""
    today = int(now) // HOUR // HOURS_A_DAY
    by_day: dict[int, Counter[str]] = {day: Counter() for day in range(today - DAYS + 1, today + 1)}
    entries: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for count, times in counts.items():
        day = by_day.get(count.hour // HOURS_A_DAY)
        if day is None:
            continue
        day[count.outcome] += times
        others[count.outcome] += times
        if count.outcome in ("answer", "opened") and count.entry:
            entries[current(count.entry)] += times
    days = tuple((_date(day), times) for day, times in sorted(by_day.items()))
    top = tuple(sorted(entries.items(), key=lambda item: (-item[1], item[0]))[:TOP])
    return Stats(days, top, others["helpful"], others["not_helpful"], others["passed_on"])


def _date(day: int) -> str:
    return datetime.fromtimestamp(day * HOUR * HOURS_A_DAY, UTC).strftime("%b %d")
