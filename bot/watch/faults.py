"""A fault without its words: an exception's text may hold what a patient typed, so only its kind and place are told."""

from pathlib import Path
from types import TracebackType

FRAMES = 4  # the last ones


def place(error: BaseException) -> str:
    """Where it was raised, innermost last: "handling.py:81 reply.py:60"."""
    return trail(error.__traceback__)


def trail(trace: TracebackType | None) -> str:
    """The last frames of a traceback: file and line, nothing else."""
    frames: list[str] = []
    while trace is not None:
        frames.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " ".join(frames[-FRAMES:])
