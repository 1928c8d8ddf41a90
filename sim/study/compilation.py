"""Compiling everything that a study needs, where it is not compiled yet: once for many workers."""

from sim.analysis.feasibility.reasons import reasons
from sim.analysis.warm import TINY, start
from sim.batch import play_all
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.scenario import Scenario


def compile_zones() -> None:
    """Count one zone of the smallest game."""
    from sim.analysis.exact.answer import counts_of  # loads compiled code that playing does not need
    from sim.analysis.exact.spaces import space_of

    game = compile_scenario(Scenario.model_validate(TINY))
    counts_of(game, space_of(game), Uniforms(0, 0, 1), threads=1)


def compile_all() -> None:
    """Play and judge one run of the smallest game; what judging needs is compiled in a process beside this one."""
    beside = start()
    game = compile_scenario(Scenario.model_validate(TINY))
    worlds = realise(game, Uniforms(0, 0, 1))
    outcomes = play_all(game, worlds)
    beside.wait()
    reasons(game, worlds, outcomes)
