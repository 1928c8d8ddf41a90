"""The command line: one file per command; each reads, calls, writes and prints."""

import logging
import os
import sys
import warnings
from typing import Annotated

import typer

from sim.cli.baseline import baseline
from sim.cli.blockers import blockers
from sim.cli.check import check
from sim.cli.common import INTERRUPTED, SOME_FAILED
from sim.cli.compare import compare
from sim.cli.evidence import evidence
from sim.cli.export import export
from sim.cli.importing import import_domain
from sim.cli.plot import plot
from sim.cli.run import run
from sim.cli.schema import schema
from sim.cli.show import show
from sim.cli.stances import stances
from sim.cli.sweep import sweep
from sim.cli.zopa import zopa

app = typer.Typer(
    name="sim",
    help="Play negotiations between parties with red lines; say how likely agreement is, and what that rests on.",
    epilog="Start with: sim run scenarios/freeze_lines.yaml",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS = (
    run,
    sweep,
    zopa,
    blockers,
    baseline,
    compare,
    stances,
    plot,
    show,
    export,
    import_domain,
    check,
    evidence,
    schema,
)
NAMES = {"import_domain": "import"}
"""Commands whose name cannot be that of a function."""

for command in COMMANDS:
    example = str(command.__doc__).rsplit("Example: ", maxsplit=1)[-1].strip()
    app.command(NAMES.get(command.__name__), epilog=example)(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415  (only where asked for)

        typer.echo(f"sim {version('negotiation-simulator')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Play negotiations between parties with red lines; say how likely agreement is, and what that rests on."""


def _keep_warnings_of_pictures() -> None:
    """What matplotlib has to say of fonts and layouts is no news to a user; with python -W it is said all the same."""
    if not sys.warnoptions:
        warnings.filterwarnings("ignore", module=r"matplotlib|sim\.plots")
        logging.getLogger("matplotlib").setLevel(logging.CRITICAL)


def main() -> None:
    """Run the program; bad input ends with one message and exit code 2."""
    _keep_warnings_of_pictures()
    try:
        app()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(INTERRUPTED)
    except OSError as error:  # of standard output: what commands write to files they tell of themselves
        sys.stderr.write(f"cannot write: {(error.strerror or str(error)).lower()}\n")
        os._exit(SOME_FAILED)
