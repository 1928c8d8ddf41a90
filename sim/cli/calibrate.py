"""`sim calibrate`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.api.questions.later_record import later_than, refuse_kept, sources_of
from sim.cli import recorded
from sim.cli.common import data_or_page, fail, faults_told, load, say
from sim.cli.front import FRONT
from sim.cli.options import By, Common, ScenarioPath, day
from sim.cli.signals import tell
from sim.cli.studies import asked, counting, game_of, refuse_days
from sim.cli.warm import ready

if TYPE_CHECKING:
    from sim.analysis.calibration.posterior import Posterior
    from sim.analysis.calibration.weights import Errors
    from sim.files.scenario.reader import Loaded
    from sim.report.calibrate.calibration import Calibration
    from sim.scenario.later_record import Later

USUAL = 20_000
MOST_NAMED = 8
"""Items that a refusal names."""

Draws = Annotated[int, typer.Option("--runs", "-n", min=100, max=1_000_000, help="How many draws to weigh.")]
Until = Annotated[
    date | None,
    typer.Option(
        "--until",
        metavar="DATE",
        parser=day,
        help="Only what articles had reported by this day. Default: all of the record.",
    ),
]
Error = Annotated[
    float,
    typer.Option(
        "--error", min=0.0, max=0.49, metavar="CHANCE",
        help="Chance that an answer or fact is recorded wrongly; a convention, with the range 0.02 to 0.3.",
    ),
]  # fmt: skip
Tied = Annotated[
    float,
    typer.Option(
        "--tied", min=0.0, max=1.0, metavar="SHARE",
        help="How far errors about one subject hang together: 0, not at all; 1, as if all of it were one item. A convention.",
    ),
]  # fmt: skip
Out = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Also draw it: a file that ends in .png, .svg or .pdf."),
]
Save = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.json",
        help="Keep the draws that fit, for --posterior of run, compare, sweep and zopa; one that is there is made anew.",
    ),
]


def calibrate(
    scenario: ScenarioPath,
    *,
    runs: Draws = USUAL,
    common: Common,
    record: recorded.RecordFile = None,
    file: recorded.StancesFile = None,
    until: Until = None,
    error: Error = 0.1,
    tied: Tied = 0.5,
    by: By = None,
    out: Out = None,
    save: Save = None,
) -> None:
    """Weigh the draws of a scenario by how well they fit what was recorded after its date.

    A draw that shows more of the record counts for more; the likelihood and all numbers that move are told before and
    after. No number of the scenario changes.

    Example: sim calibrate freeze_lines --save posterior.json
    """
    loaded = load(scenario, common.overrides)
    with faults_told():
        refuse_kept(scenario, loaded)
    known = _known_by(loaded, scenario)
    last = until.isoformat() if until else None
    if last is not None and last <= known:
        fail(f"--until {last}: must be later than {known}, up to which claims may have made the numbers")
    refuse_days(loaded.scenario, by)
    with faults_told():
        recorded.check_picture(out)
        _check_save(save)
        later = later_than(known, loaded, sources_of(loaded, record, file), FRONT, last)
        if not later.answers and not later.facts:
            fail(_nothing(scenario, known, last))
        from sim.analysis.calibration.weights import Errors

        found = _calibrated(loaded, scenario, later, runs, Errors(error, tied), known, last, by, common)
        _print(found, common.as_json)
        if out is not None:
            from sim.report.calibrate.picture import calibration_picture

            recorded.write_picture(calibration_picture(found), out, "")
        if save is not None:
            _save(found, loaded, save)


def _known_by(loaded: "Loaded", path: Path) -> str:
    """The day up to which claims may have made the numbers."""
    scenario = loaded.scenario
    if scenario.date is None:
        fail(f"{path}: has no date, so nobody knows what was recorded later; give it one (`date: 2025-04-23`)")
    return scenario.known_by or scenario.date


def _nothing(path: Path, known: str, until: str | None) -> str:
    upto = f" and by {until}" if until else ""
    if len(known) < len("2025-04-23"):
        return (
            f"{path} can be asked nothing recorded after {known}{upto}; facts need a day as `date`, such as 2025-04-23"
        )
    return (
        f"nothing was recorded after {known}{upto} that {path} can be asked. What was recorded before may have made its "
        "numbers, and would count twice; name a scenario of an earlier day, --record or --file"
    )


def _check_save(save: Path | None) -> None:
    from sim.files.outputs import check_file, wrong_ending

    if save is not None:
        check_file(save, True, lambda: wrong_ending(save, (".json",)), "--save")


def _calibrated(
    loaded: "Loaded", path: Path, later: "Later", draws: int, errors: "Errors", known: str, until: str | None,
    by: list[date] | None, common: Common,
) -> "Calibration":  # fmt: skip
    from sim.analysis.calibration.fit import fit_of
    from sim.analysis.calibration.moved import movement
    from sim.analysis.calibration.posterior import posterior_of
    from sim.report.calibrate.calibration import Calibration, items_of, terms_put
    from sim.scenario.provenance import numbers
    from sim.study import cores

    ready("soundness", "stances", "record")
    game, items = game_of(loaded), items_of(later)
    with counting(draws, "draws") as count:
        fit = fit_of(game, items, draws, common.seed, cores(), count)
    posterior = posterior_of(fit, items, errors, common.seed)
    if not posterior.is_enough():
        fail(_too_few(posterior, draws))
    return Calibration(
        scenario=loaded.scenario,
        file=str(path),
        name=path.stem,
        known_by=known,
        until=until,
        seed=common.seed,
        overrides=loaded.overridden,
        entries=numbers(loaded.scenario, loaded.overridden),
        put=terms_put(later),
        not_asked=later.not_asked,
        posterior=posterior,
        movement=movement(game, posterior.weights, common.seed),
        by=tuple(by or ()),
    )


def _too_few(posterior: "Posterior", draws: int) -> str:
    """That no posterior can be told, why and what to do."""
    from sim.analysis.calibration.weights import ENOUGH
    from sim.scenario.problems import listed

    worth = posterior.effective
    more = f"--runs {_rounded(1.5 * draws * ENOUGH / worth)}, " if worth > 1.0 else ""
    never = [one.item.id for one in posterior.items if one.prior == 0.0]
    named = f" No draw shows {listed(never[:MOST_NAMED])}{' and more' * (len(never) > MOST_NAMED)}." if never else ""
    return (
        f"weighed by how well they fit the record, {draws:,} draws are worth {worth:.0f} equal ones; below {ENOUGH} nothing "
        f"is told.{named} Give {more}a higher --error, or an earlier --until"
    )


def _rounded(count: float) -> int:
    """A number of runs that is at least so many, in thousands."""
    return max(1000, -int(-count // 1000) * 1000)


def _print(found: "Calibration", as_json: bool) -> None:
    from sim.report.calibrate.data import calibration_data
    from sim.report.calibrate.page import calibration_page

    say(data_or_page(as_json, found, calibration_data, calibration_page), nl=as_json)


def _save(found: "Calibration", loaded: "Loaded", path: Path) -> None:
    """Write the draws that are kept; too few of them end the program."""
    from sim.analysis.calibration.weights import ENOUGH
    from sim.files.outputs import write_files
    from sim.files.posterior import posterior_text

    kept, draws = len(found.posterior.kept), found.posterior.draws
    if kept < ENOUGH:
        asked_for = _rounded(1.5 * draws * ENOUGH / kept) if kept else 10 * draws
        fail(
            f"--save: only {kept} of {draws:,} draws are drawn from the posterior, and fewer than {ENOUGH} are no basis; "
            f"give --runs {asked_for} or a higher --error"
        )
    write_files({path: posterior_text(_posterior(found, loaded, path))}, "--save")
    tell(f"Written to {path}: {kept:,} runs for --posterior {path}")


def _posterior(found: "Calibration", loaded: "Loaded", path: Path) -> dict[str, Any]:
    from sim.files.result.manifest import digest
    from sim.report.calibrate.data import posterior_data
    from sim.study.manifest import evidence_hash, versions

    return {
        **posterior_data(found),
        "scenario_hash": digest(loaded.plain),
        "evidence_hash": evidence_hash(loaded),
        "versions": versions(),
        "command": asked(),
    }
