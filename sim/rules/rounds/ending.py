"""Writing down how a negotiation ended."""

from sim.game import Rulebook, World
from sim.records import Outcomes
from sim.rules.compiled import compiled
from sim.rules.packages import copy, package_value
from sim.rules.rounds.settlement import AGREEMENT, RATIFICATION_FAILED, lasting_probability
from sim.rules.state import State


@compiled
def write_down(g: Rulebook, w: World, s: State, out: Outcomes, k: int) -> None:
    """Record the negotiation that has just ended as run k."""
    out.end[k], out.round[k], out.left[k], out.phase[k] = s.end[0], s.round[0], s.left[0], s.phase[0]
    copy(s.package, out.package[k])
    copy(s.settled, out.settled[k])
    copy(s.status_quo, out.status_quo[k])
    copy(s.no_deal, out.no_deal[k])
    copy(s.aspiration, out.aspiration[k])
    copy(s.binding, out.binding[k])
    copy(s.present, out.present[k])
    copy(s.withheld, out.withheld[k])
    copy(s.exposed, out.exposed[k])
    out.offers[k] = s.offers[0]
    copy(s.cited, out.cited[k])
    copy(s.wanted, out.wanted[k])
    copy(s.cited_last, out.cited_last[k])
    copy(s.wanted_last, out.wanted_last[k])
    out.holds[k] = lasting_probability(g, w, s)
    out.momentum[k] = s.momentum[0]
    out.core_kept[k] = True
    for i in range(g.options.shape[0]):
        if g.core[i] and s.package[i] != g.proposal[i]:
            out.core_kept[k] = False
    out.reopened[k] = s.reopened[0] if s.end[0] == AGREEMENT or s.end[0] == RATIFICATION_FAILED else -1
    for p in range(g.party_order.shape[0]):
        out.value[k, p] = package_value(g, w, p, s.package)
