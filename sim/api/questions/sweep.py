"""A scenario at many settings: what is to be played, checked before anything is, and played as far as it is missing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.api.questions.front import Front
from sim.api.questions.play import check_days
from sim.api.questions.read import takes_the_place

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sim.files.result.store import Store
    from sim.files.scenario.overrides import Override
    from sim.files.scenario.reader import Loaded
    from sim.records import Design
    from sim.scenario import Scenario
    from sim.study import Plan
    from sim.study.workers.tasks import Failure, Study
    from sim.study.workers.workplaces import Workplace

RUNS, WORLDS = 500, 200
"""Negotiations, and worlds, at each design point where nobody says how many."""

TELLING = ("patience", "concession.deadline")
"""Numbers of a party that make an example, in rounds."""

LARGEST = 1_000_000
"""Negotiations of the largest sweep that starts without being asked twice."""

Given = Sequence[Sequence["Override"]] | None
"""The overrides of each design point as a table gave them."""


def check_days_of(scenario: "Scenario", by: "Sequence[date] | None", analysis: str) -> None:
    """BadInput where no likelihood can be told for a day."""
    from sim.files.errors import bad_option

    if by and analysis == "zone":
        raise bad_option("--by", "says when runs agree, and --analysis zone plays none")
    check_days(scenario, by, varies=True)


def plan_of(analysis: str, runs: int | None, seed: int, engine: str, chunk: int | None) -> "Plan":
    """What is played, or counted, at each design point; BadInput where an engine is to count zones."""
    from sim.files.errors import bad_option
    from sim.study import SWEEP_CHUNK, ZONE_CHUNK, Plan

    if analysis == "runs":
        return Plan(runs or RUNS, seed, "mesa" if engine == "mesa" else "batch", chunk or SWEEP_CHUNK)
    if engine != "batch":
        raise bad_option("--engine", "says how negotiations are played, and --analysis zone plays none")
    return Plan(runs or WORLDS, seed, "zone", chunk or ZONE_CHUNK)


def design_asked(
    scenario: "Scenario", vary: Sequence[tuple[str, str] | str], points_from: "Path | None", sampler: str,
    points: int | None, seed: int,
) -> "tuple[Design, Given]":  # fmt: skip
    """The design points asked for, and their overrides as a table gave them.

    Raises:
        BadInput: nothing varies, or axes and samplers that do not go together.
    """
    from sim.files.errors import bad_option
    from sim.files.scenario.variations import read_points, read_variations
    from sim.study.design import design_of

    if points_from is None:
        if not vary:
            raise bad_option("", f"--vary is missing: say what to vary, such as --vary {example(scenario)}")
        return design_of(read_variations(vary), sampler, points, seed), None
    if vary or points is not None or sampler != "grid":
        said = "brings its own design points; it goes without --vary, --sampler and --points"
        raise bad_option("", f"--points-from {said}")
    return read_points(points_from)


def example(scenario: "Scenario") -> str:
    """Something of a scenario that a sweep may vary, in values about those that it states."""
    from sim.report.wording.scenario_values import stated

    paths = [f"parties.{party}.{end}" for end in TELLING for party in scenario.parties]
    found = {path: middle for path in paths if (middle := stated(scenario, path))}
    path, middle = next(iter(found.items()), ("phases.talks.rounds", 8.0))
    low = max(1, round(middle / 2))
    return f"{path}={low}:{4 * low}:4"


def refuse_too_many(design: "Design", runs: int) -> None:
    """BadInput of a sweep that nobody starts by mistake."""
    from sim.files.errors import bad_option

    total = len(design) * runs
    if total > LARGEST:
        said = f"{len(design):,} design points of {runs:,} runs are {total:,} negotiations; give --yes if you mean it"
        raise bad_option("", said)


def check(loaded: "Loaded", design: "Design", given: Given, front: Front) -> None:
    """Try every design point before any is played, and tell what gives way to what varies.

    Raises:
        BadInput: faults of all points.
    """
    from sim.files.scenario.overrides import replaced
    from sim.study.design import check_design

    with front.counting(len(design), "checking design points") as count:
        check_design(loaded, design, given, lambda: count(1))
    for path in design.paths:
        gone = replaced(loaded.root, path)
        if gone:
            front.tell(takes_the_place(path, gone))


def play_out(study: "Study", store: "Store", place: "Workplace", workers: int, front: Front) -> "list[Failure]":
    """Play what is missing of a study; the chunks that failed.

    Raises:
        Mismatch: what is there was played otherwise.
        Lost: a cluster that can play no more.
    """
    from sim.study.compilation import needed_by
    from sim.study.missing_chunks import missing, play_missing, refuse_other_versions
    from sim.study.workers.dask import executor_of

    chunks = missing(study, store)
    total = len(study.chunks())
    if len(chunks) < total:
        front.inform(f"{total - len(chunks):,} of {total:,} chunks are there already; {_rest(len(chunks))}")
    if not chunks:
        return []
    refuse_other_versions(store)
    front.ready(*needed_by(study.plan.engine))
    with (
        front.counting(sum(map(len, chunks)), study.plan.what()) as count,
        executor_of(place, study, min(workers, len(chunks))) as crew,
    ):
        return list(play_missing(chunks, store, crew, lambda chunk: count(len(chunk))))


def _rest(chunks: int) -> str:
    return f"playing the other {chunks:,}" if chunks else "nothing is left to play"
