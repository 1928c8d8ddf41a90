"""`sim sensitivity` over all assumptions: one sample of codings and runs, judged, and assumptions moved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.common import data_or_page, fail, faults_told, say
from sim.cli.signals import tell
from sim.cli.studies import counting, game_of, refuse_days, with_draws
from sim.cli.warm import ready_to_play

if TYPE_CHECKING:
    from sim.files.scenario.reader import Loaded
    from sim.game import Game
    from sim.report.sensitivity.assumptions import AssumptionReport, Assumptions
    from sim.report.sensitivity.moves import TargetReport
    from sim.study.least_change import MovedTalks

RUNS = 4000
FEWEST_RUNS = 500
"""Runs below which there are too few codings to tell conventions apart."""

TORNADO, INTERACTIONS = "tornado.svg", "interactions.svg"


@dataclass(frozen=True)
class Asked:
    """What is asked of the assumptions of a scenario."""

    loaded: "Loaded"
    path: Path
    runs: int
    seed: int
    by: date | None
    as_json: bool

    @property
    def day(self) -> str | None:
        """The day by which a run must agree."""
        return self.by.isoformat() if self.by else None

    @property
    def rounds(self) -> int | None:
        """Rounds that are over by then."""
        from sim.scenario.calendar import calendar_of

        calendar = calendar_of(self.loaded.scenario)
        return calendar.rounds_by(self.by) if self.by and calendar else None

    def assumptions(self) -> "Assumptions":
        """What may be moved."""
        from sim.report.sensitivity.assumptions import Assumptions
        from sim.scenario.conventions import conventions
        from sim.scenario.provenance import numbers

        scenario, overridden = self.loaded.scenario, self.loaded.overridden
        found = {one.path: one for one in conventions(scenario, tuple(overridden))}
        return Assumptions(scenario, self.path.stem, found, numbers(scenario, overridden), overridden)

    def talks(self, count: Callable[[int], None]) -> "MovedTalks":
        """The scenario, to be played with assumptions moved."""
        from sim.study.least_change import MovedTalks

        return MovedTalks(
            self.loaded.plain, tuple(self.assumptions().conventions.values()), self.seed, self.rounds, count
        )


def asked_of(loaded: "Loaded", path: Path, runs: int, seed: int, by: date | None, as_json: bool) -> Asked:
    """What is asked, with the draws that are played; a day that no likelihood can be told for ends the program."""
    refuse_days(loaded.scenario, [by] if by else None)
    loaded, seed, runs = with_draws(loaded, seed, runs)
    return Asked(loaded, path, runs, seed, by, as_json)


def assumptions(asked: Asked, target: float | None, totals: bool, out: Path | None) -> None:
    """Say which assumptions the likelihood and the terms hang on; faults end the program."""
    if asked.runs < FEWEST_RUNS:
        fail(f"--runs {asked.runs}: at least {FEWEST_RUNS}, as conventions count by coding and each coding has 25 runs")
    with faults_told():
        game = game_of(asked.loaded)
        ready_to_play()
        report = _sampled(asked)
        if totals:
            report = _with_totals(asked, report)
        _print(asked, report, _targeted(asked, game, report, target) if target is not None else None)
        if out is not None:
            _draw(report, out)


def moved(asked: Asked, moves: Sequence[str]) -> None:
    """Play a scenario with assumptions moved; faults end the program."""
    from sim.report.sensitivity.moves import MovedReport, Moves, moved_data, moved_page

    with faults_told():
        game = game_of(asked.loaded)
        known = asked.assumptions()
        by = _read(moves, [*known.conventions, *_movable(game)])
        ready_to_play()
        with counting(2 * asked.runs) as count:
            talks = asked.talks(count)
            before, after = talks.play({}, 0, asked.runs), talks.play(by, 0, asked.runs)
        if before is None or after is None:
            fail("--move: moved like that, the scenario contradicts itself; move less")
        report = MovedReport(Moves(known, game, str(asked.path), by, asked.day), before, after, asked.seed)
        say(data_or_page(asked.as_json, report, moved_data, moved_page), nl=asked.as_json)


def _movable(game: "Game") -> list[str]:
    """Numbers that are drawn, by path."""
    from sim.draws import Uniforms, influences

    return [path for path in influences(game, Uniforms(0, 0, 1)) if not path.endswith(".real")]


def _read(moves: Sequence[str], known: Sequence[str]) -> dict[str, float]:
    from sim.scenario.problems import unknown

    found = {}
    for text in moves:
        path, _, by = text.partition("=")
        if path not in known:
            fail(f"--move {text}: {unknown('assumption', path, known)}")
        try:
            found[path] = float(by)
        except ValueError:
            fail(f"--move {text}: must be PATH=SD, standard deviations such as 0.5 (got {by or 'nothing'})")
        if not -6.0 <= found[path] <= 6.0:
            fail(f"--move {text}: must lie between -6 and 6 standard deviations")
    return found


def _sampled(asked: Asked) -> "AssumptionReport":
    from sim.report.sensitivity.assumptions import AssumptionReport
    from sim.study.sample_of_codings import sample, total_runs

    known = asked.assumptions()
    with counting(total_runs(asked.runs)) as count:
        drawn = sample(
            known.scenario, asked.loaded.plain, list(known.conventions.values()), asked.runs, asked.seed, asked.rounds,
            count,
        )  # fmt: skip
    return AssumptionReport(**vars(known), sample=drawn, seed=asked.seed, by=asked.day)


def _with_totals(asked: Asked, report: "AssumptionReport") -> "AssumptionReport":
    from sim.analysis.sensitivity.totals import total_effects
    from sim.study.redrawn import CODINGS, MOST, redraw, runs_again

    paths = [one.path for one in report.judged.agreement[:MOST]]
    codings = min(CODINGS, report.sample.codings)
    with counting(runs_again(codings, len(paths))) as count:
        found = redraw(
            asked.loaded.plain, tuple(report.conventions.values()), paths, asked.seed, asked.rounds, codings, count
        )
    return replace(report, totals=total_effects(found))


def _targeted(asked: Asked, game: "Game", report: "AssumptionReport", target: float) -> "TargetReport":
    from sim.analysis.sensitivity.direction import direction
    from sim.report.sensitivity.moves import Moves, TargetReport
    from sim.study.least_change import least_change, runs_of_search

    along = direction(report.sample, {entry.path for entry in report.entries if entry.kind == "cited"})
    with counting(runs_of_search(asked.runs)) as count:
        found = least_change(asked.talks(count), along, target, asked.runs)
    moves = Moves(report, game, str(asked.path), found.moves, asked.day)
    return TargetReport(moves, target, found.before, found.after, found.reached, asked.seed)


def _print(asked: Asked, report: "AssumptionReport", target: "TargetReport | None") -> None:
    from sim.report.sensitivity.assumption_data import assumption_data
    from sim.report.sensitivity.assumption_page import assumption_page

    data, page = partial(assumption_data, target=target), partial(assumption_page, target=target)
    say(data_or_page(asked.as_json, report, data, page), nl=asked.as_json)


def _draw(report: "AssumptionReport", out: Path) -> None:
    from sim.files.outputs import write_files
    from sim.plots import picture_bytes
    from sim.report.sensitivity.picture import interaction_picture, tornado_picture

    figures = {TORNADO: tornado_picture(report), INTERACTIONS: interaction_picture(report)}
    drawn = {out / name: picture_bytes(figure, "svg") for name, figure in figures.items() if figure is not None}
    if not drawn:
        fail("--out: nothing to draw, as no assumption stands out")
    out.mkdir(parents=True, exist_ok=True)
    write_files(drawn, "--out")
    for file in drawn:
        tell(f"Written to {file}")
