"""A scenario as a domain: the stated world at the start, and a list of all that GENIUS and GeniusWeb have no place for."""

from dataclasses import replace

import numpy as np

from sim.analysis.exact.answer import at_outset
from sim.compiling import compile_scenario
from sim.files.genius.domain import Domain, Profile, Topic
from sim.files.genius.domain import worth as utility
from sim.files.genius.labels import labels_of
from sim.game import Floats, Game
from sim.scenario import Issue, Party, Scenario

CLOSE = 1e-12
"""Values that differ by less are the same."""


def domain_of(scenario: Scenario) -> Domain:
    """Issues, and what each party makes of them in the stated world at the start, without what `losses` lists.

    Where worth is the stated weight times the stated value, these stand there. Losses that loom larger and protections make
    it another: then each issue is mapped to [0, 1], and weights and the no-deal value by the same map, so that order and
    acceptance are those of the model.
    """
    issues = list(scenario.issues)
    titles = labels_of(issues, [issue.title for issue in scenario.issues.values()])
    topics = tuple(
        Topic(title, labels_of(list(issue.options), [option.says for option in issue.options.values()]))
        for title, issue in zip(titles, scenario.issues.values(), strict=True)
    )
    parties = scenario.stakeholders()
    names = labels_of(list(parties), [party.name for party in parties.values()])
    game = compile_scenario(scenario)
    outset, places = at_outset(game), list(scenario.parties)
    profiles = tuple(
        _profile(game, name, party, scenario.issues, outset.worth[p], float(outset.no_deal[p]))
        for name, (party, p) in zip(names, ((party, places.index(k)) for k, party in parties.items()), strict=True)
    )
    return Domain(" ".join(scenario.title.split()), topics, profiles)


def _profile(game: Game, name: str, party: Party, issues: dict[str, Issue], worth: Floats, no_deal: float) -> Profile:
    """What a party wants, with weights that sum to 1 as they do where it plays; `worth` [I, O] at the start."""
    weights, values = [], []
    for issue, body in issues.items():
        priority = party.priorities.get(issue)
        weights.append(priority.weight.value or 0.0 if priority else 0.0)
        values.append(tuple((priority.values[option].value or 0.0) if priority else 0.0 for option in body.options))
    total = sum(weights) or 1.0
    worths = [row[: len(options)] for row, options in zip(worth, game.names.options, strict=True)]
    stated = [weight / total * np.array(options) for weight, options in zip(weights, values, strict=True)]
    if not all(np.allclose(*pair, atol=CLOSE, rtol=0.0) for pair in zip(worths, stated, strict=True)):
        return _mapped(name, worths, no_deal)
    profile = Profile(name, tuple(weight / total for weight in weights), tuple(values), min(max(no_deal, 0.0), 1.0))
    bid = _bid(party, issues)
    is_as_good = bid is not None and abs(utility(profile, bid) - profile.reserved) < CLOSE
    return replace(profile, bid=bid) if is_as_good else profile


def _mapped(name: str, worths: list[Floats], no_deal: float) -> Profile:
    """The worth of each issue's options [I, O] as a utility from 0 to 1 whose order, and whose acceptance, is the same."""
    lows, spans = [float(row.min()) for row in worths], [float(np.ptp(row)) for row in worths]
    total = sum(spans) or 1.0
    return Profile(
        name,
        tuple(span / total for span in spans),
        tuple(
            tuple(((row - low) / (span or 1.0)).tolist()) for row, low, span in zip(worths, lows, spans, strict=True)
        ),
        min(max((no_deal - sum(lows)) / total, 0.0), 1.0),
    )


def _bid(party: Party, issues: dict[str, Issue]) -> tuple[int, ...] | None:
    """The package that no deal is as good as, where the scenario names one and adds nothing to it."""
    like = party.no_deal.like if party.no_deal else None
    if party.no_deal is None or like is None or party.no_deal.plus is not None or party.linkages:
        return None
    return tuple(list(body.options).index(like.get(name) or body.status_quo or "") for name, body in issues.items())
