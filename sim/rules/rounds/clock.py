"""What changes with the round, whatever the parties say: events, levers, momentum, no-deal values, red lines, aspirations."""

from sim.game import AFTER_REFUSALS, AT_ROUND, PUT_TO, WHEN_EXPOSED, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import (
    aspiration_level,
    binds,
    clip,
    heeded,
    line_strength,
    next_momentum,
    no_deal_value,
    pause_loss,
)
from sim.rules.packages import copy, matches, package_value
from sim.rules.state import State


@inlined
def move_momentum(g: Rulebook, w: World, s: State) -> None:
    """One step of the battlefield, then the shifts of this round's events."""
    t = s.round[0]
    if t > 0 and s.ceasefire[0]:
        s.momentum[0] = next_momentum(s.momentum[0], w.ceasefire_drift, 0.0)
    elif t > 0:
        s.momentum[0] = next_momentum(s.momentum[0], w.drift, w.steps[t])
    for e in range(g.event_at.shape[0]):
        if g.event_at[e] == t:
            s.momentum[0] = clip(s.momentum[0] + w.event_momentum[e], -1.0, 1.0)
            for r in range(s.firmness.shape[0]):
                s.firmness[r] = clip(s.firmness[r] + w.event_firmness[e, r], 0.0, 1.0)


@compiled
def mask_groups(g: Rulebook, s: State) -> None:
    """Consent asked for a change is not asked for what is status quo anyway."""
    first = g.masks.shape[0] - g.group_needed.shape[0]
    for k in range(g.masks.shape[0]):
        for i in range(g.options.shape[0]):
            s.patterns[k, i] = g.masks[k, i]
            if k >= first and g.group_given[k - first] and g.names[k, i] and s.status_quo[i] >= 0:
                s.patterns[k, i] &= ~(1 << s.status_quo[i])


@inlined
def note_ceasefire(g: Rulebook, s: State) -> None:
    """See whether what holds now is a ceasefire."""
    s.ceasefire[0] = g.can_cease and matches(g.ceasefire, s.package)


@compiled
def pull(g: Rulebook, s: State, lever: int) -> None:
    """Pull a lever; it may change what holds while nothing is agreed."""
    s.pulled[lever] = True
    for i in range(g.options.shape[0]):
        option = g.lever_sets[lever, i]
        if option >= 0 and not g.locked[i]:
            s.status_quo[i] = option
            if not s.settled[i]:
                s.package[i] = option
    mask_groups(g, s)
    note_ceasefire(g, s)


@inlined
def can_pull(g: Rulebook, s: State, lever: int) -> bool:
    """Whether a lever is within its owner's reach and not pulled yet."""
    return not s.pulled[lever] and not s.withdrawn[lever] and s.present[g.lever_by[lever]]


@inlined
def pull_levers_by_schedule(g: Rulebook, s: State) -> None:
    """Pull the levers whose round has come."""
    for lever in range(g.lever_by.shape[0]):
        if g.lever_trigger[lever] == AT_ROUND and s.round[0] >= g.lever_at[lever] and can_pull(g, s, lever):
            pull(g, s, lever)


@inlined
def pull_levers_in_reply(g: Rulebook, s: State) -> None:
    """Pull the levers that waited for what the party they are on has done."""
    for lever in range(g.lever_by.shape[0]):
        trigger, on = g.lever_trigger[lever], g.lever_on[lever]
        refused = trigger == AFTER_REFUSALS and s.refusals[on] >= g.lever_at[lever]
        if (refused or (trigger == WHEN_EXPOSED and s.exposed[on])) and can_pull(g, s, lever):
            pull(g, s, lever)


@inlined
def lapse(g: Rulebook, s: State) -> None:
    """Return settled options whose time is over to the status quo."""
    for i in range(g.options.shape[0]):
        if s.lapses_at[i] == s.round[0]:
            s.lapses_at[i] = -1
            s.settled[i] = False
            s.held_settled[i] = False
            s.package[i] = s.status_quo[i]
    note_ceasefire(g, s)


@inlined
def walk_out(g: Rulebook, s: State, party: int) -> None:
    """A mediator leaves: its levers are withdrawn and it takes no more part."""
    s.present[party] = False
    s.left[0] = s.round[0]
    for lever in range(g.lever_by.shape[0]):
        if g.lever_by[lever] == party:
            s.pulled[lever] = False
            s.withdrawn[lever] = True


@inlined
def is_threatened(g: Rulebook, s: State) -> bool:
    """Whether a walk-away has been announced and is still to come."""
    return g.deadline >= 0 and s.present[g.leaver] and g.announced <= s.round[0] < g.deadline


@inlined
def hangs_over(g: Rulebook, s: State, lever: int) -> bool:
    """Whether a lever is threatened: announced, within its owner's reach, and not pulled yet."""
    return g.lever_threat[lever] >= 0 and s.round[0] >= g.lever_threat[lever] and can_pull(g, s, lever)


@inlined
def no_deal_now(g: Rulebook, w: World, s: State, p: int, levers: float) -> float:
    """p's no-deal value in this round, given the sum of the shifts by levers."""
    outlook = g.horizon * w.drift
    return no_deal_value(w.base[p], w.momentum_effect[p], s.momentum[0], outlook, w.cost[p], s.fighting[0], levers)


@inlined
def set_no_deal_values(g: Rulebook, w: World, s: State) -> None:
    """No-deal values of the round; a party for which what is threatened would be worse heeds it.

    `deserted`: what they would be without the levers of the mediator that may leave.
    """
    for p in range(g.party_order.shape[0]):
        levers, others, threats = 0.0, 0.0, 0.0
        for lever in range(g.lever_by.shape[0]):
            if s.pulled[lever]:
                levers += w.shift[lever, p]
                others += 0.0 if g.lever_by[lever] == g.leaver else w.shift[lever, p]
            elif hangs_over(g, s, lever):
                threats += w.shift[lever, p]
        s.unheeded[p] = no_deal_now(g, w, s, p, levers)
        s.deserted[p] = no_deal_now(g, w, s, p, others)
        s.feared[p] = min(s.unheeded[p], no_deal_now(g, w, s, p, levers + threats))
        if is_threatened(g, s):
            s.feared[p] = min(s.feared[p], s.deserted[p])
        s.no_deal[p] = heeded(s.unheeded[p], s.feared[p], w.heed[p])


@compiled
def set_red_lines(g: Rulebook, w: World, s: State) -> None:
    """Which red lines bind in this round; a lever that is only threatened presses as far as its target heeds it."""
    for p in range(g.party_order.shape[0]):
        s.pressure[p] = 0.0
    for lever in range(g.lever_by.shape[0]):
        on = g.lever_on[lever]
        if s.pulled[lever]:
            s.pressure[on] = min(1.0, s.pressure[on] + w.pressure[lever])
        elif hangs_over(g, s, lever):
            s.pressure[on] = min(1.0, s.pressure[on] + w.heed[on] * w.pressure[lever])
    for r in range(g.line_owner.shape[0]):
        s.strength[r] = line_strength(s.firmness[r], w.yielding[r], s.pressure[g.line_owner[r]])
        s.binding[r] = s.applies[r] and binds(w.z[r], s.strength[r])


@compiled
def advance(g: Rulebook, w: World, s: State) -> None:
    """Everything that a new round brings before anybody speaks, except aspirations."""
    move_momentum(g, w, s)
    lapse(g, s)
    pull_levers_by_schedule(g, s)
    if g.leaver >= 0 and s.present[g.leaver] and s.round[0] == g.deadline:
        walk_out(g, s, g.leaver)
    set_no_deal_values(g, w, s)
    set_red_lines(g, w, s)


@inlined
def last_bargaining_phase(g: Rulebook) -> int:
    """The phase after which nothing is left to bargain for: the last one that is not a yes-or-no vote."""
    last = 0
    for h in range(g.protocol.shape[0]):
        if g.protocol[h] != PUT_TO:
            last = h
    return last


@compiled
def set_fallbacks(g: Rulebook, w: World, s: State) -> None:
    """What each party falls back on: its no-deal value, or the interim state in an earlier phase that is to bind."""
    h = s.phase[0]
    for p in range(g.party_order.shape[0]):
        if h >= last_bargaining_phase(g) or g.provisional[h]:
            s.fallback[p] = s.no_deal[p]
        else:
            s.fallback[p] = package_value(g, w, p, s.package)
            if g.pauses[h]:
                s.fallback[p] += pause_loss(w.momentum_effect[p], g.rounds[h], w.drift, w.ceasefire_drift)


@inlined
def patience_left(g: Rulebook, w: World, s: State, p: int) -> float:
    """p's own deadline in this phase: scaled by the phase's share of all rounds, and heeding threats with a date."""
    deadline = w.deadline[p] * g.rounds[s.phase[0]] / g.rounds.sum()
    soonest = deadline
    if is_threatened(g, s) and s.deserted[p] < s.unheeded[p]:
        soonest = min(soonest, float(g.deadline - s.phase_start[0]))
    for lever in range(g.lever_by.shape[0]):
        if g.lever_trigger[lever] == AT_ROUND and w.shift[lever, p] < 0.0 and hangs_over(g, s, lever):
            soonest = min(soonest, float(g.lever_at[lever] - s.phase_start[0]))
    return heeded(deadline, soonest, w.heed[p])


@inlined
def set_aspirations(g: Rulebook, w: World, s: State) -> None:
    """Fallbacks and aspirations of the round; in a vote nobody can hope for more than what it falls back on."""
    set_fallbacks(g, w, s)
    if g.protocol[s.phase[0]] == PUT_TO:
        copy(s.fallback, s.aspiration)
        return
    elapsed = float(s.round[0] - s.phase_start[0])
    for p in range(g.party_order.shape[0]):
        goal = max(s.fallback[p], s.goal[p])
        s.aspiration[p] = aspiration_level(s.fallback[p], goal, elapsed, patience_left(g, w, s, p), w.exponent[p])
