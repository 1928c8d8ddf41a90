"""`sim warm`, and what every command does where something that it needs has to be compiled first."""

import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sim.cli.common import BAD_INPUT, fail, say
from sim.cli.signals import SOME_FAILED, safe_is, tell

if TYPE_CHECKING:
    from sim.study.compilation import CompiledPart


def warm() -> None:
    """Compile everything that commands need, so that none of them waits for it: once on a machine, and for each version.

    What is compiled already is left as it is. Stop it at any time: what is done is kept.

    Example: sim warm
    """
    from sim.caches import goes_with_program
    from sim.study.compilation import ENTRIES, to_compile

    entries = to_compile()
    if not entries:
        say(f"All {len(ENTRIES)} are compiled already.")
        return
    if goes_with_program():
        fail("there is no folder to keep what is compiled in; name one with SIM_CACHE_DIR", BAD_INPUT)
    safe_is(
        lambda: (
            f"{len(ENTRIES) - len(to_compile())} of {len(ENTRIES)} are compiled; the same command goes on from there"
        )
    )
    tell(f"Compiling {len(entries)} of {len(ENTRIES)} parts of the rules, once on this machine:")
    started = time.monotonic()
    failed = _compile(entries, tell)
    if failed:
        fail(f"could not be compiled: {_listed(failed)}", SOME_FAILED)
    say(f"All {len(ENTRIES)} are compiled, in {time.monotonic() - started:.0f} s: no command waits for it any more.")


def ready(*names: str) -> None:
    """Compile first what a command needs, and say so, where it is not compiled yet."""
    from sim.study.compilation import to_compile

    entries = to_compile(names)
    if entries:
        tell(f"Compiling {_listed(entries)}: once on this machine, up to a minute. All at once: sim warm")
        _compile(entries, lambda _: None)


def ready_to_play(engine: str = "batch") -> None:
    """The same for a study that an engine plays."""
    from sim.study.compilation import needed_by

    ready(*needed_by(engine))


def _compile(entries: "Sequence[CompiledPart]", each: Callable[[str], None]) -> "list[CompiledPart]":
    """Compile entries, with a bar on a terminal and elsewhere a line for each; those that could not be."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from sim.study.compilation import compile_ahead

    started, failed = time.monotonic(), []
    is_shown, console = sys.stderr.isatty(), Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True, disable=not is_shown) as progress:
        task = progress.add_task("compiling", total=len(entries))
        for n, (entry, is_done) in enumerate(compile_ahead(entries), 1):
            progress.advance(task)
            failed += [] if is_done else [entry]
            if not is_shown:
                each(f"  {n} of {len(entries)}, {time.monotonic() - started:.0f} s: {entry.what}")
    return failed


def _listed(entries: "Sequence[CompiledPart]") -> str:
    from sim.scenario.names import joined

    return joined([entry.what for entry in entries])
