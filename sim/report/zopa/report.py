"""What a reader of exact answers needs beside them, and packages in words."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.analysis.exact.answer import Answer
from sim.game import Game, Ints
from sim.report.wording.layout import wrap
from sim.scenario import Scenario


@dataclass(frozen=True)
class ZoneReport:
    """The exact answers about a scenario, with what a reader needs to judge them."""

    scenario: Scenario
    name: str
    file: str  # as it was named on the command line
    game: Game
    answer: Answer
    overrides: dict[str, str]

    def party(self, name: str) -> str:
        """What a party is called."""
        return self.scenario.parties[name].name

    def command(self, lines: Sequence[str]) -> str:
        """The command that asks again without some red lines."""
        owner = {line.id: name for name, party in self.scenario.parties.items() for line in party.red_lines}
        sets = [f"--set {path}={shlex.quote(value)}" for path, value in self.overrides.items()]
        sets += [f"--set parties.{owner[line]}.red_lines.{line}.firmness=0" for line in lines]
        return " ".join(["sim", "zopa", shlex.quote(self.file), *sets])


def capital(text: str) -> str:
    """A text with its first letter large, for the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def in_full(report: ZoneReport, x: Ints) -> Iterator[str]:
    """A package issue by issue; what stays as it is, where there is a status quo, comes last, on one line."""
    game, kept = report.game, []
    for i, issue in enumerate(game.names.issues):
        if x[i] == game.rules.status_quo[i]:
            kept.append(report.scenario.issues[issue].title)
        else:
            yield from wrap(settles(report, i, x), hang="    ")
    if kept:
        yield from wrap(f"as now: {'; '.join(kept)}", hang="    ")


def settles(report: ZoneReport, i: int, x: Ints) -> str:
    """What a package settles on an issue."""
    issue = report.scenario.issues[report.game.names.issues[i]]
    return f"{issue.title}: {issue.options[report.game.names.options[i][x[i]]].says}"


def differences(report: ZoneReport, x: Ints, other: Ints) -> Iterator[str]:
    """What package x settles otherwise than another one."""
    for i in range(len(x)):
        if x[i] != other[i]:
            yield from wrap(settles(report, i, x), hang="    ")
