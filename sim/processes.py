"""Processes of this program: a Python that runs a module of this very copy, and imports nothing of the current folder.

`python -m` looks in the current folder first, before the standard library. So this file is run by its place, as a script:
it settles which `sim` is imported, and then runs a module of it.
"""

import os
import runpy
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

HOME = Path(__file__).parent.absolute()

SAFE = {"PYTHONSAFEPATH": "1"}
"""Environment of processes that start others by themselves: the current folder is on nobody's path."""


def command(module: str) -> list[str]:
    """The command line that runs a module of this copy in a process of its own."""
    return [sys.executable, "-I" if sys.flags.isolated else "-P", str(HOME / Path(__file__).name), module]


def cores() -> int:
    """How many cores this process may use."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _settle() -> None:
    """Have `sim` imported from here; what it needs may lie beside it, but comes last."""
    spec = spec_from_file_location("sim", HOME / "__init__.py", submodule_search_locations=[str(HOME)])
    assert spec is not None
    assert spec.loader is not None
    package = sys.modules["sim"] = module_from_spec(spec)
    spec.loader.exec_module(package)
    sys.path.append(str(HOME.parent))


if __name__ == "__main__":
    _settle()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
