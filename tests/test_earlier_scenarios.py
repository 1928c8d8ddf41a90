"""Scenarios that continue others: how they are read, which runs they are played on, and what is said of them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import sim
from games import SMALL, changed, write_small

from sim.analysis.validation.recorded_facts import shows
from sim.compiling import compile_scenario
from sim.draws import Uniforms
from sim.earlier import worlds_of
from sim.files.errors import BadInput, Mark
from sim.files.scenario.reader import read_scenario, varied
from sim.files.yaml.nodes import from_plain
from sim.scenario.continuing import earlier_scenario, rounds_over
from sim.study.kept_runs import facts_of, keep
from sim.study.parts_of_later import exchanged

RECORD = """\
facts:
  - {id: f0, date: 2025-04-30, about: nothing yet, signed: false, claims: [gazette.c1]}
  - {id: f1, date: 2025-05-20, about: nothing signed, signed: false, claims: [gazette.c1]}
  - {id: f2, date: 2025-05-20, about: the judge is there, mediates: {judge: true}, claims: [gazette.c1]}
  - {id: f3, date: 2025-05-20, about: a mill, pulled: {mill: true}, claims: [gazette.c1]}
  - {id: f4, date: 2025-05-20, about: a plan, tabled: {by: judge, terms: {bank: shared}}, claims: [gazette.c1]}
  - {id: f6, date: 2025-05-28, about: the sluice is closed, pulled: {dam: true}, claims: [gazette.c1]}
  - {id: f5, date: 2025-07-20, about: all is signed, signed: true, claims: [gazette.c1]}
"""
OPENING = "  - {id: opening, rounds: 4, agenda: [fish], lasts: {fish: 3}}\n"
THREAT = "when: {round: 3}\n    threatened: 0\n    carried_out: 0.5\n"
DATED = changed(
    "summary:", 'date: "2025-04-30"\nsummary:', changed("when: {round: 3}\n", THREAT, changed(OPENING, "", SMALL))
)
CONTINUES = 'continues: {scenario: river.yaml, until: "2025-06-02"}\n'
LATER = f"""\
title: The river in June
uses: [river.yaml]
date: "2025-06-02"
{CONTINUES}"""


@pytest.fixture
def june(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = write_small(tmp_path, DATED).with_name("june.yaml")
    Path("seeds/record.yaml").write_text(RECORD)
    path.write_text(LATER)
    return path


def told(path: Path, *overrides: str) -> str:
    with pytest.raises(BadInput) as refused:
        read_scenario(path, overrides)
    return str(refused.value).replace(f"{path.parent}/", "").replace(f"{path.parent.parent}/", "")


class TestReading:
    def test_the_earlier_scenario_is_read_whole_and_stands_in_the_resolved_one(self, june: Path) -> None:
        loaded = read_scenario(june)
        earlier = earlier_scenario(loaded.scenario)
        assert earlier is not None and earlier.title == "The river and the fish"
        assert rounds_over(loaded.scenario) == 4
        assert loaded.plain["continues"]["earlier"] == read_scenario(june.with_name("river.yaml")).plain
        game = compile_scenario(loaded.scenario)
        assert game.earlier is not None and game.rounds_before() == 4

    def test_by_name_and_by_the_own_date(self, june: Path) -> None:
        june.write_text(LATER.replace(CONTINUES, "continues: {scenario: river}\n"))
        assert rounds_over(read_scenario(june).scenario) == 4

    def test_chains(self, june: Path) -> None:
        july = june.with_name("july.yaml")
        july.write_text(LATER.replace("river.yaml, until", "june.yaml, until").replace("06-02", "06-23"))
        game = compile_scenario(read_scenario(july).scenario)
        assert game.rounds_before() == 3 + 4
        worlds = worlds_of(game, Uniforms(1, 0, 20))
        assert set(worlds.rounds_before.tolist()) <= {0.0, 7.0}

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("river.y", "rivver.y", "june.yaml:4:23: continues.scenario: no such file; did you mean river.yaml? (got rivver"),
            ("river.yaml, until", "rivver, until", "continues.scenario: no scenario of this name; did you mean river? (got"),
            ("river.yaml, until", "june.yaml, until", "continues itself in a circle: june.yaml -> june.yaml (got june.yaml)"),
            ("river.yaml, until", "/etc/passwd, until", "must be a path relative to this file, or the name of a scenario"),
            ("river.yaml, until", "../../river.yaml, until", "continues.scenario: lies outside"),
            ("scenario: river.yaml, ", "", "june.yaml:4:1: continues.scenario: missing"),
            ("river.yaml, until", "river.yaml, untill", "continues.untill: unknown key; did you mean until?"),
            ("river.yaml, un", "river.yaml, earlier: {}, un", "continues.earlier: is filled in by the program; leave it out"),
            ('"2025-06-02"}', '"2025-06-03"}', "june.yaml:4:42: continues.until: lies after 2025-06-02, the date of this"),
            ('"2025-06-02"}', '"2025-05-02"}', "continues.until: no week of talks that begin on 2025-04-30 is over by"),
            ('until: "2025-06-02"', "until: soon", "continues.until: is no day such as 2025-12-02 (got soon)"),
            ("uses:", "momentum: {favours: lower}\nuses:", "momentum.favours: must be as in the talks that this continues"),
            ("uses:", "round: month\nuses:", "continues.scenario: has rounds of a week, and this scenario of a month"),
        ],
    )  # fmt: skip
    def test_faults_have_their_place(self, june: Path, old: str, new: str, said: str) -> None:
        head, _, tail = LATER.rpartition(old)
        june.write_text(head + new + tail)
        assert said in told(june)

    def test_until_may_not_lie_after_the_earlier_talks(self, june: Path) -> None:
        june.write_text(LATER.replace("2025-06-02", "2026-06-02"))
        assert "continues.until: the earlier talks are over by 2026-06-02: they have 12 weeks from 2025-04-30" in told(
            june
        )

    def test_an_earlier_scenario_needs_a_day(self, june: Path) -> None:
        june.with_name("river.yaml").write_text(SMALL)
        assert "continues.scenario: does not say when its rounds are over; give it a day as `date`" in told(june)

    def test_faults_of_the_earlier_scenario_are_told_at_their_own_places(self, june: Path) -> None:
        june.with_name("spring.yaml").write_text(
            "title: Spring\nuses: [river.yaml]\nphases: [{id: talks, ruonds: 3}]\n"
        )
        june.write_text(LATER.replace("scenario: river.yaml", "scenario: spring.yaml"))
        assert told(june).startswith(
            "scenarios/spring.yaml:3:22: phases.talks.ruonds: unknown key; did you mean rounds?"
        )

    @pytest.mark.parametrize("path", ["continues.scenario", "continues.until", "continues.earlier.phases.talks.rounds"])
    def test_overrides_reach_the_later_scenario_alone(self, june: Path, path: str) -> None:
        assert told(june, f"{path}=3") == (
            f"--set {path}=3: overrides reach this scenario, not the talks that it continues; change those in a file of "
            "their own, and name it here"
        )
        loaded = read_scenario(june, ["phases.talks.rounds=20"])
        earlier = earlier_scenario(loaded.scenario)
        assert earlier is not None and [int(phase.rounds) for phase in earlier.phases] == [12]


class TestKeeping:
    def test_runs_that_are_kept_show_what_happened_and_go_on(self, june: Path) -> None:
        """Facts that are later than `until` or before the talks, about texts, or about what the game lacks, do not count."""
        loaded = read_scenario(june)
        asked = facts_of(loaded.scenario, loaded.evidence)
        assert [(fact.id, rounds) for fact, rounds in asked] == [("f1", 2), ("f2", 2), ("f6", 4)]
        kept = keep(loaded, 3, 40)
        draws = kept.scenario.draws
        assert draws is not None and (draws.seed, draws.fit) == (3, "the record up to 2 June 2025")
        runs = draws.numbers()
        earlier = compile_scenario(read_scenario(june.with_name("river.yaml")).scenario)
        shown = shows(earlier, asked, draws.of, 3).all(axis=1)
        going_on = worlds_of(compile_scenario(loaded.scenario), Uniforms(3, 0, draws.of)).rounds_before > 0
        assert runs == np.flatnonzero(shown & going_on).tolist() and len(runs) == 40

    def test_run_j_has_the_draws_of_the_very_run(self, june: Path) -> None:
        kept = keep(read_scenario(june), 3, 40)
        assert kept.scenario.draws is not None
        runs = kept.scenario.draws.numbers()
        some = worlds_of(compile_scenario(kept.scenario), Uniforms(3, 0, 40))
        every = worlds_of(compile_scenario(read_scenario(june).scenario), Uniforms(3, 0, kept.scenario.draws.of))
        for name, one, other in zip(some._fields, some, every, strict=True):
            if name != "tabled_before":  # as wide as the run with the most texts needs
                assert np.array_equal(one, other[runs]), name

    def test_too_few_are_refused_with_the_remedy(self, june: Path) -> None:
        Path("seeds/record.yaml").write_text(RECORD.replace("{judge: true}", "{judge: false}"))
        with pytest.raises(BadInput) as refused:
            keep(read_scenario(june), 1, 100)
        said = str(refused.value)
        assert "june.yaml:4:23: continues.scenario: fewer than 1 in 200 of its runs go on and show the record" in said
        assert "(facts f1, f2, f6); continue other talks, or these up to an earlier day (got river.yaml)" in said

    def test_what_begins_anew_is_left_as_it_is(self, june: Path) -> None:
        loaded = read_scenario(june.with_name("river.yaml"))
        assert keep(loaded, 1, 10) is loaded


def told_json(*arguments: str | Path) -> dict[str, Any]:
    code, text, errors = sim(*arguments, "--json")
    assert code == 0, errors
    found: dict[str, Any] = json.loads(text)
    return found


class TestCommands:
    def test_run_says_first_what_it_goes_on_from_and_is_played_again_from_its_manifest(
        self, june: Path, tmp_path: Path
    ) -> None:
        code, page, errors = sim("run", june, "--runs", "60", "--out", tmp_path / "out")
        assert code == 0, errors
        assert "Played on from earlier talks" in page.splitlines()[:6]
        assert "\u201cThe river and the fish\u201d is played up to 2 June 2025. Of " in page
        data = json.loads((tmp_path / "out" / "summary.json").read_text())["continues"]
        assert (data["kept"], data["until"], data["day"]) == (60, "2025-06-02", "2025-07-23")
        points = [data[key]["estimate"] for key in ("new", "memory", "gap")]
        assert points[2] == pytest.approx(points[0] - points[1]), "the two halves add up"
        assert data["new"]["estimate"] == pytest.approx(data["going_on"]["estimate"] - data["earlier"]["estimate"])
        june.unlink()
        again = told_json("run", tmp_path / "out")
        assert again["equal"] and again["files"] == {"summary.json": "equal", "transcript.txt": "equal"}

    def test_a_sweep_plays_the_same_runs_at_every_point(self, june: Path, tmp_path: Path) -> None:
        arguments = (
            "--vary",
            "parties.judge.patience=2,20",
            "--runs",
            "20",
            "--workers",
            "1",
            "--out",
            tmp_path / "out",
        )
        found = told_json("sweep", june, *arguments)
        assert [point["runs"] for point in found["points"]] == [20, 20]
        manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
        assert manifest["scenario"]["draws"] == keep(read_scenario(june), 1, 20).plain["draws"]

    def test_a_comparison_plays_all_on_the_runs_that_one_keeps(self, june: Path, tmp_path: Path) -> None:
        river = june.with_name("river.yaml")
        code, text, errors = sim("compare", june, river, "--runs", "30", "--out", tmp_path / "out", "--json")
        note = "note: all scenarios are played on the runs that fit the record up to 2 June 2025"
        assert code == 0 and note in errors
        found = json.loads(text)
        alone = told_json("run", june, "--runs", "30", "--out", tmp_path / "alone")
        assert found["scenarios"][0]["likelihood"] == alone["likelihood"]

    def test_answers_are_not_asked_in_talks_that_go_on(self, june: Path) -> None:
        code, _, errors = sim("stances", june)
        assert (
            code == 2
            and "june.yaml:4:1: continues: answers are asked in worlds that begin anew; leave it out" in errors
        )

    def test_the_record_is_not_used_twice(self, june: Path) -> None:
        code, _, errors = sim("calibrate", june)
        assert code == 2 and "goes on from earlier talks (`continues`) that fit the record already" in errors
        Path("draws.json").write_text("{}")
        code, _, errors = sim("run", june, "--posterior", "draws.json")
        assert code == 2 and "june.yaml:4:1: continues: keeps the runs of earlier talks that fit the record" in errors

    def test_check_and_watch(self, june: Path) -> None:
        code, said, _ = sim("check", june)
        after = "goes on from \u201cThe river and the fish\u201d after 4 weeks, kept by facts f1, f2, f6"
        assert code == 0 and after in said
        code, page, errors = sim("run", june, "--watch", "--run", "2")
        assert code == 0, errors
        assert "These talks go on from \u201cThe river and the fish\u201d, after 4 weeks of it." in page.replace(
            "\n", " "
        )


def test_parts_of_the_later_world_are_as_they_were(june: Path) -> None:
    june.write_text(LATER + "parties: {upper: {concession: {deadline: 3}, position: {toll: high}}}\n")
    scenario = read_scenario(june).scenario
    earlier = earlier_scenario(scenario)
    assert earlier is not None
    found = dict(exchanged(scenario, earlier))
    assert set(found) == {"what parties put forward", "clocks and patience"}
    for other in found.values():
        assert other != scenario
    assert found["clocks and patience"].parties["upper"].concession == earlier.parties["upper"].concession
    assert found["what parties put forward"].parties["upper"].position == {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"phases": [{"id": "talks"}]}, "continues.earlier: is no scenario: "),
        ({"consent": [{"all_of": ["nobody"]}]}, "continues.earlier.consent.0.all_of.0: unknown party (got nobody)"),
    ],
)
def test_a_manifest_that_somebody_has_changed_is_refused(june: Path, change: dict[str, Any], said: str) -> None:
    plain = read_scenario(june).plain
    earlier = {**plain["continues"]["earlier"], **change}
    tree = from_plain({**plain, "continues": {**plain["continues"], "earlier": earlier}}, Mark("manifest.json"))
    with pytest.raises(BadInput) as refused:
        varied(tree, ())
    assert said in str(refused.value)
