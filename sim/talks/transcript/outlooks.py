"""What going on is worth to each party and of what that is made, read off a table that the rules have written."""

from typing import Any, cast

import numpy as np

from sim.game import Floats
from sim.rules import formulas
from sim.rules.rounds import no_deal
from sim.talks.shared_state import Table
from sim.talks.transcript.reasons import Outlook


def plain(rule: Any) -> Any:
    """A small rule as Python: called from here, it would be compiled anew in every process."""
    return cast(Any, rule).py_func


def says_why(table: Table) -> bool:
    """Whether the scenario says of what no-deal values are made: of futures, or also of want of trust."""
    return len(table.game.names.futures) > 0 or bool(table.state.premium.any())


def outlooks(table: Table) -> tuple[Outlook, ...]:
    """Of each party; none where the scenario states a no-deal value and nothing else."""
    return tuple(_outlook(table, p) for p in range(len(table.state.present))) if says_why(table) else ()


def _outlook(table: Table, p: int) -> Outlook:
    b, state, world = table, table.state, table.world
    going_on, premium = float(state.untouched[p] - state.premium[p]), float(state.premium[p])
    threats = float(state.no_deal[p] - state.untouched[p])
    if not b.game.names.futures:
        return Outlook((), (), going_on, 0.0, 0.0, threats, premium)
    odds = _odds(table, p)
    cost = float(world.cost[p] * (state.fighting[0] + b.game.rules.horizon))
    levers = float(world.shift[state.pulled, p].sum())
    prospects = tuple(state.prospects[p].tolist())
    return Outlook(tuple(odds.tolist()), prospects, float(odds @ state.prospects[p]), cost, levers, threats, premium)


def _odds(table: Table, p: int) -> Floats:
    world, weight = table.world, plain(formulas.weight_of_future)
    fortunes = float(table.state.fortunes[p])
    pairs = zip(world.odds, world.leans, strict=True)
    weights = np.array([weight(odds, leans, world.sharpness, fortunes) for odds, leans in pairs])
    return np.asarray(weights / weights.sum())


def hope_of_more(table: Table, p: int) -> float:
    """What p would give for the talks that an opening phase leads to."""
    return float(plain(no_deal.hope_of_more)(table.game.rules, table.world, table.state, p))


def holding(table: Table) -> tuple[float | None, ...]:
    """Chance that what is settled still holds after a year, as each belligerent sees it; None for others."""
    rules, world, state = table.game.rules, table.world, table.state
    chance = plain(formulas.chance_of_lasting)
    issues = np.arange(len(state.package))
    return tuple(
        float(chance(world.doubt[p], world.protection[p, issues, state.package].sum())) if fights else None
        for p, fights in enumerate(rules.belligerent.tolist())
    )
