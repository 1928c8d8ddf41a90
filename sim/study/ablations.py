"""A scenario with each mechanism switched off, and each number of one moved by a standard deviation, over the same luck."""

from collections.abc import Callable

import numpy as np

from sim.analysis.feasibility.reasons import reasons
from sim.analysis.sensitivity.effects import Ablations, Change, Ends, effect
from sim.analysis.shares.likelihood import agreed
from sim.analysis.threads import threads_for_now
from sim.batch import play_all
from sim.compiling import compile_scenario
from sim.draws import Moved, Uniforms
from sim.earlier import worlds_of
from sim.game import Game
from sim.processes import cores
from sim.scenario import Scenario
from sim.scenario.mechanisms import Mechanism, mechanism_of, stated
from sim.study.plan import Plan


def changes(scenario: Scenario) -> list[Change]:
    """Every mechanism that the scenario states, each followed by its uncertain numbers, moved up and down."""
    game, found = compile_scenario(scenario), []
    paths = dict.fromkeys(number.path for number in game.uncertain)
    for name in stated(scenario):
        found.append(Change(name))
        own = [path for path in paths if mechanism_of(path) == name]
        found += [Change(name, path, by) for path in own for by in (1.0, -1.0)]
    return found


def without(scenario: Scenario, mechanism: Mechanism) -> Scenario:
    """The scenario with one mechanism switched off."""
    return scenario.model_copy(update={"mechanisms": {**scenario.mechanisms, mechanism: "off"}})


def _play(game: Game, uniforms: Uniforms) -> Ends:
    worlds = worlds_of(game, uniforms)
    outcomes = play_all(game, worlds)
    return Ends(agreed(outcomes), reasons(game, worlds, outcomes)[0], outcomes.terms)


def played(game: Game, plan: Plan, change: Change | None = None) -> Ends:
    """All runs of a plan, with a number moved where the change is of one."""
    draws = plan.chunks()
    if change is not None and change.path:
        draws = [Moved(each.seed, each.first, each.n, moves=((change.path, change.by),)) for each in draws]
    with threads_for_now(cores()) as pool:
        parts = list(pool.map(lambda each: _play(game, each), draws))
    return Ends(*(np.concatenate(field) for field in zip(*(vars(part).values() for part in parts), strict=True)))


def ablate(scenario: Scenario, plan: Plan, count: Callable[[int], None]) -> Ablations:
    """Play the scenario as it stands and with every change; `count` hears of the runs that are played."""
    game = compile_scenario(scenario)
    before = played(game, plan)
    count(plan.runs)
    found = []
    for change in changes(scenario):
        after = game if change.path else compile_scenario(without(scenario, change.mechanism))
        ends = played(after, plan, change)
        found.append((change, effect(ends, before)))
        count(plan.runs)
    return Ablations(before, tuple(found))


def total_runs(scenario: Scenario, plan: Plan) -> int:
    """How many negotiations that takes."""
    return plan.runs * (1 + len(changes(scenario)))
