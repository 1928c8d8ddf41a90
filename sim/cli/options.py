"""Arguments and options that several commands have."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.api.arguments import LARGEST_SEED, MOST_RUNS, USUAL_SEED, day_of


class Engine(StrEnum):
    """How runs are played."""

    batch = "batch"
    mesa = "mesa"


def complete_scenario(incomplete: str) -> list[str]:
    """Names of scenarios, and scenario files and folders, that a shell may complete to.

    Where nothing is typed yet, a scenario here stands there as a file only.
    """
    from sim.files.scenario.catalogue import entries

    known = entries()
    here = {entry.name for entry in known if not entry.ships}
    named = dict.fromkeys(entry.name for entry in known if incomplete or entry.name not in here)
    return [*_complete_file(incomplete), *(name for name in named if name.startswith(incomplete))]


def _complete_file(incomplete: str) -> list[str]:
    typed = Path(incomplete)
    folder = typed if incomplete.endswith("/") else typed.parent
    if not incomplete:
        folder = Path("scenarios") if Path("scenarios").is_dir() else Path()
    found = sorted(path for path in folder.glob("*") if path.is_dir() or path.suffix in {".yaml", ".yml"})
    return [f"{path}/" if path.is_dir() else str(path) for path in found if str(path).startswith(incomplete)]


def scenario_argument(metavar: str, help: str) -> Any:
    """An argument that may name a scenario, as a shell completes it."""
    return typer.Argument(metavar=metavar, help=help, autocompletion=complete_scenario)


ScenarioPath = Annotated[
    Path, scenario_argument("SCENARIO", "A scenario: its file (YAML), or its name as in sim scenarios.")
]
ScenarioPaths = Annotated[
    list[Path],
    scenario_argument("SCENARIO...", "Scenarios: their files (YAML), or their names as in sim scenarios."),
]
Count = Annotated[int, typer.Option("--runs", "-n", min=1, max=MOST_RUNS, help="How many negotiations to play.")]
Seed = Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="Seed of all draws.")]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Override a part of the scenario; may be given several times."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print data for a program instead of a page.")]
UsePosterior = Annotated[
    Path | None,
    typer.Option(
        "--posterior", metavar="FILE.json", help="Play only draws that fit a record: what sim calibrate --save wrote."
    ),
]
UseCoding = Annotated[
    Path | None,
    typer.Option(
        "--coding",
        metavar="FILE",
        help="Numbers of a second coder: a file, or a name in seeds/codings such as made_up.",
    ),
]
UseEngine = Annotated[
    Engine,
    typer.Option(help="batch: one compiled loop. mesa: every negotiation as a mesa model, slower, the same runs."),
]
Out = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder of this result. Default: results/<scenario>-<8 hex>.")
]
Force = Annotated[bool, typer.Option("--force", "--yes", help="Overwrite a file that exists.")]
ResultPath = Annotated[Path, typer.Argument(metavar="RESULT", help="Folder of a result of sim sweep or sim run.")]


def day(text: str) -> date:
    """A day that the user types."""
    try:
        return day_of(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


By = Annotated[
    list[date] | None,
    typer.Option(
        "--by", metavar="DATE", parser=day,
        help="Also how likely agreement is by this day, such as 2025-12-31; may be given several times. Default: the end "
        "of each calendar year on the way.",
    ),
]  # fmt: skip


@dataclass(frozen=True)
class Common:
    """What every command has that asks something of a scenario."""

    seed: Seed = USUAL_SEED
    overrides: Overrides = None
    as_json: AsJson = False


@dataclass(frozen=True)
class OnDraws(Common):
    """The same of commands that may play only the draws that fit a record."""

    posterior: UsePosterior = None
