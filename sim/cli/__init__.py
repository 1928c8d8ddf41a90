"""The command line: one file per command; each reads, calls, writes and prints."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from sim.cli.baseline import baseline
from sim.cli.blockers import blockers
from sim.cli.check import check
from sim.cli.common import INTERRUPTED, SOME_FAILED, say
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


class Commands(TyperGroup):
    """All commands; what is wrong with a command line is told as `sim.cli.common.tell` would."""

    def make_context(self, *arguments: Any, **more: Any) -> Any:  # noqa: ANN401
        """Read the command line as far as the name of the command."""
        with _said_printably():
            return super().make_context(*arguments, **more)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Read the rest and do it."""
        with _said_printably():
            return super().invoke(ctx)


@contextmanager
def _said_printably() -> Iterator[None]:
    """Errors of the command line repeat words of it, which may be names of files."""
    from sim.files.printable import printable  # noqa: PLC0415

    try:
        yield
    except Exception as error:
        if isinstance(getattr(error, "message", None), str):
            vars(error)["message"] = printable(vars(error)["message"])
        raise


app = typer.Typer(
    name="sim",
    cls=Commands,
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

        say(f"sim {version('negotiation-simulator')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Play negotiations between parties with red lines; say how likely agreement is, and what that rests on."""


def main() -> None:
    """Run the program; bad input ends with one message and exit code 2."""
    try:
        app()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(INTERRUPTED)
    except OSError as error:  # of standard output: what commands write to files they tell of themselves
        sys.stderr.write(f"cannot write: {(error.strerror or str(error)).lower()}\n")
        os._exit(SOME_FAILED)
