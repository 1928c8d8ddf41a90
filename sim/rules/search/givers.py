"""Who may put an option into a text: whose it is to give."""

from sim.game import Rulebook
from sim.rules.compiled import compiled, inlined
from sim.rules.state import State


@inlined
def would_give(g: Rulebook, s: State, p: int, i: int, o: int) -> bool:
    """Whether p puts an option into a text of its own accord: its own to give, in its position, or what it wants."""
    now = s.status_quo[i]
    wants = now >= 0 and s.worth[p, i, o] > s.worth[p, i, now]
    return g.gives[p, i, o] or g.position[g.stage[s.today[0]], p, i] == o or wants


@compiled
def may_table(g: Rulebook, s: State, p: int, i: int, o: int) -> bool:
    """Whether p may put an option into a text: nobody guards it, it holds or is on the table, or p would give it.

    Who drafts, or has no stake of its own, may put in what anybody at the table may.
    """
    if not g.guarded[i, o] or o == s.status_quo[i] or o == s.package[i] or (s.has_text[0] and s.text[i] == o):
        return True
    if not g.bridges[s.phase[0], p]:
        return would_give(g, s, p, i, o)
    for q in range(g.party_order.shape[0]):
        if s.present[q] and would_give(g, s, q, i, o):
            return True
    return False
