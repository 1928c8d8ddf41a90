"""What `sim sensitivity --sources` says: each article left out, each party coded a class higher and lower."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sim.analysis.sensitivity.effects import Effect, Ends
from sim.analysis.shares.likelihood import share_of
from sim.report.sensitivity.page import cells, heads, sides
from sim.report.wording.draws import kept_data, kept_says
from sim.report.wording.figures import CAVEAT, counted, interval, percent
from sim.report.wording.layout import in_parts, overridden, paragraph, wrap
from sim.scenario import Scenario
from sim.scenario.recoding import Recoding

FIELD = {"weight": "weights", "firmness": "firmness of red lines"}


@dataclass(frozen=True)
class RecodedReport:
    """The recodings of one scenario."""

    scenario: Scenario
    name: str
    before: Ends
    effects: tuple[tuple[Recoding, Effect | None], ...]
    runs: int
    seed: int
    overrides: dict[str, str]

    def of_kind(self, kind: str) -> list[tuple[Recoding, Effect]]:
        """Recodings of articles, or of parties, that could be played and change anything."""
        return [(one, told) for one, told in self.effects if one.kind == kind and told is not None and one.classes]

    def says(self, one: Recoding) -> str:
        """A recoding in words."""
        numbers = counted(len(one.classes), "number")
        if one.kind == "article":
            return f"{one.name} ({numbers})"
        party = self.scenario.parties[one.name].name
        return f"{party}: {FIELD[one.field or 'weight']} {'up' if one.up else 'down'} ({numbers})"


def recoded_page(report: RecodedReport) -> str:
    """Everything that `sim sensitivity --sources` prints."""
    blocks = [_head(report), _table(report, "article", "Each article left out: change in points, with its interval")]
    blocks.append(_table(report, "party", "Each party coded a class up and down: change in points, with its interval"))
    blocks.append(_note(report))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(report: RecodedReport) -> Iterator[str]:
    likelihood = share_of(report.before.agreed)
    yield from paragraph(report.scenario.title)
    yield from wrap(
        f"{report.runs} runs, seed {report.seed}. As it stands: agreement {percent(likelihood)} ({interval(likelihood)}).",
        "",
    )
    yield from overridden(report.overrides)
    yield from kept_says(report.scenario)


def _table(report: RecodedReport, kind: str, title: str) -> Iterator[str]:
    yield title
    found: Sequence[tuple[Recoding, Effect]] = report.of_kind(kind)
    if not found:
        yield "  nothing that names a class rests on one alone" if kind == "article" else "  no number names a class"
        return
    told = sides(report.scenario, [effect for _, effect in found])
    for k, (one, _) in enumerate(found):
        yield from wrap(f"{k + 1}  {report.says(one)}")
    rows = [[str(k + 1), *cells(effect, told)] for k, (_, effect) in enumerate(found)]
    yield from in_parts(heads(report.scenario, told), rows)


def _note(report: RecodedReport) -> Iterator[str]:
    stay = sum(one.stay for one, _ in report.effects if one.kind == "article")
    refused = [report.says(one) for one, told in report.effects if told is None]
    yield from paragraph(
        "Changes are paired run by run. Without an article, what rests on it alone takes the class that the codebook gives "
        f"where no report speaks; {counted(stay, 'number')} that rest on one article and have no such class stay as they "
        "are. Weights are shares: with all of them a class higher only those move that have no class above. "
        + (f"Contradict themselves and were not played: {'; '.join(refused)}. " if refused else "")
        + CAVEAT
    )


def recoded_data(report: RecodedReport) -> dict[str, Any]:
    """The same for programs."""
    parties = list(report.scenario.parties)
    return {
        "scenario": report.name,
        "runs": report.runs,
        "seed": report.seed,
        "overrides": report.overrides,
        **kept_data(report.scenario),
        "likelihood": asdict(share_of(report.before.agreed)),
        "recodings": [
            {
                "kind": one.kind,
                "name": one.name,
                "field": one.field,
                "up": one.up if one.kind == "party" else None,
                "numbers": len(one.classes),
                "stay": one.stay,
                "says": report.says(one),
                "likelihood": asdict(told.likelihood) if told else None,
                "ceiling": asdict(told.ceiling) if told else None,
                "terms": {p: asdict(move) for p, move in zip(parties, told.terms, strict=True) if move} if told else {},
            }
            for one, told in report.effects
        ],
        "note": CAVEAT,
    }
