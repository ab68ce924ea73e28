"""With the compiled kernel, and without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.kernel import library
from bot.kernel.compiling import compile_kernel, compiler
from bot.kernel.library import Kernel

COMPILER = pytest.mark.skipif(compiler() is None, reason="no C compiler is installed")


@contextmanager
def kernel_at(path: Path) -> Iterator[None]:
    """What is built meanwhile uses the kernel in this file, or Python and numpy where there is none."""
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
    """What is built meanwhile uses Python and numpy."""
    with kernel_at(Path("nowhere")):
        yield


@pytest.fixture(scope="session")
def kernel_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kernel, compiled from the source that is here."""
    return compile_kernel(tmp_path_factory.mktemp("kernel") / "kernel.so")


@pytest.fixture
def compiled_kernel(kernel_file: Path) -> Iterator[Kernel]:
    """The kernel is used, whether or not it was compiled while the bot was installed."""
    with kernel_at(kernel_file):
        found = library.kernel()
        assert found is not None
        yield found


@pytest.fixture(params=["python", pytest.param("compiled", marks=COMPILER)])
def both_ways(request: pytest.FixtureRequest) -> Iterator[None]:
    """Once in Python and numpy, once with the compiled kernel."""
    where = Path("nowhere") if request.param == "python" else request.getfixturevalue("kernel_file")
    with kernel_at(where):
        yield
