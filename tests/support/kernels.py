"""With the compiled kernel, and without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.kernel import library
from bot.kernel.compiling import compiler

COMPILER = pytest.mark.skipif(compiler() is None, reason="no C compiler is installed")


@contextmanager
def kernel_at(path: Path) -> Iterator[None]:
    """What is built meanwhile uses the kernel in this file, or numpy where there is none."""
    before = library.COMPILED
    library.COMPILED = path
    library.kernel.cache_clear()
    try:
        yield
    finally:
        library.COMPILED = before
        library.kernel.cache_clear()


@contextmanager
def without_kernel() -> Iterator[None]:
    """What is built meanwhile uses numpy."""
    with kernel_at(Path("nowhere")):
        yield
