"""How rules are compiled: serial, without the interpreter's lock, no fast-math, cached by the hash of their sources.

numba notices a change of a function but not of the compiled functions that it imports. So the cache folder carries a
hash of every source that is compiled; a changed rule finds an empty folder. What numba reads there are pickles and machine
code, so the folder is one that nobody else can write to.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import llvmlite.binding
import numba

from sim.caches import private_folder

F = TypeVar("F", bound=Callable[..., object])

_HOME = Path(__file__).resolve().parent.parent


def sources() -> list[Path]:
    """Every file that holds compiled code or the types that it is compiled for."""
    folders = (_HOME / "rules", _HOME / "analysis")
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
numba.core.config._config_fname = os.devnull  # else settings would come from a file in the current folder
numba.config.reload_config()
numba.config.CACHE_DIR = str(FOLDER)
numba.config.LOOP_VECTORIZE = 0
numba.config.SLP_VECTORIZE = 0
llvmlite.binding.set_option("sim", "-unroll-runtime=false")  # loops here are short: unrolled ones only compile slower


def is_warm() -> bool:
    """Whether the negotiation loop has been compiled before, as far as the cache folder shows."""
    return any(FOLDER.rglob("batch.play*.nbi"))


def compiled(function: F) -> F:
    """Compile a rule."""
    decorated: F = numba.njit(cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True)(function)
    return decorated


def inlined(function: F) -> F:
    """Compile a rule into its callers: numba links, optimises and emits the whole tree below every function it keeps."""
    decorated: F = numba.njit(nogil=True, error_model="numpy", inline="always")(function)
    return decorated
