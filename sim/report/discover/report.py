"""Regions of the assumptions with what a reader needs beside them."""

from dataclasses import dataclass

import numpy as np

from sim.analysis.assumptions import inputs
from sim.analysis.discovery.regions import Limit, Region, Regions, regions
from sim.analysis.influence import REAL, number_of
from sim.analysis.shares.likelihood import Share, agreed, share_of
from sim.draws import in_own_units
from sim.game import Flags, Floats, Game, Ints
from sim.records import Runs
from sim.report.discover.condition import Condition
from sim.scenario import Scenario
from sim.scenario.provenance import Entry


@dataclass(frozen=True)
class Discovery:
    """The regions in which an outcome is as rare, or as frequent, as was asked for."""

    scenario: Scenario
    name: str
    file: str  # as it was named
    game: Game
    where: Condition
    found: Regions
    inside: tuple[Ints, ...]  # the runs in each region, of all that were played
    overall: Share  # of all runs that were played, those with the outcome
    seed: int
    overrides: dict[str, str]
    entries: tuple[Entry, ...]

    def outcome_in(self, region: Region) -> Share:
        """The share of runs of a region with the outcome; `hits` are those without it where the region is to be below."""
        share = region.density
        if not self.where.below:
            return share
        return Share(1.0 - share.estimate, 1.0 - share.high, 1.0 - share.low, share.n - share.hits, share.n)

    def ends(self, limit: Limit) -> tuple[float, float]:
        """The ends of a limit in the number's own units."""
        low, high = in_own_units(self.game, limit.path, np.clip([limit.low, limit.high], 1e-6, 1.0 - 1e-6)).tolist()
        return low, high

    def source_kind(self, path: str) -> str:
        """What a number rests on: whether it is cited, a convention, assumed or overridden."""
        number = number_of(path)
        return next((entry.kind for entry in self.entries if entry.path == number), "assumed")


def is_chance(limit: Limit) -> bool:
    """Whether a limit says that something is so, or not so, in a run."""
    return limit.path.endswith(REAL)


def hits_of(runs: Runs, where: Condition) -> Flags:
    """Runs that count as hits: with the outcome, or without it where a region is to be below."""
    has = runs.zone if where.outcome == "zone" else agreed(runs.outcomes)
    return np.asarray(~has if where.below else has)


def find_regions(runs: Runs, where: Condition) -> tuple[Regions, tuple[Ints, ...], Share]:
    """The regions, the runs in each, and how many runs have the outcome at all."""
    chosen, hits = inputs(runs.draws), hits_of(runs, where)
    found = regions(chosen, hits, where.wanted(), _edges(runs, chosen))
    left, inside = np.ones(len(hits), bool), []
    for region in found.found:
        held = left & _holds(region, chosen)
        inside.append(np.flatnonzero(held))
        left &= ~held
    return found, tuple(inside), share_of(~hits if where.below else hits)


def _holds(region: Region, chosen: dict[str, Floats]) -> Flags:
    parts = [(chosen[one.path] >= one.low) & (chosen[one.path] <= one.high) for one in region.limits]
    return np.asarray(np.logical_and.reduce(parts))


def _edges(runs: Runs, chosen: dict[str, Floats]) -> dict[str, float]:
    """Of what is so or not so the quantile up to which it is not."""
    return {path: float((runs.draws[path] <= 0.0).mean()) for path in chosen if path.endswith(REAL)}
