"""The first lines of a page: only what the run has data for, in plain words, and the outside view beside it."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from commands import sim
from games import write_small
from playing import FREEZE, ROOT
from test_plots import curve, summary

from sim.analysis.assumptions import AssumptionRange
from sim.analysis.blockers.refusals import Blocker
from sim.analysis.shares.likelihood import wilson
from sim.analysis.summary import Settlement
from sim.analysis.terms import Terms
from sim.files.errors import BadInput
from sim.files.scenario.reader import read_scenario
from sim.report import Report
from sim.report.run.data import run_data
from sim.report.run.headline import beside, headline, outside_views, plain_words
from sim.report.run.page import run_page
from sim.report.wording.fractions import between, deals, roughly, way
from sim.scenario import OutsideView

WEEKS = 52


def report(hits: int = 300, n: int = 1000, date: str | None = "2025-04-23", **changes: Any) -> Report:
    """A made-up study of the freeze: half of those that agree have agreed after 36 weeks."""
    scenario = read_scenario(FREEZE).scenario.model_copy(update={"date": date, "outside_view": ()})
    weeks = [hits // 2 * (week >= 36) for week in range(1, WEEKS)] + [hits]
    return Report(scenario, "made_up", summary(weeks, n, **changes), (), 1, "batch", {})


def said(made: Report) -> str:
    return " ".join(plain_words(made))


def settlement(agreements: int = 300, **terms: float) -> Settlement:
    placed = {party: Terms(mean, mean, mean) for party, mean in terms.items()}
    return Settlement({}, {}, {}, {}, 20.0, agreements, placed, placed, {})


class TestLikelihood:
    def test_it_is_dated_by_the_end_and_by_the_end_of_the_year(self) -> None:
        assert said(report()).startswith("The parties agree in 30 % of runs by 22 April 2026, 15 % by the end of 2025.")

    def test_days_that_are_asked_for_stand_in_place_of_the_end_of_the_year(self) -> None:
        asked = replace(report(), by=(date(2025, 7, 1), date(2026, 1, 10)))
        assert "by 22 April 2026, none by 1 July 2025, 15 % by 10 January 2026." in said(asked)

    def test_without_a_date_it_speaks_of_weeks(self) -> None:
        assert said(report(date=None)).startswith("The parties agree in 30 % of runs within 52 weeks.")

    def test_of_few_it_is_a_count(self) -> None:
        words = said(report(hits=8, n=20))
        assert words.startswith("The parties agree in 8 of 20 runs by 22 April 2026, 4 of 20 by the end of 2025.")
        assert "%" not in words

    def test_nothing_else_is_said_of_what_has_no_data(self) -> None:
        words = said(report(date=None))
        assert not re.search(r"fifth|On average|left the talks|phase|It is so", words)


class TestAssumptions:
    def test_the_range_stands_before_the_interval_of_sampling(self) -> None:
        found = AssumptionRange(wilson(360, 2000), wilson(1660, 2000))
        page = run_page(report(assumptions=found))
        assert "In the least favourable fifth of the assumptions it is 18 %, in the most favourable 83 %." in " ".join(
            page.split()
        )
        assert page.index("least favourable") < page.index("95 % interval")

    def test_a_range_that_chance_explains_is_not_told(self) -> None:
        words = said(report(assumptions=AssumptionRange(wilson(28, 100), wilson(33, 100))))
        assert "No assumption moves that by more than chance does" in words and "fifth" not in words


class TestNearNoneOrAll:
    def test_of_none_it_says_which_line_and_reason(self) -> None:
        line = Blocker("no_nato", 0.6, 0.7, 990)
        made = report(hits=10, lines=(line,), reasons={"no_zone": wilson(700, 1000), "missed": wilson(290, 1000)})
        words = said(made)
        assert "It is so rare mostly because no package finds the consent that it needs (70 % of runs)." in words
        assert "the red line named most is" in words and "(60 %)" in words
        assert "`sim blockers made_up`" in words

    def test_of_all_it_says_that_a_deal_is_there(self) -> None:
        words = said(report(hits=990, ceiling=wilson(1000, 1000)))
        assert "so common because some deal finds every consent it needs in all runs" in words
        assert "sim sensitivity made_up --ablations" in words

    def test_in_between_nothing_is_explained(self) -> None:
        assert "It is so" not in said(report(hits=60)) and "It is so" not in said(report(hits=940))

    def test_of_few_runs_nothing_is_explained(self) -> None:
        assert "It is so" not in said(report(hits=0, n=20))


class TestDeals:
    def test_terms_are_told_for_belligerents(self) -> None:
        words = said(report(settlement=settlement(russia=0.34, ukraine=0.66, us=0.5)))
        assert (
            "On average a deal gives Russia a third of the way to its own position, Ukraine two thirds of the way"
            in words
        )
        assert "United States" not in words

    def test_departures_and_lasting(self) -> None:
        words = said(report(after_departure=wilson(225, 300), holds=0.15))
        assert "Three quarters of the deals are signed after the mediator (United States) has left the talks." in words
        assert "Half of the deals would not last a year" in words

    @pytest.mark.parametrize("n", [0, 20])
    def test_of_few_deals_neither_is_told(self, n: int) -> None:
        made = report(
            hits=n, settlement=settlement(n, russia=0.3) if n else None, after_departure=wilson(n, n) if n else None
        )
        assert "deal" not in said(made)


class TestPhases:
    def test_a_truce_comes_first_with_its_own_likelihood_and_date(self) -> None:
        scenario = read_scenario(ROOT / "scenarios" / "thirty_day_ceasefire.yaml").scenario
        truce = curve([0] * 2 + [100] * 3 + [220] * 54, 1000)
        made = replace(report(), scenario=scenario, summary=summary([0] * 58 + [110], 1000, phases={"truce": truce}))
        words = said(made)
        assert words.startswith(
            "The first phase (truce) is settled in 22 % of runs, by 11 June 2025 at the latest. The whole"
        )
        assert "Of the runs that reach the last phase 50 % agree." in words
        assert re.search(r"phase truce: settled, by 11 June 2025 at the\s+latest", run_page(made))

    def test_a_phase_has_its_likelihood_by_any_day_before_its_end(self) -> None:
        scenario = read_scenario(ROOT / "scenarios" / "thirty_day_ceasefire.yaml").scenario
        truce = curve([0] * 2 + [100] * 3 + [220] * 54, 1000)
        days = (date(2025, 5, 8), date(2025, 5, 14), date(2025, 7, 1))
        made = summary([0] * 58 + [110], 1000, phases={"truce": truce})
        made = replace(report(), scenario=scenario, summary=made, by=days)
        assert "by 11 June 2025 at the latest, none by 8 May 2025, 10 % by 14 May 2025. The whole" in said(made)
        assert re.search(r"phase truce: settled by 14 May 2025\)\s+10 %", run_page(made))
        first, last = run_data(made)["phases"]
        assert [by["hits"] for by in first["by_date"]] == [0, 100] and first["by_round"][5]["estimate"] == 0.22
        assert [by["date"] for by in last["by_date"]] == ["2025-05-08", "2025-05-14", "2025-07-01"]

    def test_an_opening_phase_that_settles_everything_does_not_lead(self, tmp_path: Path) -> None:
        loaded = read_scenario(write_small(tmp_path)).scenario
        first = loaded.phases[0].model_copy(update={"id": "first", "agenda": "all", "lasts": {}, "provisional": False})
        two = loaded.model_copy(update={"phases": (first, loaded.phases[0].model_copy(update={"id": "second"}))})
        made = replace(report(), scenario=two, summary=summary([0, 30], 100, phases={"first": curve([60, 60], 100)}))
        assert said(made).startswith("The parties agree") and "Phase “first” is settled" in said(made)


class TestOutsideView:
    VIEW = OutsideView(id="crowds", says="Crowds say 28 to 53 %.", until="2025-06", evidence=("a.c1",))

    @pytest.mark.parametrize(
        ("date", "told"), [("2025-04-23", True), ("2025-06-30", True), ("2025-08-09", False), (None, True)]
    )
    def test_it_is_told_beside_scenarios_of_its_time(self, date: str | None, told: bool) -> None:
        assert beside([self.VIEW], date) == ((self.VIEW,) if told else ())

    def test_it_stands_beside_the_headline_and_not_in_it(self) -> None:
        made = report()
        made = replace(made, scenario=made.scenario.model_copy(update={"outside_view": (self.VIEW,)}))
        assert plain_words(made) == plain_words(report())
        block = list(headline(made))
        assert block[-2:] == [
            "From outside (no figure of the model, and no aim of it)",
            "  Crowds say 28 to 53 %. [a.c1]",
        ]

    def test_scenarios_of_the_war_have_one_and_its_claims_are_known(self) -> None:
        loaded = read_scenario(FREEZE)
        views = outside_views(replace(report(), scenario=loaded.scenario))
        assert views and all(claim in loaded.evidence.claims() for view in views for claim in view.evidence)

    BAD: ClassVar = {
        "no claim": ("{id: a, says: something}", "needs `evidence`"),
        "unknown claim": ("{id: a, says: something, evidence: [gazette.c99]}", "unknown claim (got gazette.c99)"),
        "twice": (
            "{id: a, says: one, evidence: [gazette.c1]}, {id: a, says: two, evidence: [gazette.c1]}",
            "another outside view",
        ),
        "unknown key": ("{id: a, says: something, figure: 3, evidence: [gazette.c1]}", "unknown key"),
    }

    @pytest.mark.parametrize("kind", BAD)
    def test_a_bad_one_is_refused_with_its_place(self, kind: str, tmp_path: Path) -> None:
        text, message = self.BAD[kind]
        path = write_small(tmp_path)
        path.write_text(f"{path.read_text()}outside_view: [{text}]\n")
        with pytest.raises(BadInput) as bad:
            read_scenario(path)
        assert message in str(bad.value) and str(path) in str(bad.value)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (wilson(5, 8), "5 of 8"), (wilson(0, 500), "none"), (wilson(500, 500), "all"), (wilson(51, 100), "about 50 %"),
        (wilson(1, 100), "1 %"), (wilson(1, 50), "under 5 %"), (wilson(1020, 2000), "51 %"), (wilson(1, 9999), "under 0.1 %"),
    ],
)  # fmt: skip
def test_no_digit_beyond_what_the_interval_supports(share: Any, words: str) -> None:
    assert roughly(share) == words


def test_ranges_in_a_column() -> None:
    assert between(wilson(360, 2000), wilson(1660, 2000)) == "18 to 83 %"
    assert between(wilson(1, 50), wilson(42, 50)) == "<5 to 85 %"
    assert between(wilson(2, 20), wilson(15, 20)) == "2 of 20; 15 of 20"


@pytest.mark.parametrize(
    ("speak", "value", "words"),
    [
        (way, -0.3, "less than the other side's position does"), (way, 1.7, "more than its own position"),
        (way, 0.32, "a third of the way to its own position"), (way, 1.02, "its own position"),
    ],
)  # fmt: skip
def test_terms_in_words(speak: Callable[[float], str], value: float, words: str) -> None:
    assert speak(value) == words


def test_shares_of_deals_in_words() -> None:
    assert [deals(value, 1000) for value in (0.02, 0.34, 0.74, 0.62, 0.98)] == [
        "hardly any deals", "a third of the deals", "three quarters of the deals", "three fifths of the deals",
        "nearly all deals",
    ]  # fmt: skip
    assert deals(0.45, 20_000) == "45 % of the deals"
    assert deals(0.5, 10) == "5 of 10 deals"


@pytest.mark.usefixtures("undrawn")
class TestCommand:
    def test_data_say_the_same_as_the_page(self, tmp_path: Path) -> None:
        asked = ("run", FREEZE, "--runs", "60", "--by", "2025-09-01", "--out", tmp_path / "r")
        page, data = sim(*asked)[1], json.loads(sim(*asked, "--json")[1])
        flat = " ".join(page.split())
        assert all(sentence in flat for sentence in data["plain_words"])
        assert [by["date"] for by in data["by_date"]] == ["2026-04-22", "2025-09-01"]
        assert data["by_date"][1]["rounds"] == 18
        assert data["by_round"][17]["date"] == "2025-08-27"
        assert data["by_round"][17]["estimate"] == data["by_date"][1]["estimate"]
        assert all(view["says"] in flat for view in data["outside_view"])

    def test_days_are_a_view_and_no_part_of_the_result(self, tmp_path: Path) -> None:
        out = tmp_path / "r"
        sim("run", FREEZE, "--runs", "40", "--out", out)
        before = (out / "summary.json").read_bytes()
        assert sim("run", FREEZE, "--runs", "40", "--by", "2025-09-01", "--out", out)[0] == 0
        assert (out / "summary.json").read_bytes() == before
        assert sim("run", out)[0] == 0

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--by", "soon"], "must be a day such as 2025-04-23 (got soon)"),
            (["--by", "2025-02-30"], "must be a day such as"),
            (["--by", "2024-01-01"], "the talks last from 2025-04-23 to 2026-04-22"),
            (["--whole"], "--whole: goes with --watch"),
        ],
    )
    def test_bad_input(self, arguments: list[str], message: str) -> None:
        code, _, error = sim("run", FREEZE, *arguments)
        assert code == 2 and message in " ".join(error.split())

    def test_undated_scenarios_refuse_days(self, tmp_path: Path) -> None:
        code, _, error = sim("run", write_small(tmp_path), "--by", "2025-12-31")
        assert code == 2 and "needs a scenario with a `date`" in error

    def test_compare_and_sweep_take_days(self, tmp_path: Path, at_hand: None) -> None:
        other = FREEZE.with_name("us_walks_away.yaml")
        code, page, _ = sim("compare", FREEZE, other, "--runs", "40", "--by", "2025-10-01", "--out", tmp_path / "c")
        assert code == 0 and "2025-10-01" in page and "In plain words" in page
        vary = ("--vary", "parties.russia.good_faith=0.5,1", "--workers", "1", "--runs", "40")
        code, page, _ = sim("sweep", FREEZE, *vary, "--by", "2025-10-01", "--out", tmp_path / "s")
        assert code == 0 and "2025-10-01" in page and "ranges from" in page
        assert "2025-10-01" not in (tmp_path / "s" / "points.json").read_text()
        assert "2025-11-05" in sim("show", tmp_path / "s", "--by", "2025-11-05")[1]

    def test_a_long_transcript_is_short_unless_whole(self, tmp_path: Path) -> None:
        asked = ("run", ROOT / "scenarios" / "november_draft.yaml", "--watch")
        short, whole = sim(*asked)[1], sim(*asked, "--whole")[1]
        assert whole.count("\n") > 200 > 0 and short.count("\n") < 0.85 * whole.count("\n")
        assert "entries are left out. The whole: --whole." in short and "left out. The whole" not in whole
        assert short.partition("How it ended")[2] == whole.partition("How it ended")[2]
        assert "Week 1 (to 9 December 2025)" in short
