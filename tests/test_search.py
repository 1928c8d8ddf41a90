"""The search against a plain one that looks at every change of a package, each package judged from the beginning."""

from pathlib import Path

import numpy as np
import pytest
from playing import ROOT

from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.files.scenario.reader import read_scenario
from sim.game import Floats, Ints
from sim.rules.consent import ABSENT, SATISFIED
from sim.rules.formulas import TOLERANCE
from sim.rules.rounds.offers import draft, propose
from sim.rules.search.ascent import ascend
from sim.rules.search.scores import own_score
from sim.rules.state import DRAFT, SPEAK
from sim.talks.agents import Party
from sim.talks.observer import Observer
from sim.talks.runs import negotiate
from sim.talks.shared_state import Table

SCENARIOS = (
    "freeze_lines",
    "donetsk_two_stage",
    "textbook/scorable_7",
    *(pytest.param(name, marks=pytest.mark.slow) for name in ("november_draft", "variants/sanctions_threatened")),
)

BETWEEN = 23
"""Every such turn is looked at."""


class PlainSearch:
    """What party p looks for when it makes an offer, straight from the rules."""

    def __init__(self, table: Table, p: int) -> None:
        self.table, self.p, self.rules, self.state = table, p, table.game.rules, table.state
        self.lines = len(self.rules.line_owner)
        self.first = len(self.rules.masks) - len(self.rules.group_needed)

    def matches(self, k: int, x: Ints) -> bool:
        return all((int(mask) >> o) & 1 for mask, o in zip(self.state.patterns[k].tolist(), x.tolist(), strict=True))

    def own(self, x: Ints) -> tuple[Floats, int]:
        """Everybody's surplus as p reads it, and how many patterns p refuses."""
        state, rules, world = self.state, self.rules, self.table.world
        issues = np.arange(len(x))
        protected = state.premium * world.protection[:, issues, x].sum(axis=1)
        surplus = world.estimate[self.p][:, issues, x].sum(axis=1) + protected - state.floor
        refused = sum(not self.may_table(i, o) for i, o in enumerate(x.tolist()))
        for k in range(self.first):
            owner = rules.line_owner[k] if k < self.lines else rules.link_owner[k - self.lines]
            if not self.matches(k, x):
                continue
            if k >= self.lines:
                surplus[owner] += world.bonus[k - self.lines]
            elif owner == self.p:
                refused += int(state.binding[k])
            else:
                surplus[owner] -= state.reading[self.p, k]
        return surplus, refused

    def may_table(self, i: int, o: int) -> bool:
        """Whether p may put an option into a text: it holds or is there already, or p, or one it speaks for, gives it."""
        state, rules = self.state, self.rules
        quo, there = state.status_quo[i], o == state.text[i] and bool(state.has_text[0])
        if not rules.guarded[i, o] or there or o in (quo, state.package[i]):
            return True
        at_table = np.flatnonzero(state.present) if rules.bridges[state.phase[0], self.p] else [self.p]
        better = (state.worth[:, i, o] > state.worth[:, i, quo]) & (quo >= 0)
        position = rules.position[rules.stage[state.today[0]]]
        return bool((rules.gives[:, i, o] | (position[:, i] == o) | better)[at_table].any())

    def score(self, x: Ints) -> float:
        state, rules = self.state, self.rules
        surplus, refused = self.own(x)
        levels = np.where(state.present, state.scale * surplus, ABSENT)
        levels[self.p] = SATISFIED
        least = SATISFIED
        for group, needed in enumerate(rules.group_needed):
            in_force = rules.phase_groups[state.phase[0], group] and state.today[0] < rules.group_until[group]
            if in_force and self.matches(self.first + group, x):
                members = rules.group_members[group]
                if (members & state.present).sum() < needed:
                    refused += 1
                else:
                    least = min(least, np.sort(levels[members])[::-1][needed - 1])
        refused += int(
            all(o == now and quo >= 0 for o, now, quo in zip(x, state.package, rules.status_quo, strict=True))
        )
        own = float(surplus[self.p])
        return own_score(own, refused) if refused > 0 or own < -TOLERANCE else float(least)

    def ascend(self, start: Ints) -> tuple[Ints, float]:
        x, reached, improved = start.copy(), self.score(start), True
        while improved:
            improved, best, before = False, reached, x
            for i in self.rules.issue_order[self.rules.agenda[self.state.phase[0]]]:
                for option in range(self.rules.options[i]):
                    tried = before.copy()
                    tried[i] = option
                    level = self.score(tried) if option != before[i] else best
                    if level > best + TOLERANCE:
                        x, best, improved = tried, level, True
            reached = best
        return x, reached


def searches(table: Table, p: int) -> None:
    """Search from p's last offer and from the text, both ways."""
    plain, state = PlainSearch(table, p), table.state
    for start in (state.last_offer[p].copy(), state.text.copy(), state.package.copy()):
        score = ascend(table.g, table.s, p, start)
        found = state.x.copy()
        expected, level = plain.ascend(start)
        assert found.tolist() == expected.tolist()
        assert score == pytest.approx(level, abs=1e-9)


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_search_finds_what_a_plain_scan_finds(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    game = compile_scenario(read_scenario(ROOT / "scenarios" / Path(f"{name}.yaml")).scenario)
    turns = 0

    def act(party: Party, step: int, observer: Observer) -> None:
        nonlocal turns
        b = party.table
        if step in (SPEAK, DRAFT):
            if step == SPEAK:
                propose(b.g, b.w, b.s, party.index)
            else:
                draft(b.g, b.w, b.s, party.index, b.state.text if b.state.has_text[0] else b.state.package)
            turns += 1
            if turns % BETWEEN == 1:
                searches(b, party.index)
        acts(party, step, observer)

    acts = Party.act
    monkeypatch.setattr(Party, "act", act)
    worlds = realise(game, Uniforms(5, 0, 3))
    for k in range(3):
        negotiate(game, worlds.at(k))
    assert turns > BETWEEN
