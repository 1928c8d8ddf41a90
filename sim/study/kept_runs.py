"""The runs of earlier talks that fit the record: those on which a scenario that continues them is played.

A run fits where it shows every fact of the record that is dated after the earlier scenario and by the day up to which it is
played, and where its talks go on that long. Facts about texts do not count: hardly a run words a text like that.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from sim.analysis.threads import threads_for_now
from sim.analysis.validation.recorded_facts import shown_in
from sim.compiling import compile_scenario
from sim.draws import Uniforms
from sim.earlier import worlds_of
from sim.earlier.reached import reached
from sim.evidence import Evidence, Fact, Facts, is_later
from sim.files.errors import BadInput, Fault
from sim.files.scenario.reader import Loaded
from sim.files.yaml.nodes import Node, from_plain
from sim.game import Flags, Game
from sim.processes import cores
from sim.scenario import KeptDraws, Scenario
from sim.scenario.calendar import spoken_day
from sim.scenario.continuing import earlier_scenario, until
from sim.scenario.kept_draws import MOST_KEPT, in_spans
from sim.scenario.later_record import later_record

BLOCK = 250
"""Runs that are looked at at a time."""

ENOUGH = 2000
"""Runs after which it is judged whether too few fit."""

RAREST = 200
"""One in so many must fit."""

ASKED = ("signed", "mediates", "pulled")
"""Kinds of facts by which runs are kept."""


@dataclass(frozen=True)
class Link:
    """Earlier talks, the rounds of them that are played, and the facts, each with its rounds, that a run must show."""

    game: Game
    rounds: int
    facts: tuple[tuple[Fact, int], ...]


def keep(loaded: Loaded, seed: int, runs: int, each: Callable[[int], None] = lambda kept: None) -> Loaded:
    """A scenario that continues another, with the first `runs` runs of a seed that fit; any other as it is.

    `each` hears how many more were found. Runs that are kept already, as in a manifest, stay.

    Raises:
        BadInput: hardly any run fits.
    """
    scenario = loaded.scenario
    if scenario.continues is None or scenario.draws is not None:
        return loaded
    links = list(_links(scenario, compile_scenario(scenario), loaded.evidence))
    found = _search(links, seed, min(runs, MOST_KEPT), each)
    if found is None:
        raise BadInput([_too_rare(loaded, links)])
    kept, looked_at = found
    draws = KeptDraws(seed=seed, of=looked_at, runs=in_spans(kept), fit=fits_what(scenario))
    return with_kept(loaded, draws)


def with_kept(loaded: Loaded, draws: KeptDraws) -> Loaded:
    """A scenario that plays only some draws."""
    plain = draws.model_dump(mode="json")
    tree = loaded.root
    keys = tree.value if isinstance(tree.value, dict) else {}
    root: Node = replace(tree, value={**keys, "draws": from_plain(plain, tree.mark)})
    scenario = loaded.scenario.model_copy(update={"draws": draws})
    return replace(loaded, scenario=scenario, root=root, plain={**loaded.plain, "draws": plain})


def fits_what(scenario: Scenario) -> str:
    """What the runs that are kept fit, in a few words."""
    return f"the record up to {spoken_day(until(scenario))}"


def facts_of(scenario: Scenario, evidence: Evidence) -> tuple[tuple[Fact, int], ...]:
    """The facts that a run of the talks which a scenario continues must show, each with the rounds over by its day.

    A fact about a party or a lever that those talks lack cannot be asked of them.
    """
    earlier, last = earlier_scenario(scenario), until(scenario)
    assert earlier is not None and earlier.date is not None
    asked = [fact for fact in evidence.record.facts if fact.kind() in ASKED and _is_between(fact, earlier.date, last)]
    record = Facts(facts=tuple(asked))
    return tuple((fact, rounds) for fact, rounds, _ in later_record(earlier, (), record, {}, earlier.date).facts)


def _is_between(fact: Fact, first: str, last: datetime.date) -> bool:
    return is_later(fact.date.last, first) and not is_later(fact.date.last, str(last))


def _links(scenario: Scenario, game: Game, evidence: Evidence) -> Iterator[Link]:
    """The talks that a scenario continues, those that they continue, and so on."""
    earlier = earlier_scenario(scenario)
    if earlier is not None and game.earlier is not None:
        yield Link(game.earlier.game, game.earlier.rounds, facts_of(scenario, evidence))
        yield from _links(earlier, game.earlier.game, evidence)


def _search(links: Sequence[Link], seed: int, wanted: int, each: Callable[[int], None]) -> tuple[list[int], int] | None:
    """The first `wanted` runs that fit, and how many were looked at for them; None where hardly any fits."""
    kept: list[int] = []
    threads = cores()
    with threads_for_now(threads) as pool:
        for window in count(0, threads):
            starts = [BLOCK * (window + k) for k in range(threads)]
            for first, fit in zip(starts, pool.map(lambda first: _fit(links, seed, first), starts), strict=True):
                found = (first + np.flatnonzero(fit)).tolist()[: wanted - len(kept)]
                kept += found
                each(len(found))
                if len(kept) == wanted:
                    return kept, kept[-1] + 1
                if first + BLOCK >= ENOUGH and len(kept) * RAREST < first + BLOCK:
                    return None
    raise AssertionError("the search ends")


def _fit(links: Sequence[Link], seed: int, first: int) -> Flags:
    """Which runs [BLOCK] from `first` on fit."""
    fit, luck = np.ones(BLOCK, bool), Uniforms(seed, first, BLOCK)
    for link in links:
        worlds = worlds_of(link.game, luck)
        fit &= reached(link.game, worlds, link.rounds).running
        fit &= shown_in(link.game, worlds, link.facts).all(axis=1)
    return fit


def _too_rare(loaded: Loaded, links: Sequence[Link]) -> Fault:
    scenario = loaded.scenario
    assert scenario.continues is not None
    ids = ", ".join(fact.id for link in links for fact, _ in link.facts) or "none"
    return Fault(
        loaded.mark(("continues", "scenario")),
        "continues.scenario",
        f"fewer than 1 in {RAREST} of its runs go on and show {fits_what(scenario)} (facts {ids}); continue other talks, "
        f"or these up to an earlier day (got {scenario.continues.scenario})",
    )
