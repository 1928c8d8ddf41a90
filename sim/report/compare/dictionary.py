"""What each column of the tables of a comparison says. Its scenarios are not in the result, so parties go by their ids."""

from collections.abc import Iterable

from sim.files.export.columns import CellKind, Column
from sim.report.dictionary import HOW, OF_PARTY, SCALE, SHARE, UNKNOWN, WHY
from sim.report.wording.figures import ENDS, REASONS

ENDS_OF_INTERVAL = {"low": "lower end of the 95 % interval of", "high": "upper end of the 95 % interval of"}

RUNS: dict[str, tuple[str, str, str]] = {
    "scenario": ("scenario that was played, by its name in the comparison", "", ""),
    "run": ("which run, counted from 0; one number has the same luck in every scenario", "", "0 and up"),
    "outcome": ("how the run ended", "", ""),
    "why": ("why a run without agreement failed: the first reason that fits", "", ""),
    "round": ("round of the signature, or of the end; the first is 0", "rounds", "0 and up"),
    "phase": ("phase of the talks in which the run ended, by its id", "", ""),
    "zone": ("some package was acceptable to all who count, on the path without talks", "", "true, false"),
    "core_kept": ("what holds at the end keeps the core terms of the proposal; look at agreements only", "", "true, false"),
    "holds": (
        "chance that what holds at the end still holds after a year, as the belligerent sees it that trusts it least; "
        "look at agreements only", "probability", "0 to 1",
    ),
}  # fmt: skip
SCENARIOS: dict[str, tuple[str, str, str]] = {
    "number": ("place of the scenario in the comparison", "", "1 and up"),
    "scenario": ("its name in the comparison", "", ""),
    "title": ("what it is called", "", ""),
    "date": ("the date that its numbers are for; empty without one", "", ""),
    "file": ("its file, as it was named", "", ""),
    "runs": ("runs that were played", "runs", "1 and up"),
    "likelihood": ("likelihood of agreement", SHARE, "0 to 1"),
    "difference": ("likelihood less that of the first scenario, paired run by run", "share", "-1 to 1"),
    "core": ("agreements that keep the core terms of the proposal", SHARE, "0 to 1"),
    "ceiling": ("structural ceiling: runs with a package that was acceptable to all who count", SHARE, "0 to 1"),
    "holds": ("likelihood of an agreement that still holds after a year", SHARE, "0 to 1"),
    "mediator_left": ("runs in which a mediator left", SHARE, "0 to 1"),
    "median_round": ("by the end of this round half of the agreements were signed", "rounds", "1 and up"),
    "why_is_indicative": ("whether reasons of failure are only indicative", "", "true, false"),
    "blocked_by": ("the red line that the last refusals of failing runs name most often", "", ""),
    "moved_by": ("the number that moves the likelihood most, by its path", "", ""),
    "moved_by_source": ("what that number rests on", "", "cited, convention, assumed, override"),
}
ASSUMPTIONS = {"low": "least favourable", "high": "most favourable"}


def comparison_columns(kinds: Iterable[tuple[str, CellKind]], of_runs: bool) -> list[Column]:
    """The columns of the runs of a comparison, or of its scenarios, by name and kind."""
    return [_run(name, kind) if of_runs else _scenario(name, kind) for name, kind in kinds]


def _run(name: str, kind: CellKind) -> Column:
    if name in RUNS:
        meaning, unit, span = RUNS[name]
        return Column(name, kind, unit, meaning, span, {"outcome": HOW, "why": WHY}.get(name, {}))
    return _of_party(name, kind, "") or Column(name, kind, meaning=UNKNOWN)


def _scenario(name: str, kind: CellKind) -> Column:
    stem, _, end = name.partition(".")
    known = SCENARIOS.get(name) or _part(stem, end)
    if known is None:
        return _of_party(name, kind, "; mean over agreements") or Column(name, kind, meaning=UNKNOWN)
    meaning, unit, span = known
    return Column(name, kind, unit, meaning, span)


def _part(stem: str, end: str) -> tuple[str, str, str] | None:
    """What a column says that has a name of two parts: meaning, unit, span."""
    if stem in SCENARIOS and end in ENDS_OF_INTERVAL:
        _, unit, span = SCENARIOS[stem]
        return f"{ENDS_OF_INTERVAL[end]} {stem}: sampling error only", unit, span
    told = {
        "assumptions": (f"likelihood in the {ASSUMPTIONS.get(end)} fifth of the assumptions", SHARE, "0 to 1"),
        "end": (ENDS.get(end, UNKNOWN), SHARE, "0 to 1"),
        "why": (REASONS.get(end, UNKNOWN), SHARE, "0 to 1"),
        "by": (f"likelihood of agreement by {end}", SHARE, "0 to 1"),
        "numbers": (f"numbers of the scenario that are {end}", "numbers", "0 and up"),
        "gain": (f"{end}: worth less what going on is then worth, mean over agreements", SCALE, "-1 to 1"),
    }
    return told.get(stem) if end else None


def _of_party(name: str, kind: CellKind, more: str) -> Column | None:
    family, _, party = name.partition(".")
    if family not in OF_PARTY or not party:
        return None
    meaning, unit, span = OF_PARTY[family]
    return Column(name, kind, unit, f"{party}: {meaning}{more}", span)
