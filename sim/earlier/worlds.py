"""Uniform draws -> worlds, what earlier talks had reached included.

The earlier game is played on the same draws. They are keyed by path, so what both games share is drawn alike in both; what is
new in the later one is drawn anew.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.draws import Uniforms, realise
from sim.earlier.reached import Reached, reached
from sim.earlier.same_ids import Array, SameIds, same_ids, taken
from sim.earlier.threats import pending_departure, pending_levers
from sim.game import NO_LIMIT, Flags, Floats, Game, Ints, Worlds, frozen
from sim.rules.consent import SATISFIED
from sim.rules.state import UNHEARD


def worlds_of(game: Game, uniforms: Uniforms) -> Worlds:
    """The worlds of some runs. Shapes as in `sim.game.Worlds`.

    A run whose earlier talks had ended carries nothing over: it starts as the later scenario states.
    """
    uniforms = uniforms.among(game.kept)
    worlds = realise(game, uniforms)
    if game.earlier is None:
        return worlds
    then = worlds_of(game.earlier.game, uniforms)
    return carried(game, worlds, then, reached(game.earlier.game, then, game.earlier.rounds))


def carried(game: Game, worlds: Worlds, then: Worlds, before: Reached) -> Worlds:
    """The worlds of a later game as they start from what its earlier one had reached, in worlds `then` of the same runs."""
    assert game.earlier is not None
    go, of = before.running, _Past(game, before)
    package, settled = of.held()
    lever_round, lever_lapse = pending_levers(game, worlds, then, of.ids)
    leave_round, leave_lapse = pending_departure(game, worlds, then)
    measured = (then.patience < NO_LIMIT).any(axis=1)
    present = taken(before.present, of.ids.parties, True)
    fields = worlds._replace(
        start=np.where(go, before.momentum, worlds.start) if game.earlier.fortunes else worlds.start,
        lever_round=np.where(go[:, None], lever_round, worlds.lever_round),
        lever_lapse=np.where(go[:, None], lever_lapse, worlds.lever_lapse),
        leave_round=np.where(go, leave_round, worlds.leave_round),
        leave_lapse=np.where(go, leave_lapse, worlds.leave_lapse),
        rounds_before=np.where(go, float(game.rounds_before()), 0.0),
        clock_before=before.clock.astype(np.float64),
        fought_before=before.fought.astype(np.float64),
        stalled_before=np.where(measured, before.stalled, 0).astype(np.float64),
        shortfall_before=np.where(measured, before.shortfall, SATISFIED),
        best_before=np.where(measured, before.best, SATISFIED),
        present_before=present,
        pulled_before=taken(before.pulled, of.ids.levers, False),
        status_quo_before=of.status_quo(),
        package_before=package,
        settled_before=settled,
        lapses_before=of.lapses(settled),
        heard_before=of.heard(worlds.firmness),
        strength_before=taken(before.strength_cited, of.ids.lines, 0.0),
        text_before=of.texts(before.text, package),
        offers_before=of.texts(of.by_party(before.offers, -1), package),
        gifts_before=of.texts(of.by_pair(before.gifts), package),
        tabled_before=of.texts(of.by_party(before.tabled, -1), package),
        refusals_before=of.by_party(before.refusals, 0),
        withheld_before=of.by_party(before.withheld, 0),
        exposed_before=of.by_party(before.exposed, False),
        demand_before=of.ids.issue(of.by_party(before.demand, -1)),
        raised_before=of.raised(),
    )
    return Worlds(*(frozen(field) for field in fields))


@dataclass(frozen=True)
class _Past:
    """What an earlier game had reached, by the ids of a later one."""

    game: Game
    before: Reached

    @cached_property
    def ids(self) -> SameIds:
        """Where its ids stand in the earlier game."""
        assert self.game.earlier is not None
        return same_ids(self.game, self.game.earlier.game)

    def shut(self) -> Flags:
        """Issues [I] that the later talks are never about: they are as these have them."""
        return np.asarray(~self.game.rules.agenda.any(axis=0))

    def by_party(self, values: Array, otherwise: object) -> Array:
        """Values [n, P, ...]."""
        return taken(values, self.ids.parties, otherwise)

    def by_pair(self, values: Array) -> Array:
        """Texts [n, P, P, I]."""
        return np.moveaxis(self.by_party(np.moveaxis(self.by_party(values, -1), 2, 1), -1), 1, 2)

    def raised(self) -> Flags:
        """Demands raised [n, P, I]."""
        return np.moveaxis(
            taken(np.moveaxis(self.by_party(self.before.raised, False), 2, 1), self.ids.issues, False), 1, 2
        )

    def status_quo(self) -> Ints:
        """What holds while nothing is agreed [n, I]: as the later game has it, but where a lever changed it before."""
        now, then = self.game.rules, self.game.earlier.game.rules  # type: ignore[union-attr]
        moved = np.where(self.before.status_quo != then.status_quo, self.before.status_quo, -1)
        stated = np.broadcast_to(now.status_quo, (len(moved), len(now.options)))
        return np.where(self.shut() | (now.status_quo < 0), stated, self.ids.packages(moved, stated))

    def held(self) -> tuple[Ints, Flags]:
        """What holds [n, I], and whether that is settled [n, I]: what was, unless nobody talks about it any more."""
        now, then = self.game.rules, self.game.earlier.game.rules  # type: ignore[union-attr]
        agreed = np.where(self.before.settled & ~then.locked, self.before.package, -1)
        unsettled = np.where(self.shut() | (now.status_quo < 0), now.start, self.status_quo())
        kept = (self.ids.packages(agreed, np.full_like(unsettled, -1)) >= 0) & ~self.shut()
        return np.where(kept, self.ids.packages(agreed, unsettled), unsettled), kept | now.locked

    def lapses(self, settled: Flags) -> Ints:
        """Rounds [n, I] in which that lapses, -1."""
        assert self.game.earlier is not None
        rounds = taken(self.before.lapses_at, self.ids.issues, -1)
        return np.where(settled & (rounds >= 0), rounds - self.game.earlier.rounds, -1)

    def heard(self, firmness: Floats) -> Ints:
        """What was heard of lines [n, R]; of one that has begun since, nothing."""
        had_none = taken(self.before.firmness, self.ids.lines, 0.0) <= 0.0
        return np.where(had_none & (firmness > 0.0), UNHEARD, taken(self.before.heard, self.ids.lines, UNHEARD))

    def texts(self, x: Array, package: Ints) -> Ints:
        """Texts [n, ..., I of the earlier game], -1 where there is none, as the later game has them."""
        here = package.reshape(len(package), *[1] * (x.ndim - 2), package.shape[1])
        found = np.where(self.shut(), here, self.ids.packages(x, here))
        return np.where(x[..., :1] >= 0, found, -1)
