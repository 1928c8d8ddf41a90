"""The stated numbers of a scenario as arrays, and which of them are uncertain."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import numpy as np

from sim.compiling.index import Index
from sim.draws import quantile
from sim.game import NO_LIMIT, Names, Numbers, Uncertain
from sim.scenario import EveryParty, Number, Scenario
from sim.scenario.party import NoDeal


@dataclass
class Ledger:
    """Collects stated numbers into arrays, and which of them are uncertain."""

    uncertain: list[Uncertain] = field(default_factory=list)

    def put(self, array: Any, name: str, index: Sequence[int], number: Number | None, path: str) -> None:
        """Write the number, or the median of its distribution, where it is given at all."""
        if number is None:
            return
        if number.value is not None:
            array[tuple(index)] = number.value
            return
        form = number.forms()[0]
        drawn = Uncertain(path, name, tuple(index), form, _parameters(number, form), *number.support())
        self.uncertain.append(drawn)
        array[tuple(index)] = quantile(drawn, np.full(1, 0.5))[0]


def _parameters(number: Number, form: str) -> tuple[float, ...]:
    """What a quantile function takes; a lognormal is truncated where its range ends."""
    given = getattr(number, form)
    stated = given if isinstance(given, tuple) else tuple(given.model_dump().values())
    return (*stated, *number.support()) if form == "lognormal" else stated


def party_numbers(scenario: Scenario, at: Index, numbers: Numbers, ledger: Ledger) -> None:
    """Write the numbers of every party."""
    alike = scenario.every_party or EveryParty()
    places = count()  # ids of linkages are unique within a party only
    for p, (name, party) in enumerate(scenario.parties.items()):
        path, no_deal, concession = f"parties.{name}", party.no_deal or NoDeal(), party.concession
        for issue, priority in party.priorities.items():
            i = at.issue(issue)
            ledger.put(numbers.weight, "weight", (p, i), priority.weight, "")
            for option, value in priority.values.items():
                ledger.put(numbers.option_value, "option_value", (p, i, at.option(issue, option)), value, "")
        for field_name, number, label in (
            ("weights_sd", party.weights_sd or alike.weights_sd, "weights_sd"),
            ("values_sd", party.values_sd or alike.values_sd, "values_sd"),
            ("insight", party.insight or alike.insight, "insight"),
            ("good_faith", party.good_faith, "good_faith"),
            ("base", no_deal.base, "no_deal.base"),
            ("base", no_deal.plus, "no_deal.plus"),
            ("momentum_effect", no_deal.momentum, "no_deal.momentum"),
            ("cost", no_deal.cost, "no_deal.cost"),
            ("exponent", concession.exponent if concession else None, "concession.exponent"),
            ("deadline", concession.deadline if concession else None, "concession.deadline"),
            ("optimism", party.optimism, "optimism"),
            ("confident", party.confident.share if party.confident else None, "confident.share"),
            ("confidence", party.confident.optimism if party.confident else None, "confident.optimism"),
            ("trust", party.trust, "trust"),
            ("rearm", party.rearm, "rearm"),
            ("patience", party.patience, "patience"),
        ):
            ledger.put(getattr(numbers, field_name), field_name, (p,), number, f"{path}.{label}")
        for label in ("opening", "reciprocity", "loss_aversion"):  # one draw for all that say nothing of their own
            own: Number | None = getattr(party, label)
            ledger.put(
                getattr(numbers, label),
                label,
                (p,),
                own or getattr(alike, label),
                f"{path if own else 'every_party'}.{label}",
            )
        for issue, protection in party.protections.items():
            for option, share in protection.adds.items():
                at_option = (p, at.issue(issue), at.option(issue, option))
                ledger.put(
                    numbers.protection, "protection", at_option, share, f"{path}.protections.{issue}.adds.{option}"
                )
        for other, factor in party.bias.items():
            ledger.put(numbers.bias, "bias", (p, at.party(other)), factor, f"{path}.bias.{other}")
        for line in party.red_lines:
            r = at.names.lines.index(line.id)
            where = f"{path}.red_lines.{line.id}"
            ledger.put(numbers.firmness, "firmness", (r,), line.firmness, f"{where}.firmness")
            ledger.put(numbers.yielding, "yielding", (r,), line.yield_, f"{where}.yield")
        for link in party.linkages:
            ledger.put(numbers.bonus, "bonus", (next(places),), link.bonus, f"{path}.linkages.{link.id}.bonus")


def process_numbers(scenario: Scenario, at: Index, numbers: Numbers, ledger: Ledger) -> None:
    """Write the numbers of levers, events, momentum and what follows a signature."""
    for v, lever in enumerate(scenario.levers):
        path = f"levers.{lever.id}"
        ledger.put(numbers.pressure, "pressure", (v,), lever.pressure, f"{path}.pressure")
        ledger.put(numbers.tilt, "tilt", (v,), lever.tilt, f"{path}.tilt")
        ledger.put(numbers.lever_chance, "lever_chance", (v,), lever.carried_out, f"{path}.carried_out")
        for party, shift in lever.no_deal.items():
            ledger.put(numbers.shift, "shift", (v, at.party(party)), shift, f"{path}.no_deal.{party}")
    for e, event in enumerate(scenario.events):
        path = f"events.{event.id}"
        ledger.put(numbers.event_momentum, "event_momentum", (e,), event.momentum, f"{path}.momentum")
        for line, shift in event.firmness.items():
            r = at.names.lines.index(line)
            ledger.put(numbers.event_firmness, "event_firmness", (e, r), shift, f"{path}.firmness.{line}")
    if scenario.momentum is not None:
        for k, label in enumerate(("start", "drift", "sd", "ceasefire_drift", "sharpness")):
            ledger.put(numbers.momentum, "momentum", (k,), getattr(scenario.momentum, label), f"momentum.{label}")
    for c, clause in enumerate(scenario.ratification):
        ledger.put(numbers.passes, "passes", (c,), clause.passes, f"ratification.{clause.id}.passes")
    for u, future in enumerate(scenario.futures):
        ledger.put(numbers.leans, "leans", (u,), future.leans, f"futures.{future.id}.leans")
        ledger.put(numbers.odds, "odds", (u,), future.odds, f"futures.{future.id}.odds")
    ledger.put(numbers.hope, "hope", (0,), scenario.hope, "hope")
    if scenario.walk_away is not None:
        ledger.put(numbers.leave_chance, "leave_chance", (0,), scenario.walk_away.carried_out, "walk_away.carried_out")


def blank_numbers(scenario: Scenario, names: Names) -> Numbers:
    """Arrays of the right shapes, with what holds where a scenario says nothing."""
    parties, issues = len(names.parties), len(names.issues)
    lines, levers, events = len(names.lines), len(names.levers), len(names.events)
    widest = max(len(options) for options in names.options)
    return Numbers(
        weight=np.zeros((parties, issues)),
        option_value=np.zeros((parties, issues, widest)),
        weights_sd=np.zeros(parties),
        values_sd=np.zeros(parties),
        insight=np.ones(parties),
        good_faith=np.ones(parties),
        bonus=np.zeros(len(names.linkages)),
        base=np.zeros(parties),
        momentum_effect=np.zeros(parties),
        cost=np.zeros(parties),
        exponent=np.ones(parties),
        deadline=np.ones(parties),
        opening=np.zeros(parties),
        reciprocity=np.zeros(parties),
        optimism=np.zeros(parties),
        confident=np.zeros(parties),
        confidence=np.zeros(parties),
        trust=np.ones(parties),
        rearm=np.zeros(parties),
        protection=np.zeros((parties, issues, widest)),
        loss_aversion=np.ones(parties),
        patience=np.full(parties, NO_LIMIT),
        bias=np.ones((parties, parties)),
        firmness=np.zeros(lines),
        yielding=np.zeros(lines),
        shift=np.zeros((levers, parties)),
        tilt=np.zeros(levers),
        pressure=np.zeros(levers),
        lever_chance=np.zeros(levers),
        event_momentum=np.zeros(events),
        event_firmness=np.zeros((events, lines)),
        leans=np.zeros(len(names.futures)),
        odds=np.zeros(len(names.futures)),
        momentum=np.array([0.0, 0.0, 0.0, 0.0, 1.0]),
        hope=np.zeros(1),
        leave_chance=np.zeros(1),
        passes=np.zeros(len(names.ratification)),
    )
