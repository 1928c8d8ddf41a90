"""Results as pictures: result -> matplotlib Figure. Nothing here opens a path or computes a statistic.

`picture_bytes` gives a figure as the bytes of a file, equal for equal results. By hand:

    with matplotlib.rc_context(SAVE_RC):
        figure.savefig(path, format="svg", **SAVE["svg"])

Figures are made without pyplot: it takes half a second to import and keeps every figure alive.
"""

from sim.plots.album import picture_bytes, pictures
from sim.plots.comparison import side_by_side
from sim.plots.curve import likelihood_by_round
from sim.plots.dancing import dance
from sim.plots.ends import where_runs_end
from sim.plots.page import SAVE, SAVE_RC

__all__ = [
    "SAVE", "SAVE_RC", "dance", "likelihood_by_round", "picture_bytes", "pictures", "side_by_side", "where_runs_end",
]  # fmt: skip
