"""The worlds in which a draft is asked about: the same ones are asked again and again, so the last few are kept."""

from collections import OrderedDict

from sim.draws import Uniforms
from sim.earlier import worlds_of
from sim.game import Game, Worlds

CHUNK = 500  # worlds that are held at a time
MOST = 4  # chunks that are kept


class DrawnWorlds:
    """Worlds of a game, drawn when they are first asked for."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.kept: OrderedDict[Uniforms, Worlds] = OrderedDict()

    def __call__(self, luck: Uniforms) -> Worlds:
        """The worlds of some runs of a seed."""
        if luck not in self.kept:
            self.kept[luck] = worlds_of(self.game, luck)
        self.kept.move_to_end(luck)
        while len(self.kept) > MOST:
            self.kept.popitem(last=False)
        return self.kept[luck]
