"""The programs of docs/ that write its pages, as modules."""

import importlib.util
from types import ModuleType

from playing import ROOT


def generator(name: str) -> ModuleType:
    """One of them, by the name of its file."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
