"""What a sweep varies: specs to values, samplers to points, and every design point checked before any work."""

from itertools import pairwise
from pathlib import Path

import pytest
from games import write_small
from hypothesis import given
from hypothesis import strategies as st

from sim.files.errors import BadInput
from sim.files.result.chunks import Chunks
from sim.files.scenario.reader import Loaded, read_scenario
from sim.files.scenario.variations import Variation, read_points, read_variations
from sim.records import Design
from sim.scenario import shape
from sim.study.design import check_design, design_of

DEADLINE = "parties.lower.concession.deadline"


@pytest.fixture
def small(tmp_path: Path) -> Loaded:
    return read_scenario(write_small(tmp_path))


def one(spec: str) -> Variation:
    (axis,) = read_variations([spec])
    return axis


def refused(spec: str) -> str:
    with pytest.raises(BadInput) as bad:
        read_variations([spec])
    return str(bad.value)


class TestSpecs:
    @pytest.mark.parametrize(
        ("spec", "values"),
        [
            ("2:20:10", ("2", "4", "6", "8", "10", "12", "14", "16", "18", "20")),
            ("0:1:11", ("0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1")),
            ("-1:1:3", ("-1", "0", "1")),
            ("1e-3:1e3:2", ("0.001", "1000")),
            ("0.5, 0.9,1", ("0.5", "0.9", "1")),
            ("alternating,single_text", ("alternating", "single_text")),
            ("{triangular: [1, 2, 3]},6", ("{triangular: [1, 2, 3]}", "6")),
            ("[a, b],'x, y'", ("[a, b]", "'x, y'")),
            ("7", ("7",)),
        ],
    )
    def test_values(self, spec: str, values: tuple[str, ...]) -> None:
        assert one(f"parties.x.patience={spec}").values == values

    def test_a_range_without_count_has_ends_only(self) -> None:
        axis = one(f"{DEADLINE}=2:9")
        assert (axis.low, axis.high, axis.values) == (2, 9, ())

    @pytest.mark.parametrize(
        ("spec", "message"),
        [
            ("parties", "must be PATH=SPEC"),
            ("=1,2", "must be PATH=SPEC"),
            ("a=", "must be PATH=SPEC"),
            ("a=5:4:3", "the low end of a range must be below its high end (got 5:4)"),
            ("a=1:2:1", "the count of a range must be a whole number from 2 to 100000 (got 1)"),
            ("a=1:2:2.5", "the count of a range must be a whole number"),
            ("a=1:2:1000000", "the count of a range must be a whole number"),
            ("a=1:b:3", "a range is low:high:count, all of them numbers"),
            ("a=1:2:3:4", "a range is low:high:count"),
            ("a=nan:2:3", "a range is low:high:count"),
            ("a=1,,2", "has an empty value between commas"),
            ("a=1,2,1", "gives a value twice (got 1)"),
            ("phases.talks.rounds=1:4:3", "takes whole numbers only, which 3 steps do not hit; these counts do: 2, 4"),
            ("phases.talks.rounds=1.5:4:2", "takes whole numbers only (got 1.5:4)"),
        ],
    )
    def test_bad_ones_say_what_is_wrong(self, spec: str, message: str) -> None:
        assert message in refused(spec)

    def test_all_faults_at_once_and_paths_once(self) -> None:
        with pytest.raises(BadInput) as bad:
            read_variations(["a=1,2", "a=3,4", "b=1,1", "c"])
        with pytest.raises(BadInput) as twice:
            read_variations(["a=1,2", "a=3,4"])
        assert len(bad.value.faults) == 3
        assert "another --vary has the same path" in str(twice.value)

    @given(low=st.floats(-1e6, 1e6), width=st.floats(1e-3, 1e6), count=st.integers(2, 50))
    def test_steps_rise_from_end_to_end(self, low: float, width: float, count: int) -> None:
        axis = one(f"a={low!r}:{low + width!r}:{count}")
        values = [float(text) for text in axis.values]
        assert len(values) == count
        assert values[0] == pytest.approx(low, rel=1e-9, abs=1e-9)
        assert values[-1] == pytest.approx(low + width, rel=1e-9, abs=1e-9)
        assert all(a < b for a, b in pairwise(values))

    def test_whole_numbers_are_known(self) -> None:
        from sim.scenario import Scenario

        whole = {
            path: shape.is_whole(shape.at(Scenario, path.split(".")))
            for path in ("phases.talks.rounds", "walk_away.deadline", DEADLINE, "parties.us.patience", "momentum.drift")
        }
        assert whole == {
            "phases.talks.rounds": True, "walk_away.deadline": True, DEADLINE: False, "parties.us.patience": False,
            "momentum.drift": False,
        }  # fmt: skip


class TestSamplers:
    def test_grid_is_every_combination_the_last_axis_fastest(self) -> None:
        design = design_of(read_variations(["a=1,2", "b=x,y,z"]))
        assert design.paths == ("a", "b")
        assert design.points == (("1", "x"), ("1", "y"), ("1", "z"), ("2", "x"), ("2", "y"), ("2", "z"))

    def test_nothing_varied_is_one_point(self) -> None:
        assert design_of([]) == Design()

    def test_list_takes_values_together(self) -> None:
        assert design_of(read_variations(["a=1,2", "b=x,y"]), "list").points == (("1", "x"), ("2", "y"))

    @pytest.mark.parametrize("sampler", ["lhs", "sobol"])
    def test_cubes_lie_in_the_ranges_and_are_the_same_again(self, sampler: str) -> None:
        axes = read_variations(["a=2:20", "b=x,y", "phases.talks.rounds=3:5"])
        design = design_of(axes, sampler, 64, seed=3)
        assert design == design_of(axes, sampler, 64, seed=3)
        assert design != design_of(axes, sampler, 64, seed=4)
        assert all(2 <= float(text) <= 20 for text in design.values("a"))
        assert sorted(set(design.values("b"))) == ["x", "y"]
        assert sorted(set(design.values("phases.talks.rounds"))) == ["3", "4", "5"]
        assert design.values("b").count("x") == 32

    def test_a_latin_hypercube_has_one_point_in_each_slice(self) -> None:
        design = design_of(read_variations(["a=0:10", "b=0:1"]), "lhs", 10, seed=1)
        assert sorted(int(float(text)) for text in design.values("a")) == list(range(10))

    @pytest.mark.parametrize(
        ("specs", "sampler", "points", "message"),
        [
            (["a=1:2"], "grid", None, "a grid needs the count of the range: low:high:count"),
            (["a=1,2", "b=1,2,3"], "list", None, "as many values of each path (a has 2, b has 3)"),
            (["a=1:2"], "lhs", None, "--points: --sampler lhs needs the number of points to spread"),
            ([], "sobol", 8, "--vary: --sampler sobol needs something to vary"),
            (["a=1,2"], "grid", 8, "--points: goes with --sampler lhs or sobol"),
        ],
    )
    def test_misfits(self, specs: list[str], sampler: str, points: int | None, message: str) -> None:
        with pytest.raises(BadInput) as bad:
            design_of(read_variations(specs), sampler, points)
        assert message in str(bad.value)


class TestTables:
    def test_points_from_a_table(self, tmp_path: Path) -> None:
        file = tmp_path / "points.csv"
        file.write_text(f'{DEADLINE},phases.talks.protocol\n5,single_text\n\n"7",alternating\n')
        design, given_there = read_points(file)
        assert design == Design((DEADLINE, "phases.talks.protocol"), (("5", "single_text"), ("7", "alternating")))
        assert str(given_there[1][0].mark).endswith("points.csv:4:1")

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "must have paths in its first line and a design point in each later one"),
            ("a,b\n", "must have paths in its first line"),
            ("a,a\n1,2\n", ":1:1: two columns have the same path"),
            ("a,b\n1\n", ":2:1: has 1 values under 2 paths"),
            ("a,b\n1,\n", ":2:2: is empty"),
            ("a,\n1,2\n", ":1:2: is empty"),
            ('a,b\n1,"2\n', "is no CSV"),
        ],
    )
    def test_bad_ones_name_the_place(self, tmp_path: Path, text: str, message: str) -> None:
        file = tmp_path / "points.csv"
        file.write_text(text)
        with pytest.raises(BadInput) as bad:
            read_points(file)
        assert message in str(bad.value)

    def test_a_path_that_leads_nowhere_is_told_at_its_head(self, small: Loaded, tmp_path: Path) -> None:
        file = tmp_path / "points.csv"
        file.write_text("parties.upper.good_fait,parties.lower.good_fait,phases.talks.rounds\n0.1,0.2,12\n0.2,0.3,13\n")
        with pytest.raises(BadInput) as bad:
            check_design(small, *read_points(file))
        assert str(bad.value).splitlines() == [
            f"{file}:1:1: parties.upper.good_fait: no such path; did you mean good_faith?",
            f"{file}:1:2: parties.lower.good_fait: no such path; did you mean good_faith?",
        ]

    def test_a_value_out_of_range_is_told_at_its_cell(self, small: Loaded, tmp_path: Path) -> None:
        file = tmp_path / "points.csv"
        file.write_text("parties.upper.good_faith\n0.1\n1.5\n")
        with pytest.raises(BadInput) as bad:
            check_design(small, *read_points(file))
        assert str(bad.value).startswith(f"{file}:3:1: parties.upper.good_faith: must be between 0 and 1")


class TestChecks:
    @pytest.mark.parametrize(
        ("spec", "message"),
        [
            ("parties.lower.concession.deadlin=1,2", "no such path; did you mean deadline?"),
            (f"{DEADLINE}=5,-1", f"--vary {DEADLINE}=-1: {DEADLINE}: must be between 0.5 and 10000 (got -1)"),
            ("phases.talks.protocol=alternating,single_texts", "single_text"),
            ("parties.upper.red_lines=[]", "changes which red lines there are; a sweep changes what they are like"),
            ("parties.upper.priorities.bank.weight=0.5,1.5", "the weights that are set sum to 1.5, more than 1"),
            ("proposal.by=judge,nobody", "unknown party (got nobody)"),
        ],
    )
    def test_a_point_that_cannot_be_played_stops_before_any_work(self, small: Loaded, spec: str, message: str) -> None:
        with pytest.raises(BadInput) as bad:
            check_design(small, design_of(read_variations([spec])))
        assert message in str(bad.value)

    def test_faults_of_a_grid_are_told_once(self, small: Loaded) -> None:
        with pytest.raises(BadInput) as bad:
            check_design(small, design_of(read_variations([f"{DEADLINE}=5,-1", "parties.upper.good_faith=0:1:9"])))
        assert len(bad.value.faults) == 1

    def test_a_path_that_leads_nowhere_is_told_once(self, small: Loaded) -> None:
        with pytest.raises(BadInput) as bad:
            check_design(small, design_of(read_variations(["parties.lowr.good_faith=0:1:9"])))
        assert str(bad.value) == "--vary parties.lowr.good_faith=0: no such path; did you mean lower?"

    def test_a_fault_that_shows_elsewhere_names_its_point(self, small: Loaded) -> None:
        with pytest.raises(BadInput) as bad:
            check_design(small, design_of(read_variations(["phases.talks.rounds=6,12", f"{DEADLINE}=5,6"])))
        assert len(bad.value.faults) == 1
        assert "walk_away.deadline: comes after the talks" in str(bad.value)
        assert str(bad.value).endswith(f"[at phases.talks.rounds=6, {DEADLINE}=5]")

    @pytest.mark.parametrize(
        "spec",
        ["title=a,b", "title=a", "parties.lower.name=North,South", "round=week,month", "issues.bank.title=a,b",
         "parties.upper.good_faith.assumed=a guess,another one"],
    )  # fmt: skip
    def test_what_changes_nothing_that_is_played_is_refused(self, small: Loaded, spec: str) -> None:
        with pytest.raises(BadInput) as bad:
            check_design(
                small,
                design_of(read_variations([spec, "parties.upper.good_faith=0.1,0.2"][: 1 + ("faith" not in spec)])),
            )
        path, _, values = spec.partition("=")
        assert str(bad.value) == (
            f"--vary {path}={values.split(',')[0]}: changes nothing that is played; vary a number, an option or a rule"
        )

    @pytest.mark.parametrize(
        "spec",
        [
            "proposal.by=judge",
            "proposal.by=judge,upper",
            "phases.talks.consults=all,alternate",
            "parties.judge.patience=6",
        ],
    )
    def test_what_changes_the_game_or_is_what_stands_may_vary(self, small: Loaded, spec: str) -> None:
        check_design(small, design_of(read_variations([spec])))

    @pytest.mark.parametrize(
        ("path", "message"),
        [
            (
                "upper.concession.exponent.normal.sd",
                "a lognormal (median, sd) stands there, and a normal needs mean, sd, low, high; "
                "did you mean parties.upper.concession.exponent.lognormal.sd?",
            ),
            (
                "lower.concession.exponent.lognormal.sd",
                "a plain number (1) stands there, and a lognormal needs median, sd",
            ),
            ("upper.red_lines.no_loss.firmness.beta.sd", "a triangular stands there, and a beta needs mean, sd"),
            ("upper.concession.exponent.lognorml.sd", "no such path; did you mean lognormal?"),
            ("upper.concession.exponent.lognormal.sdd", "no such path; did you mean sd?"),
        ],
    )
    def test_a_parameter_of_another_distribution_is_told_once(self, small: Loaded, path: str, message: str) -> None:
        with pytest.raises(BadInput) as bad:
            check_design(small, design_of(read_variations([f"parties.{path}=0.1,0.2"])))
        assert str(bad.value) == f"--vary parties.{path}=0.1: {message}"

    def test_a_distribution_may_be_replaced_parameter_by_parameter(self, small: Loaded) -> None:
        exponent = "parties.upper.concession.exponent.normal"
        check_design(
            small,
            design_of(
                read_variations([f"{exponent}.{name}" for name in ("mean=1", "sd=0.1,0.2", "low=0.5", "high=2")])
            ),
        )

    def test_what_is_set_cannot_vary_too(self, tmp_path: Path) -> None:
        loaded = read_scenario(write_small(tmp_path), [f"{DEADLINE}=5"])
        with pytest.raises(BadInput) as bad:
            check_design(loaded, design_of(read_variations([f"{DEADLINE}=5,6"])))
        assert f"{DEADLINE} is varied and set at once" in str(bad.value)

    def test_a_weight_that_was_set_keeps_its_value_while_another_varies(self, tmp_path: Path) -> None:
        from sim.study.design import game_at, overrides_of

        file = write_small(tmp_path)
        loaded = read_scenario(file, ["parties.upper.priorities.bank.weight=0.6"])
        design = design_of(read_variations(["parties.upper.priorities.fish.weight=0.1,0.3"]))
        for point, fish in enumerate((0.1, 0.3)):
            game = game_at(loaded.root, overrides_of(design, point), list(loaded.overridden))
            assert game.numbers.weight[0].tolist() == pytest.approx([0.6, fish, 0.4 - fish])

    def test_a_protocol_may_vary_whatever_the_old_one_said_of_drafting(self, small: Loaded) -> None:
        from sim.study.design import game_at, overrides_of

        design = design_of(read_variations(["phases.talks.protocol=alternating,single_text"]))
        check_design(small, design)
        mediators = [game_at(small.root, overrides_of(design, point)).rules.mediator[-1] for point in (0, 1)]
        assert mediators == [-1, 2]


@given(points=st.integers(1, 40), runs=st.integers(1, 60), chunk=st.integers(1, 70))
def test_parts_hold_every_run_once(points: int, runs: int, chunk: int) -> None:
    parts = Chunks(points, runs, chunk)
    cells = [(point, run) for part in parts for point in part.points for run in range(part.first, part.first + part.n)]
    assert sorted(cells) == [(point, run) for point in range(points) for run in range(runs)]
    assert [part.number for part in parts] == list(range(len(parts)))
    assert all(len(part) <= chunk for part in parts)
