"""Our search and the same in plain C (peer.c), over the searches of real negotiations: searches a second, and the ratio.

    python benchmarks/against_c.py [SPACE.json ...] [--runs 100]

A negotiation is played turn by turn and every search that an offer takes is recorded: what the party looks up, and the
package that it starts from. Then each side goes over all of them in one loop. Ours works on one state, so its loop also
loads each record; a loop that only loads is timed too and taken off. Ends with 1 where packages or scores differ.
"""

import argparse
import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, cast

import numba
import numpy as np
from negotiations import ROOT, space_scenario

from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.files.scenario.reader import read_scenario
from sim.game import Floats, Game, Ints, Rulebook, World
from sim.rules.handles import rulebook_handle, state_handle
from sim.rules.search.ascent import ascend
from sim.rules.state import State
from sim.talks import agents
from sim.talks.runs import negotiate

REPEATS = 7
OF_PARTY = ("table", "most", "bearable", "banned", "mildest", "dearest", "amount", "forbids", "counting_own",
            "counting_others")  # fmt: skip


class Searches(NamedTuple):
    """Recorded searches, n of them; names and shapes as in `sim.rules.state`, those of the searcher without its axis."""

    party: Any
    start: Any
    table: Any
    most: Any
    bearable: Any
    banned: Any
    mildest: Any
    dearest: Any
    amount: Any
    forbids: Any
    counting_own: Any
    counting_others: Any
    asks: Any
    always: Any
    asking: Any
    present: Any
    floor: Any
    scale: Any
    holding: Any
    is_open: Any
    closed: Any
    named: Any
    hits: Any


def record(game: Game, runs: int) -> tuple[Searches, State]:
    """The searches of some negotiations, and a state whose numbering of options is that of the game."""
    found: list[dict[str, Any]] = []
    propose, last = agents.propose, []

    def listening(g: Rulebook, w: World, s: State, p: int) -> bool:
        state = cast(Any, s).record
        starts = [state.last_offer[p].copy() if state.has_offered[p] else state.best[p].copy()]
        starts += [state.text.copy()] if state.has_text[0] else []
        tabled = propose(g, w, s, p)
        assert not state.has_quota[0], "the peer knows no quotas"
        seen = {name: getattr(state, name)[p].copy() for name in OF_PARTY}
        seen |= {name: getattr(state, name).copy() for name in Searches._fields[2 + len(OF_PARTY) :]}
        found.extend({"party": p, "start": start, **seen} for start in starts)
        last[:] = [state]
        return bool(tabled)

    agents.propose = listening
    try:
        worlds = realise(game, Uniforms(1, 0, runs))
        for k in range(runs):
            negotiate(game, worlds.at(k))
    finally:
        agents.propose = propose
    columns = (np.ascontiguousarray(np.stack([each[name] for each in found])) for name in Searches._fields)
    return Searches(*columns), last[0]


@numba.njit(nogil=True, error_model="numpy")
def go_through(rules: Rulebook, state: State, r: Searches, search: bool, packages: Ints, scores: Floats) -> None:
    """Load every record into the state and, if asked to, search."""
    g, s = rulebook_handle(rules), state_handle(state)
    for k in range(len(r.party)):
        p = r.party[k]
        state.table[p, :, :], state.most[p, :, :], state.bearable[p, :] = r.table[k], r.most[k], r.bearable[k]
        state.banned[p, :], state.mildest[p, :], state.dearest[p, :] = r.banned[k], r.mildest[k], r.dearest[k]
        state.amount[p, :], state.forbids[p, :] = r.amount[k], r.forbids[k]
        state.counting_own[p, :], state.counting_others[p, :] = r.counting_own[k], r.counting_others[k]
        state.asks[:, :], state.always[:], state.asking[:] = r.asks[k], r.always[k], r.asking[k]
        state.present[:], state.floor[:], state.scale[:] = r.present[k], r.floor[k], r.scale[k]
        state.holding[:], state.is_open[:] = r.holding[k], r.is_open[k]
        state.closed[:], state.named[:, :], state.hits[:, :] = r.closed[k], r.named[k], r.hits[k]
        if search:
            scores[k] = ascend(g, s, p, r.start[k])
            packages[k, :] = s.x


class Sizes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int64) for name in ("issues", "options", "parties", "joint")]


POINTERS = ("table", "most", "dearest", "banned", "mildest", "asks", "always", "present", "open", "floor", "scale", "amount",
            "owner", "forbids", "members", "named", "hits", "holding")  # fmt: skip


class Search(ctypes.Structure):
    _fields_ = [
        ("party", ctypes.c_int64),
        *((name, ctypes.c_void_p) for name in POINTERS),
        *((name, ctypes.c_int64) for name in ("closed", "counting", "counting_own")),
    ]


def joint_patterns(game: Game, r: Searches) -> dict[str, Any]:
    """What the peer knows of joint patterns: n records of amount, owner, refusal and members."""
    rules, joint = game.rules, game.rules.joint
    owners = np.concatenate([rules.line_owner, rules.link_owner])
    owner = np.array([owners[k] if k < len(owners) else -1 for k in joint], np.int64)
    asks = rules.phase_groups[0] & rules.group_whole
    members = np.zeros((len(joint), len(game.names.parties)), np.uint8)
    for row, k in zip(members, joint, strict=True):
        row[:] = rules.group_members[k - len(owners)] & asks[k - len(owners)] if k >= len(owners) else 0
    n = len(r.party)
    fixed = {"owner": np.repeat(owner[None], n, 0), "members": np.repeat(members[None], n, 0)}
    return fixed | {"amount": r.amount[:, joint].copy(), "forbids": r.forbids[:, joint].copy()}


def one_word(bits: Ints, axis: int) -> Ints:
    """Bits of no word or one as numbers."""
    return np.zeros(np.delete(bits.shape, axis), np.int64) if bits.shape[axis] == 0 else bits.take(0, axis).copy()


def peer_searches(game: Game, r: Searches) -> tuple[Any, dict[str, Any]]:
    """The records as the peer reads them, and the arrays that they point to."""
    assert r.named.shape[1] <= 1, "the peer follows joint patterns in one word"
    fields = {name: getattr(r, name) for name in POINTERS if name in Searches._fields} | joint_patterns(game, r)
    fields |= {"open": r.is_open, "named": one_word(r.named, 1), "hits": one_word(r.hits, 1)}
    counting, own = one_word(r.counting_own | r.counting_others, 1), one_word(r.counting_own, 1)
    searches = (Search * len(r.party))()
    for k, search in enumerate(searches):
        search.party, search.closed = int(r.party[k]), int(r.closed[k, 0])
        search.counting, search.counting_own = int(counting[k]), int(own[k])
        for name in POINTERS:
            setattr(search, name, fields[name].ctypes.data + k * fields[name].strides[0])
    return searches, fields


def compiler() -> str | None:
    """The C compiler at hand."""
    names = [os.environ["CC"]] if os.environ.get("CC") else ["cc", "gcc", "clang"]
    return next((found for name in names if (found := shutil.which(name))), None)


def build(cc: str, folder: Path) -> Any:
    """Compile the peer; no arithmetic is fused or reordered."""
    library = folder / "peer.so"
    source = Path(__file__).with_name("peer.c")
    flags = ["-O3", "-march=native", "-ffp-contract=off", "-Wall", "-shared", "-fPIC"]
    subprocess.run([cc, *flags, "-o", library, source], check=True)
    return ctypes.CDLL(str(library)).search_all


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def compare(name: str, game: Game, runs: int, search_all: Any) -> bool:
    """Print one line; whether both sides found the same."""
    r, state = record(game, runs)
    n, rules = len(r.party), game.rules
    first = np.ascontiguousarray(state.first.astype(np.int64))
    searches, kept = peer_searches(game, r)
    sizes = Sizes(len(rules.options), int(first[-1]), len(game.names.parties), len(rules.joint))
    ours, theirs = (np.zeros(r.start.shape, np.int64), np.zeros(n)), (np.zeros(r.start.shape, np.int64), np.zeros(n))
    pointers = [ctypes.c_void_p(array.ctypes.data) for array in (r.start, *theirs)]
    calls: dict[str, Callable[[], object]] = {
        "load": lambda: go_through(rules, state, r, False, *ours),
        "ours": lambda: go_through(rules, state, r, True, *ours),
        "theirs": lambda: search_all(
            ctypes.byref(sizes), ctypes.c_void_p(first.ctypes.data), ctypes.c_int64(n), searches, *pointers
        ),
    }
    for call in calls.values():
        call()
    times = [{key: seconds(call) for key, call in calls.items()} for _ in range(REPEATS)]
    best = {key: min(each[key] for each in times) for key in calls}
    took = best["ours"] - best["load"]
    print(f"{name:<26}{n:>10}{n / took:>14.0f}{n / best['theirs']:>14.0f}{took / best['theirs']:>10.2f}", flush=True)
    same = all(np.array_equal(a, b) for a, b in zip(ours, theirs, strict=True))
    if not same:
        apart = (ours[0] != theirs[0]).any(axis=1) | (ours[1] != theirs[1])
        print(f"{name}: {apart.sum()} of {n} searches end elsewhere", file=sys.stderr)
    return same and bool(kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spaces", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=100)
    given = parser.parse_args()
    cc = compiler()
    if cc is None:
        print("no C compiler (set CC): nothing to compare with")
        return
    games = {"freeze_lines": compile_scenario(read_scenario(ROOT / "scenarios" / "freeze_lines.yaml").scenario)}
    for path in given.spaces:
        games[path.stem] = compile_scenario(space_scenario(path, redrawn=False))
        games[f"{path.stem}, redrawn"] = compile_scenario(space_scenario(path, redrawn=True))
    with tempfile.TemporaryDirectory() as folder:
        search_all = build(cc, Path(folder))
        print(f"{'':<26}{'searches':>10}{'ours a second':>14}{'C a second':>14}{'ours / C':>10}")
        same = [compare(name, game, given.runs, search_all) for name, game in games.items()]
    sys.exit(0 if all(same) else 1)


if __name__ == "__main__":
    main()
