"""Answers to a package: what a party would take, and what it says in talks."""

from sim.game import Ints, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import reaches
from sim.rules.packages import falls_under, package_worth
from sim.rules.search.consent_tables import consent_is_folded, fold_consent
from sim.rules.state import ACCEPTS, BREAKS_LINE, CITED, CROSSED, FALLS_SHORT, OBJECTS, State


@compiled
def broken_lines(g: Rulebook, s: State, p: int, x: Ints) -> int:
    """Number of p's binding red lines that package x breaks."""
    total = 0
    for r in range(g.line_owner.shape[0]):
        if g.line_owner[r] == p and s.binding[r] and falls_under(g, g.masks, r, x):
            total += 1
    return total


@inlined
def would_take(g: Rulebook, w: World, s: State, p: int, x: Ints) -> bool:
    """The stance answer: x breaks none of p's binding lines and is worth its fallback."""
    return broken_lines(g, s, p, x) == 0 and reaches(package_worth(g, w, s, p, x), s.fallback[p])


@inlined
def judge(g: Rulebook, w: World, s: State, p: int, x: Ints, threshold: float) -> int:
    """ACCEPTS, BREAKS_LINE or FALLS_SHORT of a threshold; OBJECTS where a party in bad faith would have accepted."""
    if broken_lines(g, s, p, x) > 0:
        return BREAKS_LINE
    if not reaches(package_worth(g, w, s, p, x), threshold):
        return FALLS_SHORT
    return ACCEPTS if w.good_faith[p] else OBJECTS


@compiled
def most_wanted(g: Rulebook, w: World, s: State, p: int, x: Ints, but_raised: bool) -> int:
    """Issue of the agenda on which a change of x would help p most, to an option that is not off the table; -1 if none.

    `but_raised`: leave out issues on which p has raised a demand in bad faith.
    """
    if not consent_is_folded(g, s):
        fold_consent(g, s)
    issue, most = -1, 1e-9
    for i in g.issue_order:
        if g.agenda[s.phase[0], i] and not (but_raised and s.raised[p, i]):
            for option in range(g.options[i]):
                gain = s.worth[p, i, option] - s.worth[p, i, x[i]]
                if gain > most + 1e-9 and s.barred[i, option] == 0:
                    issue, most = i, gain
    return issue


@inlined
def next_demand(g: Rulebook, w: World, s: State, p: int, x: Ints) -> int:
    """The objection of a party in bad faith: the issue that would help it most among those it has not raised yet.

    Once it has raised all that would help, it names none, and may begin again.
    """
    issue = most_wanted(g, w, s, p, x, True)
    if issue >= 0:
        s.raised[p, issue] = True
    else:
        s.raised[p, :] = False
    return issue


@inlined
def withhold(g: Rulebook, w: World, s: State, p: int, x: Ints) -> None:
    """Note that p withholds its consent from a package that gives it all it asks, and moves the goalposts."""
    s.withheld[p] += 1
    s.demand[p] = next_demand(g, w, s, p, x)


@inlined
def cross(g: Rulebook, s: State, p: int, x: Ints) -> None:
    """Note that p accepts or offers x: nobody believes any more in the lines of its own that x breaks."""
    for r in range(g.line_owner.shape[0]):
        if g.line_owner[r] == p and s.applies[r] and falls_under(g, g.masks, r, x):
            s.heard[r] = CROSSED


@inlined
def cite(g: Rulebook, s: State, p: int, x: Ints) -> None:
    """Note that p names every binding line of its own that x breaks."""
    for r in range(g.line_owner.shape[0]):
        if g.line_owner[r] == p and s.binding[r] and falls_under(g, g.masks, r, x):
            s.heard[r] = CITED
            s.strength_cited[r] = s.strength[r]
            s.cited[r] += 1
            s.cited_last[r] = s.round[0]


@compiled
def answer(g: Rulebook, w: World, s: State, p: int, x: Ints, threshold: float) -> int:
    """p answers x in talks: its judgement, with what the others learn from it."""
    said = judge(g, w, s, p, x, threshold)
    s.answers[p] = said
    if said == ACCEPTS:
        cross(g, s, p, x)
        return said
    s.refusals[p] += 1
    if said == BREAKS_LINE:
        cite(g, s, p, x)
    elif said == OBJECTS:
        withhold(g, w, s, p, x)
    else:
        issue = most_wanted(g, w, s, p, x, False)
        if issue >= 0:
            s.wanted[issue] += 1
            s.wanted_last[issue] = s.round[0]
    return said
