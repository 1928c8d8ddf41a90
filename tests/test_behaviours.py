"""What the articles report of the parties' behaviour, played under the same draws with and without what makes it so."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from playing import ROOT, Played, assert_lower, paired, play_changed, play_file, play_scenario

from sim.analysis.validation.stances import check_stances
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.files.scenario.reader import Loaded, read_scenario
from sim.game import NO_LIMIT, Flags, Floats, Game
from sim.records import End
from sim.rules.state import OBJECTS
from sim.scenario import Scenario
from sim.talks.transcript.entries import IncidentKind, Transcript
from sim.talks.transcript.recorder import watch

SCENARIOS = ROOT / "scenarios"
APRIL, AUGUST = (SCENARIOS / "common" / f"as_of_{day}.yaml" for day in ("2025-04-23", "2025-08-09"))
TRUCE, TWO_STAGE = SCENARIOS / "thirty_day_ceasefire.yaml", SCENARIOS / "donetsk_two_stage.yaml"
FRAMEWORK, DETAILS = SCENARIOS / "us_framework.yaml", SCENARIOS / "variants" / "framework_then_details.yaml"
FREEZE, DIRECT = SCENARIOS / "freeze_lines.yaml", SCENARIOS / "direct_talks.yaml"
PRESSED, THREATENED = SCENARIOS / "sanctions_pressure.yaml", SCENARIOS / "variants" / "sanctions_threatened.yaml"
RUNS, MANY, SEED = 200, 800, 1


def play(path: Path, *overrides: str, runs: int = RUNS) -> Played:
    return play_file(path, runs, SEED, *overrides)


def party(played: Played, name: str) -> int:
    return played.game.names.parties.index(name)


def line(game: Game, name: str) -> int:
    return game.names.lines.index(name)


def worth(played: Played, name: str, chosen: Flags) -> Floats:
    """What the agreed packages of some runs are worth to a party."""
    return np.asarray(played.outcomes.value[chosen, party(played, name)])


def lowers(after: Played, before: Played, name: str) -> bool:
    """Whether a party gets less from the runs that agree in both, beyond the paired interval."""
    both = after.agreed() & before.agreed()
    mean, half = paired(worth(after, name, both), worth(before, name, both))
    return mean < -half


@cache
def story(path: Path, run: int, *overrides: str) -> Transcript:
    game = compile_scenario(read_scenario(path, list(overrides)).scenario)
    return watch(game, realise(game, Uniforms(SEED, run, 1)).at(0), run)


def kinds(transcript: Transcript) -> set[tuple[IncidentKind, int]]:
    return {(i.kind, i.subject) for played in transcript.rounds for i in (*played.before, *played.after)}


class TestGoalpostsThatMove:
    """A party that never means to agree finds a new demand whenever it has what it asked (april-freeze.c2, c4)."""

    def insincere(self) -> Played:
        return play(
            TWO_STAGE, "parties.russia.good_faith=0", "parties.ukraine.red_lines.no_donetsk_surrendered.firmness=0"
        )

    def test_nothing_is_signed_and_the_bad_faith_shows(self) -> None:
        played = self.insincere()
        russia = party(played, "russia")
        assert not played.agreed().any()
        assert played.outcomes.exposed[:, russia].mean() > 0.5

    def test_what_waits_for_that_happens(self) -> None:
        played = self.insincere()
        i = played.game.names.issues.index("us_sanctions")
        tightened = played.outcomes.status_quo[:, i] == played.game.names.options[i].index("tightened")
        assert (tightened <= played.outcomes.exposed[:, party(played, "russia")]).all()
        assert tightened.any()

    def test_in_good_faith_nothing_is_withheld(self) -> None:
        played = play(TWO_STAGE, "parties.russia.good_faith=1")
        assert not played.outcomes.withheld.any() and not played.outcomes.exposed.any()

    INSINCERE = "parties.russia.good_faith=0"

    def test_the_demand_returns_in_its_next_offers(self) -> None:
        """But for offers in which a line of its own, or what is off the table, forbids it."""
        game = compile_scenario(read_scenario(FREEZE, ["mechanisms.trust=off"]).scenario)
        russia, told = game.names.parties.index("russia"), story(FREEZE, 1, self.INSINCERE, "mechanisms.trust=off")
        wanted = realise(game, Uniforms(SEED, 1, 1)).at(0).value[russia]
        demand, met = -1, []
        for turn in (turn for played in told.rounds for turn in played.turns):
            if turn.author == russia and turn.tabled is not None and demand >= 0:
                best = wanted[demand, : game.rules.options[demand]].max()
                met.append(wanted[demand, turn.tabled.package[demand]] == best)
            demand = next((a.wanted for a in turn.answers if a.said == OBJECTS and a.party == russia), demand)
            demand = turn.demand if turn.author == russia and turn.withheld else demand
        assert len(met) >= 3
        assert np.mean(met) >= 0.7

    def test_every_objection_raises_another_demand(self) -> None:
        told = story(FREEZE, 10, self.INSINCERE)
        demands = [
            *(a.wanted for r in told.rounds for t in r.turns for a in t.answers if a.said == OBJECTS),
            *(turn.demand for r in told.rounds for turn in r.turns if turn.withheld),
        ]
        assert len(demands) > 5
        assert len(set(demands)) > 5


class TestWeightShiftedOntoTheWeakerSide:
    """Pressure makes terms worse for whom it is on (december-moscow.c17, c43, c44)."""

    ON_UKRAINE = "levers.us_pressure_on_kyiv.when={round: 0}"
    ON_RUSSIA = "levers.new_us_sanctions.when={round: 1}"

    def test_a_lever_on_ukraine_costs_ukraine(self) -> None:
        pressed, free = play(AUGUST, self.ON_UKRAINE, runs=MANY), play(AUGUST, runs=MANY)
        assert lowers(pressed, free, "ukraine")
        assert lowers(free, pressed, "russia")

    @pytest.mark.slow
    def test_a_lever_on_russia_costs_russia(self) -> None:
        """By about a hundredth, so it takes many runs."""
        on_russia, on_ukraine = (play(AUGUST, lever, runs=4 * MANY) for lever in (self.ON_RUSSIA, self.ON_UKRAINE))
        assert lowers(on_russia, on_ukraine, "russia")
        assert lowers(on_ukraine, on_russia, "ukraine")

    def test_a_lever_without_force_changes_nothing(self) -> None:
        idle = ["levers.us_pressure_on_kyiv.pressure=0", "levers.us_pressure_on_kyiv.no_deal.ukraine=0"]
        before, after = play(AUGUST, *idle), play(AUGUST, self.ON_UKRAINE, *idle)
        assert (after.outcomes.package == before.outcomes.package).all()


class TestACeasefireThatLetsASideRearm:
    """Moscow asks what Kyiv would do with a pause (april-freeze.c12), and does not want one."""

    NO_REARMING = "momentum.ceasefire_drift=0.002"

    def test_momentum_turns_while_the_guns_are_silent(self) -> None:
        assert play(DIRECT).outcomes.momentum.mean() < play(DIRECT, self.NO_REARMING).outcomes.momentum.mean() - 0.05

    def test_the_advancing_side_gets_less_of_the_deal_that_follows(self) -> None:
        assert lowers(play(DIRECT, "momentum.ceasefire_drift=-0.02"), play(DIRECT, self.NO_REARMING), "russia")

    def test_a_pause_that_costs_nothing_is_easier_to_take(self) -> None:
        """Only the cost of the pause differs: Russia lists no ceasefire, so a truce by itself is worth as much as none."""
        assert "ceasefire" not in read_scenario(TRUCE).scenario.parties["russia"].priorities
        rearming = "momentum.ceasefire_drift=-0.05"
        assert_lower(play(TRUCE, "hope=0", rearming).zone, play(TRUCE, "hope=0", self.NO_REARMING).zone)

    def test_the_transcript_says_what_a_pause_would_cost(self) -> None:
        russia = compile_scenario(read_scenario(TRUCE).scenario).names.parties.index("russia")
        assert (IncidentKind.PAUSE, russia) in kinds(story(TRUCE, 0))


class TestAPartyInNoRush:
    """Moscow has time (april-freeze.c39, april-terms.c52, c53); it would do worse if it had none."""

    HURRIED = ("parties.russia.concession.deadline=10", "parties.russia.concession.exponent=1.6")

    def test_haste_brings_agreement_sooner_and_on_worse_terms(self) -> None:
        patient, hurried = play(FREEZE), play(FREEZE, *self.HURRIED)
        both = patient.agreed() & hurried.agreed()
        assert hurried.outcomes.round[both].mean() < patient.outcomes.round[both].mean() - 5
        assert lowers(hurried, patient, "russia")


class TestGuaranteesDroppedUnderPressure:
    """Kyiv stopped asking for guarantees before a truce when Washington pressed (april-terms.c9, c10)."""

    LINE = "guarantees_before_truce"
    UNPRESSED, PRESSED = "levers.us_pressure_on_kyiv.pressure=0", "levers.us_pressure_on_kyiv.when={round: 0}"

    def test_the_line_gives_way_to_pressure(self) -> None:
        pressed, unpressed = play(TRUCE), play(TRUCE, self.UNPRESSED)
        r = line(pressed.game, self.LINE)
        assert_lower(pressed.outcomes.binding[:, r], unpressed.outcomes.binding[:, r])

    def test_kyiv_names_it_first_and_is_pressed_for_that(self) -> None:
        played = play(TRUCE)
        names, worlds, r = played.game.names, played.worlds, line(played.game, self.LINE)
        pressed = (
            worlds.firmness[:, r]
            - worlds.yielding[:, r] * worlds.pressure[:, names.levers.index("us_pressure_on_kyiv")]
        )
        gives_way = (worlds.z[:, r] < worlds.firmness[:, r]) & (worlds.z[:, r] >= pressed)
        told = story(TRUCE, int(np.flatnonzero(gives_way)[0]))
        first = [answer for turn in told.rounds[0].turns for answer in turn.answers]
        assert any(names.lines.index(self.LINE) in answer.lines for answer in first)
        assert {(IncidentKind.LEVER, names.levers.index("us_pressure_on_kyiv"))} <= kinds(told)
        assert {(IncidentKind.LINE_GONE, names.lines.index(self.LINE))} <= kinds(told)

    @pytest.mark.parametrize(("overrides", "takes"), [((PRESSED,), True), ((), False)])
    def test_in_the_stated_world_kyiv_takes_the_truce_only_when_pressed(
        self, overrides: tuple[str, ...], takes: bool
    ) -> None:
        loaded = read_scenario(TRUCE, list(overrides))
        asked = next(stance for stance in loaded.evidence.stances if stance.id == "s3")
        assert check_stances(compile_scenario(loaded.scenario), [asked])[0].takes == takes


class TestAPartyThatMustBeAtTheTable:
    """What is Europe's to give is not settled over its head (december-moscow.c36 to c40)."""

    def hurt(self, played: Played) -> Flags:
        """Agreements that are worth less to Europe than no deal."""
        eu = party(played, "eu")
        short = played.outcomes.worth[:, eu] < played.outcomes.no_deal[:, eu] - 1e-9
        return np.asarray(played.agreed() & short & self.europes(played))

    def europes(self, played: Played) -> Flags:
        names, package = played.game.names, played.outcomes.package
        start = played.game.rules.status_quo
        issues = ("eu_sanctions", "eu_path", "security_guarantees", "reassurance_force", "buffer_force")
        chosen = [names.issues.index(issue) for issue in issues]
        return np.asarray((package[:, chosen] != start[chosen]).any(axis=1))

    def test_no_deal_about_it_is_worth_less_to_europe_than_none(self) -> None:
        played = play(FREEZE)
        assert (played.agreed() & self.europes(played)).sum() > 50
        assert not self.hurt(played).any()

    def test_unasked_it_would_be_passed_over(self) -> None:
        """Where it does well enough without a deal, and the belligerents badly."""
        bases = {"russia": 0.3, "ukraine": 0.3, "eu": 0.7}
        given = [f"parties.{name}.no_deal={{base: {base}}}" for name, base in bases.items()]
        plain = read_scenario(FREEZE, ["mechanisms.futures=off", *given]).plain
        without = {**plain, "consent": [rule for rule in plain["consent"] if "eu" not in rule["all_of"]]}
        asked, unasked = (play_scenario(Scenario.model_validate(each), RUNS, SEED) for each in (plain, without))
        assert self.hurt(unasked).any()
        assert not self.hurt(asked).any()


class TestTwoPowersThatSettleFirst:
    """A plan of two, put to the third for a yes or no (august-donetsk.c18, c19)."""

    WILLING = "parties.ukraine.red_lines.no_donetsk_surrendered.firmness=0"

    def test_the_third_can_only_refuse(self) -> None:
        played = play(TWO_STAGE, self.WILLING)
        assert (played.outcomes.end == End.REFUSED).mean() > 0.05

    def test_what_it_helped_to_settle_it_does_not_refuse(self) -> None:
        asked = play(TWO_STAGE, self.WILLING, "phases.plan_of_two.over_the_head_of=[]")
        assert (asked.outcomes.end == End.REFUSED).mean() < (
            play(TWO_STAGE, self.WILLING).outcomes.end == End.REFUSED
        ).mean() / 2

    def test_a_vote_that_is_lost_undoes_what_was_put_to_it(self) -> None:
        played = play(TWO_STAGE, self.WILLING)
        refused = played.outcomes.end == End.REFUSED
        out, names = played.outcomes, played.game.names
        assert (out.package == out.status_quo)[refused & True][~out.settled[refused]].all()
        stage_one = [names.issues.index(issue) for issue in ("ceasefire", "front_line")]
        assert out.settled[refused][:, stage_one].all()
        assert out.settled[refused].sum(axis=1).max() == len(stage_one)

    def test_it_gets_less_where_it_is_not_asked(self) -> None:
        over, asked = (
            play(TWO_STAGE, self.WILLING, *extra, runs=2000)
            for extra in ((), ("phases.plan_of_two.over_the_head_of=[]",))
        )
        reached = (over.outcomes.phase == 2) & (asked.outcomes.phase == 2)
        assert reached.sum() > 20
        mean, half = paired(worth(over, "ukraine", reached), worth(asked, "ukraine", reached))
        assert mean < -half


class TestAThreatToLeave:
    """Washington threatens to leave (april-freeze.c23): its help for Kyiv would go with it."""

    ONLY_HELP = "levers.us_pressure_on_kyiv.no_deal.ukraine=0"
    SURE = ("walk_away.deadline=26", "walk_away.carried_out=1")
    UNRECKONED = ("walk_away.deadline=26", "mechanisms.threats=off")

    def test_it_is_worse_for_whom_help_would_leave_and_better_for_its_foe(self) -> None:
        names = compile_scenario(read_scenario(FRAMEWORK).scenario).names
        told = [story(FRAMEWORK, run, self.ONLY_HELP) for run in range(4)]
        russia, ukraine = (
            [each.rounds[0].outlook[names.parties.index(name)].threats for each in told]
            for name in ("russia", "ukraine")
        )
        assert max(ukraine) < 0 < min(russia)

    def test_who_would_be_hurt_has_less_without_a_deal_while_it_hangs_over_the_talks(self) -> None:
        sure, unreckoned = (
            play(FRAMEWORK, *self.SURE, self.ONLY_HELP),
            play(FRAMEWORK, *self.UNRECKONED, self.ONLY_HELP),
        )
        before = (sure.outcomes.round == unreckoned.outcomes.round) & (sure.outcomes.round < 26)
        ukraine = party(sure, "ukraine")
        assert before.sum() > 20
        assert (sure.outcomes.no_deal < unreckoned.outcomes.no_deal)[before, ukraine].all()

    def test_a_threat_that_moves_no_no_deal_value_changes_nothing(self) -> None:
        idle = (self.ONLY_HELP, "levers.us_aid.tilt=0")
        sure, unreckoned = play(FRAMEWORK, *self.SURE, *idle), play(FRAMEWORK, *self.UNRECKONED, *idle)
        assert (sure.outcomes.package == unreckoned.outcomes.package).all()
        assert (sure.outcomes.round == unreckoned.outcomes.round).all()

    def test_its_date_slips_three_times_and_then_it_lapses(self) -> None:
        loaded = read_scenario(FRAMEWORK, ["walk_away.deadline=5", "walk_away.slips=2", "walk_away.carried_out=0.5"])
        rounds = realise(compile_scenario(loaded.scenario), Uniforms(SEED, 0, 4000)).leave_round
        shares = [(rounds == date).mean() for date in (5, 7, 9, 11, NO_LIMIT)]
        assert sum(shares) == pytest.approx(1.0)
        assert shares == pytest.approx([1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 16], abs=0.03)


class TestSanctionsPulledOrThreatened:
    """New sanctions hang over Russia (august-donetsk.c11): as a threat they work by the chance that they come."""

    CHANCE = "levers.new_us_sanctions.carried_out"
    ONLY_PRESSURE = ("levers.new_us_sanctions.no_deal={}", "levers.new_us_sanctions.status_quo={}")

    def test_a_threat_without_a_chance_is_none(self) -> None:
        empty = play(THREATENED, f"{self.CHANCE}=0")
        silent = play_changed(THREATENED, RUNS, SEED, levers=self._without_threat())
        assert (empty.outcomes.package == silent.outcomes.package).all()
        assert np.array_equal(empty.outcomes.no_deal, silent.outcomes.no_deal)

    def _without_threat(self) -> list[object]:
        levers = read_scenario(THREATENED).plain["levers"]
        return [{k: v for k, v in each.items() if k not in ("threatened", "carried_out", "slips")} for each in levers]

    def test_a_threat_that_is_sure_to_come_presses_like_the_deed(self) -> None:
        threat = play(THREATENED, f"{self.CHANCE}=1", *self.ONLY_PRESSURE)
        deed = play(PRESSED, "levers.new_us_sanctions.when.round=1", "mechanisms.threats=off", *self.ONLY_PRESSURE)
        rules, numbers = threat.game.rules, threat.game.numbers
        yielding = (rules.line_owner == party(threat, "russia")) & (numbers.yielding > 0)
        long_enough = (
            (threat.outcomes.round > 1) & (deed.outcomes.round > 1) & (threat.outcomes.left == deed.outcomes.left)
        )
        same = (threat.outcomes.binding == deed.outcomes.binding)[long_enough][:, yielding]
        empty = play(THREATENED, f"{self.CHANCE}=0", *self.ONLY_PRESSURE).outcomes.binding[long_enough][:, yielding]
        assert same.mean() > 0.98 > (empty == deed.outcomes.binding[long_enough][:, yielding]).mean()

    def test_a_likelier_threat_lowers_the_no_deal_value(self) -> None:
        low, high = (play(THREATENED, f"{self.CHANCE}={chance}") for chance in (0, 1))
        russia = party(low, "russia")
        assert high.outcomes.no_deal[:, russia].mean() < low.outcomes.no_deal[:, russia].mean() - 0.02

    def test_it_is_told(self) -> None:
        names = compile_scenario(read_scenario(THREATENED).scenario).names
        assert (IncidentKind.THREATENED, names.levers.index("new_us_sanctions")) in kinds(story(THREATENED, 0))


class TestADomesticConstraint:
    """A signed deal can fail at home: a constitution, a congress, a referendum (april-ceasefire.c39, april-terms.c34)."""

    STEPS = ("russia_constitution", "us_congress_crimea")

    def test_what_nobody_stops_holds(self) -> None:
        failing = play(FREEZE)
        certain = play(FREEZE, *(f"ratification.{step}.passes=1" for step in self.STEPS))
        failed = failing.outcomes.end == End.RATIFICATION_FAILED
        assert failed.any() and not (certain.outcomes.end == End.RATIFICATION_FAILED).any()
        assert certain.agreed()[failed].all()

    def test_it_fails_only_over_what_the_clause_is_about(self) -> None:
        played = play(FREEZE)
        failed = played.outcomes.end == End.RATIFICATION_FAILED
        names = played.game.names
        claim, crimea = names.issues.index("regions_claim"), names.issues.index("crimea")
        package = played.outcomes.package[failed]
        assert ((package[:, claim] == 1) | (package[:, crimea] > 0)).all()


def headline_and_detail(with_line: bool) -> Scenario:
    """One side would take land and free arms; the other gives up all the land only if arms are capped, or not at all."""

    def side(land: list[float], arms: list[float], **more: object) -> dict[str, object]:
        values = {"land": ("war", "split", "all"), "arms": ("free", "capped")}
        priorities = {
            issue: {"weight": weight, "values": dict(zip(values[issue], worth, strict=True))}
            for issue, weight, worth in (("land", 0.8, land), ("arms", 0.2, arms))
        }
        return {"role": "belligerent", "priorities": priorities, "no_deal": {"base": 0.1}, **more}

    line = {"id": "arms_for_land", "says": "No land for free arms", "refuses": {"land": "all", "arms": "free"}}
    lines = [{**line, "firmness": 1.0, "yield": 0.0}] if with_line else []
    capped = {"id": "free_arms", "says": "No cap", "refuses": {"arms": "capped"}, "firmness": 1.0, "yield": 0.0}
    patient, hurried = ({"exponent": 1.0, "deadline": deadline} for deadline in (20.0, 4.0))
    return Scenario.model_validate(
        {
            "title": "Headline and detail",
            "summary": "A made-up game.",
            "issues": {
                "land": {
                    "title": "Land",
                    "status_quo": "war",
                    "options": {"war": "War", "split": "Split", "all": "All"},
                },
                "arms": {"title": "Arms", "status_quo": "free", "options": {"free": "Free", "capped": "Capped"}},
            },
            "parties": {
                "taker": {"name": "Taker", **side([0.0, 0.6, 1.0], [1.0, 0.0], concession=patient, red_lines=[capped])},
                "giver": {"name": "Giver", **side([0.0, 1.0, 0.4], [0.0, 1.0], concession=hurried, red_lines=lines)},
            },
            "phases": [
                {"id": "headline", "rounds": 10, "agenda": ["land"], "provisional": True},
                {"id": "details", "rounds": 10},
            ],
            "proposal": {"by": "taker", "terms": {"land": "all"}},
        }
    )


class TestDetailsThatReopenADraft:
    """What a draft leaves out comes back when its details are settled (april-terms.c37 to c41, c48, c54)."""

    @pytest.mark.parametrize("with_line", [True, False])
    def test_a_line_that_wakes_reopens_what_was_agreed(self, with_line: bool) -> None:
        played = play_scenario(headline_and_detail(with_line), 20, SEED)
        assert played.agreed().all()
        assert (played.outcomes.reopened == int(with_line)).all()
        assert (played.outcomes.cited[:, -1] > 0).all() == with_line

    def test_a_red_line_over_a_detail_sleeps_until_the_detail_comes_up(self) -> None:
        """Ukraine's line against peace without protection names issues that the framework leaves out."""
        names = compile_scenario(read_scenario(DETAILS).scenario).names
        sleeping = names.lines.index("protection_in_peace")
        firm = "parties.ukraine.red_lines.protection_in_peace.firmness=1"
        told = [story(DETAILS, run, firm) for run in (8, 10)]
        named = {
            (r.phase, n) for each in told for r in each.rounds for t in r.turns for a in t.answers for n in a.lines
        }
        assert (0, sleeping) not in named
        assert (1, sleeping) in named

    def test_nothing_is_in_force_before_everything_is_agreed(self) -> None:
        played = play(DETAILS)
        between = (played.outcomes.phase == 1) & ~np.isin(played.outcomes.end, (End.AGREEMENT, End.RATIFICATION_FAILED))
        assert between.any()
        assert (played.outcomes.package[between] == played.game.rules.start).all()

    def test_the_transcript_says_what_is_reopened(self) -> None:
        reopened = np.flatnonzero(play(DETAILS).outcomes.reopened > 0)
        told = {kind for kind, _ in kinds(story(DETAILS, int(reopened[0])))}
        assert {IncidentKind.SETTLED, IncidentKind.REOPENED} <= told


@cache
def loaded(path: Path) -> Loaded:
    return read_scenario(path)


def test_the_april_world_is_the_one_that_april_scenarios_build_on() -> None:
    assert loaded(APRIL).scenario.momentum == loaded(FREEZE).scenario.momentum
