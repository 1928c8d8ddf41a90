"""How far two coders agree, over all numbers that both gave and by kind, party and issue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.coders import ENOUGH, Agreement, Units, agreement, together, units_of
from sim.game import Floats, Ints
from sim.report.wording.layout import GAP, table, wrap
from sim.scenario import Scenario
from sim.scenario.coding import Unit
from sim.scenario.names import spoken
from sim.scenario.problems import listed

ALL, OTHER = "all", "other kinds"
ABOUT = (
    "Krippendorff's alpha for ordered codes: 1 where all are alike, 0 as by chance. A number is held against the chance of "
    "its own kind, so parts average to the whole."
)


@dataclass(frozen=True)
class AgreementRow:
    """Agreement on some numbers."""

    part: str  # all, kind, party or issue
    name: str  # of the kind, or id
    label: str
    numbers: int
    alike: int
    found: Agreement

    @property
    def told(self) -> int:
        """Numbers that an alpha counts: of kinds with enough of them."""
        return self.found.units


def agreement_rows(units: Sequence[Unit], scenario: Scenario) -> list[AgreementRow]:
    """A row for all numbers, for each kind, party and issue that any is of."""
    kinds = _kinds(units)
    large = {kind for kind, places in kinds.items() if len(places) >= ENOUGH}
    apart, counted = _apart(units, {kind: kinds[kind] for kind in large})

    def row(part: str, name: str, label: str, places: Sequence[int]) -> AgreementRow:
        alike = sum(units[k].is_alike() for k in places)
        told = np.array([k for k in places if counted[k]], np.int64)
        chosen = Units(apart[told], np.full(len(told), 2))
        return AgreementRow(part, name, label, len(places), alike, agreement(chosen))

    rows = [row("all", ALL, ALL, range(len(units)))]
    rows += [row("kind", kind, spoken(kind), kinds[kind]) for kind in kinds if kind in large]
    small = [k for kind, places in kinds.items() if kind not in large for k in places]
    rows += [row("kind", OTHER, OTHER, sorted(small))] if small else []
    for party, body in scenario.parties.items():
        rows.append(row("party", party, body.name, [k for k, unit in enumerate(units) if unit.party == party]))
    for issue, known in scenario.issues.items():
        rows.append(row("issue", issue, known.title, [k for k, unit in enumerate(units) if issue in unit.issues]))
    return [one for one in rows if one.numbers]


def _kinds(units: Sequence[Unit]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for k, unit in enumerate(units):
        found.setdefault(unit.kind, []).append(k)
    return found


def _apart(units: Sequence[Unit], kinds: dict[str, list[int]]) -> tuple[Floats, Sequence[bool]]:
    """How far the codes of each unit [N] lie apart, held against chance for its kind; and whether its kind is told."""
    places: Ints = np.array([k for each in kinds.values() for k in each], np.int64)
    parts = [units_of(np.array([units[k].codes for k in each]).T) for each in kinds.values()]
    apart = np.full(len(units), np.nan)
    apart[places] = together(parts).apart
    told = set(places.tolist())
    return apart, [k in told for k in range(len(units))]


def agreement_lines(rows: Sequence[AgreementRow]) -> Iterator[str]:
    """The table of a page."""
    yield "Agreement of the two coders"
    yield from wrap(ABOUT, hang="")
    cells = [[_label(row), str(row.numbers), str(row.alike), *_alpha(row.found)] for row in rows]
    yield from table(["", "numbers", "alike", "alpha", "95 %"], cells)
    few = [row.label for row in rows if not row.found.is_told()]
    if few:
        yield from wrap(f"No alpha where fewer than {ENOUGH} numbers of such kinds are coded by both.", GAP, "")
    small = next((row for row in rows if row.name == OTHER), None)
    if small:
        yield from wrap(
            f"In no alpha are the {small.numbers} of {listed([OTHER])}: each has fewer than {ENOUGH}.", GAP, ""
        )


def _label(row: AgreementRow) -> str:
    return row.label if row.part == "all" else f"  {row.label}"


def _alpha(found: Agreement) -> tuple[str, str]:
    if not found.is_told():
        return "", ""
    return f"{found.alpha:.2f}", f"{found.low:.2f} to {found.high:.2f}"
