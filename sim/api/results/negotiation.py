"""One negotiation round by round, as it comes back to Python."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from sim.api.errors import tells_errors
from sim.api.results.shown import Brief, ShownResult, Size, check_kind, frame_of, on_page
from sim.files.printable import printable_line
from sim.game import Game
from sim.records import End
from sim.scenario import Scenario
from sim.talks.transcript.entries import Transcript

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.plots import Figure


@dataclass(frozen=True, repr=False, eq=False)
class WatchedRun(ShownResult):
    """One negotiation, as `sim run --watch` tells it: `load("freeze_lines").watch(run=3)`.

    Tables (`frame`); rounds count from 0 as in scenario files:

    - `answers` (usual): a row an answer to a text: `round`, `phase`, `author`, `party`, `said` (`accepts`,
      `breaks_line`, `falls_short`, `objects`), `worth` and `asks` (0 to 1: what the text is worth to the party, and
      the least that it takes), `lines` that it names, and `wanted`, the issue that would help most.
    - `offers`: a row a text that is tabled: `round`, `phase`, `author`, `documented`, `settles.ISSUE` (empty where it
      is silent), and `worth.PARTY`.
    - `parties`: a row a party at the end: `value`, `worth`, `no_deal`, `terms`.
    """

    transcript: Transcript = field(repr=False)
    scenario: Scenario = field(repr=False)
    game: Game = field(repr=False)
    name: str

    @property
    def run(self) -> int:
        """Its number among the runs of the seed."""
        return self.transcript.run or 0

    @property
    def end(self) -> str:
        """How it ended: `agreement`, `deadline`, `walked_away` and so on."""
        return End(self.transcript.ending.end).name.lower()

    @property
    def rounds(self) -> int:
        """How many rounds it took."""
        return len(self.transcript.rounds)

    @property
    def package(self) -> dict[str, str]:
        """issue: the option that holds at the end, settled or not."""
        return dict(self.data()["package"])

    @tells_errors
    def text(self, width: int = 80, *, whole: bool = False) -> str:
        """The page that the command prints, in `width` columns, 40 to 400; a long one is shortened unless `whole`.

        Raises:
            SimError: there is no such width.
        """
        from sim.api.arguments import whole as whole_number
        from sim.api.results.shown import NARROWEST, WIDEST
        from sim.files.printable import printable
        from sim.talks.transcript.page import lines, short
        from sim.talks.transcript.page_lines import plain_page

        columns = whole_number("width", width, NARROWEST, WIDEST)
        page = lines(self.transcript, self.scenario)
        return printable(plain_page(page if whole else short(page), columns))

    @tells_errors
    def plot(self, kind: str | None = None, *, size: Size = None, title: bool = True) -> "Figure":
        """What every package that was tabled was worth to each party, `dance`.

        Raises:
            SimError: there is no such kind, or it does not fit.
        """
        from sim.plots import dance
        from sim.talks.transcript.entries import dance_of

        check_kind(kind, "dance")
        names = [self.scenario.parties[party].name for party in self.game.names.parties]
        steps, about = dance_of(self.transcript), (self.scenario.title, self.scenario.round, self.run)
        return on_page(lambda sheet: dance(steps, names, *about, sheet=sheet), size, title)

    def _data(self) -> dict[str, Any]:
        from sim.talks.transcript.data import transcript_data

        return transcript_data(self.transcript, self.game.names)

    def _page(self) -> str:
        return self.text()

    def _tables(self) -> "Mapping[str, Callable[[], DataFrame]]":
        return {
            "answers": lambda: frame_of(self._answers(), "round phase author party said worth asks lines wanted"),
            "offers": lambda: frame_of(self._offers(), "round phase author documented"),
            "parties": lambda: frame_of(self._parties()),
        }

    def _turns(self) -> Iterator[tuple[dict[str, Any], Mapping[str, Any]]]:
        """Where and whose each turn was, and what it was."""
        for played in self._data()["rounds"]:
            for turn in played["turns"]:
                yield {"round": played["round"], "phase": played["phase"], "author": turn["author"]}, turn

    def _answers(self) -> Iterator[dict[str, Any]]:
        for place, turn in self._turns():
            for answer in turn["answers"]:
                yield place | {key: answer[key] for key in ("party", "said", "worth", "asks", "lines", "wanted")}

    def _offers(self) -> Iterator[dict[str, Any]]:
        for place, turn in self._turns():
            tabled = turn["tabled"]
            if tabled is not None:
                settles = {f"settles.{issue}": option for issue, option in tabled["package"].items()}
                worth = {f"worth.{party}": value for party, value in tabled["worth"].items()}
                yield place | {"documented": tabled["documented"]} | settles | worth

    def _parties(self) -> Iterator[dict[str, Any]]:
        data = self._data()
        for party in self.game.names.parties:
            yield {"party": party, **{key: data[key].get(party) for key in ("value", "worth", "no_deal", "terms")}}

    def _brief(self) -> Brief:
        return Brief(self.scenario.title, [repr(self).strip("<>")])

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text())}</pre>"

    def __repr__(self) -> str:
        return printable_line(f"<{self.name}, run {self.run}: {self.end} in {self.scenario.round} {self.rounds}>")
