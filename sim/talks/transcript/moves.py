"""What an offer gives, to whom, in reply to what, and whose that is to give: read off a table after it is tabled."""

import math

import numpy as np

from sim.game import SINGLE_TEXT, Ints
from sim.rules import formulas
from sim.rules.search.best import NOTHING
from sim.talks.shared_state import Table
from sim.talks.transcript.entries import Change, Package
from sim.talks.transcript.outlooks import plain
from sim.talks.transcript.reasons import Gift, Given


def stated(table: Table, p: int) -> Ints:
    """Options [I] that a party has put forward by now, -1 where it is silent."""
    rules = table.game.rules
    found: Ints = rules.position[rules.stage[table.state.today[0]], p]
    return found


def changes(table: Table, author: int, old: Package, new: Package, went_back: bool = False) -> tuple[Change, ...]:
    """The issues on which two packages differ; `went_back`: the rules have counted a reversal."""
    pairs = enumerate(zip(old, new, strict=True))
    return tuple(_change(table, author, i, a, b, went_back) for i, (a, b) in pairs if a != b)


def _change(table: Table, author: int, i: int, old: int, new: int, went_back: bool) -> Change:
    """One that its author gives is no reversal, though it may come down to its position from beyond."""
    worth = table.state.worth[author, i]
    gain = float(worth[new] - (worth[old] if old >= 0 else 0.0))
    back = went_back and gain > 0.0 and _comes_nearer(table, author, i, old, new)
    return Change(i, old, new, gain, _towards(table, author, i, old, new), back)


def _comes_nearer(table: Table, q: int, i: int, old: int, new: int) -> bool:
    state = table.state
    if stated(table, q)[i] < 0 or old < 0:
        return False
    worth = state.worth[q, i]
    aim = worth[state.stand[q, i]]
    return bool(abs(worth[new] - aim) < abs(worth[old] - aim))


def _towards(table: Table, author: int, i: int, old: int, new: int) -> tuple[int, ...]:
    """Those to whose position a change comes nearer: belligerents where any, else others at the table."""
    fights, present = table.game.rules.belligerent, table.state.present
    near = [q for q in np.flatnonzero(present).tolist() if q != author and _comes_nearer(table, q, i, old, new)]
    return tuple([q for q in near if fights[q]] or near)


def given_to(table: Table, author: int) -> tuple[Given, ...]:
    """What the author of an offer has been given; where it is a mediator's draft, what each side has."""
    state, drafts = table.state, table.game.rules.mediator[table.state.phase[0]] == author
    asked = range(len(state.present)) if drafts and state.protocol[0] == SINGLE_TEXT else (author,)
    found = [_given(table, p) for p in asked if table.world.reciprocity[p] > 0.0 and state.present[p]]
    return tuple(each for each in found if each is not None)


def _given(table: Table, p: int) -> Given | None:
    """By the adversary that has come least far towards p."""
    state, goal = table.state, max(float(table.state.fallback[p]), float(table.state.goal[p]))
    found = []
    for a in np.flatnonzero(table.game.rules.adversary[p]).tolist():
        best, hoped = float(state.given[p, a]), float(state.hoped[p, a])
        share = float(plain(formulas.response)(best, hoped, goal))
        found.append(Given(p, a, best if best > NOTHING and math.isfinite(best) else None, hoped, goal, share))
    return min(found, key=lambda each: each.share, default=None)


def gifts(table: Table, package: Ints, before: set[tuple[int, int]]) -> tuple[Gift, ...]:
    """Options of a text that are for somebody to give and that no text `before` had; they are noted there."""
    rules, quo = table.game.rules, table.state.status_quo
    new = [
        (i, o) for i, o in enumerate(package.tolist()) if rules.guarded[i, o] and o != quo[i] and (i, o) not in before
    ]
    before.update(new)
    return tuple(Gift(i, o, tuple(np.flatnonzero(rules.gives[:, i, o]).tolist())) for i, o in new)


def reported(table: Table, d: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Issues of a documented proposal, on the table, that are as reported, and those filled in from its author's position."""
    rules, state = table.game.rules, table.state
    agenda = rules.agenda[state.phase[0]]
    author = rules.author[d]
    as_proposed = state.text == np.where(rules.states[d], rules.proposal[d], stated(table, author))
    named = as_proposed & rules.states[d] & (agenda | ~rules.has_position[author])
    filled = as_proposed & ~rules.states[d] & agenda & (state.text != state.package)
    return tuple(np.flatnonzero(named).tolist()), tuple(np.flatnonzero(filled).tolist())
