"""The answers to a draft, as they come back to Python."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.analysis.shares.likelihood import Share
from sim.api.errors import tells_errors
from sim.api.results.shown import Brief, ShownResult, Size, check_kind, frame_of, on_page, share_columns
from sim.report.ask.report import AskReport

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.plots import Figure

AMENDED = "changes all_consent all_consent_low all_consent_high costs_others command"


@dataclass(frozen=True, repr=False, eq=False)
class AskResult(ShownResult):
    """Who would sign a draft: `load("freeze_lines").ask({"ceasefire": "lasting"})`. Exact in each drawn world.

    Tables (`frame`):

    - `answers` (usual): a row a party: `party`, `takes` (the share of worlds in which it does) with `takes_low` and
      `takes_high`, `takes_as_stated`, `why` it does not, and the `dearest_issue` to it.
    - `amendments`: a row for each small change that turns every no: `changes` (issue: option), `all_consent` with
      `all_consent_low` and `all_consent_high`, `costs_others`, and the `command` that asks about it.
    - `package`: a row an issue: `issue`, `option`, and whether the draft `named` it.
    """

    report: AskReport = field(repr=False)

    @property
    def worlds(self) -> int:
        """In how many worlds was asked."""
        return self.report.heard.worlds

    @property
    def answers(self) -> dict[str, Share]:
        """party: the share of worlds in which it takes the draft, with its 95 % interval: sampling error only."""
        return {party: self.report.share(party) for party in self.report.asked()}

    @property
    def all_consent(self) -> Share:
        """The share of worlds in which all take it whose consent it needs."""
        return self.report.settled()

    @property
    def package(self) -> dict[str, str]:
        """issue: the option that the draft settles, or leaves as it is."""
        return dict(self.data()["package"])

    @property
    def plain_words(self) -> list[str]:
        """What it comes to, in sentences."""
        from sim.report.ask.page import plain_words

        return plain_words(self.report)

    @tells_errors
    def plot(self, kind: str | None = None, *, size: Size = None, title: bool = True) -> "Figure":
        """How often each party takes the draft: `answers`.

        Raises:
            SimError: there is no such kind, or it does not fit.
        """
        from sim.report.ask.picture import ask_picture

        check_kind(kind, "answers")
        return on_page(lambda sheet: ask_picture(self.report, sheet), size, title)

    def _data(self) -> dict[str, Any]:
        from sim.report.ask.data import ask_data

        return ask_data(self.report)

    def _page(self) -> str:
        from sim.report.ask.page import ask_page

        return ask_page(self.report)

    def _tables(self) -> "Mapping[str, Callable[[], DataFrame]]":
        return {
            "answers": lambda: frame_of(self._answers()),
            "amendments": lambda: frame_of(self._amendments(), AMENDED),
            "package": lambda: frame_of(self._package()),
        }

    def _answers(self) -> Iterator[dict[str, Any]]:
        told = self._data()["answers"]
        for party, share in self.answers.items():
            one = told[party]
            said = {"takes_as_stated": one["takes_as_stated"], "why": one["why"], "dearest_issue": one["dearest_issue"]}
            yield {"party": party, **share_columns("takes", share), **said}

    def _amendments(self) -> Iterator[dict[str, Any]]:
        for each, told in zip(
            self.report.amendments.turn_all, self._data()["amendments"]["turn_every_no"], strict=True
        ):
            cost = {"costs_others": told["costs_others"], "command": told["command"]}
            yield {"changes": dict(each.changes), **share_columns("all_consent", each.consents), **cost}

    def _package(self) -> Iterator[dict[str, Any]]:
        told = self._data()
        for issue, option in told["package"].items():
            yield {"issue": issue, "option": option, "named": issue in told["named"]}

    def _brief(self) -> Brief:
        from sim.report.wording.figures import CAVEAT, interval, percent

        rows = [(self.report.called(party), percent(share), interval(share)) for party, share in self.answers.items()]
        rows.append(("all whose consent it needs", percent(self.all_consent), interval(self.all_consent)))
        head = ("takes it", f"of {self.worlds:,} worlds", "95 % interval")
        return Brief(f"{self.report.scenario.title}: {self.report.title}", self.plain_words, head, rows, CAVEAT)

    def __repr__(self) -> str:
        from sim.files.printable import printable_line

        said = ", ".join(f"{party} {100 * share.estimate:.0f} %" for party, share in self.answers.items())
        return printable_line(f"<{self.report.name}, {self.report.title}: taken by {said} of {self.worlds:,} worlds>")
