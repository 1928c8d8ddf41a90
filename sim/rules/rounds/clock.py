"""What changes with the round, whatever the parties say: events, levers, momentum, red lines."""

from sim.game import AFTER_REFUSALS, WHEN_EXPOSED, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import binds, clip, line_strength, next_momentum
from sim.rules.packages import matches
from sim.rules.rounds.no_deal import hangs_over, see_prospects, set_no_deal_values
from sim.rules.state import UNHEARD, State


@inlined
def move_momentum(g: Rulebook, w: World, s: State) -> None:
    """Move momentum by a step of its walk, then by this round's events, which move firmness too."""
    t = s.round[0]
    has_passed = t > 0 or w.rounds_before > 0.0
    if has_passed and s.ceasefire[0]:
        s.momentum[0] = next_momentum(s.momentum[0], w.ceasefire_drift, 0.0)
    elif has_passed:
        s.momentum[0] = next_momentum(s.momentum[0], w.drift, w.steps[t])
    for e in range(g.event_at.shape[0]):
        if g.event_at[e] == t:
            s.momentum[0] = clip(s.momentum[0] + w.event_momentum[e], -1.0, 1.0)
            for r in range(s.firmness.shape[0]):
                before = s.firmness[r]
                s.firmness[r] = clip(before + w.event_firmness[e, r], 0.0, 1.0)
                if g.line_latent[r] and before <= 0.0 < s.firmness[r]:
                    s.renewed[g.line_owner[r]], s.heard[r] = True, UNHEARD


@inlined
def note_day(g: Rulebook, s: State) -> None:
    """Whose goal is out of date: of all where something comes on the table, else of those whose position has changed."""
    before, now = s.today[0], s.round[0]
    s.today[0] = now
    lifted = False
    for group in g.lifting:
        lifted = lifted or before < g.group_until[group] <= now
    old, new = g.stage[before], g.stage[now]
    for p in range(s.renewed.shape[0]):
        s.renewed[p] = lifted
        if old != new:
            for i in range(g.options.shape[0]):
                s.renewed[p] = s.renewed[p] or g.position[old, p, i] != g.position[new, p, i]


@compiled
def mask_groups(g: Rulebook, s: State) -> None:
    """Write the patterns of this status quo: consent asked for a change is not asked for what is status quo anyway."""
    first = g.masks.shape[0] - g.group_needed.shape[0]
    for k in range(g.masks.shape[0]):
        for i in range(g.options.shape[0]):
            s.patterns[k, i] = g.masks[k, i]
            if k >= first and g.group_given[k - first] and g.names[k, i] and s.status_quo[i] >= 0:
                s.patterns[k, i] &= ~(1 << s.status_quo[i])


@inlined
def note_ceasefire(g: Rulebook, s: State) -> None:
    """Note whether what holds now is a ceasefire."""
    s.ceasefire[0] = g.can_cease and matches(g.ceasefire, s.package)


@compiled
def pull(g: Rulebook, w: World, s: State, lever: int) -> None:
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
    see_prospects(g, w, s, s.status_quo)


@inlined
def can_pull(g: Rulebook, s: State, lever: int) -> bool:
    """Whether a lever is within its owner's reach and not pulled yet."""
    return not s.pulled[lever] and not s.withdrawn[lever] and s.present[g.lever_by[lever]]


@inlined
def end_levers(g: Rulebook, s: State) -> None:
    """Levers whose time is over no longer count; what they made of the status quo stays."""
    for lever in range(g.lever_by.shape[0]):
        if s.round[0] >= g.lever_until[lever]:
            s.pulled[lever] = False
            s.withdrawn[lever] = True


@inlined
def pull_levers_by_schedule(g: Rulebook, w: World, s: State) -> None:
    """Pull the levers whose round has come."""
    for lever in range(g.lever_by.shape[0]):
        if s.round[0] >= w.lever_round[lever] and can_pull(g, s, lever):
            pull(g, w, s, lever)


@inlined
def pull_levers_in_reply(g: Rulebook, w: World, s: State) -> None:
    """Pull the levers that waited for what the party they are on has done."""
    for lever in range(g.lever_by.shape[0]):
        trigger, on = g.lever_trigger[lever], g.lever_on[lever]
        refused = trigger == AFTER_REFUSALS and s.refusals[on] >= g.lever_at[lever]
        if (refused or (trigger == WHEN_EXPOSED and s.exposed[on])) and can_pull(g, s, lever):
            pull(g, w, s, lever)


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
    """A mediator leaves: its levers, pulled or threatened, are withdrawn, and it takes no more part."""
    s.present[party] = False
    s.left[0] = s.round[0]
    for lever in range(g.lever_by.shape[0]):
        if g.lever_by[lever] == party:
            s.pulled[lever] = False
            s.withdrawn[lever] = True


@compiled
def set_red_lines(g: Rulebook, w: World, s: State) -> None:
    """Set which red lines bind in this round; a lever that is only threatened presses by its chance."""
    for p in range(g.party_order.shape[0]):
        s.pressure[p] = 0.0
    for lever in range(g.lever_by.shape[0]):
        on = g.lever_on[lever]
        if s.pulled[lever]:
            s.pressure[on] = min(1.0, s.pressure[on] + w.pressure[lever])
        elif hangs_over(g, w, s, lever):
            s.pressure[on] = min(1.0, s.pressure[on] + w.lever_chance[lever] * w.pressure[lever])
    for r in range(g.line_owner.shape[0]):
        s.strength[r] = line_strength(s.firmness[r], w.yielding[r], s.pressure[g.line_owner[r]])
        s.binding[r] = s.applies[r] and binds(w.z[r], s.strength[r])


@compiled
def advance(g: Rulebook, w: World, s: State) -> None:
    """Everything that a new round brings before anybody speaks, except aspirations."""
    note_day(g, s)
    move_momentum(g, w, s)
    lapse(g, s)
    end_levers(g, s)
    pull_levers_by_schedule(g, w, s)
    if g.leaver >= 0 and s.present[g.leaver] and s.round[0] == w.leave_round:
        walk_out(g, s, g.leaver)
    set_no_deal_values(g, w, s)
    set_red_lines(g, w, s)


@compiled
def note_lines(g: Rulebook, s: State) -> None:
    """Note which lines apply in this phase: those of which every issue is on the agenda or settled."""
    for r in range(g.line_owner.shape[0]):
        s.applies[r] = True
        for i in range(g.options.shape[0]):
            if g.names[r, i] and not (g.agenda[s.phase[0], i] or s.settled[i]):
                s.applies[r] = False
