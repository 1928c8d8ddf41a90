"""The best one-issue change of a package, found without looking at most of them.

What a change does to a party's surplus is what the new option adds less what the old one did. So the most that any option
of an issue adds bounds all its changes at once, and in the same arithmetic: rounding never turns a smaller difference
into a larger one. An issue whose bound does not beat the best change so far is passed over; where joint patterns may
turn, the bound does not hold and every option is looked at. Ties: issue order, then option order.
"""

from sim.game import Rulebook
from sim.rules.compiled import compiled, inlined
from sim.rules.consent import ABSENT, SATISFIED
from sim.rules.formulas import TOLERANCE
from sim.rules.search.joint_patterns import OTHERS, OWN, SEVERAL, has, turn, turned
from sim.rules.search.scores import A_REFUSAL, WITHIN_REACH, own_score, quota_score
from sim.rules.state import PER_WORD, State


@compiled
def joint_view(g: Rulebook, s: State, p: int, d: int, n: int, own: float, refused: int) -> tuple[float, int]:
    """The searcher's surplus and what it refuses, once the joint patterns count that begin or cease to match."""
    for word in range(s.missed.shape[0]):
        bits, j = turned(s, d, n, word) & s.counting_own[p, word], word * PER_WORD
        while bits != 0:
            if bits & 1:
                sign = 1 if has(s.missed[word], j) else -1
                own += sign * s.amount[p, g.joint[j]]
                refused += sign * s.forbids[p, g.joint[j]]
            bits, j = bits >> 1, j + 1
    return own, refused


@inlined
def is_taken(g: Rulebook, s: State, p: int, d: int, n: int) -> bool:
    """Whether p accepts the package with issue d at option n, with which joint patterns turn."""
    own = s.surplus[p] + (s.table[p, p, n] - s.table[p, p, s.at[d]])
    own, refused = joint_view(g, s, p, d, n, own, s.refused[0] + s.banned[p, n] - s.banned[p, s.at[d]])
    return refused <= 0 and own >= -TOLERANCE


@inlined
def leads_back(s: State, d: int, n: int) -> bool:
    """Whether issue d at option n leads back to what holds now, which is no deal."""
    return s.moved[0] + int(n != s.holding[d]) - int(s.at[d] != s.holding[d]) == 0


@compiled
def level_after(s: State, p: int, d: int, n: int, enough: float) -> float:
    """Least surplus of those whose consent the package with issue d at option n needs; up to `enough`, anything will do.

    No joint pattern turns with that change, and no rule with a quota is in force.
    """
    least, old, table, asks, surplus = SATISFIED, s.at[d], s.table[p], s.asks, s.surplus
    for q in range(surplus.shape[0]):
        if q != p and s.need[q] + (asks[q, n] - asks[q, old]) > 0:
            level = s.scale[q] * (surplus[q] + (table[q, n] - table[q, old]))
            least = min(least, level if s.present[q] else ABSENT)
            if least <= enough:
                return least
    return least


@compiled
def joint_level_after(g: Rulebook, s: State, p: int, d: int, n: int) -> float:
    """As `level_after`, whatever turns and whatever is in force."""
    trial, trial_need, old, issue = s.trial, s.trial_need, s.at[d], g.issue_order[d]
    for q in range(trial.shape[0]):
        trial[q] = s.surplus[q] + (s.table[p, q, n] - s.table[p, q, old])
        trial_need[q] = s.need[q] + s.asks[q, n] - s.asks[q, old]
    turn(g, s, p, d, n, trial, trial_need)
    least = SATISFIED
    for q in range(trial.shape[0]):
        if q != p and trial_need[q] > 0:
            least = min(least, s.scale[q] * trial[q] if s.present[q] else ABSENT)
    if s.has_quota[0]:
        s.x[issue] = n - s.first[d]
        least = min(least, quota_score(g, s, p, trial))
        s.x[issue] = old - s.first[d]
    return least


@inlined
def hardest(s: State, p: int) -> int:
    """Party whose consent to s.x is needed and hardest to have; p itself where there is none."""
    worst, least = p, SATISFIED
    for q in range(s.surplus.shape[0]):
        if q != p and s.need[q] > 0 and s.scale[q] * s.surplus[q] < least:
            worst, least = q, s.scale[q] * s.surplus[q]
    return worst


@compiled
def nearest_change(g: Rulebook, s: State, p: int, beat: float) -> tuple[int, int, float]:
    """As `best_change`, while p refuses all changes of s.x: only its own view counts. SATISFIED once it takes one."""
    issue, chosen, best = -1, s.at[0], beat
    at, first, gain, relief, turning = s.at, s.first, s.gain, s.relief, s.turning
    table, banned = s.table[p, p], s.banned[p]
    surplus, refusals, may_stop = s.surplus[p], s.refused[0], s.moved[0] <= 1
    for d in range(at.shape[0]):
        own, refused = surplus + gain[d], refusals + relief[d]
        if (refused > 0 or own < -TOLERANCE) and own_score(max(own, -A_REFUSAL), refused) <= best + TOLERANCE:
            continue
        if not s.is_open[d]:
            continue
        had, bans = table[at[d]], banned[at[d]]
        for n in range(first[d], first[d + 1]):
            if n == at[d]:
                continue
            own, refused = surplus + (table[n] - had), refusals + banned[n] - bans
            if turning[n] >= SEVERAL:
                own, refused = joint_view(g, s, p, d, n, own, refused)
            elif turning[n] >= OWN:
                own, refused = own + s.shift[n], refused + s.more_refused[n]
            if may_stop and leads_back(s, d, n):
                refused += 1
            if refused <= 0 and own >= -TOLERANCE:
                return d, n, SATISFIED
            reached = own_score(own, refused)
            if reached > best + TOLERANCE:
                issue, chosen, best = d, n, reached
    return issue, chosen, best


@compiled
def shortlist(s: State, p: int, q: int, beat: float, begin: int) -> int:
    """Write to `listed` the changes that p would take and that lift q, if it is surely needed, above a score; count them.

    Issues before `begin` are left out.

    Without a branch for each option: which of them pass is as good as random, and a processor that guesses wrong waits
    longer than this takes.
    """
    at, first, turns, turning, listed, count = s.at, s.first, s.turns, s.turning, s.listed, 0
    table, bearable, banned = s.table[p, p], s.bearable[p], s.banned[p]
    theirs, most, asks = s.table[p, q], s.most[p, q], s.asks[q]
    surplus, refusals, level, scale = s.surplus[p], s.refused[0], s.surplus[q], s.scale[q]
    anybody, need = q == p or not s.present[q], s.need[q]
    for d in range(begin, at.shape[0]):
        old = at[d]
        had, they_had, anything = table[old], theirs[old], anybody or need <= asks[old]
        if turns[d] == 0:
            if refusals > banned[old] or (not anything and scale * (level + (most[d] - they_had)) <= beat):
                continue
            if s.is_open[d]:
                for n in range(first[d], first[d + 1]):
                    lifts = scale * (level + (theirs[n] - they_had)) > beat
                    listed[count] = n
                    count += int((lifts | anything) & (surplus + (bearable[n] - had) >= -TOLERANCE))
        elif s.is_open[d]:
            for n in range(first[d], first[d + 1]):
                lifts = scale * (level + (theirs[n] - they_had)) > beat
                refused = refusals + banned[n] - banned[old] + s.more_refused[n]
                takes = (surplus + (table[n] - had) + s.shift[n] >= -TOLERANCE) & (refused <= 0)
                listed[count] = n
                count += int(((lifts | anything | ((turning[n] & OTHERS) != 0)) & takes) | (turning[n] >= SEVERAL))
    return count


@compiled
def best_change(g: Rulebook, s: State, p: int, beat: float) -> tuple[int, int, float]:
    """Best one-issue change of s.x that beats a score: issue (-1: none), option, score. Ties: issue order, option order.

    The hottest loop of the program. Most changes are passed over because they do too little for the hardest party.
    """
    begin = 0
    if beat < WITHIN_REACH:
        issue, chosen, best = nearest_change(g, s, p, beat)
        if best < WITHIN_REACH:
            return issue, chosen, best
        begin = issue
    issue, chosen, best, may_stop, quota = -1, s.at[0], beat, s.moved[0] <= 1, s.has_quota[0]
    for c in range(shortlist(s, p, hardest(s, p), beat, begin)):
        n = s.listed[c]
        d = s.issue_of[n]
        if n == s.at[d] or (may_stop and leads_back(s, d, n)):
            continue
        if s.turning[n] >= SEVERAL and not is_taken(g, s, p, d, n):
            continue
        if s.turning[n] & OTHERS or quota:
            reached = joint_level_after(g, s, p, d, n)
        else:
            reached = level_after(s, p, d, n, best)
        if reached > best + TOLERANCE:
            issue, chosen, best = d, n, reached
    return issue, chosen, best
