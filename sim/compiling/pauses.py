"""Phases that may settle on a ceasefire."""

from itertools import product

import numpy as np

from sim.compiling.consent_rules import end_of
from sim.compiling.index import Index
from sim.game import Flags, Ints
from sim.scenario import Clause, Scenario


def pauses_of(scenario: Scenario, at: Index, agenda: Flags, start: Ints) -> Flags:
    """Phases [H] that take up some issue of the ceasefire, and in which something that is one may be on the table.

    Issues that no phase has taken up so far are as at the start, or as a lever may make them.
    """
    cease = scenario.momentum.ceasefire if scenario.momentum else None
    found = np.zeros(len(scenario.phases), bool)
    if cease is None:
        return found
    held = [{int(start[i]), *_set_by_levers(scenario, at, i)} for i in range(len(start))]
    for h in np.flatnonzero(agenda @ at.named(cease)).tolist():
        found[h] = _can_be_tabled(scenario, at, cease, h, np.asarray(agenda[: h + 1].any(axis=0)), held)
    return found


def _set_by_levers(scenario: Scenario, at: Index, i: int) -> list[int]:
    name = at.names.issues[i]
    return [at.option(name, lever.status_quo[name]) for lever in scenario.levers if name in lever.status_quo]


def _can_be_tabled(scenario: Scenario, at: Index, cease: Clause, h: int, taken_up: Flags, held: list[set[int]]) -> bool:
    """Whether some choice of ceasefire options is within reach and not off the table by itself."""
    issues, bits = np.flatnonzero(at.named(cease)).tolist(), at.mask(cease)
    choices = []
    for i in issues:
        reach = range(len(at.names.options[i])) if taken_up[i] else held[i]
        choices.append([o for o in reach if int(bits[i]) >> o & 1])
    over = sum(int(phase.rounds) for phase in scenario.phases[: h + 1])
    lasting = [each for each in (*scenario.off_the_table, *scenario.phases[h].off_the_table) if end_of(each) >= over]
    barred = [each.when for each in lasting]
    masks = [at.mask(clause) for clause in barred if set(clause) <= set(cease)]
    return any(
        not any(all(int(mask[i]) >> o & 1 for i, o in zip(issues, chosen, strict=True)) for mask in masks)
        for chosen in product(*choices)
    )
