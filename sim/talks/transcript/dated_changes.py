"""What a date changes: positions, what is on the table, and red lines that begin."""

from itertools import chain

import numpy as np

from sim.game import Floats
from sim.talks.shared_state import Table
from sim.talks.transcript.entries import Incident, IncidentKind


def positions(table: Table) -> list[Incident]:
    """Parties that put something else forward from this round on, by an event or a documented proposal."""
    rules, now = table.game.rules, int(table.state.round[0])
    if now == 0 or rules.stage[now] == rules.stage[now - 1]:
        return []
    old, new = rules.position[rules.stage[now - 1]], rules.position[rules.stage[now]]
    told = []
    for p in np.flatnonzero((old != new).any(axis=1)).tolist():
        terms = [(float(i), float(new[p, i])) for i in np.flatnonzero(old[p] != new[p]).tolist()]
        told.append(Incident(IncidentKind.POSITION, p, float(now), parts=tuple(chain(*terms))))
    return told


def on_the_table(table: Table) -> list[Incident]:
    """Exclusions that end in this round."""
    rules = table.game.rules
    now = np.flatnonzero(rules.group_until[rules.lifting] == table.state.round[0])
    return [Incident(IncidentKind.ON_TABLE, before=float(j)) for j in now.tolist()]


def lines_begun(table: Table, firmness: Floats) -> list[Incident]:
    """Red lines that had no firmness [R] before this round and have some now."""
    state = table.state
    begun = table.game.rules.line_latent & state.applies & (firmness <= 0.0) & (state.firmness > 0.0)
    real = table.world.z < state.firmness
    return [Incident(IncidentKind.LINE_BEGUN, r, float(real[r])) for r in np.flatnonzero(begun).tolist()]
