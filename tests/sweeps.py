"""Finished and unfinished sweeps for tests, made up: run k has the same luck at every design point."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import numpy as np
from games import SMALL, write_small

from sim.files.result.chunks import Chunk
from sim.files.scenario.reader import read_scenario
from sim.records import Design, End, Rows, Why
from sim.report.sweep.view import Sweep, sweep_of
from sim.scenario import Scenario
from sim.study.workers.tasks import Study, play_task

LONG = "Terms that cost $5 over a front as long as the " + "very " * 9 + "Donaudampfschiff" * 4
PATIENCE, FAITH, ROUNDS = "parties.judge.patience", "parties.upper.good_faith", "phases.talks.rounds"
CONSULTS = "phases.talks.consults"
FAILURES = (End.DEADLINE, End.WALKED_AWAY, End.RATIFICATION_FAILED, End.INTERIM_ONLY, End.REFUSED)

Chance = Callable[..., float]


@cache
def river(title: str = "The river and the fish") -> Scenario:
    """The small scenario, under a title of one's own."""
    with TemporaryDirectory() as folder:
        text = SMALL.replace("title: The river and the fish", f"title: {title}")
        return read_scenario(write_small(Path(folder), text)).scenario


class Here:
    """Plays parts in this process, in any order: the peer that every executor is held against."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def play(self, parts: list[Chunk]) -> Iterator[tuple[Chunk, bytes]]:
        for part in reversed(list(parts)):
            yield part, play_task(self.study.task(part))


def over(axes: dict[str, Sequence[object]]) -> Design:
    return Design(tuple(axes), tuple(tuple(map(str, point)) for point in itertools.product(*axes.values())))


def scattered(points: int, *paths: str, seed: int = 1) -> Design:
    """A Latin hypercube on the unit cube."""
    rng = np.random.default_rng(seed)
    columns = [(rng.permutation(points) + 0.5) / points for _ in paths]
    return Design(paths, tuple(tuple(f"{value:.4f}" for value in point) for point in zip(*columns, strict=True)))


def rows(design: Design, runs: int, chance: Chance, missing: Sequence[int] = (), core: float = 0.5) -> Rows:
    """`chance` of agreement by the values of a point, numbers where they are; no runs at `missing` points."""
    luck, way = np.random.default_rng(7).random((2, runs))
    numbers = np.arange(runs)
    parts = []
    for k, point in enumerate(design.points):
        if k in missing:
            continue
        hit = luck < chance(*(_number(text) for text in point))
        failed = np.array(FAILURES)[(way * len(FAILURES)).astype(int)]
        package = np.column_stack(
            [(way * 2.999).astype(int), (luck * 4).astype(int) % 2, (way * (k % 3 + 0.99)).astype(int)]
        )
        parts.append(
            Rows(
                np.full(runs, k),
                numbers,
                np.where(hit, int(End.AGREEMENT), failed),
                np.where(hit, int(Why.AGREED), int(Why.NOT_CONCEDED)),
                (way * 12).astype(int),
                luck < 0.95,
                hit & (way < core),
                way,
                package,
                np.column_stack([way, 1 - way]),
            )
        )
    empty = np.zeros(0, np.int64)
    if not parts:
        none = np.zeros((0, 3), np.int64), np.zeros((0, 2))
        return Rows(empty, empty, empty, empty, empty, empty > 0, empty > 0, empty * 1.0, *none)
    return Rows(*(np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])))


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def result(
    design: Design, chance: Chance, runs: int = 200, missing: Sequence[int] = (), scenario: Scenario | None = None
) -> Any:
    """What `sim.files.result.reader.read_result` gives, made up."""
    made = rows(design, runs, chance, missing)
    issues = SimpleNamespace(
        issues=("bank", "fish", "toll"),
        options=(("disputed", "shared", "upper"), ("unlimited", "capped"), ("none", "low", "high")),
    )
    game = SimpleNamespace(names=issues, total_rounds=lambda: 16)
    return SimpleNamespace(
        folder=Path(),
        manifest={"runs": runs, "seed": 1},
        scenario=scenario or river(),
        design=design,
        rows=made,
        game=lambda point=0: game,
    )


def sweep(*arguments: Any, **changes: Any) -> Sweep:
    """The same, in words."""
    return sweep_of(result(*arguments, **changes))
