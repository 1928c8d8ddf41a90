"""Numbers by class: what a class is worth stands once, is filled in where one is named, and moves all of them at once."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import sim
from games import GAZETTE
from hypothesis import given
from hypothesis import strategies as st
from playing import ROOT
from ruamel.yaml import YAML

from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.files.errors import BadInput, Mark
from sim.files.scenario.overrides import read_overrides
from sim.files.scenario.reader import Loaded, read_scenario, varied
from sim.files.yaml.nodes import from_plain
from sim.scenario import Scenario
from sim.scenario.classes import with_classes
from sim.scenario.provenance import by_class, counts, kinds_say, numbers
from sim.study.inert import IDLE
from sim.study.manifest import manifest_of
from sim.study.plan import Plan

TEXT = """
title: A road and a well
summary: Two towns, made up for tests.
assumed: a made-up game
classes:
  decisive: {value: 4, convention: twice a major issue, range: [3, 6]}
  major: {value: 2, convention: the unit}
  firm: {beta: {mean: 0.8, sd: 0.1}, convention: plainly refused, range: [0.7, 0.9]}
  late: {lognormal: {median: 0.6, sd: 0.5}, convention: in no hurry}
issues:
  road: {title: Road, status_quo: none, options: {none: no road, toll: a toll road, free: a free road}}
  well: {title: Well, status_quo: closed, options: {closed: it is closed, open: it is open}}
  tree: {title: Tree, status_quo: up, options: {up: it stands, down: it is felled}}
parties:
  east:
    name: East
    role: belligerent
    priorities:
      road: {weight: {class: decisive}, values: {none: 0, toll: 0.5, free: 1}}
      well: {weight: {class: major}, values: {closed: 0, open: 1}}
      tree: {weight: {class: major}, values: {up: 1, down: 0}}
    red_lines: [{id: no_toll, says: no toll, refuses: {road: toll}, firmness: {class: firm}, yield: 0.2}]
    no_deal: {base: 0.2}
    concession: {exponent: {class: late}, deadline: 8}
  west:
    name: West
    role: belligerent
    priorities:
      road: {weight: 0.25, values: {none: 1, toll: 0.5, free: 0}}
      well: {weight: {class: decisive}, values: {closed: 0, open: 1}}
      tree: {weight: {class: major}, values: {up: 0, down: 1}}
    no_deal: {base: 0.2}
    concession: {exponent: {class: late}, deadline: 8}
phases: [{id: talks, rounds: 10}]
"""
EAST, WEST = "parties.east.priorities", "parties.west.priorities"


def written(folder: Path, *changes: tuple[str, str], name: str = "towns.yaml") -> Path:
    text = TEXT
    for was, now in changes:
        assert was in text
        text = text.replace(was, now, 1)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def towns(folder: Path, *overrides: str) -> Loaded:
    return read_scenario(written(folder), overrides)


def weights(scenario: Scenario, party: str) -> list[float | None]:
    return [one.weight.value for one in scenario.parties[party].priorities.values()]


def kinds(loaded: Loaded) -> dict[str, str]:
    return {entry.path: entry.kind for entry in numbers(loaded.scenario, loaded.overridden)}


class TestShares:
    """Points of a party become shares of what its plain weights leave."""

    def test_points_sum_to_one(self, tmp_path: Path) -> None:
        assert weights(towns(tmp_path).scenario, "east") == pytest.approx([0.5, 0.25, 0.25])

    def test_plain_shares_come_first(self, tmp_path: Path) -> None:
        assert weights(towns(tmp_path).scenario, "west") == pytest.approx([0.25, 0.5, 0.25])

    @given(
        points=st.lists(st.floats(0.01, 100), min_size=1, max_size=6),
        plain=st.lists(st.floats(0, 0.15), max_size=6),
    )
    def test_whatever_the_points_and_the_plain_shares(self, points: list[float], plain: list[float]) -> None:
        classes = {f"class{k}": point for k, point in enumerate(points)}
        stated: dict[str, Any] = {f"plain{k}": {"weight": share} for k, share in enumerate(plain)}
        named = {f"of{k}": {"weight": {"class": f"class{k}"}} for k in range(len(points))}
        data = {"classes": classes, "parties": {"east": {"priorities": stated | named}}}
        found = with_classes(data, Scenario)["parties"]["east"]["priorities"]
        shares = [found[issue]["weight"]["value"] for issue in named]
        assert sum(shares) + sum(plain) == pytest.approx(1)
        assert shares == pytest.approx([point / sum(points) * (1 - sum(plain)) for point in points])
        assert {issue: found[issue] for issue in stated} == stated

    def test_a_later_file_moves_an_issue_to_another_class_and_names_no_other_number(self, tmp_path: Path) -> None:
        written(tmp_path)
        top = tmp_path / "top.yaml"
        top.write_text(f"uses: [towns.yaml]\n{nested(f'{EAST}.tree.weight', '{class: decisive}')}", encoding="utf-8")
        assert weights(read_scenario(top).scenario, "east") == pytest.approx([0.4, 0.2, 0.4])

    def test_a_later_file_may_say_anew_what_a_class_is_worth(self, tmp_path: Path) -> None:
        written(tmp_path)
        top = tmp_path / "top.yaml"
        top.write_text("uses: [towns.yaml]\nclasses: {major: 1}\n", encoding="utf-8")
        assert weights(read_scenario(top).scenario, "west") == pytest.approx([0.25, 0.6, 0.15])

    def test_a_later_file_may_set_a_plain_weight_and_the_classes_share_the_rest(self, tmp_path: Path) -> None:
        written(tmp_path)
        top = tmp_path / "top.yaml"
        top.write_text(f"uses: [towns.yaml]\n{nested(f'{WEST}.well.weight', '0.7')}", encoding="utf-8")
        assert weights(read_scenario(top).scenario, "west") == pytest.approx([0.15, 0.7, 0.15])


def nested(path: str, value: str) -> str:
    """A path as a file writes it."""
    steps = path.split(".")
    return ": {".join(steps) + f": {value}" + "}" * (len(steps) - 1) + "\n"


class TestOverrides:
    """Overrides act before classes are filled in."""

    def test_a_class_moves_all_that_name_it(self, tmp_path: Path) -> None:
        loaded = towns(tmp_path, "classes.major=1")
        assert weights(loaded.scenario, "east") == pytest.approx([2 / 3, 1 / 6, 1 / 6])
        assert weights(loaded.scenario, "west") == pytest.approx([0.25, 0.6, 0.15])

    def test_it_counts_as_overridden_itself_and_nothing_else_does(self, tmp_path: Path) -> None:
        found = kinds(towns(tmp_path, "classes.major=1"))
        assert [path for path, kind in found.items() if kind == "override"] == ["classes.major"]
        assert counts(numbers(towns(tmp_path).scenario, ["classes.major"]))["override"] == 1

    def test_beyond_its_range(self, tmp_path: Path) -> None:
        assert towns(tmp_path, "classes.decisive=9").scenario.classes["decisive"].range is None

    @pytest.mark.parametrize(
        ("given", "east", "west"),
        [
            (f"{WEST}.tree.weight=0.5", [0.5, 0.25, 0.25], [1 / 6, 1 / 3, 0.5]),
            (f"{WEST}.road.weight=0.4", [0.5, 0.25, 0.25], [0.4, 0.4, 0.2]),
            (f"{WEST}.tree.weight=1", [0.5, 0.25, 0.25], [0, 0, 1]),
            (f"{EAST}.tree.weight=0.4", [0.4, 0.2, 0.4], [0.25, 0.5, 0.25]),
            (f"{EAST}.tree.weight.class=decisive", [0.4, 0.2, 0.4], [0.25, 0.5, 0.25]),
            (f"{EAST}.tree.weight={{class: decisive}}", [0.4, 0.2, 0.4], [0.25, 0.5, 0.25]),
            (f"{WEST}.road.weight.class=major", [0.5, 0.25, 0.25], [0.25, 0.5, 0.25]),
        ],
    )
    def test_a_weight_that_is_set_leaves_the_others_in_proportion(
        self, tmp_path: Path, given: str, east: list[float], west: list[float]
    ) -> None:
        loaded = towns(tmp_path, given)
        assert weights(loaded.scenario, "east") == pytest.approx(east)
        assert weights(loaded.scenario, "west") == pytest.approx(west)

    def test_a_parameter_of_a_number_by_class(self, tmp_path: Path) -> None:
        scenario = towns(tmp_path, "parties.east.concession.exponent.lognormal.sd=0.2").scenario
        exponents = [scenario.parties[party].concession.exponent for party in ("east", "west")]  # type: ignore[union-attr]
        assert [(one.lognormal.median, one.lognormal.sd, one.class_) for one in exponents] == [  # type: ignore[union-attr]
            (0.6, 0.2, None),
            (0.6, 0.5, "late"),
        ]

    def test_a_parameter_of_a_class(self, tmp_path: Path) -> None:
        scenario = towns(tmp_path, "classes.late.lognormal.median=2").scenario
        assert [party.concession.exponent.middle() for party in scenario.parties.values()] == [2, 2]  # type: ignore[union-attr]

    def test_design_points_and_what_a_manifest_holds_give_the_same(self, tmp_path: Path) -> None:
        loaded = towns(tmp_path)
        for root in (loaded.root, from_plain(loaded.plain, Mark("manifest.json"))):
            for worth, share in (("3", 3 / 7), ("4", 0.5), ("6", 0.6)):
                point = varied(root, read_overrides([f"classes.decisive={worth}"]))
                assert weights(point, "east")[0] == pytest.approx(share)
            changed = varied(root, read_overrides(["parties.east.concession.exponent.lognormal.median=2"]))
            assert [party.concession.exponent.middle() for party in changed.parties.values()] == [2, 0.6]  # type: ignore[union-attr]

    def test_a_sweep_over_a_class_that_nothing_names_is_refused(self, tmp_path: Path) -> None:
        file = written(tmp_path, ("classes:\n", "classes:\n  idle: 3\n"))
        code, _, told = sim("sweep", file, "--vary", "classes.idle=1,2", "--dry-run")
        assert code == 2 and IDLE in told


class TestManifest:
    """What a manifest holds keeps class and value, and reads back the same."""

    def test_it_keeps_both(self, tmp_path: Path) -> None:
        loaded = towns(tmp_path, "classes.major=1")
        held = manifest_of(loaded, Path("towns.yaml"), Plan(1, 1, "batch", 1), "sim run towns.yaml").scenario
        assert held["parties"]["west"]["priorities"]["tree"]["weight"] == {
            "class": "major",
            "value": pytest.approx(0.15),
        }
        exponent = held["parties"]["east"]["concession"]["exponent"]
        assert exponent == {"class": "late", "lognormal": {"median": 0.6, "sd": 0.5}}

    def test_it_reads_back_the_same(self, tmp_path: Path) -> None:
        loaded = towns(tmp_path, "classes.major=1.7")
        held = json.loads(json.dumps(loaded.plain))
        assert Scenario.model_validate(held) == loaded.scenario
        assert with_classes(held, Scenario) == held
        with (tmp_path / "back.yaml").open("w", encoding="utf-8") as file:
            YAML().dump(held, file)
        assert read_scenario(tmp_path / "back.yaml").scenario == loaded.scenario

    @pytest.mark.parametrize("name", ["freeze_lines", "november_draft"])
    def test_so_does_that_of_the_war(self, name: str) -> None:
        loaded = read_scenario(ROOT / "scenarios" / f"{name}.yaml")
        assert Scenario.model_validate(json.loads(json.dumps(loaded.plain))) == loaded.scenario


def test_a_class_that_is_a_distribution_is_drawn_by_each_number_itself(tmp_path: Path) -> None:
    game = compile_scenario(towns(tmp_path).scenario)
    world = realise(game, Uniforms(1, 0, 50))
    assert not np.allclose(world.exponent[:, 0], world.exponent[:, 1])


@pytest.mark.parametrize(
    ("was", "now", "place", "said"),
    [
        (
            "weight: {class: major}", "weight: {class: majr}", ":20:30: ",
            "weight.class: unknown class (got majr); did you mean major?",
        ),
        (
            "firmness: {class: firm}", "firmness: {class: decisive}", ":22:69: ",
            "must be between 0 and 1 (got 4, as class decisive is worth)",
        ),
        (
            "{value: 4, convention", "{value: 7, convention", ":6:3: ",
            "classes.decisive: must lie in its range 3 to 6 (got 7)",
        ),
        (
            "{value: 4,", "{value: four,", ":6:21: ",
            "classes.decisive.value: must be a number (got four)",
        ),
        (
            "major: {value: 2,", "major: {value: 0,", ":20:30: ",
            "weight.class: points of a weight must be above 0 (got 0)",
        ),
        (
            "weight: {class: decisive}", "weight: {class: late}", ":19:30: ",
            "a weight needs a class of one value, and this is a lognormal",
        ),
        (
            "weight: {class: decisive}", "weight: {class: decisive, value: 0.3}", ":19:47: ",
            "stands beside class decisive, which comes to something else",
        ),
        (
            "{value: 2, convention: the unit}", "{class: decisive}", ":7:18: ",
            "a class is worth a number",
        ),
        (
            "road: {weight: 0.25", "road: {weight: 1.0", ":30:30: ",
            "the plain weights of this party leave nothing for classes",
        ),
        (
            "yield: 0.2", "yield: {}", ":22:94: ",
            "needs exactly one of value, triangular, beta, normal, lognormal, uniform, or a class",
        ),
        (
            "  major:", "  ma jor:", ":7:3: ",
            "may hold only letters",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, was: str, now: str, place: str, said: str) -> None:
    code, _, told = sim("check", written(tmp_path, (was, now)))
    assert code == 2 and f"towns.yaml{place}" in told and said in told, told


def test_without_classes_an_unknown_one_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"unknown class \(got late\); the scenario has no `classes`"):
        read_scenario(written(tmp_path, (TEXT[TEXT.index("classes:") : TEXT.index("issues:")], "")))


def test_other_faults_are_told_beside_an_unknown_class(tmp_path: Path) -> None:
    file = written(tmp_path, ("{class: firm}", "{class: frim}"), ("refuses: {road: toll}", "refuses: {road: tol}"))
    with pytest.raises(BadInput, match=r"(?s)did you mean toll.*did you mean firm"):
        read_scenario(file)


@pytest.mark.parametrize("name", ["idle", "decisve"])
def test_an_override_makes_no_new_class(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="no such path"):
        towns(tmp_path, f"classes.{name}=3")


class TestProvenance:
    """A figure of a class is a convention where claims give the class."""

    def entries(self, folder: Path, source: str) -> dict[str, Any]:
        (folder / "seeds").mkdir()
        (folder / "seeds" / "gazette.yaml").write_text(GAZETTE, encoding="utf-8")
        file = written(folder, ("firmness: {class: firm}", f"firmness: {{class: firm{source}}}"))
        return {entry.path: entry for entry in numbers(read_scenario(file).scenario)}

    def test_with_claims_it_is_a_convention_by_the_words_of_the_class(self, tmp_path: Path) -> None:
        found = self.entries(tmp_path, ", evidence: [gazette.c1]")["parties.east.red_lines.no_toll.firmness"]
        assert (found.kind, found.claims, found.why) == ("convention", ("gazette.c1",), "plainly refused")

    def test_where_the_class_is_assumed_so_is_the_figure(self, tmp_path: Path) -> None:
        found = self.entries(tmp_path, "")["parties.east.red_lines.no_toll.firmness"]
        assert (found.kind, found.claims, found.why) == ("assumed", (), "a made-up game")

    def test_what_a_class_is_worth_counts_with_the_numbers_that_name_it(self, tmp_path: Path) -> None:
        entries = numbers(towns(tmp_path).scenario)
        assert sum(counts(entries).values()) == len(entries) - 4

    def test_a_class_needs_a_source(self, tmp_path: Path) -> None:
        file = written(tmp_path, ("assumed: a made-up game\n", ""), (", convention: the unit", ""))
        with pytest.raises(BadInput, match=r"classes\.major: has no source; say the `convention` that makes it"):
            read_scenario(file)

    def test_three_shares_are_told_apart(self) -> None:
        assert kinds_say({"cited": 102, "convention": 106, "assumed": 117, "override": 0}) == (
            "Of 325 numbers 31 % are cited, 33 % are conventions and 36 % are assumed "
            "(102 cited, 106 convention, 117 assumed)"
        )

    def test_evidence_tells_the_class_and_who_names_it(self, tmp_path: Path) -> None:
        file = written(tmp_path)
        assert f"{EAST}.well.weight = 0.25  [assumed, class major]" in sim("evidence", file, f"{EAST}.well")[1]
        (entry,) = json.loads(sim("evidence", file, "classes.decisive", "--json")[1])["entries"]
        assert (entry["value"], entry["range"]) == (4, [3, 6])
        assert entry["named_by"] == [f"{EAST}.road.weight", f"{WEST}.well.weight"]


class TestCheck:
    """A class that nothing names is doubtful in the file that states it."""

    def test_it_warns_in_the_file_itself(self, tmp_path: Path) -> None:
        code, _, told = sim("check", written(tmp_path, ("classes:\n", "classes:\n  idle: 3\n")))
        assert code == 0 and "towns.yaml:6:3: classes.idle: no number names this class" in told

    def test_a_common_file_may_hold_more_than_one_scenario_names(self, tmp_path: Path) -> None:
        written(tmp_path, ("classes:\n", "classes:\n  idle: 3\n"))
        top = tmp_path / "top.yaml"
        top.write_text("uses: [towns.yaml]\n", encoding="utf-8")
        assert "classes.idle" not in sim("check", top)[2]


class TestWar:
    """The scenarios of the war state each rule of the coders once."""

    def test_every_class_is_named_somewhere_and_has_a_range(self) -> None:
        scenarios = [read_scenario(file).scenario for file in (ROOT / "scenarios").glob("*.yaml")]
        classes = scenarios[0].classes
        named = {name for one in scenarios for name, by in by_class(numbers(one), one.classes).items() if by}
        assert named == set(classes)
        assert all(worth.convention and worth.range for worth in classes.values())

    def test_the_codebook_has_their_figures(self) -> None:
        page = (ROOT / "docs" / "coding.md").read_text(encoding="utf-8")
        for name, worth in read_scenario(ROOT / "scenarios" / "freeze_lines.yaml").scenario.classes.items():
            assert worth.range is not None
            low, high = worth.range
            assert f"| `{name}` | {worth.middle():g} | {low:g} to {high:g} | {worth.convention} |" in page

    def test_every_weight_and_firmness_names_its_class(self) -> None:
        entries = numbers(read_scenario(ROOT / "scenarios" / "november_draft.yaml").scenario)
        ends = (".weight", ".firmness", ".yield", ".exponent", ".patience")
        assert all(entry.number.class_ for entry in entries if entry.path.endswith(ends))
