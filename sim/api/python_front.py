"""Python as what asks: notes are warnings, progress is a bar where one is asked for, and silent where not."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sim.api.errors import warn
from sim.api.questions.front import Counting, Front

warnings.filterwarnings(
    "ignore", message="IProgress not found"
)  # tqdm's, in a notebook without widgets: a plain bar will do


def front(progress: bool) -> Front:
    """Python, with progress bars or without."""
    return Front(warn, _unsaid, _bars if progress else _silent, _ready(progress))


def _unsaid(_: str) -> None:
    pass


@contextmanager
def _silent(total: int, what: str = "negotiations") -> Iterator[Callable[[int], None]]:
    yield lambda done: None


@contextmanager
def _bars(total: int, what: str = "negotiations") -> Iterator[Callable[[int], None]]:
    from tqdm.auto import tqdm  # looks for a notebook when it is imported

    with tqdm(total=total, unit=f" {what}") as bar:
        yield bar.update


def _ready(progress: bool) -> Callable[..., None]:
    """Compile first what is needed and is not compiled yet; said, since whoever waits a minute should know why."""

    def ready(*names: str) -> None:
        from sim.study.compilation import compile_ahead, to_compile

        entries = to_compile(names)
        if not entries:
            return
        counting: Counting = _bars if progress else _silent
        if not progress:
            listed = ", ".join(entry.what for entry in entries)
            warn(f"note: compiling {listed}: once on this machine, up to a minute. All at once: sim warm")
        with counting(len(entries), "parts compiled") as count:
            for _ in compile_ahead(entries):
                count(1)

    return ready
