"""A hash of all that makes numbers: the sources of the rules and of whatever they, draws and reasons are built on.

Versions of the program and its libraries do not tell a rule that was edited, so a result carries this too. Which sources
count is read from their own import lines, so none can be forgotten.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

import sim

MAKERS = ("sim.study.plan", "sim.study.design", "sim.batch", "sim.files.result.tables")
"""Modules that lead from a scenario to its stored runs, whatever plays them, with all that they import."""

PLAYERS = {"batch": (), "mesa": ("sim.talks.runs",), "zone": ("sim.analysis.exact.answer",)}
"""What else does, by engine."""

_HOME = Path(sim.__path__[0]).resolve()
_IMPORT = re.compile(r"^\s*(?:from (sim[\w.]*) import ([\w, ()]+)|import (sim[\w.]*))", re.MULTILINE)


@cache
def rules_hash(engine: str) -> str:
    """SHA-256 of the sources that make what an engine stores; the same on every machine and for any ends of lines."""
    found = hashlib.sha256()
    for file, text in sorted(sources(engine).items()):
        found.update(f"{file}\0{text}\0".encode())
    return found.hexdigest()


def sources(engine: str) -> dict[str, str]:
    """Those sources by their paths inside the program."""
    held: dict[str, str] = {}
    left = [*MAKERS, *PLAYERS[engine]]
    while left:
        file = _file(left.pop())
        if file is None or file.as_posix() in held:
            continue
        text = (_HOME / file).read_text(encoding="utf-8")  # turns all ends of lines into one
        held[file.as_posix()] = text
        above = (
            folder / "__init__.py" for folder in file.parents
        )  # runs before it; what it offers others does not count
        held |= {each.as_posix(): (_HOME / each).read_text(encoding="utf-8") for each in above}
        for package, names, module in _IMPORT.findall(text):
            left += [module or package, *(f"{package}.{name.strip(' ()')}" for name in names.split(","))]
    return held


def _file(module: str) -> Path | None:
    """The source of a module, from the folder of the program; None where the name is none of a module."""
    *folders, name = module.split(".")
    stem = Path(*folders[1:])
    return next((file for file in (stem / f"{name}.py", stem / name / "__init__.py") if (_HOME / file).is_file()), None)
