"""Talks that go on from earlier ones, beside what would answer the same question: the later ones begun anew, and the earlier
ones played on.

All are played on the same runs, those that fit the record, and judged by one day. So gaps are paired, and two of them add up
to the third: what is new in the later world, and what the later talks owe to the earlier.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sim.analysis.shares.continuation import Continuation, Exchange
from sim.analysis.shares.difference import difference
from sim.analysis.shares.likelihood import agreed, share_of
from sim.analysis.threads import threads_for_now
from sim.batch import play_all
from sim.compiling import compile_scenario
from sim.earlier import worlds_of
from sim.game import Flags, Game
from sim.processes import cores
from sim.records import Outcomes
from sim.scenario import Scenario
from sim.scenario.calendar import Calendar, calendar_of
from sim.scenario.continuing import earlier_scenario, until
from sim.study.parts_of_later import exchanged
from sim.study.plan import Plan


def continuation(
    scenario: Scenario, plan: Plan, done: Outcomes, count: Callable[[int], None] = lambda runs: None
) -> Continuation | None:
    """The three, where a scenario continues another; `done` are the runs of the plan, and `count` hears of the others."""
    earlier, draws = earlier_scenario(scenario), scenario.draws
    if earlier is None or draws is None:
        return None
    then = _calendar(earlier)
    now = calendar_of(scenario) or replace(then, start=until(scenario))
    game, before = compile_scenario(scenario), compile_scenario(earlier.model_copy(update={"draws": draws}))
    day = min(now.end_of(game.total_rounds()), then.end_of(before.total_rounds()))

    def play(each: Game, calendar: Calendar) -> Flags:
        found = _played(each, plan, count)
        return _by(found, calendar.rounds_by(day))

    going_on = _by(done, now.rounds_by(day))
    anew, played_on = play(replace(game, earlier=None), now), play(before, then)
    others = [(part, play(compile_scenario(other), now)) for part, other in exchanged(scenario, earlier)]
    return Continuation(
        earlier.title, until(scenario), draws.of, len(draws.numbers()), day,
        share_of(going_on), share_of(anew), share_of(played_on),
        difference(going_on, anew), difference(going_on, played_on), difference(anew, played_on),
        tuple(Exchange(part, difference(going_on, other)) for part, other in others if (other != going_on).any()),
    )  # fmt: skip


def total_runs(scenario: Scenario, plan: Plan) -> int:
    """How many negotiations that takes beside the plan's own."""
    earlier = earlier_scenario(scenario)
    return 0 if earlier is None else plan.runs * (2 + len(list(exchanged(scenario, earlier))))


def _calendar(scenario: Scenario) -> Calendar:
    found = calendar_of(scenario)
    assert found is not None, "a checked scenario has one"
    return found


def _by(outcomes: Outcomes, rounds: int) -> Flags:
    """Runs [n] that have agreed once so many rounds are over."""
    return np.asarray(agreed(outcomes) & (outcomes.round < rounds))


def _played(game: Game, plan: Plan, count: Callable[[int], None]) -> Outcomes:
    """The outcomes of all runs of a plan."""
    parts = []
    with threads_for_now(cores()) as pool:
        for part in pool.map(lambda luck: play_all(game, worlds_of(game, luck)), plan.chunks()):
            parts.append(part)
            count(len(part.end))
    return Outcomes(*(np.concatenate(field) for field in zip(*parts, strict=True)))
