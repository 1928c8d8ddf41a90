"""Parts of a scenario that change nothing of its game, such as a title or a name: a sweep over them says nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from itertools import chain, pairwise

import numpy as np

from sim.files.errors import BadInput, Fault
from sim.files.scenario.overrides import Override
from sim.files.yaml.dotted_paths import nearest, split
from sim.files.yaml.nodes import Node
from sim.game import Game
from sim.records import Design
from sim.scenario import Scenario, shape
from sim.scenario.classes import CLASSES

GameAt = Callable[[Node, Sequence[Override], Sequence[str]], Game]
IDLE = "changes nothing that is played; vary a number, an option or a rule"


def idle_parts(
    root: Node, design: Design, given: Sequence[Override], before: Sequence[str], game_at: GameAt
) -> list[Fault]:
    """A fault for every path whose values all make the same game, numbers of the model left aside.

    `given` are overrides of one design point, which know where their paths stand; `before` those in the tree already.
    """

    def game(overrides: Sequence[Override]) -> Game | None:
        try:
            return game_at(root, overrides, before)
        except BadInput:  # not by itself; perhaps with what else varies
            return None

    def is_idle(path: str) -> bool:
        what = shape.at(Scenario, split(path))
        plays = shape.is_number(what) and split(path)[0] != CLASSES  # a class does through what names it
        if what is None or plays:
            return False
        texts = list(dict.fromkeys(design.values(path)))
        games = [] if len(texts) > 1 or texts[0] == nearest(root, split(path))[0].value else [game([])]
        more = (game([Override(path, text)]) for text in texts)
        return len(texts) + len(games) > 1 and all(_is_same(*pair) for pair in pairwise(chain(games, more)))

    return [one.fault(IDLE) for one in given if is_idle(one.path)]


def _is_same(one: Game | None, other: Game | None) -> bool:
    """Whether two games are played alike; those that cannot be played are not."""
    if one is None or other is None:
        return False
    return all(_equal(a, b) for a, b in zip(_parts(one), _parts(other), strict=True))


def _parts(game: object) -> Iterator[object]:
    if is_dataclass(game) and not isinstance(game, type):
        for field in fields(game):
            yield from _parts(getattr(game, field.name))
    elif isinstance(game, tuple) and hasattr(game, "_fields"):
        yield from game
    else:
        yield game


def _equal(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return one == other
