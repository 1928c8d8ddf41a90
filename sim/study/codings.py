"""A scenario as two coders have it, played over the same luck, and over draws from both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.analysis.shares.likelihood import agreed
from sim.analysis.threads import threads_for_now
from sim.batch import play_all
from sim.compiling import compile_scenario
from sim.draws import Uniforms
from sim.earlier import worlds_of
from sim.game import Flags, Game
from sim.processes import cores
from sim.scenario import Scenario
from sim.study.plan import Plan

CODER = "coding"
"""The stream by which a run takes one coder or the other. No number of a scenario has this path, so no other draw moves."""


@dataclass(frozen=True)
class CodedRuns:
    """Which of the same n runs agree: by either coder, by both at once, and by the first with parts of the second."""

    first: Flags  # [n]
    second: Flags  # [n]
    of_first: Flags  # [n] the runs that take the first coder where both are drawn from
    parts: Mapping[str, Flags]  # name of a part: [n]

    @property
    def both(self) -> Flags:
        """Runs [n], each by one coder as a whole: numbers of one coder hang together, and a mixture is nobody's reading."""
        taken: Flags = np.where(self.of_first, self.first, self.second)
        return taken


def play_codings(
    first: Scenario, second: Scenario, parts: Mapping[str, Scenario], plan: Plan, count: Callable[[int], None]
) -> CodedRuns:
    """Play all of them with the same luck; `count` hears of the runs that are played."""

    def played(scenario: Scenario) -> Flags:
        game = compile_scenario(scenario)
        with threads_for_now(cores()) as pool:
            found = list(pool.map(lambda draws: _agreed(game, draws), plan.chunks()))
        count(plan.runs)
        return np.concatenate(found)

    kept = compile_scenario(first).kept
    of_first = Uniforms(plan.seed, 0, plan.runs).among(kept).stream(CODER) < 0.5
    return CodedRuns(played(first), played(second), of_first, {name: played(part) for name, part in parts.items()})


def _agreed(game: Game, draws: Uniforms) -> Flags:
    return agreed(play_all(game, worlds_of(game, draws)))
