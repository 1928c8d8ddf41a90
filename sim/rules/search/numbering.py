"""How a search numbers options: through all issues in the order of ties, so that a table is one row of numbers a party.

Numbers are unsigned: numba would look at every signed index whether it counts from the end.
"""

import numpy as np

from sim.game import Rulebook
from sim.rules.compiled import inlined
from sim.rules.state import State


@inlined
def number_options(g: Rulebook, s: State) -> None:
    """Number the options of all issues, and see which issues are on the agenda of this phase."""
    n = 0
    for d in range(g.issue_order.shape[0]):
        i = g.issue_order[d]
        s.first[d], s.place_of[i], s.is_open[d] = n, d, g.agenda[s.phase[0], i]
        for _ in range(g.options[i]):
            s.issue_of[n] = d
            n += 1
    s.first[g.issue_order.shape[0]] = n


@inlined
def number(s: State, i: int, option: int) -> int:
    """Number of an option of issue i."""
    return s.first[s.place_of[i]] + np.uint64(option)


@inlined
def note_what_holds(g: Rulebook, s: State) -> None:
    """The numbers of what holds now; a game without status quo always moves."""
    for d in range(g.issue_order.shape[0]):
        i = g.issue_order[d]
        s.holding[d] = number(s, i, s.package[i]) if g.status_quo[i] >= 0 else np.uint64(s.banned.shape[1])
