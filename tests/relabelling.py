"""The same game with its parties and issues called by other numbers: every axis and every reference permuted."""

import numpy as np

from sim.game import Ints, Rulebook, Worlds, frozen
from sim.records import Outcomes

Order = list[int]
"""New place: old place."""

ISSUE_AXIS = {
    "options": 0, "status_quo": 0, "start": 0, "locked": 0, "masks": 1, "names": 1, "agenda": 1,
    "lasts": 1, "proposal": 1, "states": 1, "proposal_phase": 1, "core": 0, "lever_sets": 1, "ceasefire": 0,
    "stops_war": 0, "peace": 0, "ratifying": 1, "future": 1, "position": 2, "guarded": 0, "gives": 1,
}  # fmt: skip
PARTY_AXES = {
    "group_members": (1,), "speaks": (1,), "put_to": (1,), "exposed_after": (0,), "belligerent": (0,), "has_say": (0,),
    "position": (1,), "has_position": (0,), "adversary": (0, 1), "gives": (0,), "bridges": (1,),
}  # fmt: skip
TO_ISSUES = ("issue_order", "single", "naming")
TO_PARTIES = (
    "party_order",
    "line_owner",
    "link_owner",
    "mediator",
    "author",
    "lever_by",
    "lever_on",
    "leaver",
    "ratifier",
)
UNTOUCHED = {
    "joint", "line_declared", "line_latent", "group_needed", "group_whole", "group_given", "group_until", "lifting",
    "phase_groups", "stage", "lever_until", "protocol", "rounds",
    "revisions", "alternates", "lever_trigger", "lever_at", "lever_threat", "lever_staked", "lever_slips", "provisional",
    "proposal_round", "event_at", "horizon", "can_cease", "announced", "deadline", "leave_staked", "leave_slips",
    "goes_on", "guards", "touches", "pauses",
}  # fmt: skip
assert {*ISSUE_AXIS, *PARTY_AXES, *TO_ISSUES, *TO_PARTIES, *UNTOUCHED} == set(Rulebook._fields)

WORLD_ISSUES = {
    "value": 2, "estimate": 3, "protection": 2, "status_quo_before": 1, "package_before": 1, "settled_before": 1,
    "lapses_before": 1, "text_before": 1, "offers_before": 2, "gifts_before": 3, "tabled_before": 3, "raised_before": 2,
}  # fmt: skip
WORLD_PARTIES = {
    "value": (1,), "estimate": (1, 2), "base": (1,), "reading": (1, 2), "momentum_effect": (1,), "cost": (1,),
    "exponent": (1,), "deadline": (1,), "opening": (1,), "reciprocity": (1,), "optimism": (1,), "confident": (1,),
    "doubt": (1,), "rearm": (1,), "protection": (1,), "good_faith": (1,), "patience": (1,), "bias": (1, 2),
    "shift": (2,), "turn": (1,), "present_before": (1,), "offers_before": (1,), "gifts_before": (1, 2),
    "tabled_before": (1,), "refusals_before": (1,), "withheld_before": (1,), "exposed_before": (1,), "demand_before": (1,),
    "raised_before": (1,),
}  # fmt: skip
OF_NO_PARTY_OR_ISSUE = {
    "bonus", "firmness", "yielding", "z", "tilt", "pressure", "lever_chance", "lever_round", "lever_lapse",
    "event_momentum", "event_firmness", "leans", "odds", "start", "drift", "ceasefire_drift", "steps", "passes", "luck",
    "sharpness", "hope", "leave_chance", "leave_round", "leave_lapse", "rounds_before", "clock_before", "fought_before",
    "stalled_before", "shortfall_before", "best_before", "pulled_before", "heard_before", "strength_before",
}  # fmt: skip
assert {*WORLD_ISSUES, *WORLD_PARTIES, *OF_NO_PARTY_OR_ISSUE} == set(Worlds._fields)

OUTCOME_ISSUES = ("package", "settled", "status_quo", "text", "wanted", "wanted_last")
OUTCOME_PARTIES = (
    "value", "worth", "terms", "face_terms", "no_deal", "aspiration", "present", "withheld", "exposed",
)  # fmt: skip


def _renamed(places: Ints | int, order: Order) -> Ints | int:
    """References to old places as references to new ones; -1 stays."""
    new = np.append(np.argsort(order), -1)
    renamed = new[places]
    return int(renamed) if np.ndim(places) == 0 else frozen(renamed)


def relabelled_rules(rules: Rulebook, parties: Order, issues: Order) -> Rulebook:
    """The rulebook under new numbers; the order in which turns and ties are settled stays that of the old ones."""
    fields = rules._asdict()
    for name, axis in ISSUE_AXIS.items():
        fields[name] = frozen(np.take(fields[name], issues, axis))
    for name, axes in PARTY_AXES.items():
        for axis in axes:
            fields[name] = frozen(np.take(fields[name], parties, axis))
    fields |= {name: _renamed(fields[name], issues) for name in TO_ISSUES}
    fields |= {name: _renamed(fields[name], parties) for name in TO_PARTIES}
    return Rulebook(**fields)


def relabelled_worlds(worlds: Worlds, parties: Order, issues: Order) -> Worlds:
    """The worlds under new numbers."""
    fields = worlds._asdict()
    held = [name for name, field in fields.items() if field.size]  # where talks begin anew, what was before is empty
    for name in (name for name in WORLD_ISSUES if name in held):
        fields[name] = np.take(fields[name], issues, WORLD_ISSUES[name])
    for name in (name for name in WORLD_PARTIES if name in held):
        for axis in WORLD_PARTIES[name]:
            fields[name] = np.take(fields[name], parties, axis)
    fields["demand_before"] = _renamed(fields["demand_before"], issues)
    return Worlds(**{name: frozen(field) for name, field in fields.items()})


def relabelled_outcomes(outcomes: Outcomes, parties: Order, issues: Order) -> Outcomes:
    """The outcomes under new numbers."""
    fields = {name: np.take(getattr(outcomes, name), issues, 1) for name in OUTCOME_ISSUES}
    fields |= {name: np.take(getattr(outcomes, name), parties, 1) for name in OUTCOME_PARTIES}
    return outcomes._replace(**fields)
