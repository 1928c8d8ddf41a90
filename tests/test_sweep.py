"""Sweeps from end to end: the same bytes from all workers and chunks, resumed after any stop, refused where they misfit."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from commands import sim
from games import write_small
from playing import FREEZE, ROOT
from sweeps import Here

from sim.cli.signals import Stopped
from sim.files import whole_files
from sim.files.result.chunk_files import chunk_bytes
from sim.files.result.manifest import study_id
from sim.files.result.reader import Result, read_result
from sim.files.result.store import Store
from sim.files.result.tables import runs_of
from sim.files.scenario.reader import read_scenario
from sim.files.scenario.variations import read_variations
from sim.files.whole_files import StoreFailed
from sim.records import End, Why
from sim.study import Plan
from sim.study.design import design_of
from sim.study.manifest import manifest_of, parts_of_program
from sim.study.missing_chunks import missing, play_missing, study_of
from sim.study.workers.dask import OtherVersions, executor_of, play_alike
from sim.study.workers.local import Crew
from sim.study.workers.tasks import Failure, Study, play_task
from sim.study.workers.workplaces import Workplace

pytestmark = pytest.mark.usefixtures("undrawn")
DEADLINE = "parties.lower.concession.deadline"
VARY = ("--vary", f"{DEADLINE}=4:12:3", "--vary", "phases.talks.protocol=alternating,single_text")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_small(Path())  # its texts are parsed once for all tests, as their names are the same


def begun(path: Path, out: Path, runs: int = 30, chunk: int = 20) -> tuple[Study, Store]:
    """A sweep of the small game, not yet played; its store is open."""
    loaded, plan = read_scenario(path), Plan(runs, 1, "batch", chunk)
    design = design_of(read_variations([f"{DEADLINE}=4:12:3", "phases.talks.protocol=alternating,single_text"]))
    study = study_of(loaded, design, plan)
    return study, Store(out).open(asdict(manifest_of(loaded, path, plan, "sim sweep", design)))


def played(path: Path, out: Path, **plan: int) -> Path:
    study, store = begun(path, out, **plan)
    with store:
        assert not list(play_missing(missing(study, store), store, Here(study), lambda part: None))
    return out


def chunks(out: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((out / "chunks").iterdir())}


def rows_in(result: Result) -> list[dict[str, Any]]:
    """All runs of a result; no number, which is not equal to itself, as nothing."""
    return [
        {name: None if cell != cell else cell for name, cell in row.items()}
        for row in runs_of(result.files).to_pylist()
    ]


class TestSameBytes:
    @pytest.mark.parametrize(("name", "workers"), [("local", 2), pytest.param("dask", 1, marks=pytest.mark.slow)])
    def test_for_any_workers_and_executor(self, small: Path, tmp_path: Path, name: str, workers: int) -> None:
        wanted = chunks(played(small, tmp_path / "here"))
        study, store = begun(small, tmp_path / name)
        with store, executor_of(Workplace(name), study, workers) as crew:
            assert not list(play_missing(missing(study, store), store, crew, lambda part: None))
        assert chunks(tmp_path / name) == wanted

    @pytest.mark.parametrize("chunk", [pytest.param(1, marks=pytest.mark.slow), 7, 30, 1000])
    def test_of_all_runs_for_any_chunk(self, small: Path, tmp_path: Path, chunk: int) -> None:
        one = read_result(played(small, tmp_path / "a", chunk=20))
        other = read_result(played(small, tmp_path / "b", chunk=chunk))
        assert rows_in(one) == rows_in(other)

    def test_runs_do_not_depend_on_how_many_there_are(self, small: Path, tmp_path: Path) -> None:
        few = rows_in(read_result(played(small, tmp_path / "few", runs=10)))
        many = rows_in(read_result(played(small, tmp_path / "many", runs=30)))
        assert few == [row for row in many if row["run"] < 10]

    def test_a_point_is_the_scenario_with_its_values_set(self, small: Path, tmp_path: Path) -> None:
        swept = rows_in(read_result(played(small, tmp_path / "swept")))
        sim("run", small, "--runs", "30", "--set", f"{DEADLINE}=8", "--set", "phases.talks.protocol=alternating",
            "--out", tmp_path / "set")  # fmt: skip
        alone = rows_in(read_result(tmp_path / "set"))
        assert [{**row, "point": 0} for row in swept if row["point"] == 2] == alone


@pytest.mark.usefixtures("at_hand")
class TestCommand:
    def test_plays_tells_and_is_complete_the_second_time(self, small: Path) -> None:
        code, page, said = sim("sweep", small, *VARY, "--runs", "40", "--out", "out", "--workers", "1")
        assert code == 0, said
        assert "6 design points, 40 runs at each, seed 1: 240 runs" in page
        assert "A  The lower town: own deadline (weeks) [parties.lower.concession.deadline]" in page
        assert max(len(line) for line in page.split("Written to")[0].splitlines()) <= 80
        before = chunks(Path("out"))
        code, again, said = sim("sweep", small, *VARY, "--runs", "40", "--out", "out")
        assert (code, again) == (0, page)
        assert said == "1 of 1 chunks are there already; nothing is left to play\n"
        assert chunks(Path("out")) == before
        code, page, _ = sim("show", "out")
        assert code == 0
        assert page.startswith("out: complete (1 of 1 chunks)\n  made by: sim")
        code, page, _ = sim("run", "out")
        assert (code, page.splitlines()) == (
            0,
            ["240 runs of out played again: equal, byte for byte.",
             "So are points.json and points.parquet; pictures are not compared."],
        )  # fmt: skip

    def test_many_parts_and_long_values_fit_the_page(self, small: Path) -> None:
        five = [
            DEADLINE,
            "parties.upper.good_faith",
            "parties.lower.good_faith",
            "parties.upper.no_deal.base",
            "momentum.drift",
        ]
        vary = [word for path in five for word in ("--vary", f"{path}=0.1234:0.6789")]
        code, page, said = sim("sweep", small, *vary, "--sampler", "lhs", "--points", "12", "--runs", "5", "--out", "out",
                               "--set", f"{DEADLINE}=6", "--workers", "1")  # fmt: skip
        assert code == 2 and "varied and set at once" in said
        vary[1] = f"{DEADLINE}=1.234:6.789"
        code, page, said = sim(
            "sweep", small, *vary, "--sampler", "lhs", "--points", "12", "--runs", "5", "--out", "out"
        )
        assert code == 0, said
        assert max(map(len, page.split("Written to")[0].splitlines())) <= 80
        assert sim("show", "out")[0] == 0

    def test_what_it_gives_as_an_example_can_be_varied(self, small: Path) -> None:
        example = sim("sweep", small)[2].split()[-1]
        assert sim("sweep", small, "--vary", example, "--runs", "5", "--dry-run")[0] == 0

    def test_values_that_differ_print_apart(self, small: Path) -> None:
        vary = ("--vary", f"{DEADLINE}=8,8.0000001,9.5", "--vary", "parties.upper.good_faith=0.25,0.75")
        page = sim("sweep", small, *vary, "--runs", "5", "--workers", "1")[1]
        rows = [line.split()[:2] for line in page.splitlines() if line.startswith(("  8", "  9")) and "%" in line]
        assert [one for one, other in rows if other == "0.25"] == ["8", "8.0000001", "9.5"]

    def test_an_empty_one_is_told_in_a_few_lines(self, small: Path, tmp_path: Path) -> None:
        _, store = begun(small, tmp_path / "out")
        store.close()
        code, page, _ = sim("show", tmp_path / "out")
        assert code == 0
        assert page.splitlines() == [
            f"{tmp_path / 'out'}: unfinished; the same command plays the rest (0 of 12 chunks)",
            "  made by: sim sweep",
            "  nothing is in yet, so there are no figures",
        ]

    def test_json_has_every_point(self, small: Path) -> None:
        code, text, _ = sim("sweep", small, *VARY, "--runs", "20", "--out", "out", "--workers", "1", "--json")
        figures = json.loads(text)
        assert code == 0
        assert [point[DEADLINE] for point in figures["points"]] == [4, 4, 8, 8, 12, 12]
        assert all(point["runs"] == 20 and 0 <= point["agreement"] <= 1 for point in figures["points"])
        table = pq.read_table("out/points.parquet").to_pylist()
        assert [row["agreement"] for row in table] == [point["agreement"] for point in figures["points"]]
        assert json.loads(sim("show", "out", "--json")[1])["points"] == figures["points"]

    def test_dry_run_plays_and_writes_nothing(self, small: Path) -> None:
        before = sorted(Path().rglob("*"))
        code, page, _ = sim("sweep", small, *VARY, "--runs", "40", "--dry-run")
        assert code == 0
        assert "6 design points, 40 runs at each: 240 negotiations in 1 chunk" in page
        assert "Time: about " in page
        assert "Disk: about " in page
        assert page.endswith("Nothing was played.\n")
        assert sorted(Path().rglob("*")) == before

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--vary", f"{DEADLINE}=1:3"], "needs the count of the range"),
            (["--vary", "parties.nobody.patience=1,2"], "no such path"),
            (["--vary", f"{DEADLINE}=4,-4"], "must be between 0.5 and 10000 (got -4)"),
            (["--vary", "nonsense"], "must be PATH=SPEC"),
            (["--vary", f"{DEADLINE}=1,2", "--set", f"{DEADLINE}=3"], "is varied and set at once"),
            (["--points-from", "none.csv"], "no such file"),
            (["--points-from", "p.csv", "--vary", "a=1,2"], "it goes without --vary, --sampler and --points"),
            (["--sampler", "lhs", "--vary", f"{DEADLINE}=1:3"], "needs the number of points"),
            ([], "--vary is missing: say what to vary, such as --vary parties.judge.patience=3:12:4\n"),
            (["--sampler", "lhs", "--points", "4"], "--vary is missing: say what to vary"),
            (
                ["--vary", f"{DEADLINE}=4,5", "--runs", "600000"],
                "2 design points of 600,000 runs are 1,200,000 negotiations; give --yes",
            ),
            (
                ["--vary", f"{DEADLINE}=1:9:1000", "--vary", "parties.upper.good_faith=0:1:1000"],
                "at most 100,000 are swept",
            ),
            (["--executor", "spark"], "--executor: must be local, dask or dask:ADDRESS (got spark)"),
        ],
    )
    def test_bad_input_is_one_message_before_any_work(self, small: Path, arguments: list[str], message: str) -> None:
        code, page, said = sim("sweep", small, *arguments, "--out", "out")
        assert (code, page) == (2, "")
        assert message in said
        assert len(said.splitlines()) == 1
        assert not (Path("out") / "chunks").exists()

    def test_a_table_of_points(self, small: Path) -> None:
        Path("points.csv").write_text(f"{DEADLINE}\n5\n7\n")
        code, text, _ = sim("sweep", small, "--points-from", "points.csv", "--runs", "9", "--json", "--workers", "1")
        assert code == 0
        assert [point[DEADLINE] for point in json.loads(text)["points"]] == [5, 7]
        Path("points.csv").write_text(f"{DEADLINE}\n5\n-7\n")
        code, _, said = sim("sweep", small, "--points-from", "points.csv")
        assert code == 2
        assert said == f"points.csv:3:1: {DEADLINE}: must be between 0.5 and 10000 (got -7)\n"


@pytest.mark.usefixtures("at_hand")
class TestStore:
    def test_only_what_is_missing_is_played(self, small: Path, tmp_path: Path) -> None:
        wanted = chunks(played(small, tmp_path / "out"))
        files = sorted((tmp_path / "out" / "chunks").iterdir())
        files[1].unlink()
        files[3].write_bytes(files[3].read_bytes()[:100])
        spoilt = bytearray(files[4].read_bytes())
        spoilt[60] ^= 1  # one bit of a page, its footer still whole
        files[4].write_bytes(spoilt)
        study, store = begun(small, tmp_path / "out")
        with store:
            parts = missing(study, store)
            assert [part.number for part in parts] == [1, 3, 4]
            list(play_missing(parts, store, Here(study), lambda part: None))
        assert chunks(tmp_path / "out") == wanted

    def test_what_dead_writers_left_is_cleared_and_nothing_else(self, small: Path, tmp_path: Path) -> None:
        here = played(small, tmp_path / "out") / "chunks"
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        left = f".chunk-000009.parquet.{whole_files._machine()}.{gone.pid}.part"
        kept = {
            f".chunk-000009.parquet.{whole_files._machine()}.{os.getppid()}.part",  # of a process that lives
            f".chunk-000009.parquet.0123abcd.{gone.pid}.part",  # of another machine
            ".mine.part",
        }
        for name in (left, *kept):
            (here / name).write_bytes(b"half")
        _, store = begun(small, tmp_path / "out")
        store.close()
        assert {path.name for path in here.glob(".*")} == kept

    def test_a_second_writer_is_turned_away(self, small: Path, tmp_path: Path) -> None:
        _, store = begun(small, tmp_path / "out")
        assert "unfinished; being played now (0 of" in sim("show", tmp_path / "out")[1]
        with store:
            code, _, said = sim("sweep", small, *VARY, "--runs", "30", "--chunk", "20", "--out", tmp_path / "out")
        assert code == 4
        assert "is being written to by another program" in said
        code, _, _ = sim("sweep", small, *VARY, "--runs", "30", "--chunk", "20", "--out", tmp_path / "out")
        assert code == 0

    @pytest.mark.parametrize(
        ("arguments", "difference"),
        [
            (["--runs", "31", "--chunk", "20"], "runs: 30 there, 31 now"),
            (["--runs", "30", "--chunk", "21"], "chunk: 20 there, 21 now"),
            (["--runs", "30", "--chunk", "20", "--seed", "2"], "seed: 1 there, 2 now"),
            (
                ["--runs", "30", "--chunk", "20", "--vary", "parties.upper.good_faith=0,1"],
                "other design points (6 there, 12",
            ),
            (["--runs", "30", "--chunk", "20", "--set", "parties.upper.good_faith=0"], "another scenario"),
        ],
    )
    def test_what_does_not_fit_is_refused_with_what_differs(
        self, small: Path, tmp_path: Path, arguments: list[str], difference: str
    ) -> None:
        before = chunks(played(small, tmp_path / "out"))
        code, _, said = sim("sweep", small, *VARY, *arguments, "--out", tmp_path / "out")
        assert code == 4
        assert difference in said
        assert chunks(tmp_path / "out") == before

    @pytest.mark.parametrize(
        ("number", "why"),
        [("ENOSPC", "the disk is full"), ("EROFS", "read-only file system"), ("EIO", "input/output error")],
    )
    def test_a_failing_disk_loses_nothing(
        self, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str, why: str
    ) -> None:
        import errno

        study, store = begun(small, tmp_path / "out")
        written: list[int] = []

        def fail_the_third(handle: int) -> None:
            written.append(handle)
            if len(written) > 4:  # two chunks, each with its folder
                raise OSError(getattr(errno, number), os.strerror(getattr(errno, number)))

        with store:
            parts = missing(study, store)
            monkeypatch.setattr(whole_files.os, "fsync", fail_the_third)
            with pytest.raises(StoreFailed, match=why):
                list(play_missing(parts, store, Here(study), lambda part: None))
            monkeypatch.undo()
        assert len(chunks(tmp_path / "out")) == 2
        assert not list((tmp_path / "out" / "chunks").glob(".*"))

    def test_a_sweep_begun_with_other_versions_is_not_finished_with_these(self, small: Path, tmp_path: Path) -> None:
        out = played(small, tmp_path / "out")
        manifest = json.loads((out / "manifest.json").read_text())
        manifest["versions"]["numpy"] = "1.0.0"
        (out / "manifest.json").write_text(json.dumps(manifest))
        words = ("sweep", small, *VARY, "--runs", "30", "--chunk", "20", "--out", out)
        assert sim(*words)[0] == 0, "it is complete: nothing is mixed"
        sorted((out / "chunks").iterdir())[0].unlink()
        code, _, said = sim(*words)
        assert code == 4
        assert "was begun with other versions (numpy 1.0.0 there, " in said

    def test_a_removed_folder_is_not_made_again(self, small: Path, tmp_path: Path) -> None:
        study, store = begun(small, tmp_path / "out")
        with store:
            (tmp_path / "out").rename(tmp_path / "elsewhere")
            with pytest.raises(StoreFailed, match=r"the folder .* is gone"):
                list(play_missing(missing(study, store), store, Here(study), lambda part: None))
        assert not (tmp_path / "out").exists()


class TestReading:
    def test_figures_read_small_numbers_that_are_those_of_the_table(self, small: Path, tmp_path: Path) -> None:
        result = read_result(played(small, tmp_path / "out"))
        rows, table, names = result.rows, runs_of(result.files), result.game().names
        for name in ("point", "run", "round", "zone", "core_kept", "holds"):
            assert getattr(rows, name).tolist() == table[name].to_pylist()
        assert [End(end).name.lower() for end in rows.end.tolist()] == table["outcome"].to_pylist()
        assert [Why(why).name.lower() for why in rows.why.tolist()] == table["why"].to_pylist()
        for i, issue in enumerate(names.issues):
            assert [names.options[i][o] for o in rows.package[:, i].tolist()] == table[f"settled.{issue}"].to_pylist()
        bytes_a_row = sum(column.nbytes for column in vars(rows).values()) / len(rows)
        assert bytes_a_row <= 22 + 2 * len(names.issues) + 4 * len(names.parties)

    def test_without_files_there_are_no_rows(self, small: Path, tmp_path: Path) -> None:
        _, store = begun(small, tmp_path / "out")
        store.close()
        assert len(read_result(tmp_path / "out").rows) == 0


class TestClusters:
    def test_a_worker_plays_for_a_program_of_its_own_versions_only(self, small: Path, tmp_path: Path) -> None:
        study, store = begun(small, tmp_path / "out")
        store.close()
        task = study.task(study.chunks()[0])
        assert play_alike(task, parts_of_program("batch")) == play_task(task)
        with pytest.raises(OtherVersions, match=r"a worker on .* has other versions: numpy .* there, 1\.0\.0 here"):
            play_alike(task, {**parts_of_program("batch"), "numpy": "1.0.0"})

    def test_one_that_dies_at_the_start_is_told_in_one_line(self, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(**_: object) -> None:
            raise RuntimeError("Nanny failed to start.") from ImportError("no such thing")

        monkeypatch.setattr("distributed.LocalCluster", fail)
        code, _, said = sim("sweep", small, *VARY, "--runs", "5", "--executor", "dask", "--out", "out")
        assert code == 3
        assert said.startswith(
            "the Dask cluster on this machine did not start: ImportError: no such thing; 0 of 1 chunks are safe"
        )

    @pytest.mark.slow
    def test_one_that_joins_with_other_versions_ends_the_sweep_with_what_is_safe(
        self, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "sim.study.workers.dask.parts_of_program", lambda engine: {**parts_of_program(engine), "numpy": "1.0.0"}
        )
        words = ("--runs", "30", "--chunk", "20", "--workers", "1", "--executor", "dask", "--out", tmp_path / "out")
        code, _, said = sim("sweep", small, *VARY, *words)
        assert code == 3
        assert "1.0.0 here; 0 of 12 chunks are safe in" in said


class TestWorkers:
    def test_one_that_dies_is_replaced_and_its_part_played_again(self, small: Path, tmp_path: Path) -> None:
        wanted = chunks(played(small, tmp_path / "here", chunk=60))
        study, store = begun(small, tmp_path / "out", chunk=60)
        with store, Crew(study, 1) as crew:
            for k, (part, reply) in enumerate(crew.play(missing(study, store))):
                assert isinstance(reply, bytes)
                store.write_chunk(part.number, reply)
                if k % 3 == 0:
                    crew.all[0].process.kill()
        assert chunks(tmp_path / "out") == wanted

    @pytest.mark.slow
    def test_an_error_fails_its_part_only(self, small: Path, tmp_path: Path) -> None:
        study, store = begun(small, tmp_path / "out")
        bad = replace(study, design=design_of(read_variations([f"{DEADLINE}=4,-4"])))
        with store, Crew(bad, 1) as crew:
            replies = [reply for _, reply in crew.play(bad.chunks())]
        failures = [reply for reply in replies if isinstance(reply, Failure)]
        assert len(failures) == 2
        assert len(replies) == 4
        assert all("BadInput" in failure.why and "-4" in failure.why for failure in failures)

    @pytest.mark.skipif(os.name != "posix", reason="signals")
    @pytest.mark.parametrize(
        "sign", [*(pytest.param(s, marks=pytest.mark.slow) for s in (signal.SIGINT, signal.SIGTERM)), signal.SIGKILL]
    )
    def test_none_outlives_its_program_and_the_same_command_goes_on(self, tmp_path: Path, sign: signal.Signals) -> None:
        import psutil

        out = tmp_path / "out"
        words = [sys.executable, "-m", "sim", "sweep", str(FREEZE), "--vary", "parties.us.patience=4,8,12", "--runs", "600",
                 "--chunk", "100", "--workers", "1", "--out", str(out)]  # fmt: skip
        program = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        until = time.monotonic() + 120
        while not list(out.glob("chunks/chunk-*")) and time.monotonic() < until:
            time.sleep(0.02)
        workers = psutil.Process(program.pid).children(recursive=True)
        program.send_signal(sign)
        _, said = program.communicate(timeout=60)
        _, left = psutil.wait_procs(workers, timeout=30)
        assert not left
        there = len(chunks(out))
        if sign is signal.SIGKILL:
            assert program.returncode == -9
        else:
            assert program.returncode == (130 if sign is signal.SIGINT else 143)
            assert (
                f"Interrupted: {there} of 18 chunks are safe in {out}; the same command goes on from there.\n" in said
            )
        assert there < 18
        code, _, said = sim("show", out)
        assert code == 0


@pytest.mark.usefixtures("at_hand")
class TestReplay:
    def test_says_which_runs_differ(self, small: Path, tmp_path: Path) -> None:
        import pyarrow as pa

        played(small, tmp_path / "out")
        file = sorted((tmp_path / "out" / "chunks").iterdir())[2]
        table = pq.read_table(file)
        rows = table.to_pylist()
        rows[5]["outcome"], rows[5]["offers"] = "refused", 99
        result = read_result(tmp_path / "out")
        file.write_bytes(
            chunk_bytes(
                pa.Table.from_pylist(rows, schema=table.schema), str(study_id(result.manifest)), result.chunks[2]
            )
        )
        code, page, _ = sim("run", tmp_path / "out")
        assert code == 3
        assert "180 runs of" in page
        assert "NOT equal, 1 of them differ." in page
        assert f"{file.name}: 1 runs differ, in outcome, offers; first at design point" in page

    def test_a_result_is_played_as_it_was(self, small: Path, tmp_path: Path) -> None:
        played(small, tmp_path / "out")
        code, _, said = sim("run", tmp_path / "out", "--runs", "5")
        assert code == 2
        assert said.startswith("--runs: a result is played again as it was")

    def test_of_sim_run_too(self, small: Path) -> None:
        sim("run", small, "--runs", "300", "--out", "out", "--set", f"{DEADLINE}=9")
        code, page, _ = sim("run", "out")
        assert (code, page.splitlines()) == (
            0,
            ["300 runs of out played again: equal, byte for byte.",
             "So are summary.json and transcript.txt; pictures are not compared."],
        )  # fmt: skip

    def test_an_interrupt_says_in_one_line_what_was_found(
        self, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from sim.study import replay as replaying

        def until_interrupted(*arguments: Any) -> Iterator[replaying.ChunkVerdict]:
            yield next(whole(*arguments))
            raise Stopped("Interrupted", 130)

        whole = replaying.play_again
        monkeypatch.setattr(replaying, "play_again", until_interrupted)
        code, page, said = sim("run", played(small, tmp_path / "out"))
        assert (code, page) == (130, "")
        assert said == "Interrupted: 1 of 12 chunks were played again, all of them equal; the result is as it was.\n"

    def test_an_interrupt_at_any_other_moment_is_one_line_too(
        self, small: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(*_: object) -> None:
            raise Stopped("Interrupted", 143)

        monkeypatch.setattr(sys.modules["sim.cli.run"], "_study", interrupt)  # `sim.cli.run` is the command
        assert sim("run", small) == (143, "", "Interrupted: nothing was written.\n")

    @pytest.mark.parametrize(
        ("name", "value"),
        [("runs", "x"), ("runs", 0), ("chunk", None), ("seed", -1), ("engine", "fast"), ("scenario", []), ("points", []),
         ("points", [["4"]]), ("points", [[1, 2]]), ("paths", "a")],
    )  # fmt: skip
    def test_a_manifest_that_was_edited(self, small: Path, tmp_path: Path, name: str, value: object) -> None:
        _, store = begun(small, tmp_path / "out")
        store.close()
        manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
        (tmp_path / "out" / "manifest.json").write_text(json.dumps({**manifest, name: value}))
        for command in ("show", "run", "plot"):
            code, _, said = sim(command, tmp_path / "out")
            assert code == 2
            assert f"manifest.json: {name}" in said and " must " in said
            assert len(said.splitlines()) == 1

    def test_what_is_no_result(self, small: Path) -> None:
        Path("empty").mkdir()
        for folder, message in (("empty", "is a folder without manifest.json, so no result"), ("emptyy", "no such")):
            code, _, said = sim("show", folder)
            assert code == 2
            assert message in said
