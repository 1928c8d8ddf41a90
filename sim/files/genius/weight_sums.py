"""Weights that do not sum to 1, as GENIUS allows and a scenario does not."""

import math
from dataclasses import replace

from sim.files.errors import Mark
from sim.files.genius.domain import Profile
from sim.files.genius.findings import Findings

NOISE = 1e-12
"""How far the float sum of weights may be from 1 when their decimals sum to 1."""


def scaled(profile: Profile, mark: Mark, findings: Findings, is_cut: bool = False) -> Profile | None:
    """The profile with weights that sum to 1; `is_cut` where its platform counts utilities above 1 as 1.

    A sum S below 1 goes into the values, so that every utility stays (no package is then worth more than S). A sum above 1
    divides utilities and the reserved value, which changes their scale and no preference, unless they are cut; it is noted.
    """
    total = sum(profile.weights)
    if total <= 0.0:
        findings.fault(mark, "weight", "weights sum to 0; expected 1")
        return None
    if not math.isfinite(total):
        findings.fault(mark, "weight", "weights sum to more than the largest number that a computer holds; expected 1")
        return None
    if abs(total - 1.0) <= NOISE:
        return profile
    weights = tuple(weight / total for weight in profile.weights)
    if total < 1.0:
        findings.note(mark, f"weights sum to {total:.13g}, not to 1: option values are multiplied by it instead")
        values = tuple(tuple(total * value for value in each) for each in profile.values)
        return replace(profile, weights=weights, values=values)
    aside = "; GENIUS does not divide, and counts utilities above 1 as 1" if is_cut else ""
    said = f"weights sum to {total:.13g}, not to 1: utilities and the reserved value are divided by it{aside}"
    findings.note(mark, said)
    return replace(profile, weights=weights, reserved=profile.reserved / total)
