"""Stops at any moment: one line that says what is safe, an exit code, nothing half written and nothing left running."""

import errno
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from commands import sim
from games import write_small
from playing import FREEZE, ROOT

from sim.cli import signals as stopping
from sim.cli.signals import Stopped
from sim.files import whole_files
from sim.files.result import store as stores

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")
PROGRAM = [sys.executable, "-m", "sim"]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undrawn: None, at_hand: None) -> Path:
    """A small scenario beside a finished result of it, `done`."""
    monkeypatch.chdir(tmp_path)
    path = write_small(Path())
    assert sim("run", path, "--runs", "20", "--out", "done")[0] == 0
    return path


@pytest.fixture
def obeying(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Signals are followed as by the program itself."""
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(stopping, "_obeyed", [])
    before = {
        number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM)
    }
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)  # a shell that starts tests in the background has them ignore some
    stopping._requests.begin()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
    stopping._requests.begin()


WRITING = {
    "run": ["run", "{small}", "--runs", "20", "--out", "r"],
    "sweep": ["sweep", "{small}", "--vary", "parties.judge.patience=3,4", "--runs", "9", "--out", "r"],
    "compare": ["compare", "{small}", "other.yaml", "--runs", "9", "--out", "r"],
    "zopa": ["zopa", "{small}", "--worlds", "0", "--out", "r"],
    "plot": ["plot", "done", "--kind", "ends", "--out", "r.png"],
    "export of runs": ["export", "done", "--to", "r.csv"],
    "export of a domain": ["export", "{small}", "--to", "r"],
    "import": ["import", "domain/river.xml", "--to", "r.yaml"],
}


def words(name: str, small: Path) -> list[str]:
    """A command that writes to `r`, with what it needs."""
    shutil.copy(small, "other.yaml")
    if name == "import":
        assert sim("export", small, "--to", "domain")[0] == 0
        domain = next(path for path in Path("domain").iterdir() if "domain" in path.name.lower())
        return ["import", str(domain), "--to", "r.yaml"]
    return [word.replace("{small}", str(small)) for word in WRITING[name]]


def only_line(said: str) -> str:
    """What a command says, beside that it compiles the first time on a machine."""
    (line,) = (line for line in said.splitlines() if not line.startswith("Compiling"))
    return line


@pytest.mark.parametrize("name", WRITING)
def test_a_full_disk_is_one_line_and_exit_3_for_every_command_that_writes(
    name: str, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    line = words(name, small)
    monkeypatch.setattr(whole_files.os, "fsync", refuse)
    code, _, said = sim(*line)
    assert code == 3
    assert "the disk is full" in only_line(said)
    assert not list(Path().rglob("*.part"))


@pytest.mark.parametrize("name", WRITING)
def test_a_stop_amid_a_file_leaves_none_and_says_what_is_there(
    name: str, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(handle: int) -> None:
        raise Stopped("Interrupted", 143)

    line = words(name, small)
    monkeypatch.setattr(whole_files.os, "fsync", stop)
    code, _, said = sim(*line)
    assert code == 143
    wanted = {"run": "0 of 1 chunks are safe in r", "sweep": "0 of 1 chunks are safe in r"}.get(name)
    wanted = wanted or ("no results are in r yet" if name in ("compare", "zopa") else "nothing was written")
    assert only_line(said).startswith(f"Interrupted: {wanted}")
    assert not list(Path().rglob("*.part"))


def test_what_a_dead_export_left_is_cleared_by_the_next_one(small: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, other = (Path(f".{name}.{whole_files._machine()}.{gone.pid}.part") for name in ("r.csv", "mine.csv"))
    left.touch()
    other.touch()
    assert sim("export", "done", "--to", "r.csv")[0] == 0
    assert not left.exists()
    assert other.exists()


@pytest.mark.usefixtures("obeying")
class TestSignals:
    def test_only_the_first_is_followed_while_the_program_cleans_up(self) -> None:
        stopping.obey_signals()
        with pytest.raises(Stopped) as stopped:
            signal.raise_signal(signal.SIGHUP)
        assert stopped.value.code == 143
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.raise_signal(number)

    def test_what_the_program_was_started_to_ignore_stays_ignored(self) -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        stopping.obey_signals()
        signal.raise_signal(signal.SIGHUP)
        with pytest.raises(Stopped) as stopped:
            signal.raise_signal(signal.SIGINT)
        assert stopped.value.code == 130

    def test_one_that_python_has_to_drop_is_raised_again(self) -> None:
        class Deaf:
            def __del__(self) -> None:
                signal.raise_signal(signal.SIGTERM)

        stopping.obey_signals()
        dropped = Deaf()
        with pytest.raises(Stopped):
            del dropped
            time.sleep(5)

    def test_an_error_on_the_way_out_is_no_news(self, capsys: pytest.CaptureFixture[str]) -> None:
        stopping.obey_signals()
        with pytest.raises(SystemExit) as ended, stopping.ends_told():
            try:
                signal.raise_signal(signal.SIGINT)
            finally:
                raise ValueError("half of it is gone")
        assert ended.value.code == 130
        assert capsys.readouterr().err == "Interrupted: nothing was written.\n"

    def test_a_folder_that_vanishes_is_noticed_while_nothing_is_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stopping, "LOOK", 0.05)
        with stores.Store(tmp_path / "out").open({}) as store, stopping.vanishing_noticed(store.gone):
            time.sleep(0.2)
            (tmp_path / "out").rename(tmp_path / "elsewhere")
            with pytest.raises(Stopped) as stopped:
                time.sleep(5)
        assert (stopped.value.why, stopped.value.code) == (f"the folder {tmp_path / 'out'} is gone", 3)


def test_a_program_that_is_stopped_twice_says_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    line = [*PROGRAM, "run", str(write_small(tmp_path)), "--runs", "1000000", "--out", str(out)]
    program = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 120
    while not list(out.glob("chunks/chunk-*")) and time.monotonic() < until:
        time.sleep(0.02)
    family = psutil.Process(program.pid).children(recursive=True)
    program.send_signal(signal.SIGTERM)
    program.send_signal(signal.SIGINT)
    page, said = program.communicate(timeout=60)
    there = len(list(out.glob("chunks/chunk-*")))
    assert program.returncode in (130, 143)  # the system hands on two that wait in an order of its own
    assert page == ""
    safe = f"Interrupted: {there:,} of 4,000 chunks are safe in {out}; the same command plays all of them again."
    assert only_line(said) == safe
    assert not list(out.rglob("*.part"))
    assert not psutil.wait_procs(family, timeout=20)[1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_standard_output_that_is_full_or_closed(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "schema"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 3
    assert done.stderr == "standard output cannot be written (the disk is full): nothing was written.\n"
    file = tmp_path / "schema.json"
    limited = f"ulimit -f 10; exec {shlex.join(PROGRAM)} schema > {shlex.quote(str(file))}"  # 10 kB of some 90
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(["sh", "-c", limited], cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*PROGRAM, "schema"], cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.stderr == b""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["run", "export of runs", "plot"])
def test_a_disk_that_fills_up(name: str, tmp_path: Path) -> None:
    """A file system of 300 kB, where this user may mount one."""
    disk, made = tmp_path / "disk", tmp_path / "made"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "none", disk], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("may not mount")
    try:
        subprocess.run(
            [*PROGRAM, "run", FREEZE, "--runs", "6000", "--out", made], cwd=ROOT, check=True, capture_output=True
        )
        line = {
            "run": ["run", FREEZE, "--runs", "6000", "--out", disk / "r"],
            "export of runs": ["export", made, "--to", disk / "r.csv"],
            "plot": ["plot", made, "--kind", "ends", "--out", disk / "r.svg"],
        }[name]
        (disk / "ballast").write_bytes(b"0" * (290_000 if name == "plot" else 10_000))
        done = subprocess.run([*PROGRAM, *line], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 3
        assert len(done.stderr.splitlines()) == 1 and "the disk is full" in done.stderr
        assert not list(disk.rglob("*.part"))
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.slow
def test_commands_under_fire_leave_everything_as_it_should_be() -> None:
    line = [sys.executable, "benchmarks/stops.py", "--stops", "3", "--seed", "7"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
