"""Where commands write, and what they can say of it whenever they are stopped."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.signals import NOTHING, safe_is, vanishing_noticed

if TYPE_CHECKING:
    from sim.files.result.store import Store


@contextmanager
def stored(
    store: "Store", manifest: Mapping[str, Any], say: "Callable[[Store], str]", resume: bool = False
) -> "Iterator[Store]":
    """Open the folder of a result.

    A program that is stopped tells what `say` finds in it. If the folder vanishes, the program stops.
    """
    safe_is(lambda: say(store) if store.folder.is_dir() else "nothing of it is there; the same command begins anew")
    with store.open(manifest, resume), vanishing_noticed(store.gone):
        yield store


def files_said(store: "Store") -> str:
    """Which files are there of a result that is written at the end: what a stop then tells."""
    from sim.records import MANIFEST

    names = [path.name for path in _files(store.folder) if path.name != MANIFEST]
    if not names:
        return f"no results are in {store.folder} yet; the same command begins anew"
    return f"{_listed(names)} in {store.folder} {_are(names)} whole; the same command writes all of them"


def writes(place: Path) -> None:
    """Have a stop tell which files are there, of a command that writes a file or files into a folder."""
    before = _state(place)

    def say() -> str:
        names = [path.name for path, now in _state(place).items() if before.get(path) != now]
        return f"{_listed(names)} {_are(names)} written" if names else NOTHING

    safe_is(say)


def _state(place: Path) -> dict[Path, tuple[int, int]]:
    found = {path: path.stat() for path in (_files(place) if place.is_dir() else [place]) if path.exists()}
    return {path: (state.st_ino, state.st_mtime_ns) for path, state in found.items()}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:6]) + (", ..." if len(names) > 6 else "")


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"
