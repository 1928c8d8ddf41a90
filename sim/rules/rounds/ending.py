"""Writing down how a negotiation ended."""

from sim.game import Ints, Rulebook, World
from sim.records import Outcomes
from sim.rules.compiled import compiled, inlined
from sim.rules.consent import consensus, note_live
from sim.rules.formulas import reaches
from sim.rules.packages import are_equal, copy, package_value, package_worth
from sim.rules.rounds.answers import broken_lines
from sim.rules.rounds.positions import threshold_for
from sim.rules.rounds.settlement import AGREEMENT, RATIFICATION_FAILED, lasting_probability
from sim.rules.rounds.terms import terms_for
from sim.rules.state import State


@compiled
def would_pass(g: Rulebook, w: World, s: State, x: Ints) -> bool:
    """Whether all whom x needs would accept it now, by what each asks of just this package."""
    note_live(g, s, x)
    for q in range(g.party_order.shape[0]):
        takes = s.present[q] and broken_lines(g, s, q, x) == 0
        s.trial[q] = 1.0 if takes and reaches(package_worth(g, w, s, q, x), threshold_for(g, w, s, q, x)) else -1.0
    return consensus(g, s, s.trial) > 0.0 and not are_equal(x, s.package)


@compiled
def could_have_passed(g: Rulebook, w: World, s: State, p: int, x: Ints) -> bool:
    """Whether a text of p's own, of which it asks less than of others, would pass at the end."""
    return keeps_to_agenda(g, s, x) and s.aspiration[p] > package_worth(g, w, s, p, x) and would_pass(g, w, s, x)


@compiled
def was_overlooked(g: Rulebook, w: World, s: State) -> bool:
    """Whether some position, or some text of a party that asks less of it for having tabled it, would pass at the end."""
    for p in range(g.party_order.shape[0]):
        if not g.has_position[p] or not s.present[p]:
            continue
        if would_pass(g, w, s, s.stand[p]):
            return True
        for n in range(s.tabled_count[p]):
            if could_have_passed(g, w, s, p, s.tabled[p, n]):
                return True
        for n in range(w.tabled_before.shape[1]):
            if w.tabled_before[p, n, 0] >= 0 and could_have_passed(g, w, s, p, w.tabled_before[p, n]):
                return True
    return False


@inlined
def keeps_to_agenda(g: Rulebook, s: State, x: Ints) -> bool:
    """Whether x leaves what is not on the agenda of this phase as it holds."""
    for i in range(x.shape[0]):
        if not g.agenda[s.phase[0], i] and x[i] != s.package[i]:
            return False
    return True


@compiled
def write_down(g: Rulebook, w: World, s: State, out: Outcomes, k: int) -> None:
    """Record the negotiation that has just ended as run k."""
    out.end[k], out.round[k], out.left[k], out.phase[k] = s.end[0], s.round[0], s.left[0], s.phase[0]
    copy(s.package, out.package[k])
    copy(s.settled, out.settled[k])
    copy(s.settled_at, out.settled_at[k])
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
        if g.core[i] >= 0 and s.package[i] != g.core[i]:
            out.core_kept[k] = False
        out.text[k, i] = s.text[i] if s.has_text[0] else -1
    out.reversals[k] = s.reversals[0]
    out.overlooked[k] = s.end[0] != AGREEMENT and s.end[0] != RATIFICATION_FAILED and was_overlooked(g, w, s)
    out.reopened[k] = s.reopened[0] if s.end[0] == AGREEMENT or s.end[0] == RATIFICATION_FAILED else -1
    for p in range(g.party_order.shape[0]):
        out.value[k, p] = package_value(g, w, p, s.package)
        out.worth[k, p] = package_worth(g, w, s, p, s.package)
        out.terms[k, p], out.face_terms[k, p] = terms_for(g, w, s, p)
