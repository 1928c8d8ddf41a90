"""Whole negotiations a second on one core: batch and mesa, with and without reasons, on a scenario and on plain spaces.

    python benchmarks/negotiations.py [SPACE.json ...] [--runs 1000]

A space is a JSON file with `sizes`, `reserved`, `curves`, `exponents` and per party `weights` and `values`. Its exponent e
means an aspiration of 1 - t^e, so the concession exponent is 1 / e.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

from sim.analysis.feasibility.reasons import reasons
from sim.batch import play_all
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.files.scenario.reader import read_scenario
from sim.game import Game
from sim.scenario import Scenario

ROUNDS = 50
MESA_SHARE = 40  # mesa plays this many times fewer runs
ROOT = Path(__file__).parent.parent


def space_scenario(path: Path, redrawn: bool) -> Scenario:
    """A plain space as a scenario without status quo: alternating offers, everybody's consent needed."""
    space = json.loads(path.read_text())
    options = [[f"o{o}" for o in range(size)] for size in space["sizes"]]
    why = {"assumed": "given by the benchmark"}

    def party(n: int, given: dict[str, list[list[float]]]) -> dict[str, object]:
        priorities = {
            f"i{i}": {"weight": weight, "values": dict(zip(options[i], values, strict=True))}
            for i, (weight, values) in enumerate(zip(given["weights"], given["values"], strict=True))
        }
        exponent = 1.0 / space["exponents"][space["curves"][n]]
        concession = {"exponent": exponent, "deadline": ROUNDS}
        spread = {"weights_sd": 0.25, "values_sd": 0.1} if redrawn else {}
        no_deal = {"base": space["reserved"]}
        return {"name": f"P{n}", "role": "belligerent", "priorities": priorities, "no_deal": no_deal,
                "concession": concession, **spread, **why}  # fmt: skip

    issues = {f"i{i}": {"title": f"I{i}", "options": {o: o for o in names}} for i, names in enumerate(options)}
    parties = {f"p{n}": party(n, given) for n, given in enumerate(space["parties"])}
    phases = [{"id": "talks", "rounds": ROUNDS, **why}]
    return Scenario.model_validate(
        {"title": path.stem, "summary": "benchmark", "issues": issues, "parties": parties, "phases": phases}
    )


def per_second(play: Callable[[], object], runs: int) -> float:
    """Runs a second; the first call compiles and does not count."""
    play()
    start = time.perf_counter()
    play()
    return runs / (time.perf_counter() - start)


def measure(name: str, game: Game, runs: int) -> None:
    """Print one line of the table."""
    from sim.talks.runs import play_all as play_mesa

    uniforms = Uniforms(1, 0, runs)
    worlds, few = realise(game, uniforms), realise(game, Uniforms(1, 0, max(1, runs // MESA_SHARE)))
    outcomes = play_all(game, worlds)
    bare = per_second(lambda: play_all(game, worlds), runs)
    judged = per_second(lambda: reasons(game, worlds, play_all(game, worlds)), runs)
    drawn = per_second(lambda: play_all(game, realise(game, uniforms)), runs)
    mesa = per_second(lambda: play_mesa(game, few), len(few.start))
    why = per_second(lambda: reasons(game, worlds, outcomes), runs)
    print(
        f"{name:<26}{bare:>10.0f}{judged:>10.0f}{drawn:>10.0f}{mesa:>8.1f}{bare / mesa:>9.0f}x{1e3 / why:>12.3f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spaces", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=1000)
    given = parser.parse_args()
    print("negotiations a second on one core")
    print(f"{'':<26}{'batch':>10}{'+reasons':>10}{'+draws':>10}{'mesa':>8}{'ratio':>10}{'reasons, ms':>12}")
    measure(
        "freeze_lines", compile_scenario(read_scenario(ROOT / "scenarios" / "freeze_lines.yaml").scenario), given.runs
    )
    for path in given.spaces:
        measure(path.stem, compile_scenario(space_scenario(path, redrawn=False)), given.runs)
        measure(f"{path.stem}, redrawn", compile_scenario(space_scenario(path, redrawn=True)), given.runs)


if __name__ == "__main__":
    main()
