"""Bad input: every fault of what the user gave, each with its place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.files.printable import printable_line

OVERRIDE, VARIED = "--set ", "--vary "
"""Options by which a user changes a scenario, as they begin a place in messages."""


@dataclass(frozen=True, order=True, slots=True)
class Mark:
    """A place in a file: lines and columns count from 1; line 0 means the file as a whole.

    For an override, `file` is the option that the user typed.
    """

    file: str
    line: int = 0
    column: int = 0

    @property
    def is_override(self) -> bool:
        """Whether it is an option rather than a place in a file."""
        return self.file.startswith((OVERRIDE, VARIED))

    def __str__(self) -> str:
        return f"{shown(self.file)}:{self.line}:{self.column}" if self.line else shown(self.file)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, with its dotted path inside the file, which may be empty."""

    mark: Mark | None
    path: str
    message: str

    def __str__(self) -> str:
        parts = (str(self.mark) if self.mark else "", self.path, self.message)
        return printable_line(": ".join(part for part in parts if part))


class BadInput(Exception):
    """What the user gave cannot be used; `str()` gives one line a fault, in the order of the files."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: Sequence[Fault] = sorted(dict.fromkeys(faults), key=_order)
        super().__init__(*self.faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


def bad_file(path: Path, message: str) -> BadInput:
    """What is wrong with a file or a folder as a whole."""
    return BadInput([Fault(Mark(str(path)), "", message)])


def bad_option(option: str, message: str) -> BadInput:
    """What is wrong with an option that the user typed; an empty one where no option is to blame."""
    return BadInput([Fault(None, option, message)])


def shown(file: str) -> str:
    """A path as the user would type it: relative where the file lies below the current folder."""
    path, here = Path(file), Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else file


def _order(fault: Fault) -> tuple[Mark, str, str]:
    return fault.mark or Mark(""), fault.path, fault.message
