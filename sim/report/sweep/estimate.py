"""What a sweep would take, before it is played."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sim.records import Design
from sim.report.wording.layout import wrap
from sim.report.wording.paths import path_says
from sim.report.wording.values import value_says
from sim.scenario import Scenario

LISTED = 8


@dataclass(frozen=True)
class Forecast:
    """The size of a sweep, and what a short trial says of it."""

    design: Design
    runs: int  # at each design point
    chunks: int
    workers: int
    seconds: float
    bytes: int
    per_second: float  # by one worker
    folder: str
    what: str = "negotiations"

    @property
    def negotiations(self) -> int:
        """Negotiations in all."""
        return len(self.design) * self.runs


def forecast_page(forecast: Forecast, scenario: Scenario) -> str:
    """A forecast in words."""
    return "\n".join(_lines(forecast, scenario))


def _lines(forecast: Forecast, scenario: Scenario) -> Iterator[str]:
    design = forecast.design
    yield f"{scenario.title}: what this sweep would take"
    for path in design.paths:
        values = list(dict.fromkeys(design.values(path)))
        words = [value_says(scenario, path, text) for text in values]
        few = ", ".join(words) if len(words) <= LISTED else f"{words[0]}, {words[1]}, ... {words[-1]}"
        yield from wrap(f"{path_says(scenario, path)}: {few} ({len(values)} values)")
    points = "1 design point" if len(design) == 1 else f"{len(design):,} design points"
    files = "1 chunk" if forecast.chunks == 1 else f"{forecast.chunks:,} chunks"
    yield from wrap(f"{points}, {forecast.runs:,} runs at each: {forecast.negotiations:,} {forecast.what} in {files}")
    speed = f"{forecast.per_second:,.0f} {forecast.what} a second on one"
    workers = "1 worker" if forecast.workers == 1 else f"{forecast.workers} workers"
    yield from wrap(f"Time: about {duration(forecast.seconds)} on {workers} (a short trial made {speed})")
    yield from wrap(f"Disk: about {size(forecast.bytes)} in {forecast.folder}/")
    yield "Nothing was played."


def duration(seconds: float) -> str:
    """A length of time in words."""
    if seconds < 100:
        return f"{max(1, round(seconds))} seconds"
    if seconds < 100 * 60:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f} hours"


def size(count: float) -> str:
    """A number of bytes in words."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6)):
        if count >= scale:
            return f"{count / scale:.1f} {unit}"
    return f"{max(1, round(count / 1e3))} kB"


def forecast_data(forecast: Forecast) -> dict[str, Any]:
    """A forecast as data for programs."""
    figures = {name: value for name, value in asdict(forecast).items() if name not in ("design", "what")}
    return {"paths": list(forecast.design.paths), "points": len(forecast.design), **figures,
            "negotiations": forecast.negotiations}  # fmt: skip
