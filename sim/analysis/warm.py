"""Compile the search for reasons beside the loop that plays, the first time on a machine, in a process of its own."""

import os
import subprocess
import sys
import threading

from sim.analysis.feasibility.reasons import reasons
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.processes import command
from sim.records import End, room
from sim.scenario import Scenario

_PARTY = {
    "role": "belligerent",
    "priorities": {"land": {"weight": 1.0, "values": {"war": 0.0, "peace": 1.0}}},
    "no_deal": {"base": 0.5},
    "concession": {"exponent": 1.0, "deadline": 1.0},
}
TINY = {
    "title": "Tiny",
    "summary": "The smallest game.",
    "issues": {"land": {"title": "Land", "status_quo": "war", "options": {"war": "War", "peace": "Peace"}}},
    "parties": {"a": {"name": "A", **_PARTY}, "b": {"name": "B", **_PARTY}},
    "phases": [{"id": "talks", "rounds": 1}],
}
"""A game that every compiled function takes the same types from as from any other game."""


def compile_reasons() -> None:
    """Judge one run of the smallest game, which compiles and keeps what judging needs."""
    game = compile_scenario(Scenario.model_validate(TINY))
    outcomes = room(game, 1)
    outcomes.end[:] = End.DEADLINE
    reasons(game, realise(game, Uniforms(0, 0, 1)), outcomes)


_STARTED: list[subprocess.Popen[bytes]] = []
"""Kept, as each ends once nobody holds the other end of its input any more."""


def end_with_parent() -> None:
    """End at once when the program is gone that wanted this, however it ended."""
    sys.stdin.buffer.read()
    os._exit(1)


def start() -> subprocess.Popen[bytes]:
    """Compile in a process of its own: numba compiles one function at a time in each process."""
    started = subprocess.Popen(command("sim.analysis.warm"), stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    _STARTED.append(started)
    return started


if __name__ == "__main__":
    threading.Thread(target=end_with_parent, daemon=True).start()
    compile_reasons()
