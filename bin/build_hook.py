"""While the package is built or installed: compile the kernel, where the machine has a C compiler.

Hatchling runs this (`pyproject.toml`). An editable install gets the compiled file beside its source; a wheel carries
it, and then is for this kind of machine only. Without a compiler nothing fails, and everything runs in Python.
"""

import runpy
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILING = "bot/kernel/compiling.py"
COMPILED = "bot/kernel/kernel.so"


class KernelHook(BuildHookInterface):
    """Adds the compiled kernel to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """`version`: "standard", or "editable"."""
        compiling = runpy.run_path(str(Path(self.root) / COMPILING))
        try:
            made = compiling["compile_kernel"]()
        except compiling["NotCompiled"] as error:
            self.app.display_warning(f"the bot will run without its compiled kernel: {error}")
            return
        if version != "editable":
            build_data["force_include"][str(made)] = COMPILED
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
