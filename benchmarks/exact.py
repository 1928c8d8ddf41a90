"""How long the exact answers take: a plain space, and the whole agenda of scenarios.

    python benchmarks/exact.py [SPACE.json ...] [--worlds 200] [--negmas]

Of a space: zone, count, frontier and the four solutions. With `--negmas` the frontier and all statistics of that library
stand beside them (in an environment of its own, see `against_negmas.py`). Of each scenario the same, the minimal sets where
there is no zone, and the settlements that hold in most worlds. Every figure is the best of three after a first call, which
compiles.
"""

import argparse
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from against_negmas import HOME, PEER, VERSION, interpreter
from negotiations import ROOT, space_scenario

from sim.analysis.exact.answer import COVERS, counts_of, stage
from sim.analysis.exact.covering import covering
from sim.analysis.exact.relaxations import opening
from sim.analysis.exact.robust import most_robust
from sim.analysis.exact.spaces import space_of
from sim.compiling import compile_scenario
from sim.draws import Uniforms
from sim.files.scenario.reader import read_scenario
from sim.game import Game

SCENARIOS = ("freeze_lines", "november_draft")
THREADS = 2


def best(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of the quickest of some calls, not counting a first one."""
    work()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def surveyed(name: str, game: Game) -> float:
    found = stage(game, None, THREADS)
    seconds = best(lambda: stage(game, None, THREADS))
    print(
        f"{name}: zone, count, frontier, solutions of {found.space.total:,} packages x {len(game.names.parties)} parties "
        f"({found.packages:,} in the zone, {len(found.front.number):,} on the frontier): {seconds:.3f} s"
    )
    return seconds


def beside(space: Path, seconds: float, home: Path) -> None:
    """What NegMAS takes for the same space."""
    words = [str(interpreter(home)), str(PEER), str(space), "exact"]
    peer = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    for what, said in (("frontier", f" ({peer['points']:,} points, zone or not)"), ("statistics", "")):
        print(f"  {VERSION}, {what}{said}: {peer[what]:.2f} s, {peer[what] / seconds:,.0f} times as long")


def whole(name: str, worlds: int) -> None:
    """Everything that `sim zopa` asks of a scenario."""
    game = compile_scenario(read_scenario(ROOT / "scenarios" / f"{name}.yaml").scenario)
    space, luck = space_of(game), Uniforms(1, 0, worlds)
    surveyed(name, game)
    print(f"  minimal sets of red lines: {best(lambda: opening(game, space, False)):.3f} s")
    counts = counts_of(game, space, luck, THREADS)
    seconds = best(lambda: counts_of(game, space, luck, THREADS), 1)
    robust = best(lambda: most_robust(game, space, counts, 1, 5))
    covers = best(lambda: covering(game, space, counts, 1, THREADS, COVERS), 1)
    print(
        f"  {worlds} worlds counted: {seconds:.2f} s; robust settlements of them: {robust:.2f} s, "
        f"the list that covers most: {covers:.2f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spaces", type=Path, nargs="*")
    parser.add_argument("--worlds", type=int, default=200)
    parser.add_argument("--negmas", action="store_true")
    parser.add_argument("--home", type=Path, default=HOME)
    given = parser.parse_args()
    for path in given.spaces:
        seconds = surveyed(path.stem, compile_scenario(space_scenario(path, redrawn=False)))
        if given.negmas:
            beside(path, seconds, given.home)
    for name in SCENARIOS:
        whole(name, given.worlds)


if __name__ == "__main__":
    main()
