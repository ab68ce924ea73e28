"""Compiles the C files beside it, where the machine has a C compiler: `python -m bot.kernel.compiling`.

Needs nothing but Python itself, since it runs while the package is being installed (`bin/build_hook.py`).
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent
COMPILED = Path(__file__).with_name("kernel.so")
COMPILERS = ("cc", "gcc", "clang")
OPTIONS = ("-O3", "-std=gnu11", "-fPIC", "-shared", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror=vla")
MOST_SECONDS = 120


class NotCompiled(Exception):
    """Why there is no compiled kernel, in one line. The bot works without, slower."""


def source_hash() -> str:
    """What tells which source a compiled file was made from."""
    hashed = hashlib.sha256()
    for file in sorted(FOLDER.glob("*.[ch]")):
        hashed.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return hashed.hexdigest()


def compiler() -> str | None:
    """The C compiler: the one that CC names, else the first that is installed."""
    named = os.environ.get("CC")
    return next((found for name in ((named,) if named else COMPILERS) if (found := shutil.which(name))), None)


def compile_kernel(target: Path = COMPILED) -> Path:
    """Write the compiled kernel to `target`, whole or not at all. NotCompiled where that cannot be done."""
    program = compiler()
    if program is None:
        raise NotCompiled("no C compiler is installed (cc, gcc or clang)")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            made = Path(folder) / target.name
            sources = map(str, sorted(FOLDER.glob("*.c")))
            command = [program, *OPTIONS, f'-DSOURCE="{source_hash()}"', "-o", str(made), *sources, "-lm"]
            done = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS)  # noqa: S603 - ours
            if done.returncode:
                raise NotCompiled(f"{program} failed: {(done.stderr.strip() or 'it did not say why').splitlines()[0]}")
            made.replace(target)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotCompiled(f"{program} could not write {target}: {error}") from error
    return target


def main() -> int:
    """Compile, and say how it went. Never fails: the kernel is for speed only."""
    try:
        sys.stdout.write(f"compiled {compile_kernel()}\n")
    except NotCompiled as error:
        sys.stdout.write(f"the bot runs without the compiled kernel, at half the speed: {error}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
