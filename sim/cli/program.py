"""The program: its commands, in the order of its help."""

from typing import Annotated

import typer

from sim import __version__
from sim.cli.ask import ask
from sim.cli.backtest import backtest
from sim.cli.baseline import baseline
from sim.cli.blockers import blockers
from sim.cli.calibrate import calibrate
from sim.cli.check import check
from sim.cli.common import say
from sim.cli.compare import compare
from sim.cli.discover import discover
from sim.cli.evidence import evidence
from sim.cli.export import export
from sim.cli.importing import import_domain
from sim.cli.migrate import migrate
from sim.cli.new import new
from sim.cli.option_groups import unfolded
from sim.cli.plot import plot
from sim.cli.report import report
from sim.cli.run import run
from sim.cli.scenarios import scenarios
from sim.cli.schema import schema
from sim.cli.sensitivity import sensitivity
from sim.cli.show import show
from sim.cli.stances import stances
from sim.cli.sweep import sweep
from sim.cli.usage import Program
from sim.cli.warm import warm
from sim.cli.zopa import zopa

app = typer.Typer(
    name="sim",
    cls=Program,
    help="Play negotiations between parties with red lines; say how likely agreement is, and what that rests on.",
    epilog="Start with: sim run freeze_lines",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS = (
    run,
    sweep,
    ask,
    zopa,
    blockers,
    baseline,
    sensitivity,
    discover,
    compare,
    stances,
    backtest,
    calibrate,
    plot,
    report,
    show,
    export,
    import_domain,
    check,
    evidence,
    scenarios,
    new,
    migrate,
    schema,
    warm,
)
NAMES = {"import_domain": "import"}
"""Commands whose name cannot be that of a function."""
PANELS = {**dict.fromkeys(("stances", "backtest", "calibrate", "check", "evidence"), "Trust"), "warm": "Upkeep"}
"""Commands that the help names apart."""

for command in COMMANDS:
    example = str(command.__doc__).rsplit("Example: ", maxsplit=1)[-1].strip()
    apart = PANELS.get(command.__name__)
    app.command(NAMES.get(command.__name__), epilog=example, rich_help_panel=apart)(unfolded(command))


def _show_version(wanted: bool) -> None:
    if wanted:
        say(f"sim {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Play negotiations between parties with red lines; say how likely agreement is, and what that rests on."""
