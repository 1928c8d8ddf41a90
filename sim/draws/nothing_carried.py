"""Worlds of talks that continue no others: their fields of what was before are empty."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_AXES: dict[str, tuple[int, type]] = {
    "rounds_before": (0, np.float64), "clock_before": (0, np.float64), "fought_before": (0, np.float64),
    "stalled_before": (0, np.float64), "shortfall_before": (0, np.float64), "best_before": (0, np.float64),
    "present_before": (1, np.bool_), "pulled_before": (1, np.bool_),
    "status_quo_before": (1, np.int64), "package_before": (1, np.int64), "settled_before": (1, np.bool_),
    "lapses_before": (1, np.int64), "heard_before": (1, np.int64), "strength_before": (1, np.float64),
    "text_before": (1, np.int64), "offers_before": (2, np.int64), "gifts_before": (3, np.int64),
    "tabled_before": (3, np.int64), "refusals_before": (1, np.int64), "withheld_before": (1, np.int64),
    "exposed_before": (1, np.bool_), "demand_before": (1, np.int64), "raised_before": (2, np.bool_),
}  # fmt: skip
"""Axes of each beside that of the runs."""


def nothing_carried(n: int) -> dict[str, NDArray[Any]]:
    """Those fields of n worlds: none has gone on for a round, and the arrays hold nothing."""
    return {name: np.zeros((n, *[0] * axes), kind) for name, (axes, kind) in _AXES.items()}
