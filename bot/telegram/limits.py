"""A flood from one person: one notice, then silence for a while. Nobody else notices; nobody's id is kept."""

import hashlib
import hmac
from collections import OrderedDict
from typing import Literal, NamedTuple

BURST = 20.0  # messages at once; a tap counts half
REFILL = 0.5  # messages a second
SILENCE = 60.0  # seconds
MOST = 20_000  # people; beyond it the one who was quiet longest is forgotten
AT_ONCE = 2  # people forgotten for each one who writes: more than come

Verdict = Literal["answer", "notice", "silence"]


class Mark(NamedTuple):
    """What is left of a person's burst, when that was, and until when nothing is said."""

    left: float
    at: float
    silent_until: float = 0.0


class Limits:
    """Counts by a keyed hash, in memory only. `key`: any bytes; from DATA_KEY, else made anew at each start."""

    def __init__(self, key: bytes) -> None:
        self._keyed = hmac.new(key, digestmod=hashlib.sha256)  # copied for each: the key takes longer than the name
        self._marks: OrderedDict[bytes, Mark] = OrderedDict()

    def take(self, person: int, tap: bool, now: float) -> Verdict:
        """Count one message or tap at `now` (seconds)."""
        name = self._name(person)
        mark = self._marks.pop(name, Mark(BURST, now))
        if now < mark.silent_until:
            self._marks[name] = mark
            return "silence"
        left = min(BURST, mark.left + (now - mark.at) * REFILL) - (0.5 if tap else 1.0)
        self._marks[name] = Mark(left, now) if left >= 0 else Mark(BURST / 2, now + SILENCE, now + SILENCE)
        self._forget(now)
        return "answer" if left >= 0 else "notice"

    def give_back(self, person: int, tap: bool, verdict: Verdict, now: float) -> None:
        """What was counted could not be delivered: it comes again, and is counted then."""
        name = self._name(person)
        mark = self._marks.get(name)
        if mark is None or verdict == "silence":
            return
        if verdict == "notice":
            self._marks[name] = Mark(0.0, now)
        elif now >= mark.silent_until:
            self._marks[name] = mark._replace(left=min(BURST, mark.left + (0.5 if tap else 1.0)))

    def _name(self, person: int) -> bytes:
        hashed = self._keyed.copy()
        hashed.update(str(person).encode())
        return hashed.digest()[:16]

    def _forget(self, now: float) -> None:
        """Those whose mark says no more than none would, who was quiet longest first: a few at a time."""
        for _ in range(AT_ONCE):
            mark = next(iter(self._marks.values()))
            if len(self._marks) <= MOST and (now < mark.silent_until or mark.left + (now - mark.at) * REFILL < BURST):
                break
            self._marks.popitem(last=False)

    def __len__(self) -> int:
        return len(self._marks)
