"""Naive baselines of the spatial models of bargaining, beside what the model's agreements settle on.

Every party stands where its best option stands, and pulls with its capability times its salience. The weighted mean is
the compromise model, the weighted median the first forecast of the challenge model (Bueno de Mesquita 1994; Achen and
others in Thomson et al. 2006). Neither knows red lines, no-deal values, consent or how the other issues are settled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.game import Floats
from sim.scenario import Issue, Party, Scenario

NEAR = 1e-9
EQUAL = 1.0
"""The capability of a party that states none."""


def weighted_mean(at: Floats, weight: Floats) -> float:
    """The mean of positions [n], by weights [n] that are not negative and not all 0."""
    return float((at * weight).sum() / weight.sum())


def weighted_median(at: Floats, weight: Floats) -> float:
    """The position [n] with at most half of the weight [n] on either side; between two such, the middle.

    With preferences that fall off on both sides of their best place, it beats every other position in a vote by weight
    (Black 1948).
    """
    order = np.argsort(at, kind="stable")
    below = np.cumsum(weight[order]) / weight.sum()
    low, high = int(np.argmax(below >= 0.5 - NEAR)), int(np.argmax(below > 0.5 + NEAR))
    return float(at[order][low] + at[order][high]) / 2


def is_single_peaked(values: Floats) -> bool:
    """Whether values [O], in the order given, rise to their largest and fall from there on; equal neighbours may be."""
    steps = np.sign(np.diff(values))
    steps = steps[steps != 0]
    return bool((np.diff(steps) <= 0).all())


@dataclass(frozen=True)
class Places:
    """The places of the options of an ordered issue [O]."""

    at: Floats
    unit: str | None  # None: places in the order listed, 1 first

    def nearest(self, place: float) -> int:
        """The option next to a place; of two as near the one listed first."""
        return int(np.argmin(np.round(np.abs(self.at - place), 9)))

    def length(self) -> float:
        """From the lowest to the highest option."""
        return float(np.ptp(self.at))


@dataclass(frozen=True)
class Ideal:
    """Where a party stands on one issue, and how hard it pulls."""

    party: str
    best: tuple[int, ...]  # options of its highest value
    capability: float
    salience: float  # its weight for the issue

    def weight(self) -> float:
        """How hard it pulls."""
        return self.capability * self.salience

    def place(self, line: Places) -> float:
        """The middle of its best options."""
        at = line.at[list(self.best)]
        return float(at.min() + at.max()) / 2


@dataclass(frozen=True)
class Baseline:
    """The baselines of one issue; its line is None where it has no order, the means where nobody pulls."""

    issue: str
    options: tuple[str, ...]
    line: Places | None
    ideals: tuple[Ideal, ...]  # of the parties that give it weight

    def weights(self) -> Floats:
        """How hard each ideal pulls."""
        return np.array([ideal.weight() for ideal in self.ideals])

    def mean(self) -> float | None:
        """The weighted mean position; None without an order or where nobody pulls."""
        return weighted_mean(self._places(self.line), self.weights()) if self.line and self._pulled() else None

    def median(self) -> float | None:
        """The weighted median position; None without an order or where nobody pulls."""
        return weighted_median(self._places(self.line), self.weights()) if self.line and self._pulled() else None

    def support(self) -> dict[str, float]:
        """The share of the weights that stands behind each option; one with several best options divides its weight."""
        found = np.zeros(len(self.options))
        for ideal in self.ideals:
            found[list(ideal.best)] += ideal.weight() / len(ideal.best)
        total = found.sum()
        return dict(zip(self.options, (found / total if total > 0 else found).tolist(), strict=True))

    def picks(self) -> dict[str, str]:
        """The option that each baseline names: the nearest to mean and median, or the weighted plurality."""
        mean, median = self.mean(), self.median()
        if self.line is not None and mean is not None and median is not None:
            nearest = self.line.nearest
            return {"mean": self.options[nearest(mean)], "median": self.options[nearest(median)]}
        support = self.support()
        return {"plurality": max(support, key=support.__getitem__)} if self._pulled() else {}

    def mean_of(self, shares: Mapping[str, float]) -> float | None:
        """The mean position of agreements, given the share of each option among them; None without an order."""
        return sum(float(a) * shares[o] for a, o in zip(self.line.at, self.options, strict=True)) if self.line else None

    def _pulled(self) -> bool:
        return bool(self.weights().sum() > 0)

    def _places(self, line: Places) -> Floats:
        return np.array([ideal.place(line) for ideal in self.ideals])


def baselines(scenario: Scenario) -> tuple[Baseline, ...]:
    """The baselines of every issue on some phase's agenda, from stated values, weights and capabilities."""
    agendas = [phase.agenda for phase in scenario.phases]
    return tuple(
        _baseline(scenario, name, issue)
        for name, issue in scenario.issues.items()
        if any(agenda == "all" or name in agenda for agenda in agendas)
    )


def capability_of(party: Party) -> float:
    """What a party could bring to bear."""
    stated = party.capability.value if party.capability else None
    return EQUAL if stated is None else stated


def _baseline(scenario: Scenario, name: str, issue: Issue) -> Baseline:
    caring = {party: body.priorities[name] for party, body in scenario.parties.items() if name in body.priorities}
    valued = {
        party: np.array([priority.values[option].value for option in issue.options], float)
        for party, priority in caring.items()
        if priority.weight.value
    }
    ideals = tuple(
        Ideal(party, _best(values), capability_of(scenario.parties[party]), float(caring[party].weight.value or 0.0))
        for party, values in valued.items()
    )
    return Baseline(name, tuple(issue.options), _line(issue, valued.values()), ideals)


def _best(values: Floats) -> tuple[int, ...]:
    return tuple(np.flatnonzero(values >= values.max() - NEAR).tolist())


def _line(issue: Issue, valued: Iterable[Floats]) -> Places | None:
    """The places that a scenario states; else those in the order listed, if it is one that all parties' values follow."""
    if issue.scale is not None:
        at = np.array([issue.scale.at[option].value for option in issue.options], float)
        return Places(at, issue.scale.unit)
    if all(is_single_peaked(values) for values in valued):
        return Places(np.arange(1.0, len(issue.options) + 1), None)
    return None
