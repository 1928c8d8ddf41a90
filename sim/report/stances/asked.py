"""Everything that one call of `sim stances` asked."""

from dataclasses import dataclass

from sim.analysis.validation.answer_probabilities import Reply
from sim.analysis.validation.brier import Verdict, judge
from sim.analysis.validation.controls import Controlled
from sim.analysis.validation.own_proposals import PutBack
from sim.scenario import Scenario


@dataclass(frozen=True)
class AskedStances:
    """What was asked in one scenario: reported answers, and apart from them own proposals and negative controls."""

    file: str
    scenario: Scenario
    replies: tuple[Reply, ...]
    own: tuple[PutBack, ...] = ()
    controls: tuple[Controlled, ...] = ()


@dataclass(frozen=True)
class StanceReport:
    """Everything that one call of `sim stances` found; at least one reported answer."""

    asked: tuple[AskedStances, ...]
    not_asked: dict[str, str]  # id of a stance: why it was not asked
    controls_not_asked: dict[str, str]  # the same of controls
    worlds: int
    seed: int
    overrides: dict[str, str]

    def groups(self) -> list[AskedStances]:
        """The scenarios in which reported answers were asked."""
        return [group for group in self.asked if group.replies]

    def replies(self) -> list[Reply]:
        """All reported answers that were asked."""
        return [reply for group in self.asked for reply in group.replies]

    def verdict(self, rule: str = "model") -> Verdict:
        """The score of all reported answers that were asked."""
        return judge(self.replies(), rule)

    def own(self) -> list[PutBack]:
        """All own proposals that were put back."""
        return [each for group in self.asked for each in group.own]

    def controls(self) -> list[Controlled]:
        """All negative controls that were asked."""
        return [each for group in self.asked for each in group.controls]


def by_reason(not_asked: dict[str, str]) -> dict[str, list[str]]:
    """What was not asked, by the reason why."""
    found: dict[str, list[str]] = {}
    for name, why in not_asked.items():
        found.setdefault(why, []).append(name)
    return found
