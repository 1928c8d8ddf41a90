"""What is found while reading a domain: faults, which refuse it, and notes on what is not carried over."""

import math
from dataclasses import dataclass, field

from sim.files.errors import BadInput, Fault, Mark
from sim.files.genius.names import is_clean
from sim.files.genius.numbers import float_in
from sim.scenario.agenda import MOST_OPTIONS
from sim.scenario.problems import repeated, short


@dataclass
class Findings:
    """Gathers faults and notes; `settle` refuses at once everything that is wrong so far."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def fault(self, mark: Mark, path: str, message: str) -> None:
        """Something that keeps the files from being read."""
        self.faults.append(Fault(mark, path, message))

    def note(self, mark: Mark, message: str) -> None:
        """Something that the scenario does not take over, or takes over otherwise."""
        self.notes.append(f"{mark}: {message}")

    def settle(self) -> None:
        """Go on only if nothing is wrong.

        Raises:
            BadInput: all faults so far.
        """
        if self.faults:
            raise BadInput(self.faults)

    def number(self, text: str, mark: Mark, path: str, most: float = math.inf) -> float:
        """A number from 0 to `most`; a fault, and 0, where there is none."""
        wanted = "a number of at least 0" if most == math.inf else f"a number from 0 to {most:g}"
        value = float_in(text)
        if value is None or not 0.0 <= value <= most or value == math.inf:
            self.fault(mark, path, f"must be {wanted} (got {short(text) or 'empty text'})")
            return 0.0
        return value

    def name(self, text: str, mark: Mark, path: str) -> str:
        """A name that a scenario can hold."""
        if not text.strip():
            self.fault(mark, path, "is empty; expected a name")
        elif not is_clean(text):
            self.fault(mark, path, "holds a control character")
        return text

    def values(self, values: list[str], marks: list[Mark], mark: Mark, path: str) -> None:
        """Faults of the values of an issue: too few, too many, or the same twice."""
        for index in repeated(values):
            self.fault(marks[index], path, f"stands there twice (got {short(values[index])})")
        count = len(set(values))
        if count < 2:
            self.fault(mark, path, f"has {count} of at least 2 values; a single one leaves nothing to settle")
        if count > MOST_OPTIONS:
            self.fault(mark, path, f"has {count} values; at most {MOST_OPTIONS}")
