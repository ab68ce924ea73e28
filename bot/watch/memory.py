"""Memory: what a start or a reload needed for a moment goes back to the system."""

import contextlib
import ctypes
import gc


def load_undisturbed() -> None:
    """No sweeps until `settle`: what is loaded stays, and to go through it again and again takes half a second."""
    gc.disable()


def settle() -> None:
    """Sweep up after loading, and keep what stays out of later sweeps: they would hold everybody up.

    glibc keeps freed memory for itself until it is told to return it; other systems have no such call, or no need.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
