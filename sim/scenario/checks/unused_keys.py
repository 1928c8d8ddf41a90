"""Keys that do nothing beside what else a scenario states: no faults, but hardly what their author meant."""

from sim.scenario import Scenario
from sim.scenario.checks.references import Found
from sim.scenario.numbers import Number
from sim.scenario.party import Party
from sim.scenario.problems import Problem, Steps


def unused_keys(scenario: Scenario) -> Found:
    """What a scenario states and does not use, with its place; `scenario` is as it plays, less what is switched off."""
    for name, party in scenario.parties.items():
        path: Steps = ("parties", name)
        if scenario.futures:
            yield from _no_deal(party, (*path, "no_deal"))
        yield from _trust(party, path, can_lose=bool(scenario.futures))
    if scenario.hope is not None and not _opens(scenario):
        yield Problem(("hope",), "does nothing: no phase that settles anything comes before the last one of bargaining")


def _no_deal(party: Party, path: Steps) -> Found:
    for key in ("base", "like", "momentum"):
        if party.no_deal is not None and getattr(party.no_deal, key) is not None:
            instead = "read only with `mechanisms: {futures: off}`"
            yield Problem((*path, key), f"is not read: `futures` say what going on is worth; {instead}")


def _trust(party: Party, path: Steps, can_lose: bool) -> Found:
    """`can_lose`: the party may lose by a pause, since futures hang on fortunes."""
    effect = party.no_deal.momentum if party.no_deal else None
    if party.trust is None:
        return
    if _is_nothing(party.rearm):
        yield Problem((*path, "trust"), f"{_moves_nothing(party)}; give `rearm`, what a pause costs it")
    elif not can_lose and _is_nothing(effect):
        yield Problem((*path, "trust"), f"{_moves_nothing(party)}; give `futures` or `no_deal.momentum`")


def _moves_nothing(party: Party) -> str:
    """Who fears no pause pays no premium; of a belligerent the chance that a deal lasts is reported all the same."""
    lasting = " beyond the chance that a deal lasts" if party.role == "belligerent" else ""
    return f"does nothing{lasting}"


def _is_nothing(number: Number | None) -> bool:
    return number is None or number.support() == (0.0, 0.0)


def _opens(scenario: Scenario) -> bool:
    """Whether a phase settles something, so that hope of what follows may count in it."""
    bargaining = [phase for phase in scenario.phases if phase.protocol != "put_to"]
    return any(not phase.provisional for phase in bargaining[:-1])
