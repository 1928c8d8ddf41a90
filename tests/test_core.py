"""The engine's mechanisms against the reference, on small games with none, each, each pair, and all of them."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from core_games import SETS, Maker
from reference import Package, Plain
from reference_talks import Reference

from sim import batch
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.draws.worlds import draw_numbers
from sim.game import Game, World, Worlds
from sim.records import Outcomes
from sim.rules.state import ACCEPTS, BREAKS_LINE, FALLS_SHORT, OBJECTS
from sim.scenario import Scenario
from sim.talks.observer import Observer
from sim.talks.runs import negotiate, play_all
from sim.talks.shared_state import Table

ROUNDING = 1e-12
CLOSE = 1e-9


def near(one: Any, other: Any, what: str) -> None:
    assert one == pytest.approx(other, rel=0.0, abs=ROUNDING, nan_ok=True), what


@dataclass
class Talks(Observer):
    """Looks on at one negotiation and holds every step of it to the reference."""

    table: Table
    plain: Plain = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.r, self.s = Reference(self.plain, self.table.world), self.table.state
        self.tabled_texts: list[tuple[int, Package]] = []
        self.offered: dict[int, list[tuple[Package, list[int]]]] = {}  # and whose declared lines each keeps to
        self.firmness = list(self.table.world.firmness)
        self.text: Package | None = None
        self.phase, self.later = -1, dict.fromkeys(self.r.everybody)
        if self.plain.get("hope") and self.r.last_bargaining() > 0:
            last = self.r.last_bargaining()
            self.later = {p: self.r.sought(p, self.s, last) for p in self.r.everybody}
        self.began()

    def began(self) -> None:
        """A phase has begun: what each seeks in it, and what the others' positions are worth."""
        if self.s.phase[0] == self.phase:
            return
        r, s, framework = self.r, self.s, self.phase >= 0 and self.r.phases[self.phase].get("provisional")
        self.phase = int(s.phase[0])
        self.sought = [r.sought(p, s, self.phase) for p in r.everybody]
        self.stand = [r.stand(p, s, self.phase) for p in r.everybody]
        self.first_stand = list(self.stand)
        self.text = tuple(s.text.tolist()) if framework else None
        self.offered = {p: [self.offer(self.text)] if self.text else [] for p in r.everybody}

    def offer(self, x: Package) -> tuple[Package, list[int]]:
        r, s = self.r, self.s
        return x, [p for p in r.everybody if not r.breaks_declared(p, x, s, self.phase)]

    def moved_on(self) -> None:
        """Whose goal is out of date seeks it anew, from where it now stands."""
        for p in self.r.everybody:
            if self.r.moves_on(p, self.s, self.firmness):
                self.sought[p] = self.r.sought(p, self.s, self.phase)
                self.stand[p] = self.r.stand(p, self.s, self.phase)
        self.firmness = list(self.s.firmness)
        for v, lever in enumerate(self.r.levers):
            assert not self.r.over_by(lever, int(self.s.round[0])) or (self.s.withdrawn[v] and not self.s.pulled[v])

    def opened(self) -> None:
        if self.s.end[0] != 0:
            return
        r, s = self.r, self.s
        self.moved_on()
        if self.text is not None:
            self.text = tuple(s.text.tolist())
        for p in r.everybody:
            near(s.premium[p], r.premium[p], "premium")
            pulled, status_quo = r.after(s, [])
            if self.plain.get("futures"):
                near(s.fortunes[p], r.fortunes(p, s.momentum[0], pulled), "fortunes")
                near(s.prospects[p], r.prospects(p, status_quo), "prospects")
            near(s.untouched[p], r.no_deal(p, s, reckon=False), "untouched")
            near(s.no_deal[p], r.no_deal(p, s), "no deal")
            near(s.pressure[p], r.pressure(p, s), "pressure")
            near(s.fallback[p], self.fallback(p), "fallback")
            near([s.worth[p, i, o] for i in range(len(r.issues)) for o in range(len(r.options[i]))],
                 [r.part(p, i, o) for i in range(len(r.issues)) for o in range(len(r.options[i]))], "worth")  # fmt: skip
            near(max(s.fallback[p], s.goal[p]), self.goal(p), "goal")
            if r.phases[self.phase].get("protocol") != "put_to":
                assert not r.position(p) or tuple(s.stand[p].tolist()) == self.standing(p), "stand"
                near(s.aspiration[p], self.held_up(p, self.aspiration(p)), "aspiration")
        self.before = s.aspiration.copy()

    def fallback(self, p: int) -> float:
        return self.r.fallback(p, self.s, self.later[p])

    def goal(self, p: int) -> float:
        return max(self.fallback(p), self.sought[p])

    def standing(self, p: int) -> Package:
        """Its position as a package; what is not on the agenda as it holds now."""
        agenda = self.r.on_agenda(self.phase)
        return tuple(o if agenda[i] else int(self.s.package[i]) for i, o in enumerate(self.stand[p]))

    def aspiration(self, p: int) -> float:
        r, shares = self.r, [0.0]
        if r.adversaries(p):
            shares = [r.given(self.goal(p), r.worth(p, self.first_stand[q]), self.most(p, q)) for q in r.adversaries(p)]
        return r.aspiration(p, self.s, self.goal(p), self.fallback(p), min(shares))

    def held_up(self, p: int, level: float) -> float:
        """Where another's bad faith has shown, it stops coming down."""
        others = [q for q in self.r.everybody if q != p and self.r.has_say(q)]
        shown = any(self.s.exposed[q] for q in others) and self.s.round[0] > self.s.phase_start[0]
        return max(level, float(self.before[p])) if shown else level

    def most(self, p: int, q: int) -> float | None:
        """The best worth that q has offered p, by texts that break no line which p has declared."""
        return max((self.r.worth(p, x) for x, keeps in self.offered[q] if p in keeps), default=None)

    def threshold(self, p: int, x: Package) -> float:
        """What a text must reach: what it has put forward itself it takes."""
        asked, agenda = float(self.s.aspiration[p]), self.r.on_agenda(self.phase)
        put_forward = [self.standing(p), *(y for q, y in self.tabled_texts if q == p)]
        own = any(all(x[i] == y[i] for i in range(len(x)) if agenda[i]) for y in put_forward)
        return max(float(self.s.fallback[p]), min(asked, self.r.worth(p, x))) if own and self.r.position(p) else asked

    def tabled(self, author: int, documented: bool) -> None:
        r, s, x = self.r, self.s, tuple(self.s.text.tolist())
        if not documented:
            self.holds_to_rules(author, x)
        drafted = s.protocol[0] == 1 and r.phases[self.phase].get("mediator") == r.parties[author]
        for q in r.everybody:
            if q == author or drafted:
                self.offered[q].append(self.offer(x))
        self.tabled_texts.append((author, x))
        self.text = x

    def holds_to_rules(self, author: int, x: Package) -> None:
        r, s = self.r, self.s
        assert x != tuple(s.package.tolist())
        assert not r.off_the_table(x, self.phase, s)
        assert all(self.may_put(author, i, x[i]) for i in range(len(x)))
        broken = [
            k for k, (q, line) in enumerate(r.lines) if q == author and s.binding[k] and r.matches(line["refuses"], x)
        ]
        assert not broken
        drafts = r.phases[self.phase].get("protocol") == "single_text" and s.protocol[0] == 1
        least = s.no_deal[author] if drafts else self.threshold(author, x)
        insists = s.demand[author] >= 0  # in bad faith, whatever a linkage then loses
        assert insists or r.worth(author, x) >= least - CLOSE

    def may_put(self, author: int, i: int, o: int) -> bool:
        r, s = self.r, self.s
        neutral = not r.of(author).get("priorities")
        drafts = r.phases[self.phase].get("mediator") == r.parties[author]
        who = [p for p in r.everybody if s.present[p]] if neutral or drafts else [author]
        return any(r.may_table(p, i, o, s, self.text) for p in who)

    def answered(self, party: int, threshold: float) -> None:
        r, s, x = self.r, self.s, tuple(self.s.text.tolist())
        broken = any(
            s.binding[k] and q == party and r.matches(line["refuses"], x) for k, (q, line) in enumerate(r.lines)
        )
        votes = r.phases[self.phase].get("protocol") == "put_to"
        least = s.fallback[party] if votes else self.threshold(party, x)
        answer = s.answers[party]
        if broken:
            assert answer == BREAKS_LINE
        else:
            assert answer in ((ACCEPTS, OBJECTS) if r.worth(party, x) >= least - CLOSE else (FALLS_SHORT,))

    def closed(self) -> None:
        self.began()


def game_of(plain: Plain) -> Game:
    return compile_scenario(Scenario.model_validate(plain))


def check_run(plain: Plain, game: Game, world: World) -> None:
    negotiate(game, world, lambda table: Talks(table, plain))  # type: ignore[arg-type]


def check_outcomes(plain: Plain, worlds: Worlds, out: Outcomes) -> None:
    for k in range(len(out.end)):
        r, x = Reference(plain, worlds.at(k)), tuple(out.package[k].tolist())
        for p in r.everybody:
            near(out.value[k, p], r.value(p, x), "value")
            near(out.worth[k, p], r.worth(p, x), "worth")
            near(out.terms[k, p], r.terms(p, x, False), "terms")
            near(out.face_terms[k, p], r.terms(p, x, True), "face terms")
        near(out.holds[k], r.lasting(x), "holds")


def check_losses(plain: Plain, game: Game, worlds: Worlds, uniforms: Uniforms) -> None:
    """Values as drawn without losses, with them weighed in by hand."""
    without = realise(game_of({**plain, "mechanisms": {"losses": "off"}}), uniforms)
    aversion = draw_numbers(game, uniforms)["loss_aversion"]
    for k in range(len(worlds.start)):
        r = Reference(plain, worlds.at(k))
        for p in r.everybody:
            weighed = r.with_losses(p, without.value[k, p], aversion[k, p])
            for i, options in enumerate(r.options):
                near(worlds.value[k, p, i, : len(options)], weighed[i, : len(options)], "losses")


def check_game(seed: int, on: frozenset[str], runs: int = 2) -> None:
    plain = Maker(seed, on).game()
    game, uniforms = game_of(plain), Uniforms(seed, 0, runs)
    worlds = realise(game, uniforms)
    check_losses(plain, game, worlds, uniforms)
    for k in range(runs):
        check_run(plain, game, worlds.at(k))
    out, quick = play_all(game, worlds), batch.play_all(game, worlds)
    check_outcomes(plain, worlds, out)
    for name, one, other in zip(out._fields, out, quick, strict=True):
        np.testing.assert_array_equal(one, other, err_msg=name)


@pytest.mark.parametrize("on", SETS, ids=lambda on: "+".join(sorted(on)) or "none")
def test_every_round_is_as_the_formulas_say(on: frozenset[str]) -> None:
    check_game(0, on)


def test_a_position_is_cut_to_what_may_stand_beside_what_holds() -> None:
    """An option that is off the table only together with what an earlier phase has settled."""
    check_game(34, SETS[-1])


@pytest.mark.slow
@pytest.mark.parametrize("on", SETS, ids=lambda on: "+".join(sorted(on)) or "none")
def test_every_round_of_many_games_is_as_the_formulas_say(on: frozenset[str]) -> None:
    for seed in range(1, 9):
        check_game(seed, on)
