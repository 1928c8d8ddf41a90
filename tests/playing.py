"""Playing scenarios in tests: the same draws under different settings."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from sim.analysis.feasibility.reasons import reasons
from sim.analysis.shares.likelihood import agreed
from sim.batch import play_all
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.files.scenario.reader import read_scenario
from sim.game import Flags, Game, Ints, World, Worlds
from sim.records import Outcomes
from sim.scenario import Scenario
from sim.talks.model import Negotiation
from sim.talks.shared_state import Table

ROOT = Path(__file__).parent.parent
FREEZE = ROOT / "scenarios" / "freeze_lines.yaml"


@dataclass(frozen=True)
class Played:
    """A scenario and its runs."""

    game: Game
    worlds: Worlds
    outcomes: Outcomes
    zone: Flags
    why: Ints

    def agreed(self) -> Flags:
        return agreed(self.outcomes)


def after_round_0(game: Game, world: World) -> Table:
    """Where talks stand when their first round is played: its fallbacks and binding lines."""
    talks = Negotiation(game, world, collect=False)
    talks.step()
    talks.forget()
    return talks.table


def play_scenario(scenario: Scenario, n: int, seed: int) -> Played:
    game = compile_scenario(scenario)
    worlds = realise(game, Uniforms(seed, 0, n))
    outcomes = play_all(game, worlds)
    return Played(game, worlds, outcomes, *reasons(game, worlds, outcomes))


@cache
def play_file(path: Path, n: int, seed: int, *overrides: str) -> Played:
    return play_scenario(read_scenario(path, list(overrides)).scenario, n, seed)


def play_changed(path: Path, n: int, seed: int, **changes: object) -> Played:
    """Play a file with some of its top-level blocks replaced."""
    return play_scenario(Scenario.model_validate({**read_scenario(path).plain, **changes}), n, seed)


def paired(after: Flags, before: Flags) -> tuple[float, float]:
    """Mean difference of paired runs and the half-width of its 95 % interval."""
    difference = after.astype(float) - before.astype(float)
    return float(difference.mean()), float(1.96 * difference.std(ddof=1) / np.sqrt(len(difference)))


def assert_not_higher(after: Flags, before: Flags) -> None:
    mean, half = paired(after, before)
    assert mean <= half, f"rose by {mean:.3f}, beyond the paired interval of {half:.3f}"


def assert_lower(after: Flags, before: Flags) -> None:
    mean, half = paired(after, before)
    assert mean < -half, f"changed by {mean:.3f}, within the paired interval of {half:.3f}"
