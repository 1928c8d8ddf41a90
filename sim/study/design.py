"""Axes to design points, and every design point checked before anything is played."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import prod

from sim.analysis.feasibility.degenerate_games import lone_consent
from sim.analysis.samplers import CUBES, unit_points
from sim.compiling import compile_scenario
from sim.files.errors import VARIED, BadInput, Fault, Mark, bad_option
from sim.files.scenario.overrides import Override
from sim.files.scenario.reader import Loaded, varied
from sim.files.scenario.variations import Variation
from sim.files.yaml.nodes import Node
from sim.game import Game, Names
from sim.records import Design
from sim.scenario.problems import unknown
from sim.study.inert import idle_parts

SAMPLERS = ("grid", *CUBES, "list")
MOST_FAULTS = 20
MOST_POINTS = 100_000
_FIXED = ("issues", "options", "parties", "lines", "phases")


def design_of(axes: Sequence[Variation], sampler: str = "grid", points: int | None = None, seed: int = 1) -> Design:
    """The design points of some axes.

    `grid` takes every combination, the last axis changing fastest; `list` the first value of each axis, then the second,
    and so on; `lhs` and `sobol` spread `points` over the ranges.

    Raises:
        BadInput: axes that do not go with the sampler.
    """
    faults = list(_misfits(axes, sampler, points))
    if faults:
        raise BadInput(faults)
    paths = tuple(axis.path for axis in axes)
    count = prod(len(axis.values) for axis in axes) if sampler == "grid" else 0
    if count > MOST_POINTS:
        raise bad_option("--vary", f"a grid of {count:,} design points; at most {MOST_POINTS:,} are swept at once")
    if sampler == "grid":
        return Design(paths, tuple(itertools.product(*(axis.values for axis in axes))))
    if sampler == "list":
        return Design(paths, tuple(zip(*(axis.values for axis in axes), strict=True)))
    cube = unit_points(sampler, points or 0, len(axes), seed).tolist()
    return Design(paths, tuple(tuple(axis.at(u) for axis, u in zip(axes, row, strict=True)) for row in cube))


def _misfits(axes: Sequence[Variation], sampler: str, points: int | None) -> Iterator[Fault]:
    if sampler not in SAMPLERS:
        yield Fault(None, "--sampler", f"{unknown('sampler', sampler, SAMPLERS)}")
        return
    if sampler in CUBES:
        if points is None:
            yield Fault(None, "--points", f"--sampler {sampler} needs the number of points to spread")
        if not axes:
            yield Fault(None, "--vary", f"--sampler {sampler} needs something to vary")
        return
    if points is not None:
        yield Fault(
            None, "--points", f"goes with --sampler {' or '.join(CUBES)}; a {sampler} has the points of its axes"
        )
    for axis in axes:
        if not axis.values:
            yield Fault(axis.mark, "", f"a {sampler} needs the count of the range: low:high:count")
    if sampler == "list":
        counts = {len(axis.values) for axis in axes if axis.values}
        if len(counts) > 1:
            said = ", ".join(f"{axis.path} has {len(axis.values)}" for axis in axes)
            yield Fault(None, "--vary", f"--sampler list needs as many values of each path ({said})")


def overrides_of(design: Design, point: int) -> list[Override]:
    """The overrides of one design point, as of options typed."""
    return [Override(path, text, Mark(f"{VARIED}{path}={text}")) for path, text in design.overrides(point)]


def game_at(root: Node, overrides: Sequence[Override], before: Sequence[str] = ()) -> Game:
    """The game of one design point.

    Raises:
        BadInput: its overrides lead nowhere or contradict the scenario, or somebody could agree with itself alone.
    """
    game = compile_scenario(varied(root, overrides, before))
    alone = lone_consent(game)
    if alone is not None:
        who = game.names.parties[alone.author]
        mark = overrides[0].mark if overrides else None
        raise BadInput(
            [Fault(mark, "", f"in phase {game.names.phases[alone.phase]} {who} would need nobody's consent")]
        )
    return game


def check_design(
    loaded: Loaded,
    design: Design,
    given: Sequence[Sequence[Override]] | None = None,
    each: Callable[[], None] = lambda: None,
) -> None:
    """Try every design point, so that a sweep stops before any work. `given`: the overrides as given, with their places.

    Raises:
        BadInput: faults of all points, each once, of the first `MOST_FAULTS` that have any.
    """
    before, faults, bad = list(loaded.overridden), dict[tuple[str, str], Fault](), 0
    both = [path for path in design.paths if path in loaded.overridden]
    if both:
        raise BadInput([Fault(None, "--vary", f"{path} is varied and set at once") for path in both])
    names = game_at(loaded.root, (), before).names
    idle = idle_parts(loaded.root, design, given[0] if given else overrides_of(design, 0), before, game_at)
    if idle:
        raise BadInput(idle)
    for point in range(len(design)):
        overrides = given[point] if given is not None else overrides_of(design, point)
        try:
            _check_names(game_at(loaded.root, overrides, before).names, names, overrides)
        except BadInput as found:
            told = {(_option(fault), fault.message): _placed(fault, overrides) for fault in found.faults}
            faults = told | faults
            bad += 1
        each()
        if bad >= MOST_FAULTS:
            break
    if faults:
        raise BadInput(faults.values())


def _placed(fault: Fault, overrides: Sequence[Override]) -> Fault:
    """A fault that shows elsewhere than where it was brought in says at which design point."""
    if fault.mark is None or fault.mark.is_override or any(fault.mark in (one.mark, one.head) for one in overrides):
        return fault
    return replace(fault, message=f"{fault.message} [at {', '.join(f'{one.path}={one.text}' for one in overrides)}]")


def _option(fault: Fault) -> str:
    """What a fault is about, whatever the value: a path that leads nowhere does so with every value."""
    place = str(fault.mark or "")
    return f"{place.partition('=')[0] if fault.mark and fault.mark.is_override else place} {fault.path}"


def _check_names(now: Names, before: Names, overrides: Sequence[Override]) -> None:
    """A sweep compares like with like: the same things are settled between the same parties."""
    for kind in _FIXED:
        if getattr(now, kind) != getattr(before, kind):
            what = {"lines": "red lines"}.get(kind, kind)
            mark = overrides[0].mark if overrides else None
            raise BadInput([Fault(mark, "", f"changes which {what} there are; a sweep changes what they are like")])
