"""What commands share: errors, pages, and where a line goes."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar

import typer

from sim.cli.signals import SOME_FAILED, safe, tell

if TYPE_CHECKING:
    from sim.files.errors import Fault
    from sim.files.scenario.reader import Loaded

BAD_INPUT = 2
STORE_MISMATCH = 4

NARROWEST, USUAL, WIDEST = 60, 80, 120
"""Columns that a page has at the least, where the terminal is not known, and at most."""

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def say(text: str, nl: bool = True) -> None:
    """Print a result. All that commands print comes through here or `tell`: no terminal obeys what a file or a name holds."""
    from sim.files.printable import printable

    typer.echo(printable(text), nl=nl)


def fail(message: str, code: int = BAD_INPUT) -> NoReturn:
    """Say what is wrong and end."""
    tell(message)
    raise typer.Exit(code)


def page_width() -> int:
    """Columns of what is printed: the terminal's, within limits; 80 in a pipe, so that what is kept is always the same."""
    if not sys.stdout.isatty():
        return USUAL
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((USUAL, 0)).columns))


def as_text(data: Any) -> str:
    """Data for a program, as it is printed."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)


def data_or_page(
    as_json: bool, report: R, data: Callable[[R], dict[str, Any]], page: Callable[[R], str], written: Path | None = None
) -> str:
    """A report as text: as JSON where that is asked for, with the folder `written`; else as its page."""
    if not as_json:
        return fitted(page, report)
    return as_text({**data(report), **({"written": str(written)} if written else {})})


def fitted(write: Callable[P, str], *arguments: P.args, **named: P.kwargs) -> str:
    """What a function of `sim.report` writes, in the columns of the terminal."""
    from sim.report.wording.layout import folded, wide

    with wide(page_width()):
        return folded(write(*arguments, **named))


def written_to(folder: Path, *lines: str) -> str:
    """Where something was written: the folder on a line of its own, and below it what is in it."""
    return "\n".join([f"Written to {folder}/", *(fitted(str, f"  {line}") for line in lines)])


@contextmanager
def faults_told() -> Iterator[None]:
    """Turn bad input into one message and exit code 2, a failing disk into 3, a store that does not fit into 4."""
    from sim.files.errors import BadInput
    from sim.files.result.store import Mismatch
    from sim.files.whole_files import StoreFailed

    try:
        yield
    except BadInput as bad:
        fail(str(bad))
    except StoreFailed as failed:
        fail(f"{failed}; {safe()}", SOME_FAILED)
    except Mismatch as mismatch:
        fail(str(mismatch), STORE_MISMATCH)


def load(path: Path, overrides: list[str] | None) -> "Loaded":
    """Read a scenario; faults end the program."""
    from sim.api.questions.read import read
    from sim.cli.front import FRONT

    with faults_told():
        return read(path, overrides, FRONT)


def each_or_faults(paths: Sequence[Path], read: Callable[[Path], T]) -> list[T]:
    """Read every file; the faults of all of them end the program at once."""
    from sim.files.errors import BadInput

    results, faults = [], {}
    for path in paths:
        try:
            results.append(read(path))
        except BadInput as bad:
            faults[path] = bad.faults
    if faults:
        fail("\n".join(_told(faults, len(paths))))
    return results


def _told(faults: "dict[Path, Sequence[Fault]]", files: int) -> list[str]:
    """Faults of several files, each once; one of an override names its file, unless all files have it."""
    from sim.files.errors import shown

    having: dict[Fault, list[Path]] = {}
    for path, found in faults.items():
        for fault in found:
            having.setdefault(fault, []).append(path)
    lines = []
    for fault, paths in having.items():
        of_override = fault.mark is not None and fault.mark.is_override
        told = (
            [f"{shown(str(path))}: {fault}" for path in paths] if of_override and len(paths) < files else [str(fault)]
        )
        lines += told
    return lines
