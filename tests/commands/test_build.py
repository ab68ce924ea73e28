"""`faqbot build`: what takes long at a start is done ahead of time."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.commands import build as build_module
from bot.commands.main import app
from bot.kernel import library
from bot.kernel.compiling import compile_kernel
from bot.matching.model import SentenceModel
from tests.support.kernels import COMPILER, kernel_at, without_kernel
from tests.support.tiny import write_faq

Build = Callable[..., Result]
MODEL = pytest.mark.skipif(SentenceModel.load() is None, reason="the extra `model` is not installed")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny FAQ without gate and guide, which take a second to load."""
    return write_faq(tmp_path_factory.mktemp("bare") / "faq", without=("urgent.yaml", "guide.yaml"))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """CACHE_DIR, which does not exist yet."""
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def build(bare: Path, cache: Path) -> Build:
    """The command on the tiny FAQ."""
    return lambda: CliRunner().invoke(app, ["build", "--faq", str(bare)])


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the extra were not installed."""
    monkeypatch.setattr(build_module, "load_model", lambda: None)


def test_without_the_model_it_says_so_and_is_fine(build: Build, no_model: None) -> None:
    """Engine A needs no building, yet what it learned is kept."""
    result = build()
    assert (0, True) == (result.exit_code, "the sentence model is not installed: engine A answers" in result.stdout)


@MODEL
def test_vectors_and_confidences_are_kept(build: Build, cache: Path) -> None:
    """In CACHE_DIR, for the next start."""
    result = build()
    assert (0, True) == (result.exit_code, "engine B" in result.stdout)
    kept = ["confidence", "confidence", "vectors"]
    assert kept == sorted(file.stem.split("-")[0] for file in cache.iterdir())


def test_a_second_build_has_nothing_to_do(build: Build, no_model: None) -> None:
    """And says that."""
    build()
    assert "nothing to do" in build().stdout


def test_a_place_that_cannot_be_written_is_told(build: Build, cache: Path, no_model: None) -> None:
    """A warning, not a failed release."""
    cache.write_text("in the way")
    result = build()
    assert (0, True) == (result.exit_code, "nothing could be kept" in result.stdout)


@COMPILER
def test_the_kernel_is_compiled_where_it_is_missing(
    build: Build, no_model: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once; the next build finds it."""
    made = tmp_path / "kernel.so"
    monkeypatch.setattr(library, "compile_kernel", lambda: compile_kernel(made))
    with kernel_at(made):
        assert "compiled the kernel" in build().stdout
        assert "compiled the kernel" not in build().stdout


def test_without_a_compiler_the_build_goes_on(
    build: Build, no_model: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel is for speed only."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CC", raising=False)
    with without_kernel():
        result = build()
    assert (0, True) == (result.exit_code, "slower: no C compiler is installed" in result.stdout)


def test_broken_content_is_a_problem(cache: Path, tmp_path: Path) -> None:
    """Exit code 1, and the place."""
    (tmp_path / "faq" / "en" / "entries").mkdir(parents=True)
    (tmp_path / "faq" / "en" / "entries" / "a.yaml").write_text("group: A\nentry: []\n")
    result = CliRunner().invoke(app, ["build", "--faq", str(tmp_path / "faq")])
    assert (1, True) == (result.exit_code, "a.yaml" in result.stderr)
