"""Whose consent each option asks for and what is off the table: tables that hold while phase, parties and status quo do."""

from sim.game import Rulebook
from sim.rules.compiled import compiled, inlined
from sim.rules.consent import can_be_satisfied, is_in_force
from sim.rules.packages import copy
from sim.rules.search.joint_patterns import note_joint_patterns
from sim.rules.search.numbering import number, number_options
from sim.rules.state import State


@inlined
def contents(s: State, k: int, i: int, option: int) -> int:
    """1 where an option of issue i is one that pattern k names, else 0."""
    return int((s.patterns[k, i] >> option) & 1)


@inlined
def consent_is_folded(g: Rulebook, s: State) -> bool:
    """Whether the last search was in the same phase, with the same parties, status quo and rules that have not ended.

    Consent turns on nothing else.
    """
    if s.folded_phase[0] != s.phase[0] + 1:
        return False
    for q in range(s.present.shape[0]):
        if s.folded_present[q] != s.present[q]:
            return False
    for i in range(s.status_quo.shape[0]):
        if s.folded_status_quo[i] != s.status_quo[i]:
            return False
    for group in g.lifting:
        if (s.folded_today[0] < g.group_until[group]) != (s.today[0] < g.group_until[group]):
            return False
    return True


@compiled
def fold_consent(g: Rulebook, s: State) -> None:
    """Write whose consent each option asks for and what is off the table; quotas are looked at package by package.

    Rules that need all their members ask each of them. What falls under a rule that those present cannot satisfy is off the
    table.
    """
    first = g.masks.shape[0] - g.group_needed.shape[0]
    clear_consent(g, s)
    for group in range(g.group_needed.shape[0]):
        k = first + group
        if not is_in_force(g, s, group):
            continue
        if not can_be_satisfied(g, s, group):
            bar(g, s, k)
        elif g.group_whole[group]:
            ask(g, s, group, k)
        else:
            s.has_quota[0] = True
    note_joint_patterns(g, s)


@inlined
def clear_consent(g: Rulebook, s: State) -> None:
    """Begin anew: nobody is asked, nothing is off the table, and what parties made of that before is out of date."""
    s.folded_phase[0] = s.phase[0] + 1
    copy(s.status_quo, s.folded_status_quo)
    copy(s.present, s.folded_present)
    s.folded_today[0] = s.today[0]
    s.has_quota[0] = False
    s.closed[0] = 0
    number_options(g, s)
    for i in range(g.options.shape[0]):
        s.asking[i] = False
        for o in range(g.options[i]):
            s.barred[i, o] = 0
    for q in range(g.party_order.shape[0]):
        s.always[q] = 0
        s.is_folded[q] = False
        for n in range(s.asks.shape[1]):
            s.asks[q, n] = 0
    for k in range(g.masks.shape[0]):
        s.excluded[k] = 0


@inlined
def bar(g: Rulebook, s: State, k: int) -> None:
    """Take off the table what matches pattern k: options of one issue, combinations, or everything."""
    i = g.single[k]
    if i >= 0:
        for o in range(g.options[i]):
            s.barred[i, o] += contents(s, k, i, o)
    elif g.touches[k]:
        s.excluded[k] = 1
    else:
        s.closed[0] = 1


@inlined
def ask(g: Rulebook, s: State, group: int, k: int) -> None:
    """Ask every member of a rule: for options of one issue, or always; joint patterns are followed by the search."""
    i = g.single[k]
    for q in range(g.party_order.shape[0]):
        if g.group_members[group, q]:
            if i >= 0:
                s.asking[s.place_of[i]] = True
                for o in range(g.options[i]):
                    s.asks[q, number(s, i, o)] += contents(s, k, i, o)
            elif not g.touches[k]:
                s.always[q] += 1


@inlined
def holds_elsewhere(g: Rulebook, s: State, k: int, i: int) -> bool:
    """Whether what pattern k names beside issue i is off the agenda, and holds so."""
    for j in range(g.options.shape[0]):
        if j != i and g.names[k, j] and (g.agenda[s.phase[0], j] or contents(s, k, j, s.package[j]) == 0):
            return False
    return True


@compiled
def is_barred(g: Rulebook, s: State, i: int, o: int) -> bool:
    """Whether an option is off the table in this phase: by itself, or beside what is not on the agenda."""
    if s.barred[i, o] != 0:
        return True
    for k in g.joint:
        if s.excluded[k] != 0 and g.names[k, i] and contents(s, k, i, o) == 1 and holds_elsewhere(g, s, k, i):
            return True
    return False
