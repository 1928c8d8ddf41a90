"""Naive baselines beside what the model's agreements settle on, issue by issue."""

from collections.abc import Iterable
from dataclasses import dataclass

from sim.analysis.summary import Settlement
from sim.analysis.validation.baseline import Baseline

KINDS = ("mean", "median", "plurality")


@dataclass(frozen=True)
class Contrast:
    """One issue: its baselines, and the share of each option among the agreements (none: nothing was agreed)."""

    baseline: Baseline
    shares: dict[str, float] | None

    def settled(self) -> str | None:
        """The option that agreements settle on most; of equal ones the first listed."""
        return max(self.shares, key=self.shares.__getitem__) if self.shares else None

    def mean(self) -> float | None:
        """The mean position of the agreements; None without an order or without agreements."""
        return self.baseline.mean_of(self.shares) if self.shares else None

    def agrees(self) -> dict[str, bool]:
        """Whether each baseline names the option that agreements settle on most; empty where one side says nothing."""
        settled = self.settled()
        return {} if settled is None else {kind: pick == settled for kind, pick in self.baseline.picks().items()}

    def apart(self) -> dict[str, float]:
        """How far mean and median stand from the mean of the agreements, as a part of the line's length, 0 to 1."""
        model, line = self.mean(), self.baseline.line
        if model is None or line is None:
            return {}
        places = {"mean": self.baseline.mean(), "median": self.baseline.median()}
        return {kind: abs(at - model) / line.length() for kind, at in places.items() if at is not None}


def contrasts(found: Iterable[Baseline], settlement: Settlement | None) -> tuple[Contrast, ...]:
    """Every baseline beside the settlement of some runs."""
    return tuple(Contrast(one, settlement.shares[one.issue] if settlement else None) for one in found)


def hits(found: Iterable[Contrast]) -> dict[str, tuple[int, int]]:
    """For each baseline: on how many issues it names what agreements settle on most, and of how many."""
    told = [one.agrees() for one in found]
    counts = {kind: [agrees[kind] for agrees in told if kind in agrees] for kind in KINDS}
    return {kind: (sum(count), len(count)) for kind, count in counts.items() if count}


def mean_apart(found: Iterable[Contrast]) -> dict[str, float]:
    """The mean over issues of how far each baseline stands from the agreements; empty without any."""
    told = [one.apart() for one in found]
    far = {kind: [apart[kind] for apart in told if kind in apart] for kind in KINDS}
    return {kind: sum(parts) / len(parts) for kind, parts in far.items() if parts}
