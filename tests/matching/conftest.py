"""What the tests of matching share: engine A over a handful of entries, learned once; the kernel, and doing without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.kernel import library
from bot.kernel.compiling import compile_kernel
from bot.kernel.library import Kernel
from bot.matching.matcher import Matcher
from tests.support.entries import ENTRIES, matcher_of
from tests.support.kernels import COMPILER, kernel_at


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


@pytest.fixture(params=["numpy", pytest.param("compiled", marks=COMPILER)])
def both_ways(request: pytest.FixtureRequest) -> Iterator[None]:
    """Once with numpy, once with the compiled kernel."""
    where = Path("nowhere") if request.param == "numpy" else request.getfixturevalue("kernel_file")
    with kernel_at(where):
        yield


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    """Engine A over the handful. Nothing in it changes."""
    return matcher_of(*ENTRIES)
