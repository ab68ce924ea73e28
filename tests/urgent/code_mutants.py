"""Breaks the code of the gate one place at a time and tells which breaks no test of the gate notices.

    python -m tests.urgent.code_mutants [--many 60] [--seed 1]

Each break lives in a copy of the project in a temporary folder; the gate's tests run there until the first failure.
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGE = Path("bot/urgent")
TESTS = (
    "test_index.py", "test_lines.py", "test_words.py", "test_bounds.py", "test_sense.py", "test_beside.py",
    "test_excuses.py", "test_cards.py", "test_second_look.py", "test_set_aside.py", "test_panel.py",
    "test_vignettes.py", "test_witnesses.py")  # fmt: skip
SECONDS = 240
SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is}  # fmt: skip


class Break(NamedTuple):
    """One place of one file, and the whole file with that place broken."""

    path: Path
    line: int
    what: str
    source: str


def breaks(path: Path) -> Iterator[Break]:
    """Every break of one file."""
    text = (ROOT / path).read_text(encoding="utf-8")
    for number, node in enumerate(ast.walk(ast.parse(text))):
        for what in _ways(node):
            tree = ast.parse(text)
            broken = next(other for place, other in enumerate(ast.walk(tree)) if place == number)
            _apply(broken, what)
            yield Break(path, getattr(node, "lineno", 0), what, ast.unparse(tree))


def _ways(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        yield "turn the comparison"
    elif isinstance(node, ast.BoolOp):
        yield "swap and/or"
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield "one more"
        yield "one less"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "drop the not"
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Constant) and type(node.value.value) is bool:
        yield "return the other"
    elif isinstance(node, ast.Continue | ast.Break):
        yield "do not leave"


def _apply(node: ast.AST, what: str) -> None:
    if isinstance(node, ast.Compare):
        node.ops[0] = SWAPS[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.Constant):
        node.value = node.value + (1 if what == "one more" else -1)  # type: ignore[operator]
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd()
        node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
    elif isinstance(node, ast.Return):
        node.value = ast.Constant(value=not node.value.value)  # type: ignore[union-attr]
    else:
        node.__class__ = ast.Pass  # type: ignore[assignment]


def noticed(broken: Break, copy: Path) -> bool:
    """Does a test of the gate fail, or never end, on the broken copy?"""
    target = copy / broken.path
    whole = target.read_text(encoding="utf-8")
    target.write_text(ast.unparse(ast.parse(broken.source)), encoding="utf-8")
    tests = [str(Path("tests/urgent") / name) for name in TESTS]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    try:
        done = subprocess.run(command, cwd=copy, capture_output=True, timeout=SECONDS, check=False)
        return done.returncode != 0
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_text(whole, encoding="utf-8")


def main() -> None:
    """A seeded choice of all breaks, one line each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--many", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    every = [one for path in sorted((ROOT / PACKAGE).glob("*.py")) for one in breaks(path.relative_to(ROOT))]
    chosen = random.Random(options.seed).sample(every, min(options.many, len(every)))  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "*cache*", "build", "*.egg-info"))
        missed = 0
        for broken in sorted(chosen):
            found = noticed(broken, copy)
            missed += not found
            told = "noticed" if found else "NOBODY NOTICES"
            sys.stdout.write(f"{told:15} {broken.path}:{broken.line}  {broken.what}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(chosen)} of {len(every)} breaks tried, {missed} not noticed\n")


if __name__ == "__main__":
    main()
