"""The least amendments of a draft that turn every no, found by looking at all of them.

A party says no where it takes the draft in fewer than half of the worlds. An amendment turns every no if some parties whose
consent is enough for it all take it in at least half, and in at least half of as many other worlds, so that chance does
not choose. It is the least where no part of it would do. Of those that change as
few issues the one comes first that costs the others least: the parties that took the draft. An amended peace is still a
peace, and what no longer changes anything is no deal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.analysis.draft.candidates import Candidates, candidates, depth_for
from sim.analysis.draft.drawn_worlds import DrawnWorlds
from sim.analysis.draft.judging import Verdicts, coalitions, judged
from sim.analysis.shares.likelihood import Share, wilson
from sim.draws import Uniforms
from sim.game import Flags, Floats, Game, Ints

HALF = 0.5
MOST_KEPT = 20
"""Amendments of a size that are kept."""


@dataclass(frozen=True)
class Amendment:
    """Changes of a draft, and what worlds say of the package then."""

    changes: dict[str, str]  # issue: option
    takes: dict[str, Share]  # by party
    consents: Share  # all whose consent it needs take it
    takes_in_others: dict[str, float]  # by party, in as many other worlds
    gains: dict[str, float]  # by party: mean worth beside that of the draft
    cost: float  # what the others lose by it, added up over them


@dataclass(frozen=True)
class Amendments:
    """What would turn those who say no."""

    noes: tuple[str, ...]  # parties that take the draft in fewer than half of the worlds
    is_needed: bool  # some party says no without whose consent the draft is no deal
    depth: int  # issues that the largest amendments change which were looked at
    looked_at: int  # packages
    turn_all: tuple[Amendment, ...]  # by issues changed, then cost
    turn_one: dict[str, tuple[Amendment, ...]]  # by party that says no: what turns at least this one
    nearest: Amendment | None  # where none turns all: the one whose most reluctant party takes it most often


class _Found(NamedTuple):
    """An amendment by its place among the candidates."""

    place: int
    cost: float


def amendments(
    game: Game, draft: Ints, named: Flags, worlds: int, seed: int, after: int, depth: int | None = None,
    drawn: DrawnWorlds | None = None,
) -> Amendments:  # fmt: skip
    """The least amendments of a draft [I], in worlds 0 to `worlds` - 1 of a seed and in as many after those.

    `named` and `after` are as for `candidates` and `judged`.
    """
    deepest = min(depth_for(game, draft), depth) if depth is not None else depth_for(game, draft)
    near, draw = candidates(game, draft, named, deepest), drawn or DrawnWorlds(game)
    first, others_say = (judged(game, near, Uniforms(seed, start, worlds), after, draw) for start in (0, worlds))
    wants, noes = _wants(game), _wants(game) & (first.takes[0] / worlds < HALF)
    shares = np.minimum(first.takes, others_say.takes) / worlds  # by which worlds fewer take it
    members, may = coalitions(game, near, after)
    loss = np.maximum(0.0, (first.worth[0] - first.worth) / worlds)
    others = wants & ~noes if (wants & ~noes).any() else wants
    costs, still = loss[:, others].sum(axis=1), _still_deals(game, near)
    least_willing = _least_willing(shares, members, may & still[:, None])
    is_needed = bool(_least_willing(first.takes[:1] / worlds, members, may[:1])[0] < HALF)
    turned = _least(near, least_willing >= HALF, costs) if is_needed else []
    by_party = {
        p: _least(near, still & (shares[:, p] >= HALF), loss[:, wants & (np.arange(len(wants)) != p)].sum(axis=1))
        for p in np.flatnonzero(noes).tolist()
    }
    closest = [] if turned or not is_needed else [_closest(least_willing, costs)]

    def told(found: Sequence[_Found]) -> tuple[Amendment, ...]:
        return tuple(_told(game, near, each, first, others_say, worlds) for each in found)

    names = game.names.parties
    return Amendments(
        tuple(names[p] for p in np.flatnonzero(noes)),
        is_needed,
        deepest,
        len(near.package),
        told(turned),
        {names[p]: told(found) for p, found in by_party.items()},
        next(iter(told(closest)), None),
    )


def _wants(game: Game) -> Flags:
    """Parties [P] that want anything: a neutral mediator takes whatever the others agree on."""
    owns = np.bincount(game.rules.line_owner, minlength=len(game.names.parties)) > 0
    return np.asarray((game.numbers.weight != 0.0).any(axis=1) | owns)


def _still_deals(game: Game, near: Candidates) -> Flags:
    """Packages [N] that are deals of the draft's kind: a peace, or an opening of talks, where that is one."""
    nothing = (near.package == game.rules.status_quo).all(axis=1)
    return np.asarray((near.peace >= near.peace[0]) & ((near.opens > 0) == (near.opens[0] > 0)) & ~nothing)


def _least_willing(shares: Floats, members: Flags, may: Flags) -> Floats:
    """Of each package [N] how often that party takes it which does so least; of the most willing coalition.

    `shares` [N, P], `members` [C, P] of coalitions, and which of them could settle which, `may` [N, C]; -1 where none.
    """
    least = np.where(members[None], shares[:, None, :], 1.0).min(axis=2)
    return np.asarray(np.where(may, least, -1.0).max(axis=1))


def _closest(least_willing: Floats, cost: Floats) -> _Found:
    """The package whose least willing party takes it most often; of equal ones the first that costs least."""
    order = np.lexsort((np.round(cost, 9), -least_willing))
    return _Found(int(order[0]), float(cost[order[0]]))


def _least(near: Candidates, does: Flags, cost: Floats) -> list[_Found]:
    """Amendments that do something, of which no part does it; by issues changed, then what they cost, then their order."""
    found: list[_Found] = []
    known: list[frozenset[tuple[int, int]]] = []
    sizes = (near.issue >= 0).sum(axis=1)
    for size in range(1, near.issue.shape[1] + 1):
        places = [n for n in np.flatnonzero(does & (sizes == size)).tolist() if not _holds_one(near, n, known)]
        known += [frozenset(near.changes(n).items()) for n in places]
        found += sorted((_Found(n, float(cost[n])) for n in places), key=lambda one: (round(one.cost, 9), one.place))[
            :MOST_KEPT
        ]
    return found


def _holds_one(near: Candidates, n: int, known: Sequence[frozenset[tuple[int, int]]]) -> bool:
    changes = frozenset(near.changes(n).items())
    return any(part <= changes for part in known)


def _told(
    game: Game, near: Candidates, found: _Found, first: Verdicts, others: Verdicts, worlds: int
) -> Amendment:  # fmt: skip
    names = game.names
    wants, n = np.flatnonzero(_wants(game)).tolist(), found.place
    return Amendment(
        {names.issues[i]: names.options[i][o] for i, o in near.changes(n).items()},
        {names.parties[p]: wilson(int(first.takes[n, p]), worlds) for p in wants},
        wilson(int(first.consents[n]), worlds),
        {names.parties[p]: float(others.takes[n, p] / worlds) for p in wants},
        {names.parties[p]: float((first.worth[n, p] - first.worth[0, p]) / worlds) for p in wants},
        found.cost,
    )
