"""Whole negotiations a second beside NegMAS, the large negotiation-agent library, on the same plain spaces.

    python benchmarks/against_negmas.py SPACE.json [...] [--seconds 20] [--home FOLDER]

NegMAS is AGPL and no dependency of this project. It is installed into an environment of its own (`--home`, by default in
the user's cache). One process each. The rules are alike, not equal. Both bargain for 50 rounds by time-dependent aspirations.
NegMAS offers the outcome nearest to its aspiration, ours the one best for the others among those that it accepts.
"""

import argparse
import json
import subprocess
import sys
import time
import venv
from pathlib import Path

import platformdirs
from negotiations import ROUNDS, space_scenario

from sim.compiling import compile_scenario
from sim.draws import Uniforms
from sim.study.plan import play_runs

VERSION = "negmas==0.16.0"
PEER = Path(__file__).with_name("peer_negmas.py")
BLOCK = 1000
HOME = platformdirs.user_cache_path("negotiation-simulator") / "negmas"


def interpreter(home: Path) -> Path:
    """The Python of the environment that NegMAS has to itself, which is made where it is not there."""
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if (
        subprocess.run([python, "-c", "import negmas"], capture_output=True, check=False).returncode
        if python.exists()
        else True
    ):
        print(f"installing {VERSION} into {home}: once, about a minute", file=sys.stderr)
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", VERSION], check=True)
    return python


def ours(space: Path, redrawn: bool, seconds: float) -> tuple[float, float]:
    """Negotiations a second of one process, draws and reasons included, and the share that agrees."""
    game = compile_scenario(space_scenario(space, redrawn))
    play_runs(game, "batch", Uniforms(1, 0, 10))
    start, n, agreed = time.perf_counter(), 0, 0
    while time.perf_counter() - start < seconds:
        agreed += int((play_runs(game, "batch", Uniforms(1, n, BLOCK)).outcomes.end == 1).sum())
        n += BLOCK
    return n / (time.perf_counter() - start), agreed / n


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spaces", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--home", type=Path, default=HOME)
    given = parser.parse_args()
    python = interpreter(given.home)
    print(f"negotiations a second of one process, {ROUNDS} rounds; {VERSION}")
    print(f"{'':<24}{'NegMAS':>10}{'agreed':>8}{'ours':>10}{'agreed':>8}{'ratio':>10}")
    for space in given.spaces:
        words = [str(python), str(PEER), str(space), str(given.seconds)]
        peer = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
        for kind in ("redrawn", "fixed"):
            rate, agreed = ours(space, kind == "redrawn", given.seconds / 4)
            theirs = peer[kind]
            print(
                f"{f'{space.stem}, {kind}':<24}{theirs['per_second']:>10.2f}{theirs['agreed']:>8.0%}{rate:>10,.0f}"
                f"{agreed:>8.0%}{rate / theirs['per_second']:>9,.0f}x",
                flush=True,
            )


if __name__ == "__main__":
    main()
