"""Assumptions moved by standard deviations: what that is in their own units, and what it does."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sim.analysis.sensitivity.coded_sample import Played
from sim.analysis.sensitivity.direction import length, quantile_of
from sim.analysis.shares.difference import difference
from sim.analysis.shares.likelihood import Share, share_of
from sim.draws import in_own_units
from sim.game import Game
from sim.report.sensitivity.assumptions import Assumptions
from sim.report.wording.figures import CAVEAT, counted, interval, percent
from sim.report.wording.layout import command, overridden, paragraph, row, wrap


@dataclass(frozen=True)
class Moves:
    """Assumptions of a scenario, each moved by so many standard deviations."""

    assumptions: Assumptions
    game: Game
    file: str
    by: Mapping[str, float]  # path: standard deviations
    day: str | None

    def ends(self, path: str) -> tuple[float, float]:
        """The middle of an assumption, and where it is moved to, in its own units."""
        at = quantile_of(self.by[path])
        convention = self.assumptions.conventions.get(path)
        if convention is not None:
            return convention.value(0.5), convention.value(at)
        found = in_own_units(self.game, path, np.array([0.5, at]))
        return float(found[0]), float(found[1])

    def rows(self) -> Iterator[str]:
        """A row for each: the middle of its draws or of its range, before and after, and how far that is."""
        for path, by in self.by.items():
            before, after = self.ends(path)
            label = f"{self.assumptions.says(path)} ({self.assumptions.kind(path)}): {before:.3g} to {after:.3g}"
            yield from row(label, f"{by:+.2f} sd")

    def command(self, runs: int, seed: int) -> str:
        """What plays them."""
        sets = [f"--set={path}={value}" for path, value in self.assumptions.overrides.items()]
        moves = [part for path, by in self.by.items() for part in ("--move", f"{path}={by:+.2f}")]
        days = ["--by", self.day] if self.day else []
        return shlex.join(
            ["sim", "sensitivity", self.file, *moves, "--runs", str(runs), "--seed", str(seed), *days, *sets]
        )

    def data(self) -> list[dict[str, Any]]:
        """The same for programs."""
        return [
            {"path": path, "says": self.assumptions.says(path), "source": self.assumptions.kind(path),
             "standard_deviations": by, "from": self.ends(path)[0], "to": self.ends(path)[1]}
            for path, by in self.by.items()
        ]  # fmt: skip


@dataclass(frozen=True)
class TargetReport:
    """The least change that brings the likelihood to a target, and what came of it when it was played."""

    moves: Moves
    target: float
    before: Share
    after: Share
    reached: bool
    seed: int

    def block(self) -> Iterator[str]:
        """The change, and how it is played again."""
        yield f"The least change of assumptions that brings agreement to {100 * self.target:g} %"
        if not self.moves.by:
            yield from wrap("No assumption moves the likelihood by more than noise, so none is told.")
            return
        yield from wrap(self.says())
        yield from self.moves.rows()
        yield from wrap("to play it:")
        yield from command(self.moves.command(self.after.n, self.seed), "    ")

    def says(self) -> str:
        """What came of it, in a sentence or two."""
        far = f"{length(self.moves.by):.2f} standard deviations in all"
        got = f"{percent(self.after)} ({interval(self.after)}; before {percent(self.before)})"
        if not self.reached:
            return f"It is not reached: {far} the likeliest way give {got} and no more is looked for."
        return f"{far}. Played, in {self.after.n:,} runs that did not help to find how far: {got}."

    def data(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "target": self.target,
            "reached": self.reached,
            "distance": length(self.moves.by),
            "moves": self.moves.data(),
            "before": asdict(self.before),
            "after": asdict(self.after),
            "command": self.moves.command(self.after.n, self.seed) if self.moves.by else None,
        }


@dataclass(frozen=True)
class MovedReport:
    """A scenario played as it stands and with assumptions moved, over the same luck."""

    moves: Moves
    before: Played
    after: Played
    seed: int


def moved_page(report: MovedReport) -> str:
    """Everything that `sim sensitivity --move` prints."""
    before, after = share_of(report.before.agreed), share_of(report.after.agreed)
    scenario, day = report.moves.assumptions.scenario, report.moves.day
    lines = [
        *paragraph(scenario.title),
        *wrap(f"{counted(before.n, 'run')} with the same luck (seed {report.seed}), with assumptions moved:"),
        *overridden(report.moves.assumptions.overrides),
        *report.moves.rows(),
        "",
        *row(f"agreement{f' by {day}' if day else ''} as the scenario stands ({interval(before)})", percent(before)),
        *row(f"with them moved ({interval(after)})", percent(after)),
        *row("difference", difference(report.after.agreed, report.before.agreed).points(" points")),
        "",
        *paragraph(CAVEAT),
    ]
    return "\n".join(lines) + "\n"


def moved_data(report: MovedReport) -> dict[str, Any]:
    """The same for programs."""
    return {
        "scenario": report.moves.assumptions.name,
        "seed": report.seed,
        "by": report.moves.day,
        "overrides": report.moves.assumptions.overrides,
        "moves": report.moves.data(),
        "before": asdict(share_of(report.before.agreed)),
        "after": asdict(share_of(report.after.agreed)),
        "difference": asdict(difference(report.after.agreed, report.before.agreed)),
        "note": CAVEAT,
    }
