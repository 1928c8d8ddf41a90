"""What a coalition may settle, as options that are left and patterns that may not match: the parts of a question."""

import numpy as np

from sim.analysis.feasibility.trajectory import Board
from sim.game import Flags, Masks, Rulebook
from sim.rules.compiled import compiled
from sim.rules.search.givers import may_table
from sim.rules.state import State


@compiled
def is_there(b: Board, c: int, present: Flags) -> bool:
    """Whether all of coalition c are at the table."""
    for p in range(present.shape[0]):
        if b.parties[c, p] and not present[p]:
            return False
    return True


@compiled
def leave(g: Rulebook, s: State, free: Flags, allowed: Masks) -> None:
    """Every option of the issues that are free; of the others what holds now."""
    for i in range(free.shape[0]):
        every = (np.uint64(1) << np.uint64(g.options[i])) - np.uint64(1)
        allowed[i] = every if free[i] else np.uint64(1) << np.uint64(s.package[i])


@compiled
def keep_to_givers(g: Rulebook, s: State, author: int, allowed: Masks) -> None:
    """Take off the options that an author may not put into a text."""
    for i in range(allowed.shape[0]):
        for o in range(g.options[i]):
            if not may_table(g, s, author, i, o):
                allowed[i] &= ~(np.uint64(1) << np.uint64(o))


@compiled
def bar(g: Rulebook, s: State, k: int, allowed: Masks, barred: Masks, count: int) -> int:
    """No package may match pattern k any more: take its options off, or list it where it names several issues."""
    i = g.single[k]
    if i >= 0:
        allowed[i] &= ~s.patterns[k, i]
        return count
    for j in range(allowed.shape[0]):
        barred[count, j] = s.patterns[k, j]
    return count + 1


@compiled
def bar_lines(
    g: Rulebook, s: State, b: Board, c: int, binding: Flags, allowed: Masks, barred: Masks, count: int
) -> int:
    """Bar what the binding lines of coalition c refuse; those of others do not stand in its way."""
    for r in range(binding.shape[0]):
        if binding[r] and b.parties[c, g.line_owner[r]]:
            count = bar(g, s, r, allowed, barred, count)
    return count


@compiled
def bar_groups(g: Rulebook, s: State, b: Board, c: int, allowed: Masks, barred: Masks, count: int) -> int:
    """Bar what needs the consent of others than coalition c, by rules that have not ended."""
    first = g.masks.shape[0] - g.group_needed.shape[0]
    for group in range(g.group_needed.shape[0]):
        if b.barred[c, group] and s.today[0] < g.group_until[group]:
            count = bar(g, s, first + group, allowed, barred, count)
    return count
