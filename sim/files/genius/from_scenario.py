"""A scenario as a domain: the stated world at the start, and a list of all that GENIUS and GeniusWeb have no place for."""

from sim.compiling import compile_scenario
from sim.draws import stated_world
from sim.files.genius.domain import Domain, Profile, Topic
from sim.files.genius.labels import labels_of
from sim.scenario import Issue, Party, Scenario


def domain_of(scenario: Scenario) -> Domain:
    """Issues, and each party's stated weights, option values and no-deal value, without what `losses` lists."""
    issues = list(scenario.issues)
    titles = labels_of(issues, [issue.title for issue in scenario.issues.values()])
    topics = tuple(
        Topic(title, labels_of(list(issue.options), [option.says for option in issue.options.values()]))
        for title, issue in zip(titles, scenario.issues.values(), strict=True)
    )
    parties = scenario.stakeholders()
    names = labels_of(list(parties), [party.name for party in parties.values()])
    base = dict(zip(scenario.parties, stated_world(compile_scenario(scenario)).base[0].tolist(), strict=True))
    profiles = tuple(
        _profile(name, party, scenario.issues, base[party_id])
        for name, (party_id, party) in zip(names, parties.items(), strict=True)
    )
    return Domain(" ".join(scenario.title.split()), topics, profiles)


def _profile(name: str, party: Party, issues: dict[str, Issue], no_deal: float) -> Profile:
    """What a party wants, with weights that sum to 1 as they do where it plays."""
    weights, values = [], []
    for issue, body in issues.items():
        priority = party.priorities.get(issue)
        weights.append(priority.weight.value or 0.0 if priority else 0.0)
        values.append(tuple((priority.values[option].value or 0.0) if priority else 0.0 for option in body.options))
    total = sum(weights) or 1.0
    return Profile(
        name,
        tuple(weight / total for weight in weights),
        tuple(values),
        min(max(no_deal, 0.0), 1.0),
        _bid(party, issues),
    )


def _bid(party: Party, issues: dict[str, Issue]) -> tuple[int, ...] | None:
    """The package that no deal is as good as, where the scenario names one and adds nothing to it."""
    like = party.no_deal.like if party.no_deal else None
    if party.no_deal is None or like is None or party.no_deal.plus is not None or party.linkages:
        return None
    return tuple(list(body.options).index(like.get(name) or body.status_quo or "") for name, body in issues.items())
