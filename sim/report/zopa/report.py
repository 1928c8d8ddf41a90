"""What a reader of exact answers needs beside them, and packages in words."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from sim.analysis.exact.answer import Answer
from sim.game import Game
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
