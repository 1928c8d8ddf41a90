"""Answers to drafts and their least amendments, against every package of small games looked at one by one."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from brute import Table, briefly, game_of, in_force, matching
from hypothesis import given
from hypothesis import strategies as st
from playing import FREEZE
from strategies import SEEDS, games
from wars import FORTUNES, war

from sim.analysis.draft.amendments import Amendments, amendments
from sim.analysis.draft.asked import Draft, draft_of, hear
from sim.analysis.draft.candidates import candidates, changeable, depth_for
from sim.analysis.draft.drawn_worlds import DrawnWorlds
from sim.analysis.draft.judging import coalitions, judged
from sim.analysis.validation.questions import opening_rounds, terms_of
from sim.analysis.validation.stances import held_against, open_seat
from sim.compiling import compile_scenario
from sim.draws import Uniforms
from sim.earlier import worlds_of
from sim.files.scenario.reader import read_scenario
from sim.game import Flags, Floats, Game, Ints
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.state import State, fresh

WORLDS = 3


class Seen:
    """What worlds say of packages [N, I], worked out package by package."""

    def __init__(self, game: Game, x: Ints, opens: Ints, seed: int, after: int, first_world: int = 0) -> None:
        lines, first = len(game.rules.line_owner), len(game.rules.masks) - len(game.rules.group_needed)
        parties = len(game.names.parties)
        self.takes = np.zeros((WORLDS, len(x), parties), bool)
        self.worth = np.zeros((WORLDS, len(x), parties))
        self.agreed = np.zeros((WORLDS, len(x)), bool)
        worlds, state = worlds_of(game, Uniforms(seed, first_world, WORLDS)), fresh(game.rules)
        g, s = rulebook_handle(game.rules), state_handle(state)
        breaks, linked = matching(game.rules.masks[:lines], x), matching(game.rules.masks[lines:first], x)
        for k in range(WORLDS):
            world = worlds.at(k)
            w = world_handle(world)
            open_seat(g, w, s, bool(opens.any()), after)
            for p in range(parties):
                mine = game.rules.link_owner == p
                worth = state.worth[p, np.arange(x.shape[1]), x].sum(axis=1) + linked[:, mine] @ world.bonus[mine]
                least = np.array(
                    [held_against(g, w, s, p, np.array(each), int(o)) for each, o in zip(x, opens, strict=True)]
                )
                clean = ~breaks[:, state.binding & (game.rules.line_owner == p)].any(axis=1)
                self.worth[k, :, p], self.takes[k, :, p] = worth, clean & (worth >= least - 1e-9)
            self.agreed[k] = _agreed(game, state, x, self.takes[k])


def _agreed(game: Game, state: State, x: Ints, takes: Flags) -> Flags:
    """Which packages find every consent that they need, by the rules of consent themselves."""
    rules, first = game.rules, len(game.rules.masks) - len(game.rules.group_needed)
    force, voters = in_force(game, None)
    needs = matching(state.patterns[first:], x) & force & (state.today[0] < rules.group_until)
    yes = (takes & state.present)[:, None, :] & rules.group_members
    met = (yes.sum(axis=2) >= rules.group_needed) | ~needs
    return np.asarray(met.all(axis=1) & (takes & state.present)[:, voters].all(axis=1))


def a_draft(game: Game, data: st.DataObject) -> Draft:
    rules = game.rules
    terms = [data.draw(st.integers(-1, int(n) - 1)) if free else -1
             for n, free in zip(rules.options, rules.agenda.any(axis=0), strict=True)]  # fmt: skip
    return draft_of(game, np.array(terms, np.int64))


def shallow(game: Game, draft: Draft) -> int:
    """Two changes where that makes few packages, else one."""
    others = sum(int(game.rules.options[i]) - 1 for i in changeable(game))
    return min(2 if others < 20 else 1, depth_for(game, draft.package))


@given(games(), SEEDS, st.integers(0, 2), st.data())
@briefly
def test_every_package_near_a_draft_gets_the_answers_of_the_rules(
    plain: dict[str, Any], seed: int, after: int, data: st.DataObject
) -> None:
    game = game_of(plain)
    draft = a_draft(game, data)
    near = candidates(game, draft.package, draft.named, shallow(game, draft))
    after = min(after, game.total_rounds() - 1)
    seen = Seen(game, near.package, near.opens, seed, after)
    found = judged(game, near, Uniforms(seed, 0, WORLDS), after, DrawnWorlds(game))
    assert (found.takes == seen.takes.sum(axis=0)).all()
    assert found.worth == pytest.approx(seen.worth.sum(axis=0))
    assert (found.consents == seen.agreed.sum(axis=0)).all()
    assert (found.settled == seen.agreed[:, 0]).all()
    heard = hear(game, draft, WORLDS, seed, after)
    assert (heard.takes == seen.takes[:, 0]).all()
    assert [answer.taken["model"] for answer in heard.answers.values()] == found.takes[0].tolist()


@given(games(), SEEDS, st.data())
@briefly
def test_amendments_are_all_of_the_least_that_turn_every_no(
    plain: dict[str, Any], seed: int, data: st.DataObject
) -> None:
    game = game_of(plain)
    draft = a_draft(game, data)
    depth = shallow(game, draft)
    near = candidates(game, draft.package, draft.named, depth)
    seen, found = (
        Seen(game, near.package, near.opens, seed, 0),
        amendments(game, draft.package, draft.named, WORLDS, seed, 0, depth),
    )
    others = Seen(game, near.package, near.opens, seed, 0, WORLDS)
    shares = np.minimum(seen.takes.mean(axis=0), others.takes.mean(axis=0))
    members, may = coalitions(game, near, 0)
    turns = [
        n
        for n in range(1, len(near.package))
        if near.peace[n] >= near.peace[0]
        and (near.opens[n] > 0) == (near.opens[0] > 0)
        and (near.package[n] != game.rules.status_quo).any()
        and any(may[n, c] and (shares[n, members[c]] >= 0.5).all() for c in range(len(members)))
    ]
    least = [n for n in turns if not any(_is_part(near.changes(m), near.changes(n)) for m in turns if m != n)]
    told = [_numbered(game, each.changes) for each in found.turn_all]
    willing = seen.takes.mean(axis=0)[0] >= 0.5
    assert found.is_needed != any(may[0, c] and willing[members[c]].all() for c in range(len(members)))
    if not found.is_needed:
        assert not told and found.nearest is None
        return
    wanted = [near.changes(n) for n in least]
    assert all(each in wanted for each in told)
    assert len(told) == min(len(wanted), 20) or max(len(each) for each in wanted) > 1
    assert [len(each) for each in told] == sorted(len(each) for each in told)
    for each in found.turn_all:
        n = next(n for n in least if near.changes(n) == _numbered(game, each.changes))
        parties = [game.names.parties.index(p) for p in each.takes]
        assert [share.estimate for share in each.takes.values()] == pytest.approx(seen.takes.mean(axis=0)[n, parties])
        assert list(each.takes_in_others.values()) == pytest.approx(others.takes.mean(axis=0)[n, parties])


def _is_part(part: dict[int, int], whole: dict[int, int]) -> bool:
    return part.items() <= whole.items()


def _numbered(game: Game, changes: dict[str, str]) -> dict[int, int]:
    issues, options = game.names.issues, game.names.options
    return {issues.index(i): options[issues.index(i)].index(o) for i, o in changes.items()}


def test_what_changes_a_draft_is_every_other_option_of_every_free_issue() -> None:
    game = compile_scenario(read_scenario(FREEZE).scenario)
    draft = draft_of(game, np.full(len(game.names.issues), -1))
    near = candidates(game, draft.package, draft.named, 2)
    others = [int(game.rules.options[i]) - 1 for i in changeable(game)]
    assert len(near.package) == 1 + sum(others) + sum(a * b for a, b in combinations(others, 2))
    assert len(np.unique(near.package, axis=0)) == len(near.package)
    assert depth_for(game, draft.package) == 3


def answers_of(game: Game, **proposal: str) -> tuple[Floats, Amendments]:
    """Margins of Home and Foe, and what would turn them; nothing is drawn in these games."""
    draft = draft_of(game, terms_of(game, proposal))
    heard = hear(game, draft, 1, 1)
    return np.array([answer.margin for answer in heard.answers.values()]), amendments(
        game, draft.package, draft.named, 1, 1, 0
    )


def test_a_peace_by_hand() -> None:
    """Home has 0.7 of a peace and 0.25 of war; Foe 0.3 and 0.75, and 0.8 with the land, which leaves Home 0.2."""
    margins, found = answers_of(war(), truce="peace")
    assert margins == pytest.approx([0.45, -0.45])
    assert found.noes == ("foe",) and not found.turn_all
    least, *_ = found.turn_one["foe"]
    assert least.changes == {"land": "ceded"} and least.takes["foe"].estimate == 1.0
    assert least.gains == pytest.approx({"home": -0.5, "foe": 0.5}) and least.cost == pytest.approx(0.5)
    assert found.nearest is not None and found.nearest.consents.estimate == 0.0


def test_an_amended_peace_is_still_a_peace_and_more_than_nothing() -> None:
    """Foe would take back the peace: that is no amendment of it."""
    _, found = answers_of(war(), truce="peace")
    kept = [*found.turn_all, *(each for one in found.turn_one.values() for each in one)]
    assert kept and not any("truce" in each.changes for each in kept)


def test_an_opening_is_told_of_each_proposal_by_itself() -> None:
    game = compile_scenario(read_scenario(FREEZE.with_name("thirty_day_ceasefire.yaml")).scenario)
    truce = terms_of(game, {"ceasefire": "thirty_days"})
    peace = terms_of(game, {"ceasefire": "lasting"})
    assert opening_rounds(game.rules, np.array([truce, peace, truce])).tolist() == [
        int(game.rules.rounds[0]), 0, int(game.rules.rounds[0])
    ]  # fmt: skip


def test_a_moment_is_as_the_path_without_talks_has_it() -> None:
    """What no deal is worth after some rounds is what the exact answers have for that round."""
    game = war(momentum={**FORTUNES, "drift": 0.1, "sd": 0.2})
    world = worlds_of(game, Uniforms(7, 0, 1)).at(0)
    moments = [moment.threshold for moment in Table(game, world).whole_deal()]
    assert len({tuple(each) for each in moments}) == game.total_rounds() > 1
    state = fresh(game.rules)
    for after, threshold in enumerate(moments):
        open_seat(rulebook_handle(game.rules), world_handle(world), state_handle(state), False, after)
        assert state.fallback == pytest.approx(threshold)
