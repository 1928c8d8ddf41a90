"""Where a negotiation stands. Arrays of length 1 hold single numbers; the two drivers write to nothing else."""

from typing import NamedTuple

import numpy as np

from sim.game import Flags, Floats, Ints, Masks, Rulebook

UNHEARD, CITED, CROSSED = 0, 1, 2

NOT_ASKED, ACCEPTS, BREAKS_LINE, FALLS_SHORT, OBJECTS = 0, 1, 2, 3, 4
"""Answers of a party. OBJECTS: it would have accepted, but withholds its consent in bad faith."""

CLOSE, OPEN, PUT, SPEAK, DRAFT, RESPOND, DECIDE, VOTE, COUNT = 0, 1, 2, 3, 4, 5, 6, 7, 8
"""Steps of a negotiation; see `sim.rules.rounds.protocols`. PUT tables the documented proposal, SPEAK an offer."""

PER_WORD = 32
"""Joint patterns that are followed as bits of one word."""


class State(NamedTuple):
    """Where a negotiation stands; shapes as in `sim.game`."""

    end: Ints  # [1] End
    round: Ints  # [1]
    today: Ints  # [1] round by which what is dated counts: of the one that was opened last, or with which a phase opens
    phase: Ints  # [1]
    phase_start: Ints  # [1] round
    clock_start: Ints  # [1] round from which concession clocks run: before 0 where they ran in earlier talks
    phase_done: Flags  # [1] the phase has settled its agenda
    protocol: Ints  # [1] in force now
    step: Ints  # [1] the last one that was due
    actor: Ints  # [1] party that takes it
    author: Ints  # [1] party whose text is on the table, -1
    tabling: Ints  # [1] documented proposal that was looked at last in this round, -1 before the first
    has_put: Flags  # [P] the party has put a documented proposal in this round
    turn: Ints  # [1] place in `sequence` of the party that spoke last
    asked: Ints  # [1] place in the order of parties of the one that answered last
    came_off: Flags  # [1] the last step that brought a text or decided on one did so
    momentum: Floats  # [1]
    fighting: Ints  # [1] rounds fought so far
    ceasefire: Flags  # [1] in force
    status_quo: Ints  # [I]
    package: Ints  # [I] what holds: settled options, status quo elsewhere
    settled: Flags  # [I]
    renewed: Flags  # [P] something has changed in this round that makes its goal out of date
    lapses_at: Ints  # [I] round, -1
    settled_at: Ints  # [H] round in which the phase was settled, -1
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
    worth: Floats  # [P, I, O] value with protections: what is compared with the no-deal value; the same all the run
    premium: Floats  # [P] how much more than going on an unprotected deal must be worth; the same all the run
    prospects: Floats  # [P, U] face value of every future as the status quo now is
    fortunes: Floats  # [P] how the party places the war on the axis of momentum, pulled levers included
    hanging: Ints  # [V + 1] threats that hang over the talks: levers, and V for the departure
    untouched: Floats  # [P] no-deal value if no threat is carried out
    no_deal: Floats  # [P]
    fallback: Floats  # [P]
    aspiration: Floats  # [P]
    goal: (
        Floats  # [P] what the party asks first, of the phase: from its position, or the best within its declared lines
    )
    later_goal: Floats  # [P] the same of the last phase of bargaining, as seen at the start
    opening: Ints  # [P, I] package from which its first offer of the phase is looked for
    stand: Ints  # [P, I] its position as a package of this phase
    hoped: Floats  # [P, P] what the second party's position is worth to the first
    given: Floats  # [P, P] the most that a text of the second party has been worth to the first in this phase
    tabled: Ints  # [P, T + D, I] what the party has tabled
    tabled_count: Ints  # [P] how often it has
    offered_at: Ints  # [P] how many texts there had been when it made its latest offer
    receded_at: Ints  # [P] the same when an offer of its last went back towards its position, -1
    restated: Flags  # [P] its position has changed since its latest offer
    fallback_then: Floats  # [P] its fallback when it made its latest offer
    was_put: Flags  # [D] a proposal with a date has been tabled
    reversals: Ints  # [1] issues on which offers have gone back without a reason
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
    live: Flags  # [G] consent rules that the text falls under
    # how a search numbers options: through all issues, D of them in the order of ties; N options in all
    first: Masks  # [D + 1] number of the first option of an issue
    place_of: Ints  # [I] where the issue stands in that order
    issue_of: Ints  # [N] the option's issue in that order
    is_open: Flags  # [D] the issue is on the agenda
    # what a search by the first party looks up; kept while the lines, as it reads them, and consent stay as they are
    is_folded: Flags  # [P] the tables of the party hold
    reading: Floats  # [P, R] how far the party believes that a line binds; of its own, whether it does
    table: Floats  # [P, P, N] what an option adds to the second party's surplus as the first sees it
    most: Floats  # [P, P, D] the most that an option of the issue adds
    bearable: Floats  # [P, N] what it adds to the party's own surplus; minus infinity where the party refuses it
    banned: Ints  # [P, N] patterns over one issue for which the party refuses the option
    mildest: Ints  # [P, D] the least of those of an issue
    dearest: Floats  # [P, D] the most that an option with as few adds to the party's own surplus
    amount: Floats  # [P, K] what a match adds to its owner's surplus
    forbids: Ints  # [P, K] 1 where the party refuses a match
    counting_own: Ints  # [P, W] joint patterns whose match changes the party's own surplus or what it refuses
    counting_others: Ints  # [P, W] those whose match changes another's surplus or whether its consent is needed
    # what consent asks and bars; kept while phase, status quo and those present stay as they are
    folded_phase: Ints  # [1] 1 + phase for which this was set, 0 before the first
    folded_status_quo: Ints  # [I]
    folded_present: Flags  # [P]
    folded_today: Ints  # [1]
    always: Ints  # [P] rules in force, whatever is in a package, that need the party's own consent
    asking: Flags  # [D] some option of the issue needs anybody's consent
    withheld_from: Ints  # [P, N] 1 where the party may not put the option into a text
    asks: Ints  # [P, N] rules that need the party's own consent for the option
    has_quota: Flags  # [1] some rule in force needs only some of its members
    barred: Ints  # [I, O] consent rules over one issue that nobody can satisfy and the option falls under
    excluded: Ints  # [K] 1 where a joint pattern is such a rule
    closed: Ints  # [1] 1 where nothing at all can be agreed
    named: Ints  # [W, D] joint patterns that name the issue
    hits: Ints  # [W, N] those of them that the option matches
    # scratch of the search
    x: Ints  # [I]
    at: Masks  # [D] the same by numbers
    holding: Masks  # [D] number of what holds now, N where the game has no status quo
    refused: Ints  # [1] patterns that x matches and the searcher refuses
    moved: Ints  # [1] issues in which x differs from what holds now
    surplus: Floats  # [P]
    need: Ints  # [P] live rules that need the party's own consent
    trial: Floats  # [P]
    trial_need: Ints  # [P]
    floor: Floats  # [P]
    scale: Floats  # [P]
    scaled: Floats  # [P]
    missed: Ints  # [W] joint patterns that x misses by one issue or more
    turnable: Ints  # [W, D] joint patterns that begin or cease to match with a change of the issue alone
    turning: Ints  # [N] whether any of them does so at the option: bits OTHERS, OWN and SEVERAL
    shift: Floats  # [N] what that adds to the searcher's surplus, where not SEVERAL add to it
    more_refused: Ints  # [N] how many patterns more the searcher then refuses
    turns: Ints  # [D] the most of that over the options of the issue
    gain: Floats  # [D] no option that is refused as little as can be adds more than this to the searcher's surplus
    relief: Ints  # [D] patterns refused more with such an option: 0 or less
    listed: Masks  # [N] options that a change may lead to
    stack: Ints  # [I]
    fixed: Ints  # [I] option that the package looked for must have, -1
    top: Floats  # [I] the most that an option of the issue is worth to the party whose best package is looked for
    lost: Floats  # [I] what the options chosen so far are worth less to it than the best ones
    shut: Flags  # [K] patterns that may not match that package
    found: Ints  # [I]


def fresh(g: Rulebook) -> State:
    """Room for one negotiation; `begin` sets it up."""
    most = int(g.options.max())
    parties, issues = g.party_order.shape[0], g.issue_order.shape[0]
    lines, groups, levers = g.line_owner.shape[0], g.group_needed.shape[0], g.lever_by.shape[0]
    words = -(-g.joint.shape[0] // PER_WORD)
    sizes = {"P": parties, "I": issues, "R": lines, "G": groups, "K": g.masks.shape[0], "V": levers, "O": most, "1": 1,
             "F": issues + 1, "N": int(g.options.sum()), "W": words, "U": g.future.shape[0], "D": g.author.shape[0],
             "T": int(g.rounds.sum()) + g.author.shape[0], "X": levers + 1, "H": g.protocol.shape[0]}  # fmt: skip
    return State(*(np.zeros([sizes[axis] for axis in axes], dtype) for axes, dtype in _LAYOUT.values()))


_I, _F, _B, _U = np.int64, np.float64, np.bool_, np.uint64
_LAYOUT: dict[str, tuple[str, type]] = {
    "end": ("1", _I), "round": ("1", _I), "today": ("1", _I), "phase": ("1", _I), "phase_start": ("1", _I),
    "clock_start": ("1", _I), "phase_done": ("1", _B), "protocol": ("1", _I), "step": ("1", _I), "actor": ("1", _I),
    "author": ("1", _I), "tabling": ("1", _I),
    "has_put": ("P", _B), "turn": ("1", _I), "asked": ("1", _I), "came_off": ("1", _B), "momentum": ("1", _F),
    "fighting": ("1", _I), "ceasefire": ("1", _B),
    "status_quo": ("I", _I), "package": ("I", _I), "settled": ("I", _B), "renewed": ("P", _B), "lapses_at": ("I", _I),
    "settled_at": ("H", _I),
    "held": ("I", _I), "held_settled": ("I", _B),
    "patterns": ("KI", _U), "present": ("P", _B), "left": ("1", _I), "pulled": ("V", _B),
    "withdrawn": ("V", _B), "pressure": ("P", _F), "firmness": ("R", _F), "strength": ("R", _F),
    "applies": ("R", _B), "binding": ("R", _B), "heard": ("R", _I), "strength_cited": ("R", _F),
    "worth": ("PIO", _F), "premium": ("P", _F), "prospects": ("PU", _F), "fortunes": ("P", _F), "hanging": ("X", _I),
    "untouched": ("P", _F), "no_deal": ("P", _F), "fallback": ("P", _F),
    "aspiration": ("P", _F), "goal": ("P", _F), "later_goal": ("P", _F), "opening": ("PI", _I), "stand": ("PI", _I),
    "hoped": ("PP", _F), "given": ("PP", _F), "tabled": ("PTI", _I), "tabled_count": ("P", _I),
    "offered_at": ("P", _I), "receded_at": ("P", _I), "restated": ("P", _B), "fallback_then": ("P", _F), "was_put": ("D", _B),
    "reversals": ("1", _I), "last_offer": ("PI", _I),
    "has_offered": ("P", _B), "text": ("I", _I), "has_text": ("1", _B), "framework": ("I", _I), "reopened": ("1", _I),
    "to_all": ("1", _B), "declined": ("1", _B),
    "answers": ("P", _I), "sequence": ("P", _I), "offers": ("1", _I), "refusals": ("P", _I),
    "withheld": ("P", _I), "raised": ("PI", _B), "demand": ("P", _I),
    "exposed": ("P", _B), "cited": ("R", _I), "wanted": ("I", _I), "cited_last": ("R", _I), "wanted_last": ("I", _I),
    "shortfall": ("1", _F), "stalled_at": ("1", _F), "stalled_since": ("1", _I), "current": ("I", _I),
    "live": ("G", _B), "first": ("F", _U), "place_of": ("I", _I), "issue_of": ("N", _I), "is_open": ("I", _B),
    "is_folded": ("P", _B), "reading": ("PR", _F), "table": ("PPN", _F), "most": ("PPI", _F), "bearable": ("PN", _F),
    "banned": ("PN", _I),
    "mildest": ("PI", _I), "dearest": ("PI", _F), "amount": ("PK", _F), "forbids": ("PK", _I), "counting_own": ("PW", _I),
    "counting_others": ("PW", _I), "folded_phase": ("1", _I), "folded_status_quo": ("I", _I), "folded_present": ("P", _B),
    "folded_today": ("1", _I),
    "always": ("P", _I), "asking": ("I", _B), "withheld_from": ("PN", _I), "asks": ("PN", _I),
    "has_quota": ("1", _B), "barred": ("IO", _I),
    "excluded": ("K", _I), "closed": ("1", _I), "named": ("WI", _I), "hits": ("WN", _I), "x": ("I", _I),
    "at": ("I", _U), "holding": ("I", _U),
    "refused": ("1", _I), "moved": ("1", _I), "surplus": ("P", _F), "need": ("P", _I), "trial": ("P", _F),
    "trial_need": ("P", _I), "floor": ("P", _F), "scale": ("P", _F), "scaled": ("P", _F), "missed": ("W", _I),
    "turnable": ("WI", _I), "turning": ("N", _I), "shift": ("N", _F), "more_refused": ("N", _I),
    "turns": ("I", _I), "gain": ("I", _F), "relief": ("I", _I), "listed": ("N", _U),
    "stack": ("I", _I), "fixed": ("I", _I), "top": ("I", _F), "lost": ("I", _F), "shut": ("K", _B), "found": ("I", _I),
}  # fmt: skip
assert tuple(_LAYOUT) == State._fields
