"""What is found while reading a domain: faults, which refuse it, and notes on what is not carried over."""

import math
from dataclasses import dataclass, field

from sim.files.errors import BadInput, Fault, Mark
from sim.files.genius.labels import is_clean
from sim.files.genius.number_text import float_in
from sim.scenario.agenda import MOST_OPTIONS
from sim.scenario.problems import repeated, short

FEW = 3
"""Places of the same note that are named after the first."""


@dataclass(frozen=True)
class Note:
    """Something that is not taken over as it stands; notes of a kind are told together, later ones by their detail."""

    mark: Mark
    message: str
    kind: str
    detail: str


@dataclass
class Findings:
    """Gathers faults and notes; `settle` refuses at once everything that is wrong so far."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)  # names beside a domain that were not looked at
    not_discrete: set[str] = field(default_factory=set)  # issues, each told once

    def fault(self, mark: Mark, path: str, message: str) -> None:
        """Something that keeps the files from being read."""
        self.faults.append(Fault(mark, path, message))

    def note(self, mark: Mark, message: str, kind: str = "", detail: str = "") -> None:
        """Something that the scenario does not take over, or takes over otherwise; of a kind, where others are like it."""
        self.notes.append(Note(mark, message, kind or message, detail or str(mark)))

    def told(self) -> list[str]:
        """The notes, a line for each kind of them."""
        kinds: dict[str, list[Note]] = {}
        for note in dict.fromkeys(self.notes):
            kinds.setdefault(note.kind, []).append(note)
        return [_line(*notes) for notes in kinds.values()]

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

    def values(self, values: list[str], marks: list[Mark], mark: Mark, path: str) -> tuple[str, ...]:
        """The values of an issue, each once; faults where there are too few or too many."""
        for index in repeated(values):
            self.twice(marks[index], path, values[index])
        found = tuple(dict.fromkeys(values))
        if len(found) < 2:
            self.fault(mark, path, f"has {len(found)} of at least 2 values; a single one leaves nothing to settle")
        if len(found) > MOST_OPTIONS:
            self.fault(mark, path, f"has {len(found)} values; at most {MOST_OPTIONS}")
        return found

    def twice(self, mark: Mark, path: str, value: str) -> None:
        """Note something that stands there again and says the same."""
        self.note(mark, f"{path}: {short(value)} stands there twice and is read once", "stands there twice")


def _line(first: Note, *more: Note) -> str:
    named = list(dict.fromkeys(str(note.mark) if note.message == first.message else note.detail for note in more))
    also = f"; {len(more)} more: {', '.join(named[:FEW])}{' and so on' if len(named) > FEW else ''}" if more else ""
    return f"{first.mark}: {first.message}{also}"
