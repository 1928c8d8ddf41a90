"""The figures of each design point as plain rows, for tables and programs."""

import math
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from sim.analysis.shares.axes import as_number
from sim.analysis.shares.design_points import Figures, figures, grouped
from sim.analysis.shares.likelihood import Share
from sim.records import Design, Rows


def figures_of_points(design: Design, rows: Rows) -> Figures:
    """The figures of each design point."""
    return figures(rows, grouped(rows, np.arange(len(design)), len(design)))


def typed_values(design: Design, path: str) -> list[float] | list[str]:
    """The values [N] of a part as numbers, where all of them are."""
    numbers = [as_number(text) for text in design.values(path)]
    found = [number for number in numbers if number is not None]
    return found if len(found) == len(numbers) else list(design.values(path))


def point_rows(design: Design, found: Figures, parties: Collection[str]) -> list[dict[str, Any]]:
    """A row a design point: its values, its runs, and its figures with their intervals; None where nothing is known yet."""
    columns = {path: typed_values(design, path) for path in design.paths}
    return [
        {
            "point": point,
            **{path: values[point] for path, values in columns.items()},
            "runs": int(found.likelihood.rows[point]),
            **figure_row(found, point, parties),
        }
        for point in range(len(design))
    ]


def figure_row(found: Figures, point: int, parties: Collection[str]) -> dict[str, float | None]:
    """The figures of one design point; the same ones for every point."""
    placed = [name for name, column in zip(parties, found.terms.T, strict=False) if not np.isnan(column).all()]
    return {
        **_columns("agreement", found.likelihood.share(point)),
        **_columns("core_kept", found.core.share(point)),
        **_columns("ceiling", found.ceiling.share(point)),
        "holds": _known(found.holds[point]),
        "median_round": _known(found.median_round[point]),
        **{f"end.{end}": _known(part.estimate[point]) for end, part in found.ends.items()},
        **{f"why.{why}": _known(part.estimate[point]) for why, part in found.reasons.items()},
        **{f"terms.{name}": _known(found.terms[point, list(parties).index(name)]) for name in placed},
    }


def _columns(name: str, share: Share) -> Mapping[str, float | None]:
    return {name: _known(share.estimate), f"{name}_low": share.low, f"{name}_high": share.high}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
