"""The command line as what asks: notes and progress go to standard error, and what has to be compiled is said."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sim.api.questions.front import Front
from sim.cli.signals import tell
from sim.cli.warm import ready


@contextmanager
def counting(total: int, what: str = "negotiations") -> Iterator[Callable[[int], None]]:
    """A progress bar on a terminal; what it gives moves it on by a number of runs."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.advance(task, done)


FRONT = Front(tell, tell, counting, ready)
