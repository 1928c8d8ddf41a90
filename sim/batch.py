"""The rules over many runs, one compiled loop. `sim.talks` plays the same steps one by one."""

from sim.game import Game, Rulebook, World, Worlds
from sim.records import Outcomes, room
from sim.rules.compiled import compiled, inlined
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.one_world import world_at
from sim.rules.rounds.ending import write_down
from sim.rules.rounds.protocols import is_over, next_step, take_step
from sim.rules.rounds.step_actions import begin
from sim.rules.state import State, fresh


@inlined
def negotiate(g: Rulebook, w: World, s: State) -> None:
    """Play one negotiation to its end."""
    begin(g, w, s)
    while not is_over(s):
        next_step(g, s)
        take_step(g, w, s)


@compiled
def play(rules: Rulebook, worlds: Worlds, state: State, out: Outcomes) -> None:
    """Play one negotiation in each world and record them."""
    g, s = rulebook_handle(rules), state_handle(state)
    for k in range(out.end.shape[0]):
        w = world_handle(world_at(worlds, k))
        negotiate(g, w, s)
        write_down(g, w, s, out, k)


def play_all(game: Game, worlds: Worlds) -> Outcomes:
    """Play one negotiation in each of n worlds."""
    out = room(game, len(worlds.start))
    play(game.rules, worlds, fresh(game.rules), out)
    return out
