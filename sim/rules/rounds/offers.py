"""Offers: the package that a party tables, and the draft of a mediator."""

from sim.game import Floats, Ints, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import TOLERANCE
from sim.rules.packages import are_equal, copy
from sim.rules.search.ascent import ascend, change, climb, is_worth_tabling, place, score
from sim.rules.search.lookup import aim
from sim.rules.search.numbering import number
from sim.rules.search.one_issue import best_change
from sim.rules.search.scores import UNACCEPTABLE
from sim.rules.state import State

STEADINESS = 0.01
"""Least gain in the others' surplus for which a party changes its offer; it keeps offers from flickering."""


@inlined
def look_at(g: Rulebook, w: World, s: State, p: int, own: float, floors: Floats, biased: bool) -> None:
    """Set what p measures surplus from: its own threshold, and the others' `floors` [P] as p reads them.

    `biased`: whether p counts the others by its bias, as a mediator does, or alike.
    """
    for q in range(g.party_order.shape[0]):
        s.floor[q] = own if q == p else floors[q] + w.reading[p, q]
        s.scale[q] = w.bias[p, q] if biased else 1.0
    aim(g, w, s, p)


@compiled
def propose(g: Rulebook, w: World, s: State, p: int) -> bool:
    """Write p's offer to `found`; false where it has nothing to table that it could accept itself.

    Of the packages that p accepts now, the one with the largest least surplus of the others as p estimates it, found by
    steepest ascent from its last offer, the text on the table and, before its first offer, its position or best package.
    A party stands by its last offer, while it accepts that itself, unless another is better by `STEADINESS`. One that has
    withheld consent in bad faith puts the demand that it raised then into what it tables.
    """
    s.to_all[0] = False
    look_at(g, w, s, p, s.aspiration[p], s.fallback, False)
    standing = UNACCEPTABLE * 2.0
    if s.has_offered[p]:
        place(g, s, p, s.last_offer[p])
        standing = score(g, s, p)
        reached = climb(g, s, p, standing)
    else:
        reached = ascend(g, s, p, s.opening[p])
    copy(s.x, s.found)
    if s.has_text[0] and not (s.has_offered[p] and are_equal(s.text, s.last_offer[p])):
        other = ascend(g, s, p, s.text)
        if other > reached + TOLERANCE:
            reached = other
            copy(s.x, s.found)
    if is_worth_tabling(standing) and reached < standing + STEADINESS:
        copy(s.last_offer[p], s.found)
    if s.demand[p] >= 0:
        insist(g, w, s, p, s.demand[p])
    return is_worth_tabling(reached)


@compiled
def insist(g: Rulebook, w: World, s: State, p: int, i: int) -> None:
    """What p is about to table takes up the demand that it raised last, in bad faith, where that makes sense."""
    wanted = s.found[i]
    for option in range(g.options[i]):
        if s.barred[i, option] == 0 and s.worth[p, i, option] > s.worth[p, i, wanted]:
            wanted = option
    place(g, s, p, s.found)
    before = s.refused[0]
    change(g, s, p, s.place_of[i], number(s, i, wanted))
    if g.agenda[s.phase[0], i] and s.refused[0] <= before and s.moved[0] > 0:
        s.found[i] = wanted


@inlined
def best_trade(g: Rulebook, s: State, p: int, beat: float) -> tuple[int, int, float]:
    """First half (issue, option) of the best two-issue change of s.x that beats a score, and the score it leads to."""
    issue, chosen, best = -1, s.at[0], beat
    for d in range(s.at.shape[0]):
        if not s.is_open[d]:
            continue
        old = s.at[d]
        for n in range(s.first[d], s.first[d + 1]):
            if n == old:
                continue
            change(g, s, p, d, n)
            second, _, reached = best_change(g, s, p, best)
            change(g, s, p, d, old)
            if second >= 0 and reached > best + TOLERANCE:
                issue, chosen, best = d, n, reached
    return issue, chosen, best


@compiled
def draft(g: Rulebook, w: World, s: State, m: int, text: Ints) -> bool:
    """Mediator m revises a text (Raiffa 1982; Klein et al. 2003) and writes it to `found`; false where it has none.

    At most `revisions` one-issue changes, each the best for the party with the largest (biased) shortfall from its
    aspiration as m hears it, within m's own lines and no-deal value; where they are stuck, one trade over two issues.
    """
    s.to_all[0] = False
    look_at(g, w, s, m, s.no_deal[m], s.aspiration, True)
    place(g, s, m, text)
    reached = score(g, s, m)
    left = g.revisions[s.phase[0]]
    while left > 0:
        issue, option, _ = best_change(g, s, m, reached)
        if issue < 0 and left > 1:
            issue, option, _ = best_trade(g, s, m, reached)
        if issue < 0:
            break
        change(g, s, m, issue, option)
        reached = score(g, s, m)
        left -= 1
    copy(s.x, s.found)
    return is_worth_tabling(reached)
