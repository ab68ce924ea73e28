"""What a matcher costs: load, milliseconds a message, memory. Run as a module, it measures in a process of its own.

python -m bot.scoring.measuring < task.json > cost.json
"""

import json
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bot.content.base import Strict
from bot.content.entries import Entry
from bot.content.words import Words
from bot.matching import engines
from bot.matching.decide import choose
from bot.matching.model import SentenceModel

WARM_UP = 20  # messages that are asked before the clock runs
MOST_MEMORY = 4 * 1024**3  # bytes; measuring must not push everything else out of the machine
OVER = 9  # the exit code of a process that wanted more


class Task(Strict):
    """What to measure. `cache`: a folder with B's phrase vectors; engine A learns anew where it is None."""

    entries: list[Entry]
    words: Words = Words()
    language: str = "en"
    messages: list[str]
    cache: str | None = None
    model: bool = False


class Cost(NamedTuple):
    """Seconds from entries to a matcher; milliseconds a message; megabytes of the process, now and at most."""

    engine: str
    wordings: int
    load: float
    mean: float
    median: float
    p95: float
    modelled: float  # share of the messages
    memory: float
    peak: float


def measure(task: Task) -> Cost:
    """Build, ask, and look at the clock."""
    start = time.perf_counter()
    cache = Path(task.cache) if task.cache else None
    model = SentenceModel.load() if task.model else None
    matcher = engines.build(task.entries, task.words, task.language, cache, model)
    load = time.perf_counter() - start
    for text in task.messages[:WARM_UP]:
        matcher.match(text)
    taken: list[float] = []
    modelled = 0
    for text in task.messages:
        start = time.perf_counter()
        match = matcher.match(text)
        choose(match)
        taken.append(1000 * (time.perf_counter() - start))
        modelled += match.modelled
    mean, median, late = _summed_up(taken)
    now, most = _memory()
    share = modelled / len(taken)
    return Cost(matcher.engine, len(matcher.index.phrasings), load, mean, median, late, share, now, most)


def _summed_up(taken: Sequence[float]) -> tuple[float, float, float]:
    """Mean, median and the value that 95 of 100 stay below."""
    ordered = sorted(taken)
    return statistics.fmean(ordered), statistics.median(ordered), ordered[len(ordered) * 95 // 100]


def _memory() -> tuple[float, float]:
    """Resident megabytes of this process, now and at most; 0 where the system does not tell."""
    status = Path("/proc/self/status")  # not getrusage: its peak is inherited from the process that started this one
    if not status.is_file():
        return 0.0, 0.0
    fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    return int(fields["VmRSS"].split()[0]) / 1024, int(fields["VmHWM"].split()[0]) / 1024


def _main() -> int:
    """Measure the task on standard input; what needs more memory than any small server has ends in OVER."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    try:
        cost = measure(Task.model_validate_json(sys.stdin.buffer.read()))
    except MemoryError:
        return OVER
    sys.stdout.write(json.dumps(cost._asdict()))
    return 0


if __name__ == "__main__":
    sys.exit(_main())
