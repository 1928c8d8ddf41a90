"""`sim blockers` as a user types it, on games whose every ranking is known."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from commands import sim

from sim.analysis.blockers.disagreement import Blocking, Finding
from sim.analysis.blockers.refusals import Blocker
from sim.analysis.blockers.removed_lines import Failures, Removal, Rise, demands, risen
from sim.analysis.shares.difference import Difference
from sim.records import End, Why
from sim.report.blockers.disagreements import SAY
from sim.report.blockers.report import BlockersReport

ALIKE = """
    role: belligerent
    priorities:
      land: {{weight: 0.9, values: {{war: 0, split: 1}}}}
      fish: {{weight: 0.1, values: {{unlimited: 1, capped: 0}}}}
    no_deal: {{base: 0.5}}
    concession: {{exponent: 1, deadline: 5}}"""
"""What both sides want."""

GAME = """\
title: The valley
summary: Two towns may split a valley, or fight on.
assumed: a made-up game for tests
issues:
  land:
    title: The valley
    status_quo: war
    options: {{war: Both fight for it, split: Each has half}}
  fish:
    title: The fish
    status_quo: unlimited
    options: {{unlimited: As many as are there, capped: A hundred a day}}
parties:
  east:
    name: East@
    red_lines:
      - {{id: no_cap, says: Fishing stays free, refuses: {{fish: capped}}, firmness: 1, yield: 0}}
      - {{id: east_whole, says: East does not share, refuses: {{land: split}}, firmness: {east}, yield: 0}}
  west:
    name: West@
    red_lines:
      - {{id: west_whole, says: West does not share, refuses: {{land: split}}, firmness: {west}, yield: 0}}
phases:
  - {{id: talks, rounds: 6}}
""".replace("@", ALIKE)

ALONE, TOGETHER, NEITHER = (0, 1), (1, 1), (0, 0)
"""Firmness of what East and West say of sharing: one blocks alone, both block together, nothing blocks."""


@pytest.fixture
def valley(tmp_path: Path) -> Path:
    return tmp_path / "valley.yaml"


def written(path: Path, firmness: tuple[float, float], text: str = GAME) -> Path:
    path.write_text(text.format(east=firmness[0], west=firmness[1]))
    return path


def figures(path: Path, *more: str) -> dict[str, Any]:
    code, text, _ = sim("blockers", path, "--runs", "40", "--json", *more)
    assert code == 0
    found: dict[str, Any] = json.loads(text)
    return found


def page_of(path: Path, *more: str) -> str:
    code, page, _ = sim("blockers", path, "--runs", "40", *more)
    assert code == 0
    assert max(map(len, page.splitlines())) <= 80
    return " ".join(page.split())


class TestOneLineBlocksAlone:
    def test_all_three_say_so(self, valley: Path) -> None:
        found = figures(written(valley, ALONE))
        first, other = found["red_lines"]
        assert (first["id"], first["party"], first["number"]) == ("west_whole", "west", 1)
        assert first["at_the_end"] == first["at_all"] == 1.0
        assert first["removal"]["agreement"]["estimate"] == first["removal"]["ceiling"]["estimate"] == 1.0
        assert first["minimal_sets"] == [{"stage": None, "of": 1, "sets": 1, "smallest": 1, "firmness": 1.0}]
        assert first["behind"]["fail_without"] == 0.0
        assert first["removal"]["lost"] == {"runs": 0, "why": None, "why_share": 0.0}
        assert other["id"] == "no_cap"
        assert other["removal"]["agreement"]["estimate"] == other["at_all"] == 0.0
        assert found["disagreements"] == []

    def test_a_line_without_firmness_is_left_out(self, valley: Path) -> None:
        assert "east_whole" not in {one["id"] for one in figures(written(valley, ALONE))["red_lines"]}

    def test_the_page(self, valley: Path) -> None:
        page = page_of(written(valley, ALONE))
        parts = [
            "What blocks: The valley", "valley: 40 runs, seed 1", "agreement as it is",
            "Named most at the end, and gives most once gone: [1]",
            "Red lines, first those whose removal gives most", "[1] West: West does not share 100 % 100 % +100",
            "Seldom named, in no minimal set", "East: [2] Fishing stays free.", "Taken away together",
            "The only minimal set of lines that opens one: [1] (firmness 1.00), 1 line.",
            "Where the three disagree",
            "The three do not contradict one another.", "What else stands in the way", "no zone: no package",
            "Gone or taken away means", "not a forecast",
        ]  # fmt: skip
        places = [page.find(part) for part in parts]
        assert -1 not in places, parts[places.index(-1)]
        assert places == sorted(places)


class TestTwoLinesBlockTogether:
    def test_each_alone_gives_nothing_and_both_are_the_only_minimal_set(self, valley: Path) -> None:
        found = figures(written(valley, TOGETHER))
        assert {one["removal"]["agreement"]["estimate"] for one in found["red_lines"]} == {0.0}
        assert [one["red_lines"] for one in found["minimal_sets"][0]["sets"]] == [["east_whole", "west_whole"]]
        assert found["zone_as_stated"] is False
        both = next(one for one in found["together"] if one["kind"] == "minimal_set")
        assert both["agreement"]["estimate"] == both["ceiling"]["estimate"] == 1.0
        of = {one["id"]: one["minimal_sets"][0] for one in found["red_lines"]}
        assert of["east_whole"] == {"stage": None, "of": 1, "sets": 1, "smallest": 2, "firmness": 2.0}
        assert of["no_cap"]["sets"] == 0

    def test_they_are_told_as_complements(self, valley: Path) -> None:
        found = figures(written(valley, TOGETHER))["disagreements"]
        assert [set(one["red_lines"]) for one in found if one["kind"] == "complements"] == [
            {"east_whole", "west_whole"}
        ]
        page = page_of(valley)
        assert "No single line gives anything clear once gone." in page
        assert "alone nothing clear, yet in the only minimal set of the whole deal." in page


class TestSubstitutes:
    def test_either_of_two_would_do(self, valley: Path) -> None:
        """West refuses to share only without a cap, which East refuses: either may give way."""
        wide, narrow = (
            "refuses: {{land: split}}, firmness: {west}",
            "refuses: {{land: split, fish: unlimited}}, firmness: {west}",
        )
        assert GAME.count(wide) == 1
        text = GAME.replace(wide, narrow)
        found = figures(written(valley, ALONE, text))
        assert {tuple(one["red_lines"]) for one in found["minimal_sets"][0]["sets"]} == {("no_cap",), ("west_whole",)}
        told = next(one for one in found["disagreements"] if one["kind"] == "substitutes")
        assert set(told["red_lines"]) == {"no_cap", "west_whole"}
        assert "stand in for one another" in told["says"]


def test_nothing_fails(valley: Path) -> None:
    page = page_of(written(valley, NEITHER))
    assert "No run fails" in page
    assert "A zone exists as stated; nothing needs opening." in page
    assert "Where the three disagree" not in page
    assert figures(valley)["failed"] == 0


def test_no_line_can_bind(valley: Path) -> None:
    page = page_of(written(valley, NEITHER), "--set", "parties.east.red_lines.no_cap.firmness=0")
    assert "No red line can bind, so none blocks." in page


def test_overrides_hold_and_are_told(valley: Path) -> None:
    page = page_of(written(valley, ALONE), "--set", "parties.west.red_lines.west_whole.firmness=0")
    assert "with parties.west.red_lines.west_whole.firmness = 0" in page
    assert "West does not share" not in page


def test_an_event_cannot_bring_a_line_back(valley: Path) -> None:
    text = GAME + "events:\n  - {{id: coup, says: A coup, round: 0, firmness: {{west_whole: 1}}}}\n"
    first = figures(written(valley, NEITHER, text))["red_lines"][0]
    assert (first["id"], first["removal"]["agreement"]["estimate"]) == ("west_whole", 1.0)


def test_lines_that_are_real_together_are_also_played_together(valley: Path) -> None:
    line = "refuses: {{fish: capped}}, firmness: 1, yield: 0"
    assert GAME.count(line) == 1
    text = GAME.replace(line, f"{line}, same_as: east_whole")
    found = figures(written(valley, TOGETHER, text))
    same = {one["id"]: one["same_as"] for one in found["red_lines"]}
    assert same == {"no_cap": ["east_whole"], "east_whole": ["no_cap"], "west_whole": []}
    assert ["no_cap", "east_whole"] in [one["red_lines"] for one in found["together"] if one["kind"] == "same_as"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["no.yaml"], "no.yaml: no such file"),
        (["{}", "--set", "parties.north.no_deal.base=1"], "no such"),
        (["{}", "--set", "parties"], "must be PATH=VALUE"),
        (["{}", "--runs", "0"], "--runs: must be a whole number of 1 or more (got 0)\n"),
    ],
)
def test_bad_input_is_told_with_exit_2(arguments: list[str], says: str, valley: Path) -> None:
    path = written(valley, ALONE)
    code, page, errors = sim("blockers", *(one.format(path) for one in arguments))
    assert (code, page) == (2, "")
    assert says in errors


def test_the_reason_that_takes_the_place_of_a_line_is_that_of_all_runs() -> None:
    """Of a hundred runs that had no zone forty then fail at home; three that are bad faith now are too few to speak of."""
    before = SimpleNamespace(why=np.full(100, Why.NO_ZONE))
    after = SimpleNamespace(
        why=np.repeat([Why.NO_ZONE, Why.FAILED_AT_HOME, Why.BAD_FAITH, Why.AGREED], [27, 40, 3, 30])
    )
    assert risen(before, after) == Rise("failed_at_home", 0.0, 0.4)
    few = SimpleNamespace(why=np.repeat([Why.NO_ZONE, Why.BAD_FAITH], [99, 1]))
    assert risen(before, few) is None
    assert risen(before, before) is None


def test_of_several_lines_that_agreement_needs_each_says_what_is_lost_without_it() -> None:
    """Said of the first only, as `it`, it read as if it were about both."""
    worse, same = Difference(-0.2, -0.25, -0.15), Difference(0.0, 0.0, 0.0)
    lines = tuple(
        Blocking(
            Blocker(name, 0.0, 0.0, 100),
            Removal((name,), worse, same, Failures(runs, "missed", 0.75), Failures(9, None, 0.0), None, None),
        )
        for name, runs in (("river", 20), ("hill", 8))
    )
    base: Any = SimpleNamespace(scenario=SimpleNamespace(parties={}))
    report = BlockersReport(base, lines, (), {}, (), "", {})
    said = SAY["costs"](report, Finding("costs", ("river", "hill")))
    assert "Of the 20 runs that agree only with [1]" in said and "Of the 8 runs that agree only with [2]" in said


def test_what_was_asked_before_the_last_phase_is_held_against_no_no_deal_value() -> None:
    """Two phases of bargaining and a vote: the first falls back on what holds, so its run is left out."""
    votes, bargains = [False, False, False], [0, 0, 2]
    game: Any = SimpleNamespace(
        rules=SimpleNamespace(protocol=np.array(bargains), provisional=np.array(votes)),
        names=SimpleNamespace(parties=("a",)),
    )
    asked, no_deal = np.array([[0.1], [0.5], [0.6], [0.9]]), np.full((4, 1), 0.4)
    why = np.array([Why.NO_ZONE, Why.NOT_CONCEDED, Why.NOT_CONCEDED, Why.AGREED])
    end = np.array([End.DEADLINE, End.DEADLINE, End.REFUSED, End.AGREEMENT])
    runs: Any = SimpleNamespace(
        why=why, outcomes=SimpleNamespace(phase=np.array([0, 1, 2, 1]), aspiration=asked, no_deal=no_deal, end=end)
    )
    assert demands(game, runs) == pytest.approx({"a": 0.15})
    assert demands(replaced(game, [True, False, False]), runs) == pytest.approx({"a": 0.0})


def replaced(game: Any, provisional: list[bool]) -> Any:
    """The same with phases that settle a framework only: those too fall back on the no-deal value."""
    rules = SimpleNamespace(protocol=game.rules.protocol, provisional=np.array(provisional))
    return SimpleNamespace(rules=rules, names=game.names)
