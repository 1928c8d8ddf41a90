"""Commands in tests, as a user types them."""

from pathlib import Path

from typer.testing import CliRunner

from sim.cli.program import app

runner = CliRunner()


def sim(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    result = runner.invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr
