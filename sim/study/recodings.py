"""A scenario coded without each article, and with each party a class higher and lower, over the same luck."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.analysis.sensitivity.effects import Effect, Ends, effect
from sim.compiling import compile_scenario
from sim.scenario import Scenario
from sim.scenario.checks.whole import contradictions
from sim.scenario.conventions import Data
from sim.scenario.parsing.parse import parse
from sim.scenario.recoding import Recoding
from sim.study.ablations import played
from sim.study.plan import Plan


@dataclass(frozen=True)
class Recoded:
    """The runs as they stand, and what every recoding does to them; None where it contradicts itself."""

    before: Ends
    effects: tuple[tuple[Recoding, Effect | None], ...]


def recode(
    scenario: Scenario, plain: Data, found: Sequence[Recoding], plan: Plan, count: Callable[[int], None]
) -> Recoded:  # fmt: skip
    """Play the scenario as it stands and with every recoding; `count` hears of the runs that are played."""
    before = played(compile_scenario(scenario), plan)
    count(plan.runs)
    effects = []
    for one in found:
        other = parse(one.of(plain))
        fits = isinstance(other, Scenario) and not contradictions(other)
        after = played(compile_scenario(other), plan) if fits and isinstance(other, Scenario) else None
        effects.append((one, None if after is None else effect(after, before)))
        count(plan.runs)
    return Recoded(before, tuple(effects))
