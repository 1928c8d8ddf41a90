"""Where a negotiation stands. Arrays of length 1 hold single numbers; the two drivers write to nothing else."""

from typing import NamedTuple

import numpy as np

from sim.game import Flags, Floats, Ints, Masks, Rulebook

UNHEARD, CITED, CROSSED = 0, 1, 2

NOT_ASKED, ACCEPTS, BREAKS_LINE, FALLS_SHORT, OBJECTS = 0, 1, 2, 3, 4
"""Answers of a party. OBJECTS: it would have accepted, but withholds its consent in bad faith."""


class State(NamedTuple):
    """Where a negotiation stands; shapes as in `sim.game`."""

    end: Ints  # [1] End
    round: Ints  # [1]
    phase: Ints  # [1]
    phase_start: Ints  # [1] round
    phase_done: Flags  # [1] the phase has settled its agenda
    protocol: Ints  # [1] in force now
    momentum: Floats  # [1]
    fighting: Ints  # [1] rounds fought so far
    ceasefire: Flags  # [1] in force
    status_quo: Ints  # [I]
    package: Ints  # [I] what holds: settled options, status quo elsewhere
    settled: Flags  # [I]
    lapses_at: Ints  # [I] round, -1
    held: Ints  # [I] what held when the last phase of bargaining opened: it still does if a vote is lost
    held_settled: Flags  # [I] issues of which that was settled, and has not lapsed
    patterns: Masks  # [K, I] `masks`, less the status quo in conditional consent rules
    present: Flags  # [P]
    left: Ints  # [1] round in which a mediator left, -1
    pulled: Flags  # [V]
    withdrawn: Flags  # [V]
    pressure: Floats  # [P]
    firmness: Floats  # [R] after events
    strength: Floats  # [R]
    applies: Flags  # [R] every issue that the line names is on the agenda or settled
    binding: Flags  # [R]
    heard: Ints  # [R] UNHEARD, CITED or CROSSED
    strength_cited: Floats  # [R] strength when it was cited
    unheeded: Floats  # [P] no-deal value before any threat is heeded
    deserted: Floats  # [P] the same without the levers of the mediator that may leave
    feared: Floats  # [P] the same if what is threatened came true, where that is worse
    no_deal: Floats  # [P]
    fallback: Floats  # [P]
    aspiration: Floats  # [P]
    goal: Floats  # [P] value of the best package within all declared lines
    best: Ints  # [P, I] that package
    last_offer: Ints  # [P, I]
    has_offered: Flags  # [P] in this phase
    text: Ints  # [I] package on the table
    has_text: Flags  # [1]
    framework: Ints  # [I] option that a provisional phase settled, -1; until a later phase settles the issue
    reopened: Ints  # [1] terms of a framework that a later phase has changed, -1 before any has settled one
    to_all: Flags  # [1] the text is put to everybody at the table, needed or not
    declined: Flags  # [1] all accept the text but its author would not sign it
    answers: Ints  # [P] to the text
    sequence: Ints  # [P] order of turns
    offers: Ints  # [1]
    refusals: Ints  # [P]
    withheld: Ints  # [P]
    raised: Flags  # [P, I] demands that a party in bad faith has raised
    demand: Ints  # [P] issue of its latest one, -1
    exposed: Flags  # [P]
    cited: Ints  # [R]
    wanted: Ints  # [I]
    cited_last: Ints  # [R] last round in which a refusal named the line, -1
    wanted_last: Ints  # [I] last round in which a refusal for a shortfall named the issue, -1
    shortfall: Floats  # [1] worst required shortfall of the best text so far
    stalled_at: Floats  # [1] that shortfall when it last fell enough
    stalled_since: Ints  # [1] round
    current: Ints  # [I] the package that is no deal, -1 where the game has no status quo (analysis)
    # scratch of the search
    x: Ints  # [I]
    refused: Ints  # [1] patterns that x matches and the searcher refuses
    moved: Ints  # [1] issues in which x differs from what holds now
    surplus: Floats  # [P]
    trial: Floats  # [P]
    floor: Floats  # [P]
    scale: Floats  # [P]
    scaled: Floats  # [P]
    misses: Ints  # [K] issues of a pattern that x does not match
    doubts: Floats  # [R] how far the others believe in each line
    amount: Floats  # [K] what a match adds to its owner's surplus
    forbids: Ints  # [K] 1 where the searcher refuses a match
    matters: Flags  # [K] joint patterns whose match changes the searcher's own surplus or what it refuses
    need: Ints  # [P] live rules that need the party's own consent
    trial_need: Ints  # [P]
    always: Ints  # [P] rules in force, whatever is in a package, that need the party's own consent
    table: Floats  # [I, O, P] what an option adds to a party's surplus as the searcher sees it
    asks: Ints  # [I, O, P] rules that need the party's own consent for the option
    banned: Ints  # [I, O] lines over one issue for which the searcher refuses the option
    has_quota: Flags  # [1] some rule in force needs only some of its members
    folded_phase: Ints  # [1] 1 + phase for which `always`, `asks` and `has_quota` were set, 0 before the first
    folded_status_quo: Ints  # [I] status quo for which they were
    folded_present: Flags  # [P] parties at the table for which they were
    barred: Ints  # [I, O] consent rules over one issue that nobody can satisfy and the option falls under
    closed: Ints  # [1] 1 where nothing at all can be agreed
    stack: Ints  # [I]
    top: Floats  # [I] the most that an option of the issue is worth to the party whose best package is looked for
    shut: Flags  # [K] patterns that may not match that package
    found: Ints  # [I]


def fresh(g: Rulebook) -> State:
    """Room for one negotiation; `begin` sets it up."""
    most = int(g.options.max())
    parties, issues = g.party_order.shape[0], g.issue_order.shape[0]
    lines, groups, levers = g.line_owner.shape[0], g.group_needed.shape[0], g.lever_by.shape[0]
    sizes = {"P": parties, "I": issues, "R": lines, "G": groups, "K": g.masks.shape[0], "V": levers, "O": most, "1": 1}
    return State(*(np.zeros([sizes[axis] for axis in axes], dtype) for axes, dtype in _LAYOUT.values()))


_I, _F, _B = np.int64, np.float64, np.bool_
_LAYOUT: dict[str, tuple[str, type]] = {
    "end": ("1", _I), "round": ("1", _I), "phase": ("1", _I), "phase_start": ("1", _I), "phase_done": ("1", _B),
    "protocol": ("1", _I), "momentum": ("1", _F), "fighting": ("1", _I), "ceasefire": ("1", _B),
    "status_quo": ("I", _I), "package": ("I", _I), "settled": ("I", _B), "lapses_at": ("I", _I),
    "held": ("I", _I), "held_settled": ("I", _B),
    "patterns": ("KI", np.uint64), "present": ("P", _B), "left": ("1", _I), "pulled": ("V", _B),
    "withdrawn": ("V", _B), "pressure": ("P", _F), "firmness": ("R", _F), "strength": ("R", _F),
    "applies": ("R", _B), "binding": ("R", _B), "heard": ("R", _I), "strength_cited": ("R", _F),
    "unheeded": ("P", _F), "deserted": ("P", _F), "feared": ("P", _F), "no_deal": ("P", _F), "fallback": ("P", _F),
    "aspiration": ("P", _F), "goal": ("P", _F), "best": ("PI", _I), "last_offer": ("PI", _I),
    "has_offered": ("P", _B), "text": ("I", _I), "has_text": ("1", _B), "framework": ("I", _I), "reopened": ("1", _I),
    "to_all": ("1", _B), "declined": ("1", _B),
    "answers": ("P", _I), "sequence": ("P", _I), "offers": ("1", _I), "refusals": ("P", _I),
    "withheld": ("P", _I), "raised": ("PI", _B), "demand": ("P", _I),
    "exposed": ("P", _B), "cited": ("R", _I), "wanted": ("I", _I), "cited_last": ("R", _I), "wanted_last": ("I", _I),
    "shortfall": ("1", _F), "stalled_at": ("1", _F), "stalled_since": ("1", _I), "current": ("I", _I),
    "x": ("I", _I), "refused": ("1", _I), "moved": ("1", _I), "surplus": ("P", _F), "trial": ("P", _F),
    "floor": ("P", _F), "scale": ("P", _F), "scaled": ("P", _F), "misses": ("K", _I), "doubts": ("R", _F),
    "amount": ("K", _F), "forbids": ("K", _I), "matters": ("K", _B), "need": ("P", _I), "trial_need": ("P", _I),
    "always": ("P", _I), "table": ("IOP", _F), "asks": ("IOP", _I), "banned": ("IO", _I), "has_quota": ("1", _B),
    "folded_phase": ("1", _I), "folded_status_quo": ("I", _I), "folded_present": ("P", _B), "barred": ("IO", _I),
    "closed": ("1", _I), "stack": ("I", _I), "top": ("I", _F), "shut": ("K", _B), "found": ("I", _I),
}  # fmt: skip
assert tuple(_LAYOUT) == State._fields
