"""What going on without agreement is worth to each party, and what a phase therefore has to beat."""

from sim.game import PUT_TO, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import clip, no_deal_value, pause_loss, weight_of_future
from sim.rules.packages import copy, package_value, package_worth
from sim.rules.state import State


@compiled
def see_prospects(g: Rulebook, w: World, s: State) -> None:
    """Value every future as the status quo now is: where a future says nothing, that goes on."""
    for u in range(g.future.shape[0]):
        for i in range(g.options.shape[0]):
            s.found[i] = g.future[u, i] if g.future[u, i] >= 0 else max(s.status_quo[i], 0)
        for p in range(g.party_order.shape[0]):
            s.prospects[p, u] = package_value(g, w, p, s.found)


@inlined
def lottery(w: World, s: State, p: int, fortunes: float) -> float:
    """What the futures are worth to p in the mean, where it places the fortunes of war (war as a lottery; Fearon 1995)."""
    total, weights = 0.0, 0.0
    for u in range(w.odds.shape[0]):
        weight = weight_of_future(w.odds[u], w.leans[u], w.sharpness, fortunes)
        total += weight * s.prospects[p, u]
        weights += weight
    return total / weights


@inlined
def outlook(g: Rulebook, w: World, momentum: float) -> float:
    """Where momentum is heading over the rounds that parties look ahead."""
    return clip(momentum + g.horizon * w.drift, -1.0, 1.0)


@compiled
def going_on(g: Rulebook, w: World, s: State, p: int, shifts: float, tilts: float) -> float:
    """What going on is worth to p now, given the sums of what levers shift and tilt.

    A costly lottery over the futures; without futures the value at the start, moved by momentum, costs and levers.
    """
    if g.future.shape[0] == 0:
        ahead = g.horizon * w.drift
        return no_deal_value(w.base[p], w.momentum_effect[p], s.momentum[0], ahead, w.cost[p], s.fighting[0], shifts)
    fortunes = outlook(g, w, s.momentum[0]) + tilts + w.optimism[p]
    return lottery(w, s, p, fortunes) - w.cost[p] * (s.fighting[0] + g.horizon) + shifts


@inlined
def lost_by(g: Rulebook, w: World, s: State, p: int, fortunes: float, move: float) -> float:
    """What p loses where the fortunes of war move by so much; nothing where it gains."""
    if g.future.shape[0] == 0:
        return max(0.0, -w.momentum_effect[p] * move)
    return max(0.0, lottery(w, s, p, fortunes) - lottery(w, s, p, fortunes + move))


@compiled
def weigh_protections(g: Rulebook, w: World, s: State) -> None:
    """Once a run, at its start: the premium on deals that may not last, and what protections take off it.

    A deal that collapses leaves a party the war after a pause in which its foe has rearmed (commitment problem: Fearon 1995,
    Powell 2006). With odds of collapse that protections lower one by one this is a premium on its no-deal value, and a bonus
    for each protection.
    """
    for p in range(g.party_order.shape[0]):
        fortunes = outlook(g, w, w.start) + w.optimism[p]
        gap = max(lost_by(g, w, s, p, fortunes, w.rearm[p]), lost_by(g, w, s, p, fortunes, -w.rearm[p]))
        s.premium[p] = w.doubt[p] * gap
        for i in range(g.options.shape[0]):
            for o in range(g.options[i]):
                s.worth[p, i, o] = w.value[p, i, o] + s.premium[p] * w.protection[p, i, o]


@inlined
def is_threatened(g: Rulebook, w: World, s: State) -> bool:
    """Whether a walk-away has been announced and is still to come."""
    return g.deadline >= 0 and s.present[g.leaver] and g.announced <= s.round[0] < w.leave_lapse


@inlined
def hangs_over(g: Rulebook, w: World, s: State, lever: int) -> bool:
    """Whether a lever is threatened: announced, within its owner's reach, neither pulled yet nor past its last date."""
    reach = not s.pulled[lever] and not s.withdrawn[lever] and s.present[g.lever_by[lever]]
    return reach and g.lever_threat[lever] >= 0 and g.lever_threat[lever] <= s.round[0] < w.lever_lapse[lever]


@inlined
def note_threats(g: Rulebook, w: World, s: State) -> int:
    """List the threats that parties reckon with; how many there are."""
    count = 0
    for lever in range(g.lever_by.shape[0]):
        if w.lever_chance[lever] > 0.0 and hangs_over(g, w, s, lever):
            s.hanging[count] = lever
            count += 1
    if w.leave_chance > 0.0 and is_threatened(g, w, s):
        s.hanging[count] = g.lever_by.shape[0]
        count += 1
    return count


@compiled
def reckon(g: Rulebook, w: World, s: State, p: int, threats: int, shifts: float, tilts: float) -> float:
    """What going on is worth to p in the mean over the threats that are carried out or not, each by its own chance."""
    total, departure = 0.0, g.lever_by.shape[0]
    for carried in range(1 << threats):
        chance, shift, tilt = 1.0, shifts, tilts
        for k in range(threats):
            threat = s.hanging[k]
            q = w.leave_chance if threat == departure else w.lever_chance[threat]
            if (carried >> k) & 1 == 0:
                chance *= 1.0 - q
                continue
            chance *= q
            if threat < departure:
                shift, tilt = shift + w.shift[threat, p], tilt + w.tilt[threat]
                continue
            for lever in range(departure):
                if g.lever_by[lever] == g.leaver and s.pulled[lever]:
                    shift, tilt = shift - w.shift[lever, p], tilt - w.tilt[lever]
        total += chance * going_on(g, w, s, p, shift, tilt)
    return total


@compiled
def set_no_deal_values(g: Rulebook, w: World, s: State) -> None:
    """No-deal values of the round: what going on is worth, and the premium that a deal which may not last must pay."""
    threats = note_threats(g, w, s)
    for p in range(g.party_order.shape[0]):
        shifts, tilts = 0.0, 0.0
        for lever in range(g.lever_by.shape[0]):
            if s.pulled[lever]:
                shifts += w.shift[lever, p]
                tilts += w.tilt[lever]
        s.fortunes[p] = outlook(g, w, s.momentum[0]) + tilts + w.optimism[p]
        s.untouched[p] = going_on(g, w, s, p, shifts, tilts) + s.premium[p]
        s.no_deal[p] = s.untouched[p]
        if threats > 0:
            s.no_deal[p] = reckon(g, w, s, p, threats, shifts, tilts) + s.premium[p]


@inlined
def last_bargaining_phase(g: Rulebook) -> int:
    """The phase after which nothing is left to bargain for: the last one that is not a yes-or-no vote."""
    last = 0
    for h in range(g.protocol.shape[0]):
        if g.protocol[h] != PUT_TO:
            last = h
    return last


@inlined
def loss_by_pause(g: Rulebook, w: World, s: State, p: int, rounds: float) -> float:
    """What p forgoes while the fighting stands still for some rounds: nothing, unless it is advancing."""
    if g.future.shape[0] == 0:
        return pause_loss(w.momentum_effect[p], rounds, w.drift, w.ceasefire_drift)
    return lost_by(g, w, s, p, s.fortunes[p], rounds * (w.ceasefire_drift - w.drift))


@inlined
def hope_of_more(g: Rulebook, w: World, s: State, p: int) -> float:
    """What an opening phase opens to p: half of what it then asks above going on, by the chance that this succeeds."""
    return w.hope * max(0.0, s.later_goal[p] - s.no_deal[p]) / 2.0 if g.has_say[p] else 0.0


@compiled
def set_fallbacks(g: Rulebook, w: World, s: State) -> None:
    """What each party falls back on: its no-deal value, or the interim state in an earlier phase that is to bind."""
    h = s.phase[0]
    if h >= last_bargaining_phase(g) or g.provisional[h]:
        copy(s.no_deal, s.fallback)
        return
    for p in range(g.party_order.shape[0]):
        s.fallback[p] = package_worth(g, w, s, p, s.package)
        if g.pauses[h]:
            s.fallback[p] += loss_by_pause(g, w, s, p, g.rounds[h])
        if w.hope > 0.0:
            s.fallback[p] -= hope_of_more(g, w, s, p)
