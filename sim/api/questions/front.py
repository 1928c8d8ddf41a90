"""What a question says on its way, to whoever asked it: notes, progress, and what has to be compiled first."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


class Counting(Protocol):
    """A bar for `total` of something; what it gives moves it on."""

    def __call__(self, total: int, what: str = "negotiations") -> AbstractContextManager[Callable[[int], None]]:
        """The bar as a context."""


@dataclass(frozen=True)
class Front:
    """Where a question was asked: at the command line, or from Python."""

    tell: Callable[[str], None]  # a note or a warning, which may change how an answer is read
    inform: Callable[[str], None]  # how far the work is
    counting: Counting
    ready: Callable[..., None]  # compiles what is named of `sim.study.compilation` and is not compiled yet
