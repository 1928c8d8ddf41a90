"""Positions: where talks start, what a party stands by, and what it has been given in reply."""

from sim.game import SINGLE_TEXT, Ints, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import reaches, response
from sim.rules.packages import are_equal, copy, falls_under, package_worth
from sim.rules.search.best import NOTHING, find_best, is_declared, search_best
from sim.rules.search.consent_tables import consent_is_folded, fold_consent, is_barred
from sim.rules.state import State

STIRRING = 0.01
"""Rise of a fallback that is a reason to ask for more again."""


@inlined
def put_forward(g: Rulebook, s: State, p: int, i: int) -> int:
    """The option that p has put forward by now, -1 where it is silent."""
    return g.position[g.stage[s.today[0]], p, i]


@inlined
def asked_of(g: Rulebook, s: State, p: int, i: int) -> int:
    """What p's position asks of an issue in this phase, -1 where it is silent or the phase cannot settle it.

    Where what it has put forward is off the table, the next best to it that is on it.
    """
    o = put_forward(g, s, p, i)
    if o < 0 or not g.agenda[s.phase[0], i] or s.framework[i] >= 0:
        return -1
    if not is_barred(g, s, i, o):
        return o
    next_best = -1
    for k in range(g.options[i]):
        if not is_barred(g, s, i, k) and s.worth[p, i, k] <= s.worth[p, i, o]:
            if next_best < 0 or s.worth[p, i, k] > s.worth[p, i, next_best]:
                next_best = k
    return next_best


@inlined
def take_stand(g: Rulebook, s: State, p: int) -> None:
    """Write p's position as a package of this phase: what it does not name is as it holds, or as a framework has it."""
    for i in range(g.options.shape[0]):
        s.stand[p, i] = s.framework[i] if s.framework[i] >= 0 else s.package[i]
        asked = asked_of(g, s, p, i)
        if asked >= 0:
            s.stand[p, i] = asked


@compiled
def goal_from_position(g: Rulebook, w: World, s: State, p: int) -> float:
    """What p asks first: its position, and a share of the best that it leaves room for; never more than its best."""
    best, at = s.goal[p], package_worth(g, w, s, p, s.stand[p])
    if w.opening[p] == 0.0:
        return min(best, at)
    for i in range(g.options.shape[0]):
        s.fixed[i] = s.stand[p, i] if asked_of(g, s, p, i) >= 0 else s.framework[i]
    search_best(g, w, s, p)
    filled = at if s.goal[p] == NOTHING else s.goal[p]
    return min(best, (1.0 - w.opening[p]) * at + w.opening[p] * filled)


@compiled
def set_goals(g: Rulebook, w: World, s: State) -> None:
    """Set what every party asks first in this phase, and the package from which it looks for its first offer."""
    for p in g.party_order:
        set_goal(g, w, s, p)


@compiled
def set_goal(g: Rulebook, w: World, s: State, p: int) -> None:
    """What p asks first, as things stand now, and the package from which it looks for its first offer."""
    if not consent_is_folded(g, s):
        fold_consent(g, s)
    find_best(g, w, s, p)
    if g.has_position[p]:
        take_stand(g, s, p)
        s.goal[p] = goal_from_position(g, w, s, p)
        copy(s.stand[p], s.opening[p])


@compiled
def renew_goals(g: Rulebook, w: World, s: State) -> None:
    """Where a position changes, a line begins or something comes on the table, goals are sought anew.

    A party that so stands somewhere else begins again from there. Its clock runs on, and what it has been given stays.
    """
    for p in g.party_order:
        if s.renewed[p]:
            copy(s.stand[p], s.found)
            set_goal(g, w, s, p)
            if g.has_position[p] and not are_equal(s.found, s.stand[p]):
                s.has_offered[p], s.restated[p] = False, True


@inlined
def are_alike(g: Rulebook, s: State, x: Ints, y: Ints) -> bool:
    """Whether two packages say the same on the agenda of this phase."""
    for i in range(x.shape[0]):
        if g.agenda[s.phase[0], i] and x[i] != y[i]:
            return False
    return True


@compiled
def has_put_forward(g: Rulebook, w: World, s: State, p: int, x: Ints) -> bool:
    """Whether x is p's position, or something that it has tabled itself, in earlier talks too."""
    if are_alike(g, s, s.stand[p], x):
        return True
    for k in range(s.tabled_count[p]):
        if are_alike(g, s, s.tabled[p, k], x):
            return True
    for k in range(w.tabled_before.shape[1]):
        if w.tabled_before[p, k, 0] >= 0 and are_alike(g, s, w.tabled_before[p, k], x):
            return True
    return False


@compiled
def threshold_for(g: Rulebook, w: World, s: State, p: int, x: Ints) -> float:
    """The least that x must be worth to p now: its aspiration; less, down to its fallback, for what it put forward itself."""
    least = s.aspiration[p]
    if g.has_position[p]:
        worth = package_worth(g, w, s, p, x)
        if not reaches(worth, least) and has_put_forward(g, w, s, p, x):
            return max(s.fallback[p], worth)
    return least


@compiled
def breaks_declared_line(g: Rulebook, s: State, p: int, x: Ints) -> bool:
    """Whether x breaks a line that p has declared, real or not."""
    for r in range(g.line_owner.shape[0]):
        if g.line_owner[r] == p and is_declared(g, s, r) and s.applies[r] and falls_under(g, g.masks, r, x):
            return True
    return False


@compiled
def meet_adversaries(g: Rulebook, w: World, s: State) -> None:
    """As a phase opens, note what each adversary's position is worth, and that nobody has given anything yet."""
    for p in range(g.party_order.shape[0]):
        for a in range(g.party_order.shape[0]):
            s.given[p, a] = NOTHING
            if g.adversary[p, a]:
                s.hoped[p, a] = package_worth(g, w, s, p, s.stand[a])


@compiled
def note_given(g: Rulebook, w: World, s: State, author: int) -> None:
    """Note what the text gives: its author's gift, or of a draft or a framework (author -1) that of both sides."""
    anybody = author < 0 or (s.protocol[0] == SINGLE_TEXT and author == g.mediator[s.phase[0]])
    for p in range(g.party_order.shape[0]):
        if w.reciprocity[p] == 0.0 or breaks_declared_line(g, s, p, s.text):
            continue
        for a in range(g.party_order.shape[0]):
            if g.adversary[p, a] and (anybody or a == author):
                s.given[p, a] = max(s.given[p, a], package_worth(g, w, s, p, s.text))


@inlined
def answered_by(g: Rulebook, w: World, s: State, p: int, goal: float) -> float:
    """How far p's adversary has come; of several the one that has come least."""
    if w.reciprocity[p] == 0.0:
        return 0.0
    least = 1.0
    for a in range(g.party_order.shape[0]):
        if g.adversary[p, a]:
            least = min(least, response(s.given[p, a], s.hoped[p, a], goal))
    return least


@inlined
def turns_back(g: Rulebook, s: State, p: int, i: int, old: int, new: int) -> bool:
    """Whether p's change of an issue leads back towards its position: it gives p more again, and brings it closer."""
    if put_forward(g, s, p, i) < 0 or s.worth[p, i, new] <= s.worth[p, i, old]:
        return False
    aim = s.worth[p, i, s.stand[p, i]]
    return abs(s.worth[p, i, new] - aim) < abs(s.worth[p, i, old] - aim)


@compiled
def note_reversals(g: Rulebook, s: State, p: int) -> None:
    """Count the issues on which p's offer goes back, where nothing is a reason for it.

    Another's going back is one, or that its fallback has risen, or that its position has changed.
    """
    back, provoked = 0, False
    for i in range(g.options.shape[0]):
        if g.agenda[s.phase[0], i] and turns_back(g, s, p, i, s.last_offer[p, i], s.found[i]):
            back += 1
    for q in range(g.party_order.shape[0]):
        provoked = provoked or (q != p and s.receded_at[q] > s.offered_at[p])
    if back > 0:
        s.receded_at[p] = s.offers[0]
        if not provoked and not s.restated[p] and not s.fallback[p] > s.fallback_then[p] + STIRRING:
            s.reversals[0] += back
