"""Weights that do not sum to 1, as GENIUS allows and a scenario does not."""

from dataclasses import replace

from sim.files.errors import Mark
from sim.files.genius.domain import Profile
from sim.files.genius.findings import Findings

EXACT = 1e-6


def scaled(profile: Profile, mark: Mark, findings: Findings) -> Profile | None:
    """The profile with weights that sum to 1.

    A sum S below 1 goes into the values, so that every utility stays (no package is then worth more than S). A sum above 1
    divides utilities and the reserved value, which changes their scale and no preference; it is noted.
    """
    total = sum(profile.weights)
    if total <= 0.0:
        findings.fault(mark, "weight", "weights sum to 0; expected 1")
        return None
    if abs(total - 1.0) <= EXACT:
        return profile
    weights = tuple(weight / total for weight in profile.weights)
    if total < 1.0:
        findings.note(mark, f"weights sum to {total:.6g}, not to 1: option values are multiplied by it instead")
        values = tuple(tuple(total * value for value in each) for each in profile.values)
        return replace(profile, weights=weights, values=values)
    findings.note(mark, f"weights sum to {total:.6g}, not to 1: utilities and the reserved value are divided by it")
    return replace(profile, weights=weights, reserved=profile.reserved / total)
