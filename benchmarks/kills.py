"""Sweeps that are killed at random moments, program and workers alike, and must end in the same bytes all the same.

    python benchmarks/kills.py [--kills 100] [--runs 4000] [--seed 1] [--executor local|dask]

A sweep is played without disturbance first, by one worker. Then it is played again and again by two workers, and kill -9
hits the program or one of its workers. A program that was killed is started anew by the same command. Every finished sweep is
exported and compared with the first one. A Dask cluster may be lost with a worker. The program then ends with exit code 3,
and the same command goes on. Exit code 1 where the bytes differ, a process is left over, or a command fails.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
POINTS = "parties.us.patience=2:20:4"
WORKERS = ("sim.study.workers.worker", "spawn_main")  # on the command lines of workers, ours and those of Dask
LOST = 3
LONGEST = 6.0  # seconds that a program lives at most before something is killed


def command(out: Path, runs: int, *more: str) -> list[str]:
    scenario = str(ROOT / "scenarios" / "freeze_lines.yaml")
    size = ["--runs", str(runs), "--chunk", "500"]
    return [sys.executable, "-m", "sim", "sweep", scenario, "--vary", POINTS, *size, "--out", str(out), *more]


def run(words: list[str]) -> str:
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)}\nended with {done.returncode}: {done.stderr}")
    return done.stdout


def exported(out: Path) -> bytes:
    """The runs of a result as CSV."""
    file = out.parent / f"{out.name}.csv"
    run([sys.executable, "-m", "sim", "export", str(out), "--to", str(file)])
    return file.read_bytes()


def play_under_fire(words: list[str], kills: int, chance: random.Random) -> tuple[int, int, int]:
    """Start a command until it ends by itself; programs killed, workers killed, and commands started."""
    programs = workers = started = 0
    while True:
        program = psutil.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        started += 1
        while programs + workers < kills and program.poll() is None:
            time.sleep(chance.uniform(0.0, LONGEST))
            children = _children(program)
            if children and chance.random() < 0.5:
                workers += _killed(chance.choice(children))
            elif program.poll() is None:
                program.kill()
                programs += 1
                _must_end(children)
        errors = program.communicate()[1]
        if program.returncode == 0:
            return programs, workers, started
        if program.returncode != -9 and not (program.returncode == LOST and "the same command" in errors):
            sys.exit(f"ended with {program.returncode}: {errors}")


def _children(program: psutil.Popen) -> list[psutil.Process]:
    """Its workers; helpers of the interpreter are left alone."""
    try:
        return [child for child in program.children(recursive=True) if _is_worker(child)]
    except psutil.NoSuchProcess:
        return []


def _is_worker(child: psutil.Process) -> bool:
    try:
        return any(sign in word for word in child.cmdline() for sign in WORKERS)
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


def _killed(worker: psutil.Process) -> bool:
    """Kill it, unless it has just ended by itself."""
    try:
        worker.kill()
    except psutil.NoSuchProcess:
        return False
    return True


def _must_end(workers: list[psutil.Process]) -> None:
    """Workers end with their program."""
    _, left = psutil.wait_procs(workers, timeout=30)
    if left:
        sys.exit(f"workers outlived their program: {left}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--runs", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--executor", default="local")
    given = parser.parse_args()
    chance, left, sweeps = random.Random(given.seed), given.kills, 0
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        run(command(home / "quiet", given.runs, "--workers", "1"))
        wanted = exported(home / "quiet")
        while left > 0:
            out = home / f"sweep-{sweeps}"
            words = command(out, given.runs, "--workers", "2", "--executor", given.executor)
            programs, workers, started = play_under_fire(words, left, chance)
            left, sweeps = left - programs - workers, sweeps + 1
            same = exported(out) == wanted
            print(
                f"sweep {sweeps}: program killed {programs} times, workers {workers} times, started {started} times: "
                f"{'the same bytes' if same else 'OTHER BYTES'}",
                flush=True,
            )
            if not same:
                sys.exit(1)
    print(f"{given.kills} kills, {sweeps} sweeps, {len(wanted):,} bytes each: all the same")


if __name__ == "__main__":
    main()
