"""What commands share: arguments, errors, and where a line goes."""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, ParamSpec, TypeVar

import typer

from sim.cli.stopping import SOME_FAILED, safe, tell

if TYPE_CHECKING:
    from sim.files.errors import Fault
    from sim.files.scenario.reader import Loaded

BAD_INPUT = 2
STORE_MISMATCH = 4
LARGEST_SEED = 2**63 - 1

NARROWEST, USUAL, WIDEST = 60, 80, 120
"""Columns that a page has at the least, where the terminal is not known, and at most."""

P = ParamSpec("P")
T = TypeVar("T")


def complete_scenario(incomplete: str) -> list[str]:
    """Names of scenarios, and scenario files and folders, that a shell may complete to.

    Where nothing is typed yet, a scenario here stands there as a file only.
    """
    from sim.files.scenario.catalogue import entries

    known = entries()
    here = {entry.name for entry in known if not entry.ships}
    named = dict.fromkeys(entry.name for entry in known if incomplete or entry.name not in here)
    return [*_complete_file(incomplete), *(name for name in named if name.startswith(incomplete))]


def _complete_file(incomplete: str) -> list[str]:
    typed = Path(incomplete)
    folder = typed if incomplete.endswith("/") else typed.parent
    if not incomplete:
        folder = Path("scenarios") if Path("scenarios").is_dir() else Path()
    found = sorted(path for path in folder.glob("*") if path.is_dir() or path.suffix in {".yaml", ".yml"})
    return [f"{path}/" if path.is_dir() else str(path) for path in found if str(path).startswith(incomplete)]


ScenarioPath = Annotated[
    Path,
    typer.Argument(
        metavar="SCENARIO",
        help="A scenario: its file (YAML), or its name as in sim scenarios.",
        autocompletion=complete_scenario,
    ),
]
ScenarioPaths = Annotated[
    list[Path],
    typer.Argument(
        metavar="SCENARIO...",
        help="Scenarios: their files (YAML), or their names as in sim scenarios.",
        autocompletion=complete_scenario,
    ),
]
Count = Annotated[int, typer.Option("--runs", "-n", min=1, max=10_000_000, help="How many negotiations to play.")]
Seed = Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="Seed of all draws.")]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Override a part of the scenario; may be given several times."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print data for a program instead of a page.")]


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


def fitted(write: Callable[P, str], *arguments: P.args, **named: P.kwargs) -> str:
    """What a function of `sim.report` writes, in the columns of the terminal."""
    from sim.report.wording.layout import folded, wide

    with wide(page_width()):
        return folded(write(*arguments, **named))


@contextmanager
def faults_told() -> Iterator[None]:
    """Turn bad input into one message and exit code 2, a failing disk into 3, a store that does not fit into 4."""
    from sim.files.errors import BadInput
    from sim.files.result.store import Mismatch, StoreFailed

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
    from sim.files.scenario.reader import read_scenario

    with faults_told():
        loaded = read_scenario(path, overrides or ())
    for given, gone in loaded.replaced.items():
        tell(takes_the_place(given, gone))
    for warning in names_alike(loaded):
        tell(f"warning: {warning}")
    return loaded


def names_alike(loaded: "Loaded") -> list[str]:
    """Names of a scenario that could be taken for one another."""
    from sim.scenario.names import alike

    places = [(one.named[-1][0], one.says()) for one in alike(loaded.plain)]
    return [f"{loaded.mark(place)}: {loaded.dotted(place)}: {said}" for place, said in places]


def takes_the_place(path: str, gone: Sequence[str]) -> str:
    """That a part that is set, or varied, stands for others, which do not count any more."""
    also = f"; to keep them, change {gone[-1]} instead" if path.endswith(".base") and gone[-1].endswith(".plus") else ""
    return f"note: {path} takes the place of {' and '.join(gone)}{also}"


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
