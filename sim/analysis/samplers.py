"""Where the design points of a sweep lie in the unit cube, for designs that are no grid.

A Latin hypercube has one point in each of n slices of every axis (McKay, Beckman & Conover 1979). A scrambled Sobol
sequence fills the cube evenly at every power of two (Sobol 1967; Owen 1998).
"""

import warnings

from sim.game import Floats

CUBES = ("lhs", "sobol")


def unit_points(sampler: str, points: int, axes: int, seed: int) -> Floats:
    """Points [points, axes] in [0, 1) of a sampler of `CUBES`, the same under the same seed."""
    from scipy.stats import qmc  # takes most of a second, and only these designs need it

    kind = qmc.LatinHypercube if sampler == "lhs" else qmc.Sobol
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The balance properties")  # any number of points may be asked for
        cube: Floats = kind(d=axes, rng=seed).random(points)
    return cube
