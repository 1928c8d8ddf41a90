"""Search over packages: what a one-issue change does to every party's surplus, kept up to date in O(P) a change.

The searcher p looks for the package that is best for the others among those that it could accept itself. The `score` of
a package is the least surplus of those whose consent it needs, as p sees it, where p can accept it; and far below that,
rising with p's own surplus, where it cannot: so an ascent first finds its way to what p accepts.

Patterns over one issue (most red lines, most consent rules) are folded into tables by option before a search; only
patterns over several issues ("joint" ones) are followed while it runs.
"""

from sim.game import Floats, Ints, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.consent import ABSENT, SATISFIED, nth_largest
from sim.rules.formulas import TOLERANCE, reaches
from sim.rules.packages import copy, matches
from sim.rules.state import State

UNACCEPTABLE = -1e4
STEPS = 200


@inlined
def clear_tables(g: Rulebook, w: World, s: State, p: int) -> None:
    """Start from the option values as p reads them, nothing refused and nobody's consent needed."""
    for i in range(g.options.shape[0]):
        for o in range(g.options[i]):
            s.banned[i, o] = 0
            for q in range(g.party_order.shape[0]):
                s.table[i, o, q] = w.estimate[p, q, i, o]
                s.asks[i, o, q] = 0


@inlined
def fold_lines(g: Rulebook, s: State, p: int, doubts: Floats) -> None:
    """p refuses its own binding lines; another's line takes `doubts` [R] off its owner's surplus."""
    for r in range(g.line_owner.shape[0]):
        q, i = g.line_owner[r], g.single[r]
        refused = 1 if q == p and s.binding[r] else 0
        penalty = 0.0 if q == p or not s.applies[r] else doubts[r]
        s.forbids[r] = refused
        s.amount[r] = -penalty
        if i >= 0:
            for o in range(g.options[i]):
                if (g.masks[r, i] >> o) & 1:
                    s.banned[i, o] += refused
                    s.table[i, o, q] -= penalty


@inlined
def fold_links(g: Rulebook, w: World, s: State) -> None:
    """Linkages add their bonus to their owner's surplus."""
    first = g.line_owner.shape[0]
    for link in range(g.link_owner.shape[0]):
        k, i = first + link, g.single[first + link]
        s.forbids[k] = 0
        s.amount[k] = w.bonus[link]
        if i >= 0:
            for o in range(g.options[i]):
                if (g.masks[k, i] >> o) & 1:
                    s.table[i, o, g.link_owner[link]] += w.bonus[link]


@inlined
def fold_consent(g: Rulebook, s: State) -> None:
    """Rules that need all their members ask each of them; quotas are looked at package by package."""
    first = g.masks.shape[0] - g.group_needed.shape[0]
    s.has_quota[0] = False
    for q in range(g.party_order.shape[0]):
        s.always[q] = 0
    for group in range(g.group_needed.shape[0]):
        if not g.phase_groups[s.phase[0], group]:
            continue
        if not g.group_whole[group]:
            s.has_quota[0] = True
            continue
        i = g.single[first + group]
        for q in range(g.party_order.shape[0]):
            if not g.group_members[group, q]:
                continue
            if not g.group_given[group]:
                s.always[q] += 1
            elif i >= 0:
                for o in range(g.options[i]):
                    s.asks[i, o, q] += (s.patterns[first + group, i] >> o) & 1


@inlined
def note_tops(g: Rulebook, s: State) -> None:
    """The most that any option of an issue adds to a party's surplus."""
    for i in range(g.options.shape[0]):
        for q in range(g.party_order.shape[0]):
            s.top[i, q] = s.table[i, 0, q]
            for o in range(1, g.options[i]):
                s.top[i, q] = max(s.top[i, q], s.table[i, o, q])


@compiled
def aim(g: Rulebook, w: World, s: State, p: int, doubts: Floats) -> None:
    """Prepare a search by p, which takes `doubts` [R] off the others' surplus where a package breaks their lines."""
    clear_tables(g, w, s, p)
    fold_lines(g, s, p, doubts)
    fold_links(g, w, s)
    fold_consent(g, s)
    note_tops(g, s)


@inlined
def misses_after(s: State, k: int, i: int, option: int) -> int:
    """Issues that joint pattern k does not match once issue i is at `option`."""
    return s.misses[k] + int((s.patterns[k, i] >> s.x[i]) & 1) - int((s.patterns[k, i] >> option) & 1)


@inlined
def flip(g: Rulebook, s: State, k: int, sign: int, surplus: Floats, need: Ints) -> int:
    """A joint pattern begins (1) or ceases (-1) to match: change surplus or need; return the change in what p refuses."""
    lines = g.line_owner.shape[0]
    first = g.masks.shape[0] - g.group_needed.shape[0]
    if k >= first:
        if g.phase_groups[s.phase[0], k - first] and g.group_whole[k - first]:
            for q in range(need.shape[0]):
                need[q] += sign * g.group_members[k - first, q]
        return 0
    owner = g.line_owner[k] if k < lines else g.link_owner[k - lines]
    surplus[owner] += sign * s.amount[k]
    return sign * s.forbids[k]


@compiled
def place(g: Rulebook, s: State, x: Ints) -> int:
    """Start from package x; return how many of the patterns that the searcher refuses it matches."""
    copy(x, s.x)
    broken = 0
    for q in range(g.party_order.shape[0]):
        total = -s.floor[q]
        need = s.always[q]
        for i in g.issue_order:
            total += s.table[i, x[i], q]
            need += s.asks[i, x[i], q]
        s.surplus[q] = total
        s.need[q] = need
    for i in range(x.shape[0]):
        broken += s.banned[i, x[i]]
    for k in g.joint:
        misses = 0
        for i in range(x.shape[0]):
            if g.names[k, i]:
                misses += 1 - int((s.patterns[k, i] >> x[i]) & 1)
        s.misses[k] = misses
        if misses == 0:
            broken += flip(g, s, k, 1, s.surplus, s.need)
    return broken


@compiled
def change(g: Rulebook, s: State, i: int, option: int, broken: int) -> int:
    """Set issue i of s.x to `option`; return the new number of refused patterns that it matches."""
    old = s.x[i]
    for q in range(s.surplus.shape[0]):
        s.surplus[q] += s.table[i, option, q] - s.table[i, old, q]
        s.need[q] += s.asks[i, option, q] - s.asks[i, old, q]
    broken += s.banned[i, option] - s.banned[i, old]
    for k in g.touching[i]:
        if k < 0:
            break
        before = s.misses[k]
        s.misses[k] = misses_after(s, k, i, option)
        if (before == 0) != (s.misses[k] == 0):
            broken += flip(g, s, k, 1 if before != 0 else -1, s.surplus, s.need)
    s.x[i] = option
    return broken


@inlined
def changes(g: Rulebook, s: State, x: Ints) -> int:
    """Number of issues that package x moves from what holds now; a game without status quo always moves."""
    total = 0
    for i in range(x.shape[0]):
        if x[i] != s.package[i] or g.status_quo[i] < 0:
            total += 1
    return total


@inlined
def moved_after(g: Rulebook, s: State, moved: int, i: int, option: int) -> int:
    """Issues moved from what holds now once issue i is at `option`, where `moved` are so before."""
    if g.status_quo[i] < 0:
        return moved
    if s.x[i] != s.package[i]:
        moved -= 1
    return moved + 1 if option != s.package[i] else moved


@compiled
def quota_score(g: Rulebook, s: State, p: int, surplus: Floats) -> float:
    """Least surplus on which the rules turn that need only some of their members, for package s.x."""
    least = SATISFIED
    first = g.masks.shape[0] - g.group_needed.shape[0]
    for q in range(surplus.shape[0]):
        s.scaled[q] = s.scale[q] * surplus[q] if s.present[q] else ABSENT
    s.scaled[p] = SATISFIED
    for group in range(g.group_needed.shape[0]):
        if g.phase_groups[s.phase[0], group] and not g.group_whole[group] and matches(s.patterns[first + group], s.x):
            least = min(least, nth_largest(s.scaled, g.group_members[group], g.group_needed[group]))
    return least


@compiled
def try_joint(g: Rulebook, s: State, i: int, option: int) -> int:
    """Write surplus and need with issue i at `option` to `trial` and `trial_need`; return what p refuses more than now."""
    old, refused = s.x[i], 0
    for q in range(s.surplus.shape[0]):
        s.trial[q] = s.surplus[q] + (s.table[i, option, q] - s.table[i, old, q])
        s.trial_need[q] = s.need[q] + s.asks[i, option, q] - s.asks[i, old, q]
    for k in g.touching[i]:
        if k < 0:
            break
        after = misses_after(s, k, i, option)
        if (after == 0) != (s.misses[k] == 0):
            refused += flip(g, s, k, 1 if after == 0 else -1, s.trial, s.trial_need)
    return refused


@compiled
def try_quota(g: Rulebook, s: State, p: int, i: int, option: int, is_joint: bool) -> float:
    """Score by the rules that need only some of their members, with issue i at `option`."""
    old = s.x[i]
    for q in range(s.surplus.shape[0]):
        if not is_joint:
            s.trial[q] = s.surplus[q] + (s.table[i, option, q] - s.table[i, old, q])
    s.x[i] = option
    reached = quota_score(g, s, p, s.trial)
    s.x[i] = old
    return reached


@inlined
def own_score(own: float, refused: int) -> float:
    """Score of a package that the searcher cannot accept."""
    return UNACCEPTABLE + min(0.0, own) - 100.0 * refused


@compiled
def score(g: Rulebook, s: State, p: int, broken: int, moved: int) -> float:
    """Score of s.x. No change at all is never a deal and counts as refused."""
    refused = broken + 1 if moved == 0 else broken
    if refused > 0 or s.surplus[p] < -TOLERANCE:
        return own_score(s.surplus[p], refused)
    least = SATISFIED
    for q in range(s.surplus.shape[0]):
        if q != p and s.need[q] > 0:
            least = min(least, s.scale[q] * s.surplus[q] if s.present[q] else ABSENT)
    return min(least, quota_score(g, s, p, s.surplus)) if s.has_quota[0] else least


@inlined
def hardest(s: State, p: int) -> int:
    """Party whose consent to s.x is needed and hardest to have; p itself where there is none."""
    worst, least = p, SATISFIED
    for q in range(s.surplus.shape[0]):
        if q != p and s.need[q] > 0 and s.scale[q] * s.surplus[q] < least:
            worst, least = q, s.scale[q] * s.surplus[q]
    return worst


@inlined
def may_flip(g: Rulebook, s: State, i: int) -> bool:
    """Whether some change of issue i alone makes a joint pattern match, or cease to."""
    for k in g.touching[i]:
        if k < 0:
            break
        if s.misses[k] == 0 or (s.misses[k] == 1 and (s.patterns[k, i] >> s.x[i]) & 1 == 0):
            return True
    return False


@inlined
def least_level(g: Rulebook, s: State, p: int, i: int, option: int, joint: bool, enough: float) -> float:
    """Least surplus of those whose consent s.x with issue i at `option` needs; anything up to `enough` will do there."""
    least = SATISFIED
    for q in range(s.surplus.shape[0]):
        if q == p:
            continue
        if joint:
            level, needed = s.trial[q], s.trial_need[q]
        else:
            level = s.surplus[q] + (s.table[i, option, q] - s.table[i, s.x[i], q])
            needed = s.need[q] + s.asks[i, option, q] - s.asks[i, s.x[i], q]
        if needed > 0:
            least = min(least, s.scale[q] * level if s.present[q] else ABSENT)
            if least <= enough:
                return least
    if s.has_quota[0]:
        least = min(least, try_quota(g, s, p, i, option, joint))
    return least


@compiled
def best_change(g: Rulebook, s: State, p: int, broken: int, moved: int, beat: float) -> tuple[int, int, float]:
    """Best one-issue change of s.x that beats a score: issue (-1: none), option, score. Ties: issue order, option order.

    The hottest loop of the program. An issue is passed over where even its best option could not beat the best so far:
    for the party hardest to win over, or, where p does not accept s.x, for p itself.
    """
    issue, chosen, best = -1, -1, beat
    x, surplus, table, top, banned, options = s.x, s.surplus, s.table, s.top, s.banned, g.options
    agenda, first = g.agenda[s.phase[0]], hardest(s, p)
    for i in g.issue_order:
        if not agenda[i]:
            continue
        old = x[i]
        joint = may_flip(g, s, i)
        if not joint:
            if best < ABSENT * 5.0:
                if own_score(surplus[p] + (top[i, p] - table[i, old, p]), broken - banned[i, old]) <= best:
                    continue
            elif first != p and s.asks[i, old, first] == 0:
                if s.scale[first] * (surplus[first] + (top[i, first] - table[i, old, first])) <= best:
                    continue
        for option in range(options[i]):
            if option == old:
                continue
            refused = broken + banned[i, option] - banned[i, old]
            own = surplus[p] + (table[i, option, p] - table[i, old, p])
            if joint:
                refused += try_joint(g, s, i, option)
                own = s.trial[p]
            if moved <= 1 and moved_after(g, s, moved, i, option) == 0:
                refused += 1
            if refused > 0 or own < -TOLERANCE:
                reached = own_score(own, refused)
            else:
                reached = least_level(g, s, p, i, option, joint, best)
            if reached > best + TOLERANCE:
                issue, chosen, best = i, option, reached
    return issue, chosen, best


@compiled
def ascend(g: Rulebook, s: State, p: int, x: Ints) -> float:
    """Steepest ascent over one-issue changes from package x; the package it ends at is s.x, its score is returned."""
    broken = place(g, s, x)
    moved = changes(g, s, s.x)
    reached = score(g, s, p, broken, moved)
    for _ in range(STEPS):
        issue, option, better = best_change(g, s, p, broken, moved, reached)
        if issue < 0:
            break
        moved = moved_after(g, s, moved, issue, option)
        broken = change(g, s, issue, option, broken)
        reached = better
    return reached


@inlined
def is_worth_tabling(reached: float) -> bool:
    """Whether a score is that of a package which the searcher accepts and on which consent can be had."""
    return reaches(reached, ABSENT / 2)
