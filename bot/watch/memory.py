"""Memory: what a start, a reload or a message needed for a moment goes back to the system.

glibc keeps freed memory for itself, more and more of it, unless it is told otherwise; other systems have no such calls,
or no need.
"""

import contextlib
import ctypes
import gc

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8  # as malloc.h numbers them
MB = 1 << 20
KEPT = {M_ARENA_MAX: 1, M_MMAP_THRESHOLD: 1 * MB, M_TRIM_THRESHOLD: 4 * MB}
"""One heap for all threads, which take turns anyway; what is larger than a megabyte beside it; little kept at its end.
By itself glibc raises both limits to what was freed once while loading: tens of megabytes."""


SWEPT_AFTER = 5_000
"""New objects, besides those that are gone, from which Python looks for circles among them (700 by itself): a message
makes hundreds and leaves hardly any."""


def keep_little() -> None:
    """Let freed memory go back soon, for this process. It costs no time that could be measured, with A or B."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        for name, value in KEPT.items():
            ctypes.CDLL(None).mallopt(name, value)


def load_undisturbed() -> None:
    """No sweeps until `settle`: what is loaded stays, and to go through it again and again takes half a second."""
    gc.disable()


def settle() -> None:
    """Sweep up after loading, and keep what stays out of later sweeps: they would hold everybody up.

    What stayed until now is swept too: after a reload, all that answered before.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(SWEPT_AFTER, *gc.get_threshold()[1:])
    gc.enable()
    give_back()


def give_back() -> None:
    """What lies free between what is used goes back to the system: a millisecond, as a rule."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
