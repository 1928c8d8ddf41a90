"""The rules of a scenario as arrays."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.compiling.consent_rules import Group, consent_of
from sim.compiling.documented import tabled
from sim.compiling.givers import givers_of
from sim.compiling.index import Index
from sim.compiling.pauses import pauses_of
from sim.compiling.positions import adversaries_of, first_phases, positions_of, proposals_of
from sim.game import AFTER_REFUSALS, AT_ROUND, FOR_GOOD, NEVER, PROTOCOLS, WHEN_EXPOSED, Flags, Ints, Rulebook, frozen
from sim.scenario import Clause, Lever, Phase, Scenario
from sim.scenario.quantities import Count

DEFAULT_HORIZON = 8
DEFAULT_REVISIONS = 2
DEFAULT_EXPOSED_AFTER = 3


def _naming(names: Flags) -> Ints:
    """Issues that each pattern names [K, *], -1 padded."""
    lists = [np.flatnonzero(row) for row in names]
    table = np.full((len(lists), max((len(found) for found in lists), default=0) + 1), -1, np.int64)
    for k, found in enumerate(lists):
        table[k, : len(found)] = found
    return table


def _stack(rows: Sequence[Any], width: int, dtype: Any) -> Any:
    return np.array(rows, dtype) if len(rows) else np.zeros((0, width), dtype)


def _trigger(lever: Lever) -> tuple[int, int]:
    if lever.when is None:
        return NEVER, 0
    if lever.when.round is not None:
        return AT_ROUND, int(lever.when.round)
    if lever.when.refusals is not None:
        return AFTER_REFUSALS, int(lever.when.refusals)
    return WHEN_EXPOSED, 0


def _round(count: Count | None) -> int:
    return -1 if count is None else int(count)


def _end(lever: Lever) -> int:
    return FOR_GOOD if lever.until is None else int(lever.until.round)


def rulebook_of(scenario: Scenario, at: Index) -> Rulebook:
    """The rulebook of a checked scenario."""
    names, status_quo = at.names, at.status_quo
    issues, width = len(names.issues), len(names.issues)
    parties = scenario.parties
    lines = [(p, line) for p, party in enumerate(parties.values()) for line in party.red_lines]
    links = [(p, link) for p, party in enumerate(parties.values()) for link in party.linkages]
    groups, force = consent_of(scenario)
    clauses: list[Clause | None] = [line.refuses for _, line in lines]
    clauses += [link.when for _, link in links] + [group.when for group in groups]
    named = _stack([at.named(clause) for clause in clauses], width, bool)
    proposal, phases, latent = scenario.proposal, scenario.phases, scenario.beginning_lines()
    none = np.full(issues, -1, np.int64)
    proposed = none if proposal is None else at.package(proposal.terms, none)
    positions, stage = positions_of(scenario, at)
    has_position = np.asarray((positions[0] >= 0).any(axis=1))
    documented, states = proposals_of(scenario, at)
    guarded, gives = givers_of(scenario, at)
    locked = at.issues(proposal.locked if proposal else ())
    start = np.where(locked, proposed, np.maximum(status_quo, 0))
    on_agenda = [at.issues(names.issues if phase.agenda == "all" else phase.agenda) for phase in phases]
    agenda = np.array(on_agenda) & ~locked
    triggers = np.array([_trigger(lever) for lever in scenario.levers], np.int64).reshape(-1, 2)
    leave, momentum = scenario.walk_away, scenario.momentum
    arrays: dict[str, Any] = dict(  # noqa: C408  (reads as the rulebook does)
        options=np.array([len(options) for options in names.options], np.int64),
        status_quo=status_quo,
        start=start.astype(np.int64),
        locked=locked,
        issue_order=np.arange(issues),
        party_order=np.arange(len(parties)),
        masks=_stack([at.mask(clause) for clause in clauses], width, np.uint64),
        names=named,
        touches=np.asarray(named.any(axis=1)),
        joint=np.flatnonzero(named.sum(axis=1) > 1),
        single=np.where(named.sum(axis=1) == 1, named.argmax(axis=1), -1),
        naming=_naming(named),
        line_owner=np.array([p for p, _ in lines], np.int64),
        line_declared=np.array([line.declared for _, line in lines], bool),
        line_latent=np.array([line.id in latent for _, line in lines], bool),
        link_owner=np.array([p for p, _ in links], np.int64),
        group_members=_stack([at.parties(group.members) for group in groups], len(parties), bool),
        group_needed=np.array([group.needed for group in groups], np.int64),
        group_whole=np.array([group.needed == len(group.members) for group in groups], bool),
        group_given=np.array([group.when is not None and group.as_change for group in groups], bool),
        group_until=np.array([group.until for group in groups], np.int64),
        lifting=np.array([k for k, group in enumerate(groups) if group.until < FOR_GOOD], np.int64),
        phase_groups=force,
        protocol=np.array([PROTOCOLS.index(phase.protocol) for phase in phases], np.int64),
        rounds=np.array([int(phase.rounds) for phase in phases], np.int64),
        agenda=agenda,
        speaks=np.array([at.parties(phase.speakers or parties) for phase in phases]),
        mediator=np.array([_drafter(phase, scenario, at) for phase in phases], np.int64),
        revisions=np.array([int(phase.revisions or DEFAULT_REVISIONS) for phase in phases], np.int64),
        alternates=np.array([phase.consults == "alternate" for phase in phases]),
        put_to=np.array([at.parties(phase.put_to) for phase in phases]),
        lasts=np.array([[int(phase.lasts.get(i, -1)) for i in names.issues] for phase in phases], np.int64),
        provisional=np.array([phase.provisional for phase in phases]),
        belligerent=np.array([party.role == "belligerent" for party in parties.values()], bool),
        has_say=_with_a_say(scenario, at, groups, force),
        stage=stage,
        position=positions,
        has_position=has_position,
        adversary=adversaries_of(scenario, has_position),
        guarded=guarded,
        gives=gives,
        guards=bool(guarded.any()),
        bridges=np.array(
            [
                [party.is_neutral() or who == _drafts(phase, scenario) for who, party in parties.items()]
                for phase in phases
            ]
        ),
        proposal=documented,
        states=states,
        proposal_phase=first_phases(agenda, states),
        proposal_round=np.array([each.round for each in tabled(scenario)], np.int64),
        author=np.array([at.party(each.by) for each in tabled(scenario)], np.int64),
        core=np.where(at.issues(proposal.core if proposal else ()), proposed, -1),
        lever_by=np.array([at.party(lever.by) for lever in scenario.levers], np.int64),
        lever_on=np.array([at.party(lever.on) for lever in scenario.levers], np.int64),
        lever_trigger=triggers[:, 0],
        lever_at=triggers[:, 1],
        lever_threat=np.array([_round(lever.threatened) for lever in scenario.levers], np.int64),
        lever_staked=np.array([lever.carried_out is not None for lever in scenario.levers], bool),
        lever_until=np.array([_end(lever) for lever in scenario.levers], np.int64),
        lever_slips=np.array([int(lever.slips or 0) for lever in scenario.levers], np.int64),
        lever_sets=_stack([at.package(lever.status_quo, none) for lever in scenario.levers], width, np.int64),
        event_at=np.array([int(event.round) for event in scenario.events], np.int64),
        exposed_after=np.array([int(p.exposed_after or DEFAULT_EXPOSED_AFTER) for p in parties.values()], np.int64),
        horizon=int(momentum.horizon) if momentum and momentum.horizon else DEFAULT_HORIZON,
        ceasefire=at.mask(momentum.ceasefire if momentum else None),
        can_cease=momentum is not None and momentum.ceasefire is not None,
        stops_war=at.named(momentum.ceasefire if momentum else None),
        pauses=pauses_of(scenario, at, agenda, start),
        leaver=-1 if leave is None else at.party(leave.by),
        announced=int(leave.announced) if leave and leave.announced else 0,
        deadline=int(leave.deadline) if leave and leave.deadline else -1,
        leave_staked=leave is not None and leave.carried_out is not None,
        leave_slips=int(leave.slips) if leave and leave.slips else 0,
        goes_on=leave is not None and leave.then == "go_on",
        ratifying=_stack([at.mask(clause.when) for clause in scenario.ratification], width, np.uint64),
        ratifier=np.array([at.party(clause.party) for clause in scenario.ratification], np.int64),
        peace=at.mask((momentum.peace or momentum.ceasefire) if momentum else None),
        future=_stack([at.package(future.package, none) for future in scenario.futures], width, np.int64),
    )
    fields: dict[str, Any] = {k: frozen(v) if isinstance(v, np.ndarray) else v for k, v in arrays.items()}
    return Rulebook(**fields)


def _with_a_say(scenario: Scenario, at: Index, groups: Sequence[Group], force: Flags) -> Flags:
    """Parties [P] whose consent may count in the last phase of bargaining, or that vote after it."""
    last = max(h for h, phase in enumerate(scenario.phases) if phase.protocol != "put_to")
    asked = [group.members for group, in_force in zip(groups, force[last], strict=True) if in_force]
    voters = [phase.put_to for phase in scenario.phases[last + 1 :]]
    return at.parties([party for members in (*asked, *voters) for party in members])


def _drafts(phase: Phase, scenario: Scenario) -> str | None:
    return scenario.drafter(phase) if phase.protocol == "single_text" else None


def _drafter(phase: Phase, scenario: Scenario, at: Index) -> int:
    who = _drafts(phase, scenario)
    return -1 if who is None else at.party(who)
