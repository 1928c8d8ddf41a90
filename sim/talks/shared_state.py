"""What everybody at the table shares: the game, this world, and where the talks stand."""

from dataclasses import dataclass

from sim.game import Game, Ints, Rulebook, World
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.packages import package_value, package_worth
from sim.rules.rounds.positions import threshold_for
from sim.rules.state import State, fresh


@dataclass(frozen=True)
class Table:
    """Rulebook, world and state twice: as arrays for Python to read, and as the handles that compiled rules take."""

    game: Game
    world: World
    state: State
    g: Rulebook
    w: World
    s: State

    def worth(self, p: int, package: Ints) -> float:
        """What a package is worth to party p, protections included."""
        return float(package_worth(self.g, self.w, self.s, p, package))

    def asks(self, p: int, package: Ints) -> float:
        """The least that a package must be worth to party p now."""
        return float(threshold_for(self.g, self.w, self.s, p, package))

    def protected(self, p: int, package: Ints) -> float:
        """How much of that is for what makes a deal last."""
        return self.worth(p, package) - float(package_value(self.g, self.w, p, package))


def table(game: Game, world: World) -> Table:
    """The table before the first round. A handle has the fields of what it points to, though only for compiled code."""
    state = fresh(game.rules)
    return Table(
        game,
        world,
        state,
        rulebook_handle(game.rules),
        world_handle(world),
        state_handle(state),
    )
