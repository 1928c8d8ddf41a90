"""Processes of the program run its own code: nothing is imported from the folder that the user stands in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from games import write_small
from playing import ROOT

from sim.files.scenario.reader import read_scenario
from sim.processes import command
from sim.records import Design
from sim.study import Plan
from sim.study.missing_chunks import study_of
from sim.study.workers.local import Crew
from sim.study.workers.tasks import Failure

PLANTED = ("random", "queue", "pickle", "threading", "multiprocessing", "numpy", "dask", "signal", "copy")
"""Modules that workers, or what starts them, import early."""

SCRIPT = str(Path(sys.executable).with_name("sim"))


def hostile(folder: Path, *also: str) -> Path:
    """A folder with modules that leave a mark wherever they are imported, and fail."""
    for name in (*PLANTED, *also):
        (folder / f"{name}.py").write_text(
            f"open({str(folder / 'mark')!r}, 'w').close()\nraise RuntimeError('planted')\n"
        )
    return folder


def swept(folder: Path, *words: str, executor: str = "local", **variables: str) -> subprocess.CompletedProcess[str]:
    game = write_small(folder)
    sizes = ("--vary", "phases.talks.rounds=8,9", "--runs", "4", "--workers", "1", "--executor", executor)
    line = [*words, "sweep", str(game), *sizes, "--out", "out"]
    environment = {**os.environ, **variables}
    return subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)


class TestTheCurrentFolder:
    @pytest.mark.parametrize("executor", ["local", pytest.param("dask", marks=pytest.mark.slow)])
    def test_is_nothing_to_the_script_and_its_workers(self, tmp_path: Path, executor: str) -> None:
        (tmp_path / "shared").mkdir()
        folder = hostile(tmp_path, "sim", "sitecustomize")
        done = swept(folder, SCRIPT, executor=executor, TMPDIR=str(tmp_path / "shared"))
        assert done.returncode == 0, done.stderr
        assert not (tmp_path / "mark").exists()
        assert not list((tmp_path / "shared").iterdir())  # Dask takes a folder of that name for a place to import from

    def test_is_nothing_to_python_m_sim_once_it_runs(self, tmp_path: Path) -> None:
        game = write_small(hostile(tmp_path))
        line = [sys.executable, "-m", "sim", "check", str(game)]
        done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert not (tmp_path / "mark").exists()

    @pytest.mark.slow
    def test_is_nothing_to_the_workers_of_python_m_sim(self, tmp_path: Path) -> None:
        done = swept(hostile(tmp_path), sys.executable, "-m", "sim")
        assert done.returncode == 0, done.stderr
        assert not (tmp_path / "mark").exists()

    def test_is_nothing_to_a_process_that_we_start(self, tmp_path: Path) -> None:
        hostile(tmp_path, "sim", "sitecustomize")
        done = subprocess.run([*command("sim"), "--version"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.stdout.startswith("sim "), done.stderr
        assert not (tmp_path / "mark").exists()

    def test_of_another_copy_is_not_played_even_where_it_is_first_on_the_path(self, tmp_path: Path) -> None:
        hostile(tmp_path, "sim")
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        for name in PLANTED:
            (tmp_path / f"{name}.py").unlink()
        line = [*command("sim"), "--version"]
        done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
        assert done.stdout.startswith("sim "), done.stderr

    def test_has_no_settings_of_numba_for_us(self, tmp_path: Path) -> None:
        (tmp_path / ".numba_config.yaml").write_text("disable_jit: 1\ncpu_name: generic\n")
        code = "import sim.rules.compiled, numba; print(numba.config.DISABLE_JIT, numba.config.CPU_NAME)"
        line = [sys.executable, "-c", code]
        done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert (done.stdout, done.stderr) == ("0 None\n", "")

    def test_does_not_even_read_them(self, tmp_path: Path) -> None:
        (tmp_path / ".numba_config.yaml").write_text("{bad: [yaml\n")
        line = [*command("sim"), "check", str(ROOT / "scenarios" / "textbook" / "fearon.yaml")]
        done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")

    def test_is_on_no_command_line_of_ours(self) -> None:
        starting = [file for file in (ROOT / "sim").rglob("*.py") if "sys.executable" in file.read_text()]
        assert starting == [ROOT / "sim" / "processes.py"]


class TestLastWords:
    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("import sys; print('chatter', file=sys.stderr); raise ValueError('no \\x1b luck')",
             "exit code 1: ValueError: no \\x1b luck"),
            ("import os; os._exit(7)", "exit code 7"),
            pytest.param("import os; os.kill(os.getpid(), 9)", "SIGKILL (is there too little memory?)",
                         marks=pytest.mark.skipif(os.name != "posix", reason="signals")),
        ],
    )  # fmt: skip
    def test_of_a_worker_are_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, said: str) -> None:
        monkeypatch.setattr("sim.study.workers.local.command", lambda module: [sys.executable, "-c", code])
        study = study_of(read_scenario(write_small(tmp_path)), Design(), Plan(4, 1))
        with Crew(study, 1) as crew:
            [(_, reply)] = crew.play(study.chunks())
        assert isinstance(reply, Failure)
        assert reply.why == f"3 workers died over it, the last with {said}"
