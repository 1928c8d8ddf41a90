"""A party's best package within its declared red lines: depth-first branch and bound over issues."""

from sim.game import Ints, Masks, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.consent import can_be_satisfied, is_in_force
from sim.rules.formulas import TOLERANCE
from sim.rules.packages import copy, matches, package_worth
from sim.rules.state import State

NOTHING = -1e9


@inlined
def is_open(g: Rulebook, s: State, i: int) -> bool:
    """Whether an option is looked for on issue i: it is on the agenda of this phase and not fixed beforehand."""
    return g.agenda[s.phase[0], i] and s.fixed[i] < 0


@inlined
def is_declared(g: Rulebook, s: State, r: int) -> bool:
    """Whether others know of a line before it is cited: not of one that has not begun."""
    return g.line_declared[r] and (s.firmness[r] > 0.0 or not g.line_latent[r])


@inlined
def rules_out(g: Rulebook, s: State, p: int, k: int) -> bool:
    """Whether pattern k may not match p's best package: a declared line of its own, or what nobody can consent to."""
    lines, first = g.line_owner.shape[0], g.masks.shape[0] - g.group_needed.shape[0]
    if k < lines:
        return g.line_owner[k] == p and is_declared(g, s, k) and s.applies[k]
    return k >= first and is_in_force(g, s, k - first) and not can_be_satisfied(g, s, k - first)


@inlined
def is_allowed(g: Rulebook, s: State, x: Ints) -> bool:
    """Whether x matches none of the patterns that may not match p's best package."""
    for k in range(g.masks.shape[0]):
        if s.shut[k] and matches(s.patterns[k], x):
            return False
    return True


@inlined
def may_still_match(mask: Masks, order: Ints, depth: int, x: Ints) -> bool:
    """Whether the issues decided so far (the first `depth` in order) leave a pattern open."""
    for d in range(depth):
        i = order[d]
        if (mask[i] >> x[i]) & 1 == 0:
            return False
    return True


@compiled
def upper_bound(g: Rulebook, w: World, s: State, p: int, depth: int) -> float:
    """No completion of the first `depth` issues of s.x is worth more to p than this."""
    total = 0.0
    for d in range(g.issue_order.shape[0]):
        i = g.issue_order[d]
        if d < depth or not is_open(g, s, i):
            total += s.worth[p, i, s.x[i]]
        else:
            total += s.top[i]
    lines = g.line_owner.shape[0]
    for link in range(g.link_owner.shape[0]):
        if g.link_owner[link] == p and w.bonus[link] > 0.0:
            if may_still_match(g.masks[lines + link], g.issue_order, depth, s.x):
                total += w.bonus[link]
    return total


@inlined
def next_option(g: Rulebook, s: State, p: int, i: int, last: int) -> int:
    """p's options on issue i from best to worst: the one after `last` (-1: the first); -1 at the end."""
    chosen, worth = -1, s.worth[p, i]
    for o in range(g.options[i]):
        after = last < 0 or worth[o] < worth[last] or (worth[o] == worth[last] and o > last)
        if after and o != last and (chosen < 0 or worth[o] > worth[chosen]):
            chosen = o
    return chosen


@compiled
def find_best(g: Rulebook, w: World, s: State, p: int) -> None:
    """Write p's best package over the phase's agenda, the rest as it stands, to `opening` and its worth to `goal`.

    A framework agreed before stands too: p may reopen it later, but opens with that only where nothing within the
    framework keeps to its declared lines.
    """
    copy(s.framework, s.fixed)
    search_best(g, w, s, p)
    if s.goal[p] == NOTHING:
        s.fixed[:] = -1
        search_best(g, w, s, p)


@inlined
def at_most(g: Rulebook, w: World, s: State, p: int) -> float:
    """No package is worth more to p: the best option of every issue, and every bonus.

    What has been lost against it since rules out, at once, an option with all that p likes less; `upper_bound` is closer,
    and dearer.
    """
    total = 0.0
    for i in range(s.top.shape[0]):
        total += s.top[i]
    for link in range(g.link_owner.shape[0]):
        if g.link_owner[link] == p:
            total += max(0.0, w.bonus[link])
    return total


@compiled
def search_best(g: Rulebook, w: World, s: State, p: int) -> None:
    """Look for p's best package with the options that are `fixed`; `goal` stays at `NOTHING` where there is none."""
    issues = g.issue_order.shape[0]
    s.goal[p] = NOTHING
    for i in range(issues):
        s.x[i] = s.fixed[i] if s.fixed[i] >= 0 else s.package[i]
    copy(s.x, s.opening[p])
    for k in range(g.masks.shape[0]):
        s.shut[k] = rules_out(g, s, p, k)
    for i in range(issues):
        s.stack[i], s.top[i] = -1, s.worth[p, i, next_option(g, s, p, i, -1)]
    depth, most = 0, at_most(g, w, s, p)
    while depth >= 0:
        if depth == issues:
            if is_allowed(g, s, s.x):
                worth = package_worth(g, w, s, p, s.x)
                if worth > s.goal[p]:
                    s.goal[p] = worth
                    copy(s.x, s.opening[p])
            depth -= 1
            continue
        i = g.issue_order[depth]
        if is_open(g, s, i):
            option = next_option(g, s, p, i, s.stack[i])
        else:
            option = s.opening[p, i] if s.stack[i] < 0 else -1
        s.stack[i] = option
        if option < 0:
            depth -= 1
            continue
        s.x[i] = option
        s.lost[depth] = (s.lost[depth - 1] if depth > 0 else 0.0) + (s.top[i] - s.worth[p, i, option])
        if most - s.lost[depth] < s.goal[p] - TOLERANCE:
            s.stack[i] = -1
            depth -= 1
        elif upper_bound(g, w, s, p, depth + 1) > s.goal[p] and not surely_refused(g, s, depth + 1):
            depth += 1


@inlined
def surely_refused(g: Rulebook, s: State, depth: int) -> bool:
    """Whether every completion of the first `depth` issues of s.x matches a pattern that may not match."""
    for k in range(g.masks.shape[0]):
        if s.shut[k] and may_still_match(s.patterns[k], g.issue_order, depth, s.x):
            open_issue = False
            for d in range(depth, g.issue_order.shape[0]):
                open_issue = open_issue or g.names[k, g.issue_order[d]]
            if not open_issue:
                return True
    return False
