"""What a search looks up: patterns over one issue (most red lines, most consent rules) folded into tables by option.

Every party has tables of its own. They hold as long as what it reads in the lines does, which is most of a run.
"""

import numpy as np

from sim.game import Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import belief_once_cited
from sim.rules.search.consent_tables import consent_is_folded, fold_consent
from sim.rules.search.givers import may_table
from sim.rules.search.joint_patterns import note_what_counts, pattern_owner
from sim.rules.search.numbering import note_what_holds, number
from sim.rules.state import CITED, CROSSED, State


@inlined
def belief(g: Rulebook, s: State, r: int) -> float:
    """How far the others believe that line r binds."""
    if s.heard[r] == CITED:
        return belief_once_cited(s.strength[r], s.strength_cited[r])
    if s.heard[r] == CROSSED or not g.line_declared[r]:
        return 0.0
    return max(0.0, s.strength[r])


@inlined
def reads_as_before(g: Rulebook, s: State, p: int) -> bool:
    """Whether p's tables still hold; notes how p reads each line: whether its own binds, how far it believes another's."""
    same = s.is_folded[p]
    for r in range(g.line_owner.shape[0]):
        reading = 0.0
        if g.line_owner[r] == p:
            reading = 1.0 if s.binding[r] else 0.0
        elif s.applies[r]:
            reading = belief(g, s, r)
        if reading != s.reading[p, r]:
            s.reading[p, r] = reading
            same = False
    return same


@inlined
def fold_values(g: Rulebook, w: World, s: State, p: int) -> None:
    """Start from the option values as p reads them, nothing refused but what is off the table."""
    for i in range(g.options.shape[0]):
        for o in range(g.options[i]):
            n = number(s, i, o)
            s.banned[p, n], s.withheld_from[p, n] = s.barred[i, o], 0
            for q in range(g.party_order.shape[0]):
                s.table[p, q, n] = w.estimate[p, q, i, o] + s.premium[q] * w.protection[q, i, o]


@inlined
def fold(g: Rulebook, s: State, p: int, k: int, amount: float, refused: int) -> None:
    """Record what a match of pattern k does: `amount` to its owner's surplus, and 1 where p refuses it."""
    s.amount[p, k], s.forbids[p, k] = amount, refused
    i, owner = g.single[k], pattern_owner(g, k)
    if i >= 0 and (amount != 0.0 or refused > 0):
        for o in range(g.options[i]):
            if (g.masks[k, i] >> o) & 1:
                s.banned[p, number(s, i, o)] += refused
                s.table[p, owner, number(s, i, o)] += amount


@inlined
def fold_lines_and_links(g: Rulebook, w: World, s: State, p: int) -> None:
    """p refuses its own binding lines; belief in another's takes as much off its owner's surplus; a linkage adds to it."""
    lines, first = g.line_owner.shape[0], g.masks.shape[0] - g.group_needed.shape[0]
    for r in range(lines):
        if g.line_owner[r] == p:
            fold(g, s, p, r, 0.0, int(s.binding[r]))
        else:
            fold(g, s, p, r, -s.reading[p, r], 0)
    for k in range(lines, first):
        fold(g, s, p, k, w.bonus[k - lines], 0)
    for k in range(first, g.masks.shape[0]):
        s.forbids[p, k] = s.excluded[k]


@inlined
def note_extremes(g: Rulebook, s: State, p: int) -> None:
    """The most that any option of an issue gives each party; and p itself, of those that it refuses least."""
    for q in range(g.party_order.shape[0]):
        table, most = s.table[p, q], s.most[p, q]
        for d in range(most.shape[0]):
            most[d] = table[s.first[d]]
            for n in range(s.first[d], s.first[d + 1]):
                most[d] = max(most[d], table[n])
    own, banned, bearable = s.table[p, p], s.banned[p], s.bearable[p]
    for n in range(own.shape[0]):
        bearable[n] = own[n] if banned[n] == 0 else -np.inf
    for d in range(s.at.shape[0]):
        note_own_extremes(s, p, d)


@inlined
def note_own_extremes(s: State, p: int, d: int) -> None:
    """Of the options of an issue that p refuses least: how many patterns refuse them, and the most that one gives p."""
    own, banned = s.table[p, p], s.banned[p]
    fewest, dearest = banned[s.first[d]], own[s.first[d]]
    for n in range(s.first[d], s.first[d + 1]):
        if banned[n] < fewest or (banned[n] == fewest and own[n] > dearest):
            fewest, dearest = banned[n], own[n]
    s.mildest[p, d], s.dearest[p, d] = fewest, dearest


@compiled
def rebuild(g: Rulebook, w: World, s: State, p: int) -> None:
    """Make p's tables anew."""
    fold_values(g, w, s, p)
    fold_lines_and_links(g, w, s, p)
    note_extremes(g, s, p)
    note_what_counts(g, s, p)
    s.is_folded[p] = True


@inlined
def follow_givers(g: Rulebook, s: State, p: int) -> None:
    """See which options p may not put into a text now, and refuse those in its search; the text on the table changes that."""
    for d in range(s.at.shape[0]):
        i, changed = g.issue_order[d], False
        for o in range(g.options[i]):
            if g.guarded[i, o]:
                n = number(s, i, o)
                now = 0 if may_table(g, s, p, i, o) else 1
                if now != s.withheld_from[p, n]:
                    s.banned[p, n] += now - s.withheld_from[p, n]
                    s.withheld_from[p, n] = now
                    s.bearable[p, n] = s.table[p, p, n] if s.banned[p, n] == 0 else -np.inf
                    changed = True
        if changed:
            note_own_extremes(s, p, d)


@compiled
def aim(g: Rulebook, w: World, s: State, p: int) -> None:
    """Prepare a search by p."""
    if not consent_is_folded(g, s):
        fold_consent(g, s)
    if not reads_as_before(g, s, p):
        rebuild(g, w, s, p)
    if g.guards:
        follow_givers(g, s, p)
    note_what_holds(g, s)
