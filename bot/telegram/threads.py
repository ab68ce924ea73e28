"""Threads that give way to the event loop: for deciding, for storage on files, for reading content anew."""

import contextlib
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

TURN = 0.0005
"""Seconds after which a thread that computes makes way for another one; Python's own five thousandths are felt."""
NICE = 10
"""Linux lets a thread that wakes wait for one that computes, three milliseconds and more, if both are equals."""


def giving_way() -> ThreadPoolExecutor:
    """As many threads as asyncio would take, behind the event loop wherever both want the processor."""
    sys.setswitchinterval(TURN)
    return ThreadPoolExecutor(thread_name_prefix="aside", initializer=_step_back)


def _step_back() -> None:
    if sys.platform == "linux":  # elsewhere a priority belongs to the whole process
        with contextlib.suppress(OSError):
            thread = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + NICE)
