"""Which package a solution of bargaining theory picks.

Every solution takes `gains` [n, P] as `gains_over` makes them, all finite. It returns the position of one package: of equal
ones (within `TIE`) the first, and -1 where every package leaves somebody below its no-deal value. Only packages that leave
nobody below count.

The axioms are about convex sets, and a list of packages is not one. So where gains cannot be equal the functions go on to
the next-worst-off party (leximin). No party can improve on the result without loss to another.
"""

import numpy as np

from sim.game import Flags, Floats, Ints
from sim.rules.formulas import TOLERANCE

TIE = 1e-9


def gains_over(value: Floats, no_deal: Floats) -> Floats:
    """What packages worth `value` [n, P] give each party over its no-deal value [P]; below 0 where it is left below.

    Who is left below is what `sim.rules.formulas.reaches` says: a shortfall that it forgives is no loss. So no package of a
    zone leaves somebody below whose consent it needs.
    """
    return np.where(value >= no_deal - TOLERANCE, np.maximum(value - no_deal, 0.0), value - no_deal)


def nash(gains: Floats) -> int:
    """The package with the largest product of gains (Nash 1950).

    1. Where no package gives every party a gain, all products are 0. Then as many as can gain together count, the
       others are left out (Caragiannis et al. 2016); of several such groups, that of the first package which has one.
    2. Products are compared as sums of logarithms, so that small gains are told apart as well as large ones.
    """
    fair = _fair(gains)
    if not len(fair):
        return -1
    gaining: Flags = gains[fair] > TIE
    count = gaining.sum(axis=1)
    group = gaining[count.argmax()]
    same = np.asarray((gaining == group).all(axis=1))
    return _first_best(fair[same], np.log(gains[fair[same]][:, group]).sum(axis=1))


def kalai_smorodinsky(gains: Floats) -> int:
    """The package whose smallest gain, as a part of what its party could gain at best, is largest; then the next smallest.

    At best: among packages that leave nobody below. A party that can gain nothing there decides nothing. Equal parts for
    all are the solution of Kalai & Smorodinsky (1975); going on to the next smallest is Imai's (1983).
    """
    fair = _fair(gains)
    if not len(fair):
        return -1
    best = gains[fair].max(axis=0)
    able = best > TIE
    return _leximin(fair, gains[fair][:, able] / best[able])


def egalitarian(gains: Floats) -> int:
    """The package whose smallest gain is largest, then the next smallest (Kalai 1977, of equal gains; Sen 1970).

    It adds and compares gains of different parties as they stand, so it means something only where their scales do.
    """
    fair = _fair(gains)
    return _leximin(fair, gains[fair]) if len(fair) else -1


def utilitarian(gains: Floats) -> int:
    """The package with the largest sum of gains among those that leave nobody below (Harsanyi 1955).

    Here too gains of different parties are compared as they stand.
    """
    fair = _fair(gains)
    return _first_best(fair, gains[fair].sum(axis=1)) if len(fair) else -1


def _fair(gains: Floats) -> Ints:
    """Positions of the packages that leave nobody below."""
    return np.flatnonzero((gains >= 0.0).all(axis=1))


def _first_best(rows: Ints, score: Floats) -> int:
    """The first of the rows [m] whose score [m] is the largest."""
    return int(rows[np.argmax(score >= score.max() - TIE)])


def _leximin(rows: Ints, score: Floats) -> int:
    """The first of the rows [m] whose smallest of k scores [m, k] is the largest, of these the next smallest, and so on."""
    ordered = np.sort(score, axis=1)
    for k in range(ordered.shape[1]):
        kept = ordered[:, k] >= ordered[:, k].max() - TIE
        rows, ordered = rows[kept], ordered[kept]
    return int(rows[0])
