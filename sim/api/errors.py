"""What goes wrong, as Python tells it: one exception, one kind of warning, in the words of the command line."""

import os
import sys
import warnings
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from sim.files.errors import BadInput
from sim.files.printable import printable
from sim.files.result.store import Mismatch
from sim.files.whole_files import StoreFailed

P = ParamSpec("P")
R = TypeVar("R")

HOME = f"{Path(__file__).parents[1]}{os.sep}"


class SimError(ValueError):
    """What was asked cannot be done; says what is wrong, where and what was expected, as the command line does.

    An option is named as there: `--runs` is the argument `runs`, `--set` the mapping of values that is set.
    """


class SimWarning(UserWarning):
    """What should be known of an answer, though there is one: the notes and warnings of the command line."""


def tells_errors(method: Callable[P, R]) -> Callable[P, R]:
    """A function whose faults of input come out as `SimError`, without what went on inside."""

    @wraps(method)
    def called(*arguments: P.args, **named: P.kwargs) -> R:
        try:
            return method(*arguments, **named)
        except (BadInput, Mismatch, StoreFailed) as error:
            said = printable(str(error))
        raise SimError(said)

    return called


def warn(line: str) -> None:
    """A note or warning, as of the line of the user's that asked."""
    level, frame = 1, sys._getframe()
    while frame.f_back is not None and frame.f_code.co_filename.startswith(HOME):
        frame, level = frame.f_back, level + 1
    warnings.warn(printable(line), SimWarning, stacklevel=level)
