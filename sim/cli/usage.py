"""Command lines that cannot be understood: one line each, with what was given and what was meant."""

import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Any, get_args

import typer
from typer.core import TyperGroup

from sim.api.arguments import choice_says, range_says, whole_says
from sim.cli.common import BAD_INPUT
from sim.cli.signals import ends_told, tell

UsageError: Any = typer.BadParameter.__bases__[0]  # typer itself names only the kind for bad values
HELP = "NoArgsIsHelpError"


class Program(TyperGroup):
    """The commands of the program; every usage error is one line."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line and exit."""
        line = sys.argv[1:] if args is None else list(args)
        with ends_told():
            try:
                code = super().main(line, prog_name, complete_var, False, windows_expand_args, **extra)
            except UsageError as error:
                if type(error).__name__ != HELP:  # which has been printed
                    tell(_one_line(error, self, line))
                sys.exit(BAD_INPUT)
            sys.exit(code or 0)


def _one_line(error: Any, program: Program, line: list[str]) -> str:
    """What is wrong, as all bad input is told: where, what, and what was probably meant."""
    from sim.files.errors import Fault

    say: Callable[..., tuple[str, str]] = SAID.get(type(error).__name__, _other)
    place, said = say(error, program, line)
    return str(Fault(None, place, said))


def _no_option(error: Any, program: Program, _: list[str]) -> tuple[str, str]:
    command = error.ctx.command if error.ctx else program
    options = [name for option in command.get_params(error.ctx) for name in option.opts if name.startswith("--")]
    where = error.ctx.command_path if error.ctx else "sim"
    return error.option_name, f"no such option of {where}{_nearest(error.option_name, options, f'{where} --help')}"


def _missing(error: Any, *_: object) -> tuple[str, str]:
    return error.ctx.command_path, f"{_name(error.param)} is missing; for example: {error.ctx.command.epilog}"


def _misused(error: Any, *_: object) -> tuple[str, str]:
    said = error.message.removeprefix(f"Option {error.option_name!r} ")
    return error.option_name, _plain(said).replace("requires an argument", "needs a value")


def _bad_value(error: Any, _: Program, line: list[str]) -> tuple[str, str]:
    if error.param is None or error.ctx is None:
        return "", _plain(error.message)
    given = _given(error, line)
    expected, choices = _expected(error.ctx.command.callback, error.param.name, given)
    if not expected:
        return _name(error.param), _plain(error.message)
    from sim.scenario.problems import near, short

    return _name(error.param), f"{expected} (got {short(given) or 'empty text'}){near(given, choices)}"


def _other(error: Any, program: Program, line: list[str]) -> tuple[str, str]:
    where, said = error.ctx.command_path if error.ctx else "sim", _plain(error.message)
    if said.startswith("no such command"):
        word = next(word for word in line if not word.startswith("-"))
        return word, f"no such command{_nearest(word, list(program.commands), 'sim --help')}"
    if "extra argument" in said:
        return where, f"too many arguments: {said.partition('(')[2].partition('(')[2].rstrip(')') or said}"
    return where, said


SAID: dict[str, Callable[..., tuple[str, str]]] = {
    "NoSuchOption": _no_option,
    "MissingParameter": _missing,
    "BadOptionUsage": _misused,
    "BadParameter": _bad_value,
}
"""Kinds of usage errors: where each is, and what to say of it."""


def _nearest(word: str, choices: list[str], listing: str) -> str:
    from sim.scenario.problems import near

    return near(word, choices) or f"; there is a list in {listing}"


def _plain(message: str) -> str:
    """A message of typer's as one of ours: one line, no capital, no full stop."""
    said = " ".join(str(message).split()).rstrip(".")
    return said[:1].lower() + said[1:]


def _name(param: Any) -> str:
    """A parameter as it is typed, or as the help calls it."""
    options = [name for name in param.opts if name.startswith("-")]
    return options[0] if options else str(param.metavar or param.name).strip("[]").removesuffix("...")


def _given(error: Any, line: list[str]) -> str:
    context = error.ctx
    words = line[line.index(context.info_name) + 1 :] if context.info_name in line else line
    values, _, _ = context.command.make_parser(context).parse_args(args=words)
    value = values.get(error.param.name)
    return str(value[-1] if isinstance(value, list | tuple) and value else value)


def _expected(function: Callable[..., Any], name: str, given: str) -> tuple[str, list[str]]:
    """What a parameter of a command takes, as its declaration says, and words to choose from; nothing for any text."""
    declared, info, *_ = get_args(inspect.signature(function).parameters[name].annotation)
    kinds = list(_types(declared))
    words = next(([str(one.value) for one in kind] for kind in kinds if issubclass(kind, Enum)), [])
    if words:
        return choice_says(words), words
    if int in kinds:
        return whole_says(info.min, info.max, given), []
    return f"must be a number{range_says(info.min, info.max, given)}" if float in kinds else "", []


def _types(kind: Any) -> Iterator[type]:
    for part in get_args(kind):
        yield from _types(part)
    if isinstance(kind, type):
        yield kind
