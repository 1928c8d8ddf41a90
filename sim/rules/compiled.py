"""How rules are compiled: serial, without the interpreter's lock, no fast-math, cached by the hash of their sources.

numba notices a change of a function but not of the compiled functions that it imports. So the cache folder carries a
hash of every source that is compiled; a changed rule finds an empty folder. What numba reads there are pickles and machine
code, so the folder is one that nobody else can write to.
"""

import hashlib
import os
import sys
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

import llvmlite.binding

from sim.caches import private_folder

# numba takes settings from a file in the current folder where it can read YAML; so it cannot while it is imported.
_yaml = sys.modules.get("yaml")
sys.modules["yaml"] = None  # type: ignore[assignment]
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import numba
del sys.modules["yaml"]
if _yaml is not None:
    sys.modules["yaml"] = _yaml

F = TypeVar("F", bound=Callable[..., object])

_HOME = Path(__file__).resolve().parent.parent


def sources() -> list[Path]:
    """Every file that holds compiled code or the types that it is compiled for."""
    folders = (_HOME / "rules", _HOME / "earlier", _HOME / "analysis")
    files = [file for folder in folders for file in sorted(folder.rglob("*.py"))]
    return [*files, _HOME / "batch.py", _HOME / "game.py", _HOME / "records.py"]


def fingerprint() -> str:
    """Hash of those files."""
    digest = hashlib.sha256()
    for file in sources():
        digest.update(file.name.encode() + b"\0" + (file.read_bytes() if file.exists() else b""))
    return digest.hexdigest()[:16]


FOLDER = private_folder(f"rules-{fingerprint()}", os.environ.get("NUMBA_CACHE_DIR"))
os.environ.setdefault("NUMBA_OPT", "1")  # compiles faster than 3 and runs no slower here
numba.core.config._config_fname = os.devnull  # nor may that file have a say later
numba.config.reload_config()
numba.config.CACHE_DIR = str(FOLDER)
numba.config.LOOP_VECTORIZE = 0
numba.config.SLP_VECTORIZE = 0
llvmlite.binding.set_option("sim", "-unroll-runtime=false")  # loops here are short: unrolled ones only compile slower


@cache
def _state() -> str:
    """Hash of all by which numba tells that what it keeps still holds: versions, the processor, when sources changed."""
    cpu, features = llvmlite.binding.get_host_cpu_name(), llvmlite.binding.get_host_cpu_features().flatten()
    told = [sys.implementation.cache_tag, numba.__version__, llvmlite.__version__, cpu, features]
    for file in sources():
        now = file.stat()
        told += [file, now.st_mtime_ns, now.st_size]
    return hashlib.sha256(repr([str(each) for each in told]).encode()).hexdigest()[:16]


def _mark(name: str) -> Path:
    return FOLDER / f"{name}.{_state()}"


def is_kept(name: str) -> bool:
    """Whether the cache folder says that something has been compiled whole."""
    return _mark(name).exists()


def note_kept(name: str) -> None:
    """Leave in the cache folder that something has been compiled whole."""
    _mark(name).touch()


def compiled(function: F) -> F:
    """Compile a rule."""
    decorated: F = numba.njit(cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True)(function)
    return decorated


def inlined(function: F) -> F:
    """Compile a rule into its callers: numba links, optimises and emits the whole tree below every function it keeps."""
    decorated: F = numba.njit(nogil=True, error_model="numpy", inline="always")(function)
    return decorated
