"""A calibration as a picture."""

from sim.analysis.calibration.moved import Moved, Spread
from sim.plots import Figure, MovedRow, before_and_after
from sim.report.calibrate.calibration import Calibration, counted
from sim.report.calibrate.page import moved_says
from sim.report.run.dates import last_round
from sim.report.wording.draws import number_says

MOST = 12


def calibration_picture(found: Calibration) -> Figure:
    """The likelihood before and after, and the numbers that move most."""
    posterior = found.posterior
    rows = [_row(one, found) for one in found.movement.moved[:MOST]]
    items = counted([one.item for one in posterior.items])
    until = f" and by {found.until}" if found.until else ""
    subtitle = (
        f"Before and after {items} recorded after {found.known_by}{until}; {posterior.draws:,} draws, worth "
        f"{posterior.effective:,.0f} equal ones"
    )
    before, after = posterior.curves(last_round(found.scenario))
    return before_and_after(before, after, rows, found.scenario.title, subtitle, found.scenario.round)


def _row(one: Moved, found: Calibration) -> MovedRow:
    low, high = (0.0, 1.0) if one.is_chance() else (one.prior.low, one.prior.high)

    def placed(spread: Spread) -> tuple[float, float, float]:
        parts = (spread.mean,) * 3 if one.is_chance() else (spread.low, spread.mean, spread.high)
        first, middle, last = ((part - low) / (high - low) if high > low else 0.5 for part in parts)
        return first, middle, last

    return MovedRow(number_says(found.scenario, one.path), moved_says(one, brief=True).removeprefix("mean "),
                    placed(one.prior), placed(one.posterior))  # fmt: skip
