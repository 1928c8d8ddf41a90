"""What a reported answer is held against: games small enough for a sum by hand, and drawn ones against plain Python."""

from collections.abc import Mapping
from math import exp

import numpy as np
import pytest
from playing import after_round_0
from wars import EVEN, FORTUNES, ISSUES, Patch, war

from sim.analysis.validation.answer_probabilities import Reply, ask
from sim.analysis.validation.brier import judge
from sim.analysis.validation.stances import StanceCheck, check_stances
from sim.draws import Uniforms, realise
from sim.evidence import Stance
from sim.game import Game, World


def stance(party: str, answer: str, proposal: Mapping[str, str]) -> Stance:
    fields = {"id": "s", "date": "2025-04", "party": party, "proposal": proposal, "about": "a plan", "answer": answer}
    return Stance.model_validate({**fields, "claims": ["gazette.c1"]})


def checked(game: Game, party: str, answer: str = "accept", **proposal: str) -> StanceCheck:
    """The answer of the stated world, which a game without noise must give in a drawn world too."""
    asked = stance(party, answer, proposal)
    (check,), (reply,) = check_stances(game, [asked]), ask(game, [asked], 3, 1)
    assert reply.answer.taken["model"] == 3 * check.takes
    assert reply.answer.margin == pytest.approx(check.margin)
    assert reply.answer.against == ("opening" if check.opens else "stalemate" if check.stalled else "no_deal")
    return check


class TestHeldAgainst:
    """The present state is worth 0.5 to either side."""

    @pytest.mark.parametrize(
        ("party", "proposal", "margin"),
        [
            ("home", {"aid": "some"}, 0.3),
            ("foe", {"aid": "some"}, -0.3),
            ("foe", {"land": "ceded"}, 0.5),
            ("home", {"truce": "pause"}, 0.1),
            ("foe", {"truce": "pause"}, -0.1),
            ("foe", {"truce": "pause", "land": "ceded"}, 0.4),
        ],
    )
    def test_a_proposal_without_peace_against_what_holds(
        self, party: str, proposal: dict[str, str], margin: float
    ) -> None:
        check = checked(war(), party, **proposal)
        assert check.margin == pytest.approx(margin)
        assert check.stalled and check.takes == (margin > 0)

    @pytest.mark.parametrize(
        ("party", "proposal", "margin"),
        [
            ("home", {"truce": "peace"}, 0.7 - 0.25),
            ("foe", {"truce": "peace"}, 0.3 - 0.75),
            ("foe", {"truce": "peace", "land": "ceded"}, 0.8 - 0.75),
        ],
    )
    def test_a_peace_against_the_lottery_of_war(self, party: str, proposal: dict[str, str], margin: float) -> None:
        check = checked(war(), party, **proposal)
        assert check.margin == pytest.approx(margin)
        assert not check.stalled and check.takes == (margin > 0)

    def test_only_a_peace_has_to_pay_the_premium_on_deals_that_may_not_last(self) -> None:
        """Odds of collapse are 1; a pause that moves fortunes by 0.5 costs Home the difference of two lotteries."""
        game = war(home={"trust": 0.5, "rearm": 0.5})
        premium = 0.25 - 0.5 / (1 + exp(0.5))
        assert checked(game, "home", truce="peace").margin == pytest.approx(0.7 - 0.25 - premium)
        assert checked(game, "home", truce="pause").margin == pytest.approx(0.1)

    def test_a_protection_counts_on_either_side_of_the_comparison(self) -> None:
        game = war(home={"trust": 0.5, "rearm": 0.5, "protections": {"aid": {"adds": {"some": 0.4}}}})
        premium = 0.25 - 0.5 / (1 + exp(0.5))
        assert checked(game, "home", aid="some").margin == pytest.approx(0.3 + 0.4 * premium)

    def test_the_present_state_is_as_levers_have_made_it(self) -> None:
        """With aid flowing already the foe has 0.2 left of its 0.5, and a pause takes 0.1 of that."""
        lever = {"id": "flow", "says": "Aid flows", "by": "home", "on": "foe", "when": {"round": 0}}
        game = war(levers=[{**lever, "status_quo": {"aid": "some"}}])
        assert checked(game, "foe", truce="pause").margin == pytest.approx(-0.1)
        assert checked(game, "foe", aid="none").margin == pytest.approx(0.3)
        assert checked(game, "home", aid="some").margin == pytest.approx(0.0)

    def test_where_peace_holds_a_term_ends_no_war(self) -> None:
        game = war(issues={**ISSUES, "truce": {**ISSUES["truce"], "status_quo": "peace"}})
        check = checked(game, "foe", aid="some")
        assert check.stalled and check.margin == pytest.approx(-0.3)

    def test_without_futures_everything_against_the_no_deal_value(self) -> None:
        game = war(futures=[], home={"no_deal": {"base": 0.4}}, foe={"no_deal": {"base": 0.4}})
        for proposal, margin in ({"aid": "some"}, 0.4), ({"truce": "pause"}, 0.2), ({"truce": "peace"}, 0.3):
            check = checked(game, "home", **proposal)
            assert not check.stalled and check.margin == pytest.approx(margin)

    def test_where_no_ceasefire_is_known_every_term_against_the_no_deal_value(self) -> None:
        game = war(momentum=EVEN)
        check = checked(game, "foe", land="ceded")
        assert not check.stalled and check.margin == pytest.approx(1.0 - 0.75)


class TestProposes:
    def test_what_its_author_leaves_open_is_as_its_position_has_it(self) -> None:
        """A peace that cedes the land is worth 0.8 to the foe; with its position that is what it proposes."""
        game = war(foe={"position": {"truce": "peace", "land": "ceded"}})
        check = checked(game, "foe", "proposes", aid="none")
        assert not check.stalled and check.margin == pytest.approx(0.8 - 0.75)
        answered = checked(game, "foe", "accept", aid="none")
        assert answered.stalled and answered.margin == pytest.approx(0.0)

    def test_where_its_position_is_silent_too_the_rest_is_as_it_is(self) -> None:
        check = checked(war(foe={"position": {"land": "ceded"}}), "foe", "proposes", aid="some")
        assert check.stalled and check.margin == pytest.approx(0.7 - 0.5)

    def test_what_is_named_goes_before_the_position(self) -> None:
        check = checked(war(foe={"position": {"land": "ceded"}}), "foe", "proposes", land="held", aid="some")
        assert check.margin == pytest.approx(0.2 - 0.5)

    def test_without_a_position_the_rest_is_as_it_is(self) -> None:
        check = checked(war(), "foe", "proposes", aid="some")
        assert check.stalled and check.margin == pytest.approx(-0.3)

    def test_a_position_moves_nothing_that_is_locked(self) -> None:
        lock = {"by": "home", "terms": {"land": "held"}, "locked": ["land"]}
        game = war(foe={"position": {"land": "ceded"}}, proposal=lock)
        assert checked(game, "foe", "proposes", aid="some").margin == pytest.approx(-0.3)

    def test_lines_about_what_only_the_position_names_stay_out(self) -> None:
        line = {"id": "no_peace", "says": "No peace", "refuses": {"truce": "peace"}, "firmness": 1, "yield": 0}
        game = war(foe={"position": {"truce": "peace", "land": "ceded"}, "red_lines": [line]})
        assert checked(game, "foe", "proposes", aid="none").takes
        assert checked(game, "foe", "proposes", truce="peace").broken == ("no_peace",)


DRIFTS: Patch = {**FORTUNES, "drift": 0.1, "ceasefire_drift": -0.1, "horizon": 4}
TRUCE: list[Patch] = [
    {"id": "truce", "rounds": 3, "agenda": ["truce"], "lasts": {"truce": 2},
     "off_the_table": [{"says": "Only a pause", "when": {"truce": "peace"}}]},
    {"id": "talks", "rounds": 4},
]  # fmt: skip
HOPES: Patch = {
    "no_deal": {"cost": {"uniform": [0.0, 0.03]}},
    "optimism": {"normal": {"mean": 0.0, "sd": 0.5, "low": -1, "high": 1}},
    "trust": 0.5,
    "rearm": 0.3,
    "values_sd": 0.2,
}


def lasting(stance: Stance, rounds: int) -> Stance:
    return stance.model_copy(update={"lasts": rounds})


class TestOpening:
    """What lapses opens talks: it is held against what holds, what a pause forgoes, and half of what the talks may bring."""

    @pytest.mark.parametrize("hope", [None, 0.0, 0.4])
    def test_by_hand(self, hope: float | None) -> None:
        """Fortunes stand at 0.4 for the foe, and two weeks of pause take all of that away. Either side would ask for 1."""
        game = war(momentum=DRIFTS, **({} if hope is None else {"hope": hope}))
        advance, even = exp(0.4) / (exp(0.4) + 1), 0.5
        asked = [lasting(stance(party, "accept", {"truce": "pause"}), 2) for party in ("foe", "home")]
        foe, home = check_stances(game, asked)
        assert foe.opens and home.opens and not (foe.stalled or home.stalled)
        hoped_for = (hope or 0.0) * (1.0 - (0.5 + 0.5 * advance)) / 2
        assert foe.margin == pytest.approx(-0.1 - 0.5 * (advance - even) + hoped_for)
        hoped_for = (hope or 0.0) * (1.0 - 0.5 * (1 - advance)) / 2
        assert home.margin == pytest.approx(0.1 + hoped_for)
        assert [reply.answer.against for reply in ask(game, asked, 3, 1)] == ["opening", "opening"]

    @pytest.mark.parametrize("party", ["home", "foe"])
    def test_as_the_phase_that_plays_it_holds_it(self, party: str) -> None:
        """The worth less the fallback of round 0 of the talks, in the same worlds; so too where the list says how long."""
        runs, asked = 40, stance(party, "accept", {"truce": "pause"})
        given: dict[str, Patch] = {"home": HOPES, "foe": {**HOPES, "position": {"land": "ceded"}}}
        game = war(momentum=DRIFTS, hope={"uniform": [0.1, 0.5]}, phases=TRUCE, **given)
        (reply,) = ask(game, [asked], runs, 3)
        worlds, p, margins = realise(game, Uniforms(3, 0, runs)), game.names.parties.index(party), []
        for k in range(runs):
            table = after_round_0(game, worlds.at(k))
            margins.append(table.worth(p, np.array([1, 0, 0])) - float(table.state.fallback[p]))
        assert reply.answer.margin == pytest.approx(np.mean(margins))
        assert reply.answer.taken["values"] == sum(margin >= -1e-9 for margin in margins)
        one_phase = war(momentum=DRIFTS, hope={"uniform": [0.1, 0.5]}, **given)
        (alone,) = ask(one_phase, [lasting(asked, 3)], runs, 3)
        assert alone.answer.margin == pytest.approx(reply.answer.margin)

    @pytest.mark.parametrize("proposal", [{"aid": "some"}, {"truce": "peace"}, {"truce": "pause", "aid": "some"}])
    def test_nothing_else_is_an_opening(self, proposal: dict[str, str]) -> None:
        """Not on the agenda of the opening phase, off its table, or more than it can settle."""
        assert not checked(war(momentum=DRIFTS, phases=TRUCE), "foe", **proposal).opens

    def test_its_author_settles_nothing_else_by_it(self) -> None:
        game = war(momentum=DRIFTS, foe={"position": {"land": "ceded"}})
        own, answered = (lasting(stance("foe", answer, {"truce": "pause"}), 2) for answer in ("proposes", "accept"))
        checks = check_stances(game, [own, answered])
        assert checks[0].margin == checks[1].margin


LINES = [
    {"id": "no_loss", "says": "No land is ceded", "refuses": {"land": "ceded"}, "firmness": 0.6, "yield": 0},
    {"id": "no_bare_truce", "says": "No truce without aid", "refuses": {"truce": "changed", "aid": "none"}, "firmness": 0.5,
     "yield": 0},
]  # fmt: skip
NOISY: Patch = {
    "red_lines": LINES,
    "no_deal": {"cost": {"uniform": [0.0, 0.1]}},
    "optimism": {"normal": {"mean": 0.0, "sd": 0.8, "low": -1, "high": 1}},
    "values_sd": 0.2,
    "position": {"truce": "peace", "aid": "some"},
}
ASKED: list[tuple[str, dict[str, str]]] = [
    ("accept", {"truce": "peace"}),
    ("reject", {"truce": "peace", "land": "ceded"}),
    ("open", {"truce": "pause", "aid": "none"}),
    ("reject", {"land": "ceded", "aid": "some"}),
    ("proposes", {"land": "ceded"}),
    ("proposes", {"truce": "peace", "aid": "none"}),
]


def told_alone(game: Game, w: World, answer: str, proposal: dict[str, str]) -> tuple[bool, bool]:
    """Whether Home's lines let it through, and whether it is worth enough; even fortunes, no lookahead drift, no levers."""
    now = {"truce": "war", "land": "held", "aid": "none"}
    full = {**now, **(NOISY["position"] if answer == "proposes" else {}), **proposal}

    def worth(package: Mapping[str, str]) -> float:
        chosen = zip(game.names.issues, game.names.options, strict=True)
        return sum(float(w.value[0, i, options.index(package[x])]) for i, (x, options) in enumerate(chosen))

    least = worth(now)
    if full["truce"] == "peace":
        advance = exp(w.optimism[0]) / (exp(w.optimism[0]) + 1)
        lottery = advance * worth({**now, "land": "ceded"}) + (1 - advance) * worth(now)
        least = lottery - float(w.cost[0]) * game.rules.horizon
    real = w.z[0] < 0.6, w.z[1] < 0.5
    ceded = proposal.get("land") == "ceded"
    bare = {"truce", "aid"} <= set(proposal) and full["truce"] != "war" and full["aid"] == "none"
    return not ((real[0] and ceded) or (real[1] and bare)), worth(full) >= least - 1e-9


def test_lines_alone_and_values_alone_as_plain_python_counts_them() -> None:
    game, runs = war(home=NOISY), 200
    worlds = realise(game, Uniforms(4, 0, runs))
    replies = ask(game, [stance("home", answer, proposal) for answer, proposal in ASKED], runs, 4)
    scores: dict[str, list[float]] = {"model": [], "lines": [], "values": []}
    for (answer, proposal), reply in zip(ASKED, replies, strict=True):
        told = np.array([told_alone(game, worlds.at(k), answer, proposal) for k in range(runs)])
        takes = {"model": told.all(axis=1), "lines": told[:, 0], "values": told[:, 1]}
        assert reply.answer.taken == {rule: int(found.sum()) for rule, found in takes.items()}
        for rule, found in takes.items():
            scores[rule].append((float(found.mean()) - (answer != "reject")) ** 2)
    assert len({tuple(told) for told in scores.values()}) == 3
    for rule, found in scores.items():
        assert judge(replies, rule).brier == pytest.approx(np.mean(found))
        assert judge(replies, rule).hits == sum(score <= 0.25 for score in found)


def test_a_part_alone_never_takes_less_than_the_model() -> None:
    replies: tuple[Reply, ...] = ask(war(home=NOISY), [stance("home", *each) for each in ASKED], 100, 2)
    assert all(
        told["model"] <= min(told["lines"], told["values"]) for told in (reply.answer.taken for reply in replies)
    )
