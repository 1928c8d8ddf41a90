"""How rules are compiled: serial, without the interpreter's lock, no fast-math, cached by the hash of their sources.

numba notices a change of a function but not of the compiled functions that it imports. So the cache folder carries a
hash of every source that is compiled, and another of versions and processor; a changed rule finds an empty folder, and
equal rules find the same one. What numba reads there are pickles and machine code, so the folder is one that nobody else
can write to.
"""

import hashlib
import os
import re
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


_IMPORT = re.compile(r"^from (sim\.(?:analysis|rules|earlier)[\w.]*) import", re.MULTILINE)


@cache
def sources() -> tuple[Path, ...]:
    """Every file that holds compiled code or the types that it is compiled for.

    Of the analysis those count that compile something, and what they import of it: the others may change as they like.
    """
    folders = (_HOME / "rules", _HOME / "earlier")
    found = [file for folder in folders for file in sorted(folder.rglob("*.py"))]
    analysis = {file: file.read_text(encoding="utf-8") for file in sorted((_HOME / "analysis").rglob("*.py"))}
    left = [file for file, text in analysis.items() if "sim.rules.compiled" in text]
    counted: set[Path] = set()
    while left:
        file = left.pop()
        if file in analysis and file not in counted:
            counted.add(file)
            left += [
                _HOME.joinpath(*name.split(".")[1:]).with_suffix(".py") for name in _IMPORT.findall(analysis[file])
            ]
    return (*found, *sorted(counted), _HOME / "batch.py", _HOME / "game.py", _HOME / "records.py")


def fingerprint() -> str:
    """Hash of those files."""
    digest = hashlib.sha256()
    for file in sources():
        digest.update(file.name.encode() + b"\0" + (file.read_bytes() if file.exists() else b""))
    return digest.hexdigest()[:16]


@cache
def machine() -> str:
    """Hash of all else that compiled code hangs on: versions, and the processor."""
    cpu, features = llvmlite.binding.get_host_cpu_name(), llvmlite.binding.get_host_cpu_features().flatten()
    told = [sys.implementation.cache_tag, numba.__version__, llvmlite.__version__, cpu, features]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:8]


FOLDER = private_folder(f"rules-{fingerprint()}-{machine()}", os.environ.get("NUMBA_CACHE_DIR"))
os.environ.setdefault("NUMBA_OPT", "1")  # compiles faster than 3 and runs no slower here
numba.core.config._config_fname = os.devnull  # nor may that file have a say later
numba.config.reload_config()
numba.config.LOOP_VECTORIZE = 0
numba.config.SLP_VECTORIZE = 0
llvmlite.binding.set_option("sim", "-unroll-runtime=false")  # loops here are short: unrolled ones only compile slower


class _ByContent:
    """Where numba keeps a function: by its place inside the program, in the folder of these sources.

    So copies of the program with equal rules share what is compiled, wherever they lie and whenever they were written; numba
    itself goes by the path of a file. In the words that numba has for it.
    """

    def __init__(self, function: Callable[..., object], file: Path) -> None:
        self.line, self.folder = function.__code__.co_firstlineno, FOLDER / file.parent.relative_to(_HOME)

    @classmethod
    def from_function(cls, function: Callable[..., object], file: str) -> "_ByContent | None":
        """For a function of the program; numba looks after any other itself."""
        path = Path(file).resolve()
        return cls(function, path) if path.is_relative_to(_HOME) else None

    def ensure_cache_path(self) -> None:
        """Make the folder."""
        self.folder.mkdir(parents=True, exist_ok=True)

    def get_cache_path(self) -> str:
        """The folder."""
        return str(self.folder)

    def get_source_stamp(self) -> str:
        """What tells that a source has changed: nothing here, since then the folder is another one."""
        return FOLDER.name

    def get_disambiguator(self) -> str:
        """What tells functions of one name apart."""
        return str(self.line)


numba.core.caching.CacheImpl._locator_classes.insert(0, _ByContent)


def _mark(name: str) -> Path:
    return FOLDER / f"{name}.whole"


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
