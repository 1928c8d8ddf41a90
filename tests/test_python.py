"""The program from Python: the figures of the command line, its words for what is wrong, and nothing that surprises."""

import json
import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import sim as command
from games import SMALL, write_small
from playing import FREEZE, ROOT

import sim
from sim import LoadedScenario, SimError, SimWarning, load, open_result
from sim.plots import Figure

HEAVY = {"numpy", "pandas", "matplotlib", "numba", "pydantic", "scipy", "pyarrow", "mesa", "typer", "rich", "typing"}
DEADLINE, ROUNDS = "parties.judge.patience", "phases.talks.rounds"
HOSTILE = "<script>alert(1)</script> & $x$ \u202e"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_small(Path())


@pytest.fixture(scope="module")
def freeze() -> LoadedScenario:
    return load(FREEZE)


def told(*arguments: str | Path) -> dict[str, Any]:
    """What a command prints with --json, without where it was written."""
    code, said, error = command(*arguments, "--json")
    assert code == 0, error
    data: dict[str, Any] = json.loads(said)
    data.pop("written", None)
    return data


def test_to_import_it_costs_next_to_nothing() -> None:
    code = f"import sys, sim; dir(sim); print(sorted({HEAVY} & set(sys.modules)), hasattr(sim, 'nothing'))"
    line, found_here = [sys.executable, "-S", "-c", code], {**os.environ, "PYTHONPATH": str(ROOT)}
    found = subprocess.run(line, cwd=ROOT, env=found_here, capture_output=True, text=True, check=True)
    assert found.stdout == "[] False\n"
    assert set(sim.__all__) <= set(dir(sim))


class TestFiguresAreThoseOfTheCommandLine:
    @pytest.mark.usefixtures("undrawn")
    def test_of_a_run(self, small: Path) -> None:
        found = load(small, {ROUNDS: 9}).run(60, seed=3)
        assert found.data() == told("run", small, "--runs", "60", "--seed", "3", "--set", f"{ROUNDS}=9")
        assert (found.runs, found.likelihood) == (60, found.agreements / 60)
        assert found.interval[0] <= found.likelihood < found.interval[1]

    @pytest.mark.usefixtures("undrawn")
    def test_of_a_run_by_days(self, freeze: LoadedScenario, tmp_path: Path) -> None:
        found = freeze.run(40, by=["2025-06-30", date(2025, 12, 31)])
        asked = ("--by", "2025-06-30", "--by", "2025-12-31", "--out", tmp_path / "out")
        assert found.data() == told("run", FREEZE, "--runs", "40", *asked)
        assert list(found.by)[1:] == [date(2025, 6, 30), date(2025, 12, 31)]

    @pytest.mark.usefixtures("undrawn")
    def test_and_its_page(self, small: Path) -> None:
        _, page, _ = command("run", small, "--runs", "60")
        assert page.startswith(load(small).run(60).text())

    @pytest.mark.usefixtures("undrawn")
    def test_of_a_run_by_mesa(self, small: Path) -> None:
        assert load(small).run(5, engine="mesa").data() == told("run", small, "--runs", "5", "--engine", "mesa")

    def test_of_a_negotiation(self, small: Path) -> None:
        found = load(small).watch(3, seed=2)
        assert found.data() == told("run", small, "--watch", "--run", "3", "--seed", "2")
        assert found.text() == command("run", small, "--watch", "--run", "3", "--seed", "2")[1]

    @pytest.mark.usefixtures("undrawn")
    def test_of_a_comparison(self, small: Path) -> None:
        other = small.with_name("other.yaml")
        other.write_text(SMALL.replace("title: The river", "title: Another river"))
        found = load(small).compare(other, runs=30)
        assert found.data() == told("compare", small, other, "--runs", "30")
        assert list(found.likelihoods) == ["river", "other"] and list(found.differences) == ["other"]

    def test_of_a_zone(self, small: Path) -> None:
        assert load(small).zopa(20, seed=4).data() == told("zopa", small, "--worlds", "20", "--seed", "4")
        assert load(small).zopa(0).share is None

    def test_of_a_draft(self, small: Path) -> None:
        talks, terms = load(small, {DEADLINE: 5}), {"bank": "shared", "toll": "low"}
        found = talks.ask(terms, against="proposal", fill="upper", worlds=40, seed=2)
        set_ = ("--set", f"{DEADLINE}=5", "--worlds", "40", "--seed", "2")
        assert found.data() == told(
            "ask", small, "bank=shared", "toll=low", "--against", "proposal", "--fill", "upper", *set_
        )
        assert found.package["toll"] == "low" and found.frame("package")["named"].sum() == 2
        assert found.frame()["takes"].tolist() == [share.estimate for share in found.answers.values()]
        assert talks.ask(worlds=20, play=True, runs=10).data() == told(
            "ask", small, "--set", f"{DEADLINE}=5", "--worlds", "20", "--play", "--runs", "10"
        )

    def test_of_blockers(self, small: Path) -> None:
        found = load(small).blockers(30)
        assert found.data() == told("blockers", small, "--runs", "30")
        assert found.frame()["id"].tolist() == [line["id"] for line in found.data()["red_lines"]]

    @pytest.mark.filterwarnings("ignore::sim.SimWarning")
    def test_of_a_backtest(self, freeze: LoadedScenario) -> None:
        set_ = {"parties.russia.optimism": 0.5}
        found = freeze.set(set_).backtest(runs=20)
        asked = ("--known-by", "2025-04-23", "--runs", "20", "--set", "parties.russia.optimism=0.5")
        assert found.data() == told("backtest", FREEZE, *asked)
        assert found.score is not None and found.score.count == len(found.frame("answers"))
        assert found.frame()["who"].tolist()[:3] == ["model", "lines", "values"]

    @pytest.mark.usefixtures("at_hand")
    @pytest.mark.parametrize("analysis", ["runs", "zone"])
    def test_of_a_sweep(self, small: Path, analysis: str) -> None:
        found = load(small).sweep({DEADLINE: "2:8:3", ROUNDS: [8, 9]}, runs=4, analysis=analysis)
        asked = ("--vary", f"{DEADLINE}=2:8:3", "--vary", f"{ROUNDS}=8,9", "--runs", "4", "--analysis", analysis)
        assert found.data() == told("sweep", small, *asked)
        assert found.frame()[DEADLINE].tolist() == [2, 2, 5, 5, 8, 8]
        assert len(found.frame("runs")) == 24 and found.is_finished

    @pytest.mark.slow
    @pytest.mark.usefixtures("undrawn")
    def test_of_talks_that_go_on(self, tmp_path: Path) -> None:
        found = load("continued/december").run(100)
        assert found.data() == told("run", "continued/december", "--runs", "100", "--out", tmp_path / "out")

    @pytest.mark.slow
    @pytest.mark.usefixtures("undrawn")
    def test_on_a_posterior(self, tmp_path: Path) -> None:
        kept = tmp_path / "posterior.json"
        assert command("calibrate", FREEZE, "--runs", "4000", "--error", "0.3", "--save", kept)[0] == 0
        found = load(FREEZE, posterior=kept).set({"parties.russia.optimism": 0.5}).run(50)
        asked = ("--posterior", kept, "--set", "parties.russia.optimism=0.5", "--out", tmp_path / "out")
        assert found.data() == told("run", FREEZE, "--runs", "50", *asked)


class TestWhatIsWrongIsToldInTheWordsOfTheCommandLine:
    @pytest.mark.parametrize(
        ("asked", "arguments"),
        [
            (lambda _: load("freeze_line"), "run freeze_line"),
            (lambda f: load(f, {"parties.uper.patience": 3}), "run FILE --set parties.uper.patience=3"),
            (lambda f: load(f, {"parties.judge.patience": "soon"}), "run FILE --set parties.judge.patience=soon"),
            (lambda f: load(f, {ROUNDS: True}), f"run FILE --set {ROUNDS}=true"),
            (lambda f: load(f, {"": 1}), "run FILE --set =1"),
            (lambda f: load(f, posterior="none.json"), "run FILE --posterior none.json"),
            (lambda f: load(f).run(0), "run FILE --runs 0"),
            (lambda f: load(f).run(10**8), "run FILE --runs 100000000"),
            (lambda f: load(f).run("many"), "run FILE --runs many"),
            (lambda f: load(f).run(2.5), "run FILE --runs 2.5"),
            (lambda f: load(f).run(5, seed=-1), "run FILE --seed -1"),
            (lambda f: load(f).run(5, engine="mess"), "run FILE --engine mess"),
            (lambda f: load(f).run(5, by="soon"), "run FILE --by soon"),
            (lambda f: load(f).run(5, by="2025-12-31"), "run FILE --by 2025-12-31"),
            (lambda f: load(f).watch(-1), "run FILE --watch --run -1"),
            (lambda f: load(f).zopa(60_001), "zopa FILE --worlds 60001"),
            (lambda f: load(f).compare(), "compare FILE"),
            (lambda f: load(f).compare(f), "compare FILE FILE"),
            (lambda f: load(f).compare("rivr"), "compare FILE rivr"),
            (lambda f: load(f).ask({"bnk": "shared"}), "ask FILE bnk=shared"),
            (lambda f: load(f).ask({"bank": "shard", "toll": 5}), "ask FILE bank=shard toll=5"),
            (lambda f: load(f).ask(draft="propsal"), "ask FILE --draft propsal"),
            (lambda f: load(f).ask(fill="uper"), "ask FILE --fill uper"),
            (lambda f: load(f).ask(tabled_by="judge"), "ask FILE --tabled-by judge"),
            (lambda f: load(f).ask(by="soon"), "ask FILE --by soon"),
            (lambda f: load(f).ask(changes=4), "ask FILE --changes 4"),
            (lambda f: load(f).blockers(-3), "blockers FILE --runs -3"),
            (lambda f: load(f).backtest("soon"), "backtest FILE --known-by soon"),
            (lambda f: load(f).backtest("2025-04-23"), "backtest FILE --known-by 2025-04-23"),
            (lambda f: load(f).sweep(), "sweep FILE"),
            (lambda f: load(f).sweep({ROUNDS: "3:2:4"}), f"sweep FILE --vary {ROUNDS}=3:2:4"),
            (lambda f: load(f).sweep({ROUNDS: [8, 8]}), f"sweep FILE --vary {ROUNDS}=8,8"),
            (lambda f: load(f).sweep({ROUNDS: []}), f"sweep FILE --vary {ROUNDS}="),
            (lambda f: load(f).sweep({DEADLINE: "1:2"}), f"sweep FILE --vary {DEADLINE}=1:2"),
            (lambda f: load(f).sweep({DEADLINE: "1:2"}, sampler="lsh"), "sweep FILE --sampler lsh"),
            (lambda f: load(f).sweep({DEADLINE: [1]}, analysis="zones"), "sweep FILE --analysis zones"),
            (lambda f: load(f).sweep({DEADLINE: [1]}, workers=0), "sweep FILE --workers 0"),
            (lambda f: load(f).sweep({DEADLINE: [1]}, executor="cloud"), "sweep FILE --executor cloud"),
            (lambda f: load(f).sweep({"parties.judge.patient": [1]}), "sweep FILE --vary parties.judge.patient=1"),
            (lambda f: load(f).sweep({DEADLINE: "2:3:2"}, runs=600_000),
             f"sweep FILE --vary {DEADLINE}=2:3:2 --runs 600000"),
            (lambda _: open_result("nowhere"), "plot nowhere"),
        ],
    )  # fmt: skip
    def test_of_arguments(self, small: Path, asked: Callable[[Path], object], arguments: str) -> None:
        code, _, said = command(*(str(small) if each == "FILE" else each for each in arguments.split(" ")))
        assert code == 2
        with pytest.raises(SimError) as error:
            asked(small)
        assert str(error.value) + "\n" == said
        assert error.value.__cause__ is None and error.value.__suppress_context__ is False
        assert error.value.__context__ is None

    def test_of_a_file_all_at_once(self, small: Path) -> None:
        small.write_text(
            SMALL.replace("patience: 6", "patience: -6").replace("status_quo: disputed", "status_quo: nobody")
        )
        code, _, said = command("run", small)
        with pytest.raises(SimError) as error:
            load(small)
        assert (code, said) == (2, f"{error.value}\n")
        assert said.startswith(f"{small}:") and said.count("\n") >= 2

    @pytest.mark.parametrize(
        ("asked", "says"),
        [
            (lambda talks: talks.run(True), "--runs: must be a whole number of 1 or more (got true)"),
            (lambda talks: talks.run("7"), '--runs: must be a whole number of 1 or more (got "7" in quotes)'),
            (lambda talks: talks.run([]), "--runs: must be a whole number of 1 or more (got a list)"),
            (lambda talks: talks.set(["parties.judge.patience=3"]), "--set: must be a mapping such as"),
            (lambda talks: talks.sweep("2:3:4"), "--vary: must be a mapping such as"),
            (lambda talks: talks.run(5, by=[None]), "--by: must be a day such as 2025-04-23 (got None)"),
            (lambda talks: talks.compare(7), "7: no such file or scenario"),
            (lambda talks: talks.ask("bank=shared"), "terms: must be a mapping such as"),
            (lambda talks: talks.zopa(0).plot("forntier"), "--kind: unknown kind of picture (got forntier); did you mean"),
            (lambda talks: talks.zopa(0).frame("stage"), "table: unknown table (got stage); did you mean stages?"),
            (lambda talks: talks.zopa(0).text(3), "width: must be a whole number from 40 to 400 (got 3)"),
            (lambda talks: talks.zopa(0).plot(size=(0, 5)), "--size: each side must be above 0"),
            (lambda talks: talks.zopa(0).plot(size=5), "--size: must be width x height in inches"),
            (lambda talks: talks.zopa(0).plot(size=(1, 1)), "--size: this picture needs at least"),
            (lambda talks: talks.run(5).plot("curve"), "--kind curve: needs a sweep, and this is one setting"),
            (lambda talks: talks.run(5).plot("dance", run=5), "--run 5: only runs 0 to 4 are played"),
            (lambda talks: talks.run(5).plot("week"), "--kind: unknown kind of picture (got week); did you mean weeks?"),
        ],
    )  # fmt: skip
    def test_of_what_only_python_can_ask(
        self, small: Path, asked: Callable[[LoadedScenario], object], says: str
    ) -> None:
        with pytest.raises(SimError) as error:
            asked(load(small))
        assert str(error.value).startswith(says)

    def test_and_a_name_that_would_move_the_terminal_is_escaped(self) -> None:
        with pytest.raises(SimError) as error:
            load("a\x1b[2Jb")
        assert "\x1b" not in str(error.value)

    def test_notes_are_warnings_of_the_line_that_asked(self, small: Path) -> None:
        with pytest.warns(SimWarning, match=r"note: .* takes the place of") as found:
            load(small, {"parties.lower.no_deal.base": 0.3})
        assert found[0].filename == __file__

    def test_nothing_is_printed(self, small: Path, capfd: pytest.CaptureFixture[str]) -> None:
        talks = load(small)
        talks.run(20)
        talks.sweep({ROUNDS: [8, 9]}, runs=5)
        assert capfd.readouterr() == ("", "")

    def test_but_a_bar_where_one_is_asked_for(self, small: Path, capfd: pytest.CaptureFixture[str]) -> None:
        load(small).run(20, progress=True)
        out, err = capfd.readouterr()
        assert out == "" and "20/20" in err


class TestAScenario:
    def test_stays_as_it_was(self, small: Path) -> None:
        talks = load(small)
        changed = talks.set({ROUNDS: 9}).set({DEADLINE: np.int64(3)})
        assert talks.overrides == {} and changed.overrides == {ROUNDS: "9", DEADLINE: "3"}
        assert repr(changed) == "<river: The river and the fish, 2 set>"
        with pytest.raises(AttributeError):
            talks.path = Path("other")  # type: ignore[misc]

    def test_says_what_it_is(self, freeze: LoadedScenario) -> None:
        assert (freeze.name, freeze.date) == ("freeze_lines", "2025-04-23")
        assert freeze.parties["us"] == "United States" and "front_line" in freeze.issues
        numbers = freeze.frame()
        assert set(numbers["source"]) <= {"cited", "convention", "assumed"} and len(numbers) > 300
        assert numbers["claims"].map(len).gt(0)[numbers["source"] == "cited"].all()

    def test_is_compared_with_itself_under_other_settings(self, small: Path) -> None:
        talks = load(small)
        found = talks.compare(talks.set({ROUNDS: 20}), runs=30)
        assert list(found.likelihoods) == ["river", f"river ({ROUNDS}=20)"]
        assert found.likelihoods["river"].estimate == talks.run(30).likelihood
        assert len(found.frame("runs")) == 60 and len(found.frame("differences")) == 1


class TestASweep:
    @pytest.mark.parametrize(
        ("values", "spec"),
        [
            ([0.1, 0.55, 1.0], "0.1:1:3"), (np.linspace(0.1, 1, 3), "0.1,0.55,1"), ((0.1, np.float64(0.1 + 0.2)), "0.1,0.3"),
            (range(2, 5), "2:4:3"), ({"a": 1}, '{"a": 1}'), (True, "true"), (None, "null"),
            (["a,b", "c"], '"a,b",c'), ("2:8:3", "2:8:3"), ((k for k in (1, 2)), "1,2"),
        ],
    )  # fmt: skip
    def test_takes_values_as_numpy_has_them(self, values: object, spec: str) -> None:
        from sim.api.arguments import variations
        from sim.files.scenario.variations import read_variations

        found, meant = read_variations(variations({"a": values})), read_variations([("a", spec)])
        assert found[0].values == meant[0].values

    @pytest.mark.slow
    def test_in_this_process_gives_the_bytes_of_workers(self, small: Path) -> None:
        talks, vary = load(small), {ROUNDS: [8, 9]}
        talks.sweep(vary, runs=20, chunk=10, out="here")
        talks.sweep(vary, runs=20, chunk=10, out="there", workers=2)
        for file in ("chunks/chunk-000000.parquet", "chunks/chunk-000003.parquet", "points.json", "points.parquet"):
            assert Path("here", file).read_bytes() == Path("there", file).read_bytes()

    @pytest.mark.usefixtures("at_hand")
    def test_goes_on_where_it_was_and_the_command_line_with_it(self, small: Path) -> None:
        talks = load(small, {DEADLINE: 4})
        first = talks.sweep({ROUNDS: [8, 9]}, runs=20, chunk=10, out="out")
        (first.folder / "chunks" / "chunk-000001.parquet").unlink()
        assert repr(open_result("out")) == "<river: 2 design points, 20 runs at each, unfinished>"
        made_by = json.loads(Path("out/manifest.json").read_text())["command"].split()
        code, _, said = command(*made_by[1:])
        assert (code, said) == (0, "3 of 4 chunks are there already; playing the other 1\n")
        again = talks.sweep({ROUNDS: [8, 9]}, runs=20, chunk=10, out="out")
        assert again.data() == first.data() == open_result("out").data()

    def test_of_another_folder_is_refused(self, small: Path) -> None:
        load(small).sweep({ROUNDS: [8, 9]}, runs=5, out="out")
        with pytest.raises(SimError, match="out holds the result of another command"):
            load(small).sweep({ROUNDS: [8, 10]}, runs=5, out="out")

    def test_leaves_nothing_behind(self, small: Path) -> None:
        found = load(small).sweep({ROUNDS: [8, 9]}, runs=5)
        folder = found.folder
        assert folder.is_dir() and not Path("results").exists()
        del found
        assert not folder.exists()

    def test_has_the_pictures_of_the_command_line(self, small: Path) -> None:
        found = load(small).sweep({DEADLINE: "2:8:3", ROUNDS: [8, 9]}, runs=10)
        assert {type(found.plot(kind)).__mro__[1] for kind in (None, "curve", "map", "ends")} == {Figure}
        assert found.plot("weeks", at={DEADLINE: 5, ROUNDS: 8}).get_label() == found.plot("weeks", point=2).get_label()
        for wrong, says in (
            ({"kind": "crve"}, "--kind: unknown kind of picture (got crve); did you mean curve?"),
            ({"x": "rounds"}, f"--x: rounds was not swept; did you mean {ROUNDS}?"),
            ({"at": {ROUNDS: 7}}, f"--at {ROUNDS}=7: no design point has this value; there is 8, 9"),
            ({"at": ROUNDS}, "--at: must be a mapping such as"),
            ({"point": 6}, "--point 6: there are only design points 0 to 5"),
            ({"kind": 5}, "--kind: unknown kind of picture (got 5)"),
            ({"x": 5}, "--x: 5 was not swept"),
            ({"by": 5}, "--by: 5 was not swept"),
            ({"run": "first"}, "--run: must be a whole number of 0 or more (got first)"),
            ({"level": 120}, "--level: must be a number from 0.1 to 99.9 (got 120)"),
        ):
            with pytest.raises(SimError) as error:
                found.plot(**wrong)  # type: ignore[arg-type]
            assert str(error.value).startswith(says)


class TestAllResults:
    @pytest.fixture
    def results(self, small: Path) -> list[Any]:
        text = SMALL.replace("title: The river and the fish", f'title: "{HOSTILE}"')
        text = text.replace("title: Who holds the east bank", 'title: "<b>bank</b>"')
        talks = load(write_small(Path(), text))
        other = talks.set({ROUNDS: 9})
        asked = (
            talks.run(20),
            talks.watch(),
            talks.compare(other, runs=20),
            talks.zopa(5),
            talks.blockers(20),
            talks.ask(worlds=20),
        )
        return [
            talks,
            *asked,
            talks.sweep({ROUNDS: [8, 9]}, runs=5),
            talks.sweep({ROUNDS: [8, 9]}, runs=2, analysis="zone"),
        ]

    def test_show_hostile_titles_as_text(self, results: list[Any]) -> None:
        for result in results:
            shown = result._repr_html_()
            assert "<script" not in shown and "<b>" not in shown and "\u202e" not in shown
            assert len(repr(result)) < 200 and "\n" not in repr(result) and "\u202e" not in repr(result)

    def test_have_pages_data_tables_and_pictures(self, results: list[Any]) -> None:
        for result in results[1:]:
            assert result.text().endswith("\n") and "\u202e" not in result.text()
            assert max(map(len, result.text(60).splitlines())) < 110
            assert json.dumps(result.data())
            for table in result._tables():
                frame = result.frame(table)
                assert list(frame.columns) == [str(name) for name in frame.columns]
                frame["mine"] = 1
                assert "mine" not in result.frame(table).columns
            assert result.plot()._repr_png_()[0].startswith(b"\x89PNG")
            with pytest.raises(AttributeError):
                result.runs = 5

    def test_have_the_columns_of_a_table_without_rows(self, small: Path) -> None:
        talks = load(small, {"parties.upper.no_deal.base": 1.0, "parties.lower.red_lines.bank_kept.firmness": 0.0})
        run, zone = talks.run(5), talks.zopa(0)
        assert run.agreements == 0 and not zone.exists
        tables = (run.frame("settlement"), run.frame("movers"), zone.frame("frontier"), zone.frame("robust"))
        assert [len(table) for table in tables] == [0] * 4
        assert [table.columns[0] for table in tables] == ["issue", "path", "package", "stage"]

    def test_agree_within_themselves(self, results: list[Any]) -> None:
        run = results[1]
        runs = run.frame()
        assert (runs["outcome"] == "agreement").mean() == pytest.approx(run.likelihood)
        assert run.frame("rounds")["agreement"].iloc[-1] == pytest.approx(run.likelihood)
        ends = run.frame("ends")
        assert ends[ends["kind"] == "end"]["share"].sum() == pytest.approx(1.0)
        sweep = results[7]
        agreed = sweep.frame("runs").groupby(ROUNDS)["outcome"].apply(lambda ends: (ends == "agreement").mean())
        assert agreed.tolist() == pytest.approx(sweep.frame()["agreement"].tolist())


def test_a_warning_is_once_a_line(small: Path) -> None:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("default")
        for _ in range(3):
            load(small, {"parties.lower.no_deal.base": 0.3})
    assert len(found) == 1
