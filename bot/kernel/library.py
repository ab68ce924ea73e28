"""The compiled kernel, loaded through ctypes; `calls` says what it is asked for."""

import ctypes
from ctypes import c_double, c_float, c_int64, c_void_p
from functools import cache
from pathlib import Path
from typing import Any

from bot.kernel.compiling import COMPILED, NotCompiled, compile_kernel, source_hash

_P, _N, _F, _D = c_void_p, c_int64, c_float, c_double
# Of each function what it gives back, and what it takes. Other threads run meanwhile: the event loop above all.
_FUNCTIONS: dict[str, tuple[type | None, tuple[type, ...]]] = {
    "kernel_source": (ctypes.c_char_p, ()),
    "kernel_lanes": (_N, ()),
    "kernel_shares": (None, (_P, _N, _P, _P, _P, _N, _P, _N, _P, _P, _N, _P, _P)),
    "kernel_completed": (_N, (_P, _N, _N, _N, _F, _P, _N, _P, _P, _P, _P, _P, _N, _P)),
    "kernel_nearest": (_N, (_P, _P, _N, _N, _F, _F, _P)),
    "kernel_among": (_N, (_P, _P, _P, _P, _P, _P, _N, _P, _P)),
    "kernel_solved": (_N, (_P, _N, _N, _D, _P, _P, _N, _P)),
    "kernel_closest": (None, (_P, _P, _N, _N, _P)),
    "kernel_close": (None, (_P, _N, _P, _N, _P, _N, _P, _N, _P)),
    "kernel_read": (_N, (_P, _P, _P, _N, _P, _P, _N, _P, _P, _P, _P, _P, _P)),
    "kernel_met": (_N, (_P, _P, ctypes.c_char_p, ctypes.c_char_p, _N, _P, _P, _N)),
    "kernel_weighed": (_N, (_P, ctypes.c_char_p, _N, _N, _N, _P, _P)),
    "kernel_times": (None, (_P, _N, _N, _P, _P, _N, _N, _P, _P)),
}


class Kernel:
    """The functions of one compiled file, by their names without `kernel_`."""

    def __init__(self, path: Path) -> None:
        """OSError where the file cannot be loaded, AttributeError where it lacks a function."""
        self._functions: dict[str, Any] = {}
        library = ctypes.CDLL(str(path))
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
            self._functions[name.removeprefix("kernel_")] = function
        self.source: str = self["source"]().decode()
        self.lanes: int = self["lanes"]()
        """How many numbers of the sentence model are multiplied at once; 0: numpy does that better."""

    def __getitem__(self, name: str) -> Any:
        """A function; it wants addresses of C-contiguous arrays, and whole numbers."""
        return self._functions[name]


@cache
def kernel() -> Kernel | None:
    """The compiled kernel; None where there is none, or one that was compiled from another source."""
    return load(COMPILED)


def missing() -> str | None:
    """Why there is no kernel, after an attempt to compile one; None where there is one."""
    if kernel() is not None:
        return None
    try:
        compile_kernel()
    except NotCompiled as error:
        return str(error)
    kernel.cache_clear()
    return None if kernel() else "it was compiled, but cannot be loaded"


def load(path: Path) -> Kernel | None:
    """The kernel in a compiled file, if it was compiled from the source that is here."""
    try:
        found = Kernel(path)
    except (OSError, AttributeError):
        return None
    return found if found.source == source_hash() else None
