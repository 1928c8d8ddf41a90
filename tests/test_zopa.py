"""`sim zopa` as a user types it."""

import json
import shlex
from math import exp
from pathlib import Path

import pytest
from commands import sim
from games import WALLED, write_small
from playing import ROOT
from wars import described

DRAFT = ROOT / "scenarios" / "november_draft.yaml"
CASES = Path(__file__).with_name("cases")
EARLY = """title: first phase alone
summary: no zone in the first phase
assumed: made up
round: week
issues:
  a: {title: A thing, status_quo: nope, options: {nope: none of it, yep: all of it}}
  b: {title: B thing, status_quo: nope, options: {nope: none of it, yep: all of it}}
parties:
  p: {name: P, role: belligerent, no_deal: {base: 0.4},
    concession: {exponent: 1, deadline: 5},
    priorities: {a: {weight: 0.5, values: {nope: 1, yep: 0}}, b: {weight: 0.5, values: {nope: 0, yep: 1}}}}
  q: {name: Q, role: belligerent, no_deal: {base: 0.4},
    concession: {exponent: 1, deadline: 5},
    priorities: {a: {weight: 0.5, values: {nope: 0, yep: 1}}, b: {weight: 0.5, values: {nope: 0.5, yep: 1}}}}
phases:
  - {id: first, rounds: 3, agenda: [a]}
  - {id: second, rounds: 5}
"""
FEARON = ROOT / "scenarios" / "textbook" / "fearon.yaml"


@pytest.fixture
def walled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "walled.yaml"
    path.write_text(WALLED, encoding="utf-8")
    return path


def test_names_the_lines_that_would_open_a_zone_and_the_commands_that_show_it(walled: Path) -> None:
    code, page, _ = sim("zopa", "walled.yaml", "--worlds", "20")
    assert code == 0
    assert "as stated, at the outset? No." in page
    assert page.index("West never loses all of it") < page.index("East takes no half of it")  # least firmness first
    commands = [line.strip() for line in page.splitlines() if line.strip().startswith("sim zopa")]
    assert len(commands) == 2
    for command in commands:
        _, again, _ = sim(*shlex.split(command)[1:], "--worlds", "0")
        assert "at the outset? Yes, a single package." in again


def test_check_and_run_name_this_command_where_there_is_no_zone(walled: Path, undrawn: None) -> None:
    harder = "parties.east.no_deal.base=0.4"
    code, _, warned = sim("check", "walled.yaml", "--set", harder)
    (warning,) = [line for line in warned.splitlines() if "no zone of agreement in the stated world" in line]
    command = warning.partition("see what would open one: ")[2]
    assert code == 0 and "walled.yaml:" in warning and command == f"sim zopa walled.yaml --set {harder}"
    assert "at the outset? No." in sim(*shlex.split(command)[1:], "--worlds", "0")[1]
    _, page, _ = sim("run", "walled.yaml", "--runs", "20")
    reasons = page.partition("Why the others fail")[2].splitlines()
    assert reasons[1].strip().startswith("no zone") and "sim zopa FILE" in page


def test_a_first_phase_without_a_zone_is_named() -> None:
    _, _, warned = sim("check", ROOT / "scenarios" / "thirty_day_ceasefire.yaml")
    assert "no zone of agreement for phase truce alone in the stated world" in warned
    assert warned.count("no zone") == 1


def test_nothing_is_said_of_zones_where_there_is_one(tmp_path: Path, undrawn: None) -> None:
    assert "zone" not in sim("check", FEARON)[2]
    code, page, _ = sim("run", FEARON, "--runs", "20", "--out", tmp_path / "r")
    assert code == 0 and "sim zopa" not in page


def test_says_what_each_solution_settles_and_gains_over_the_disagreement_point() -> None:
    """Fearon (1995): what A may get lies between its chance of winning less its cost and that plus B's."""
    code, page, _ = sim("zopa", FEARON, "--worlds", "0")
    assert code == 0
    for part in ("no-deal", "Nash, Kalai-Smorodinsky, egalitarian", "A has 0.65, B has 0.35", "7 of 21"):
        assert part in page
    assert max(map(len, page.splitlines())) <= 80


def test_a_package_that_only_just_suits_a_party_leaves_it_not_below() -> None:
    """Its no-deal value is a billionth above what the package is worth to it, which is forgiven everywhere or nowhere."""
    code, page, _ = sim("zopa", CASES / "zone_at_the_tolerance.yaml", "--worlds", "0")
    assert code == 0
    assert "Yes, a single package." in page
    assert "at or above" not in page
    assert "All four solutions" in page and "share: A has 3" in page


def test_a_quota_that_leaves_some_below_is_not_said_to_suit_everybody() -> None:
    code, page, _ = sim("zopa", CASES / "quota_wording.yaml", "--worlds", "0")
    assert code == 0
    assert "packages that find the consent they need                                     3" in page
    assert "everybody" not in page


def test_of_an_early_phase_it_says_what_holds_rather_than_no_deal_values(tmp_path: Path) -> None:
    """In it parties fall back on what holds: no cut of their no-deal values would open it."""
    path = tmp_path / "early.yaml"
    path.write_text(EARLY, encoding="utf-8")
    code, page, _ = sim("zopa", path, "--worlds", "0")
    first = page.partition("for the whole deal")[0]
    assert code == 0 and "for the first phase (first), as stated, at the\n  outset? No." in page
    assert "1. what each party falls back on lower by 0.500, or that of P alone by 0.500" in first
    assert "no-deal value" not in first and "red line" not in first


def test_the_gains_of_an_early_phase_are_over_what_holds_in_it(tmp_path: Path) -> None:
    path = tmp_path / "early.yaml"
    path.write_text(EARLY.replace("values: {nope: 1, yep: 0}", "values: {nope: 0, yep: 1}"), encoding="utf-8")
    _, page, _ = sim("zopa", path, "--worlds", "0")
    first, _, deal = page.partition("for the whole deal")
    assert "beyond what it falls back on in this phase" in " ".join(first.split()) and "no-deal" not in first
    assert "beyond its no-deal value" in deal and "premium" not in page


def test_the_premium_in_no_deal_values_is_named(tmp_path: Path) -> None:
    """Home fears a pause that moves the fortunes of an even war by a half: 0.25 - 0.5 / (1 + e^0.5)."""
    path = tmp_path / "war.yaml"
    path.write_text(json.dumps(described(home={"trust": 0.5, "rearm": 0.5})), encoding="utf-8")
    _, page, _ = sim("zopa", path, "--worlds", "0")
    assert "worse off than before: Home 0.061." in " ".join(page.split())
    stage = json.loads(sim("zopa", path, "--worlds", "0", "--json")[1])["stated"][0]
    assert stage["premium"] == pytest.approx({"home": 0.25 - 0.5 / (1 + exp(0.5)), "foe": 0.0})
    assert stage["disagreement"] == pytest.approx({"home": 0.25 + stage["premium"]["home"], "foe": 0.75})


def test_data_say_what_the_page_says(walled: Path) -> None:
    code, out, _ = sim("zopa", walled, "--worlds", "40", "--json")
    data = json.loads(out)
    assert code == 0
    (stage,) = data["stated"]
    assert not stage["exists"] and stage["agenda"] == 3
    assert [each["red_lines"] for each in stage["opening"]["sets"]] == [["not_all"], ["not_half"]]
    assert stage["opening"]["pairs"] == []
    _, page, _ = sim("zopa", walled, "--worlds", "40")
    (said,) = data["plain_words"]
    assert f"{said.removesuffix('.')}: see below." in " ".join(page.split())
    assert data["drawn"]["zone"]["low"] <= data["drawn"]["zone"]["estimate"] <= data["drawn"]["zone"]["high"]
    best = data["drawn"]["robust"][0]
    assert best["settles"] == {"wall": "gone"} and "not_all" in best["fails_by_red_line"]


def test_an_override_is_carried_into_the_commands(walled: Path) -> None:
    _, page, _ = sim("zopa", "walled.yaml", "--worlds", "0", "--set", "parties.east.no_deal.base=0.4")
    words = " ".join(page.replace("\\\n", " ").split())
    assert "--set parties.east.no_deal.base=0.4 --set parties.west.red_lines.not_all.firmness=0" in words


def test_writes_answers_frontier_and_manifest(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    out = tmp_path / "zone"
    code, page, _ = sim("zopa", FEARON, "--worlds", "10", "--out", out)
    assert code == 0 and f"Written to {out}/" in page
    table = pq.read_table(out / "frontier.parquet")
    assert table.num_rows == json.loads((out / "zone.json").read_text())["stated"][0]["frontier"] == 7
    assert (out / "frontier.png").stat().st_size > 10_000 and (out / "frontier.svg").exists()
    code, _, told = sim("show", out)
    assert code == 2 and "sim zopa" in told


def test_what_does_not_fit_is_told(walled: Path) -> None:
    assert sim("zopa", "nowhere.yaml")[0] == 2
    assert sim("zopa", walled, "--worlds", "-1")[0] == 2
    code, _, told = sim("zopa", walled, "--set", "parties.west.red_lines.not_al.firmness=0")
    assert code == 2 and "not_all" in told


def test_a_sample_says_that_it_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.analysis.exact.answer.MOST_VISITED", 10)
    _, whole, _ = sim("zopa", write_small(tmp_path), "--worlds", "5", "--json")
    monkeypatch.undo()
    _, exact, _ = sim("zopa", write_small(tmp_path), "--worlds", "5", "--json")
    sampled, counted = json.loads(whole)["stated"][-1], json.loads(exact)["stated"][-1]
    share = sampled["sampled_share"]
    assert sampled["exists"] == counted["exists"]
    assert share["low"] <= counted["packages"] / counted["agenda"] <= share["high"]


def test_only_what_has_a_status_quo_stays_as_now() -> None:
    _, page, _ = sim("zopa", ROOT / "scenarios" / "textbook" / "scorable_7.yaml", "--worlds", "0")
    assert "as now" not in page and page.count("Government loan: ") == 2  # option d1 of Nash, d2 of Kalai-Smorodinsky


def test_says_at_once_that_drawn_worlds_differ_and_what_a_line_opens(walled: Path) -> None:
    _, page, _ = sim("zopa", walled, "--worlds", "40")
    words = " ".join(page.split())
    assert " at the outset? No. But in " in words and "there is one: see below." in words
    assert "for example with The wall: All of it goes" in words
    assert "No two parties could agree even if" in words


def test_a_part_that_takes_the_place_of_others_says_so(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    part = "parties.lower.no_deal.base"
    _, _, told = sim("zopa", path, "--worlds", "0", "--set", f"{part}=0.3")
    assert told.splitlines()[0] == f"note: {part} takes the place of parties.lower.no_deal.like"
    code, _, told = sim("sweep", path, "--vary", f"{part}=0.1,0.3", "--dry-run")
    assert code == 0 and f"note: {part} takes the place of parties.lower.no_deal.like" in told
    assert "takes the place" not in sim("zopa", path, "--worlds", "0", "--set", "parties.upper.no_deal.base=0.3")[2]
