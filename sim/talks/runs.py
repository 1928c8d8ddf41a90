"""Negotiations through mesa: as many as there are worlds, or one to watch."""

from sim.game import Game, World, Worlds
from sim.records import Outcomes, room
from sim.rules.rounds.ending import write_down
from sim.talks.model import Negotiation
from sim.talks.observer import Observer


def negotiate(game: Game, world: World, observer: type[Observer] = Observer, collect: bool = False) -> Negotiation:
    """Play one negotiation to its end."""
    negotiation = Negotiation(game, world, observer, collect)
    try:
        negotiation.run()
    finally:
        negotiation.forget()
    return negotiation


def play_all(game: Game, worlds: Worlds) -> Outcomes:
    """Play one negotiation in each of n worlds; equal to `sim.batch.play_all` in every array."""
    out = room(game, len(worlds.start))
    for k in range(len(worlds.start)):
        b = negotiate(game, worlds.at(k)).table
        write_down(b.g, b.w, b.s, out, k)
    return out
