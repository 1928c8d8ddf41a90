"""What a search looks up: patterns over one issue (most red lines, most consent rules) folded into tables by option."""

from sim.game import Floats, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.consent import can_be_satisfied
from sim.rules.packages import copy
from sim.rules.state import State


@inlined
def contents(s: State, k: int, i: int, option: int) -> int:
    """1 where an option of issue i is one that pattern k names, else 0."""
    return int((s.patterns[k, i] >> option) & 1)


@inlined
def fold_values(g: Rulebook, w: World, s: State, p: int) -> None:
    """Start from the option values as p reads them, nothing refused but what is off the table."""
    for q in range(g.party_order.shape[0]):
        for i in range(g.options.shape[0]):
            for o in range(g.options[i]):
                s.table[i, o, q] = w.estimate[p, q, i, o]
    for i in range(g.options.shape[0]):
        for o in range(g.options[i]):
            s.banned[i, o] = s.barred[i, o]


@inlined
def fold(g: Rulebook, s: State, k: int, owner: int, amount: float, refused: int) -> None:
    """Record what a match of pattern k does: `amount` to its owner's surplus, and 1 where the searcher refuses it."""
    s.amount[k], s.forbids[k] = amount, refused
    i = g.single[k]
    if i >= 0 and (amount != 0.0 or refused > 0):
        for o in range(g.options[i]):
            if (g.masks[k, i] >> o) & 1:
                s.banned[i, o] += refused
                s.table[i, o, owner] += amount


@inlined
def fold_lines_and_links(g: Rulebook, w: World, s: State, p: int, doubts: Floats) -> None:
    """p refuses its own binding lines; another's line takes `doubts` [R] off its owner's surplus; a linkage adds to it."""
    lines = g.line_owner.shape[0]
    for k in range(lines + g.link_owner.shape[0]):
        owner, amount, refused = pattern_owner(g, k), 0.0, 0
        if k >= lines:
            amount = w.bonus[k - lines]
        elif owner == p:
            refused = int(s.binding[k])
        elif s.applies[k]:
            amount = -doubts[k]
        fold(g, s, k, owner, amount, refused)


@inlined
def pattern_owner(g: Rulebook, k: int) -> int:
    """Party whose red line or linkage pattern k is."""
    lines = g.line_owner.shape[0]
    return g.line_owner[k] if k < lines else g.link_owner[k - lines]


@inlined
def consent_is_folded(s: State) -> bool:
    """Whether the last search was in the same phase, with the same parties and status quo: consent turns on nothing else."""
    if s.folded_phase[0] != s.phase[0] + 1:
        return False
    for q in range(s.present.shape[0]):
        if s.folded_present[q] != s.present[q]:
            return False
    for i in range(s.status_quo.shape[0]):
        if s.folded_status_quo[i] != s.status_quo[i]:
            return False
    return True


@compiled
def fold_consent(g: Rulebook, s: State) -> None:
    """Rules that need all their members ask each of them; quotas are looked at package by package.

    What falls under a rule that those present cannot satisfy is off the table.
    """
    first = g.masks.shape[0] - g.group_needed.shape[0]
    clear_consent(g, s)
    for group in range(g.group_needed.shape[0]):
        k = first + group
        s.forbids[k] = 0
        if not g.phase_groups[s.phase[0], group]:
            continue
        if not can_be_satisfied(g, s, group):
            bar(g, s, k)
        elif g.group_whole[group]:
            ask(g, s, group, k)
        else:
            s.has_quota[0] = True


@inlined
def clear_consent(g: Rulebook, s: State) -> None:
    """Nobody is asked and nothing is off the table."""
    s.folded_phase[0] = s.phase[0] + 1
    copy(s.status_quo, s.folded_status_quo)
    copy(s.present, s.folded_present)
    s.has_quota[0] = False
    s.closed[0] = 0
    for i in range(g.options.shape[0]):
        for o in range(g.options[i]):
            s.barred[i, o] = 0
            for q in range(g.party_order.shape[0]):
                s.asks[i, o, q] = 0
    for q in range(g.party_order.shape[0]):
        s.always[q] = 0


@inlined
def bar(g: Rulebook, s: State, k: int) -> None:
    """Take off the table what matches pattern k: options of one issue, combinations, or everything."""
    i = g.single[k]
    if i >= 0:
        for o in range(g.options[i]):
            s.barred[i, o] += contents(s, k, i, o)
    elif g.touches[k]:
        s.forbids[k] = 1
    else:
        s.closed[0] = 1


@inlined
def ask(g: Rulebook, s: State, group: int, k: int) -> None:
    """Ask every member of a rule: for options of one issue, or always; joint patterns are followed by the search."""
    i = g.single[k]
    for q in range(g.party_order.shape[0]):
        if g.group_members[group, q]:
            if i >= 0:
                for o in range(g.options[i]):
                    s.asks[i, o, q] += contents(s, k, i, o)
            elif not g.touches[k]:
                s.always[q] += 1


@compiled
def aim(g: Rulebook, w: World, s: State, p: int, doubts: Floats) -> None:
    """Prepare a search by p, which takes `doubts` [R] off the others' surplus where a package breaks their lines."""
    if not consent_is_folded(s):
        fold_consent(g, s)
    fold_values(g, w, s, p)
    fold_lines_and_links(g, w, s, p, doubts)
