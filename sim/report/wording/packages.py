"""Packages in words: what they settle, in full or where they differ."""

from collections.abc import Iterator

from sim.game import Game, Ints
from sim.report.wording.layout import wrap
from sim.scenario import Scenario


def capital(text: str) -> str:
    """A text with its first letter large, for the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def in_full(scenario: Scenario, game: Game, x: Ints) -> Iterator[str]:
    """A package issue by issue; what stays as it is, where there is a status quo, comes last, on one line."""
    kept = []
    for i, issue in enumerate(game.names.issues):
        if x[i] == game.rules.status_quo[i]:
            kept.append(scenario.issues[issue].title)
        else:
            yield from wrap(settles(scenario, game, i, x), hang="    ")
    if kept:
        yield from wrap(f"as now: {'; '.join(kept)}", hang="    ")


def settles(scenario: Scenario, game: Game, i: int, x: Ints) -> str:
    """What a package settles on an issue."""
    issue = scenario.issues[game.names.issues[i]]
    return f"{issue.title}: {issue.options[game.names.options[i][x[i]]].says}"


def differences(scenario: Scenario, game: Game, x: Ints, other: Ints) -> Iterator[str]:
    """What package x settles otherwise than another one."""
    for i in range(len(x)):
        if x[i] != other[i]:
            yield from wrap(settles(scenario, game, i, x), hang="    ")
