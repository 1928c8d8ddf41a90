"""What happens beside offers and answers, read off the state by comparing it with what it was."""

import numpy as np

from sim.game import AT_ROUND, Flags
from sim.records import End
from sim.rules.packages import matches
from sim.rules.rounds.no_deal import last_bargaining_phase
from sim.rules.rounds.settlement import fails_at_home
from sim.talks.shared_state import Table
from sim.talks.transcript.dated_changes import lines_begun, on_the_table, positions
from sim.talks.transcript.entries import Incident, IncidentKind
from sim.talks.transcript.outlooks import hope_of_more, outlooks
from sim.talks.transcript.reasons import Outlook

WORTH_COUNTING = 0.005
WORTH_TELLING = 0.1
"""Change of momentum since it was last told that a transcript tells again."""

MOVED, MOVED_TOO = 0.05, 0.02
"""Changes of a no-deal value since it was last told: of that of one party, and then of the others'."""

WATCHED = (
    "framework",
    "settled",
    "package",
    "present",
    "firmness",
    "pulled",
    "withdrawn",
    "applies",
    "binding",
    "exposed",
    "withheld",
)


def _turned(before: Flags, after: Flags) -> list[int]:
    found: list[int] = np.flatnonzero(after & ~before).tolist()
    return found


def _missed(kind: IncidentKind, subject: int, now: int, first: int, slips: int, lapse: float) -> list[Incident]:
    """A threat that falls due now and is not carried out, with the round to which it slips."""
    if now < first or now > lapse or (now > first and (now - first) % slips):
        return []
    return [Incident(kind, subject, float(now + slips) if now < lapse else -1.0)]


def _moved(p: int, then: Outlook, now: Outlook) -> Incident:
    parts = tuple(b - a for a, b in zip(then.moving, now.moving, strict=True))
    return Incident(IncidentKind.NO_DEAL, p, then.total, now.total, parts)


class StateChanges:
    """Looks at the state after each step of a round and tells what has changed since the last look."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._momentum: float | None = None
        self._phase = -1
        self._outlook: tuple[Outlook, ...] = ()
        self._reckoning = [False] * len(table.state.present)
        self._look()
        self._ceasefire = False

    def _look(self) -> None:
        state = self.table.state
        self._seen = {name: getattr(state, name).copy() for name in WATCHED}
        self._ceasefire = bool(state.ceasefire[0])

    @property
    def bent(self) -> Flags:
        """Lines [R] that are real and gave way to pressure."""
        state = self.table.state
        bent: Flags = state.applies & (self.table.world.z < state.firmness) & ~state.binding
        return bent

    def opened(self) -> tuple[Incident, ...]:
        """What a new round brought."""
        told = [
            *self._phases(),
            *self._events(),
            *positions(self.table),
            *on_the_table(self.table),
            *self._lapses(),
            *self._departures(announced=True),
            *self._levers(),
            *self._ceasefires(),
            *self._moments(),
            *self._pauses(),
            *self._slips(),
            *self._threats(),
            *self._no_deals(),
            *self._lines(),
        ]
        self._look()
        return tuple(told)

    def settled(self) -> tuple[Incident, ...]:
        """What a settled text brought: a phase done, or ratification clause by clause."""
        rules, state = self.table.game.rules, self.table.state
        if state.end[0] not in (End.RUNNING, End.AGREEMENT, End.RATIFICATION_FAILED):
            return ()
        if state.end[0] == End.RUNNING:
            told = [Incident(IncidentKind.SETTLED, int(state.phase[0]))]
        else:
            concerned = [c for c, pattern in enumerate(rules.ratifying) if matches(pattern, state.package)]
            told = [*self._reopened(), *(self._ratification(c) for c in concerned)]
        return (*told, *self._ceasefires())

    def closed(self) -> tuple[Incident, ...]:
        """What the talks of a round set off."""
        told = [Incident(IncidentKind.EXPOSED, p) for p in _turned(self._seen["exposed"], self.table.state.exposed)]
        told += [*self._departures(announced=False), *self._levers(), *self._ceasefires()]
        self._look()
        return tuple(told)

    def withheld_by(self, party: int) -> bool:
        """Whether a party has withheld its consent since the last look, as the author of a text."""
        count = self.table.state.withheld[party] > self._seen["withheld"][party]
        self._seen["withheld"] = self.table.state.withheld.copy()
        return bool(count)

    def _phases(self) -> list[Incident]:
        phase = int(self.table.state.phase[0])
        new, self._phase = phase != self._phase, phase
        return [Incident(IncidentKind.PHASE, phase)] if new else []

    def _events(self) -> list[Incident]:
        at = self.table.game.rules.event_at
        return [Incident(IncidentKind.EVENT, e) for e in np.flatnonzero(at == self.table.state.round[0]).tolist()]

    def _lapses(self) -> list[Incident]:
        then, now = self._seen["package"], self.table.state.package
        gone = _turned(self.table.state.settled, self._seen["settled"])
        return [Incident(IncidentKind.LAPSED, i, float(then[i]), float(now[i])) for i in gone]

    def _departures(self, announced: bool) -> list[Incident]:
        gone = _turned(self.table.state.present, self._seen["present"])
        return [Incident(IncidentKind.DEPARTED, p, float(announced)) for p in gone]

    def _levers(self) -> list[Incident]:
        state, seen, world = self.table.state, self._seen["pulled"], self.table.world
        on = self.table.game.rules.lever_on
        pulled = [
            Incident(
                IncidentKind.LEVER, v, float(world.pressure[v]), float(world.shift[v, on[v]]), (float(world.tilt[v]),)
            )
            for v in _turned(seen, state.pulled)
        ]
        return pulled + [Incident(IncidentKind.WITHDRAWN, v) for v in _turned(state.pulled, seen)]

    def _ceasefires(self) -> list[Incident]:
        state, before = self.table.state, self._ceasefire
        if state.end[0] == End.RATIFICATION_FAILED:  # nothing of what was signed comes into force
            return []
        self._ceasefire = after = bool(state.ceasefire[0])
        return [Incident(IncidentKind.CEASEFIRE, -1, before, after)] if before != after else []

    def _moments(self) -> list[Incident]:
        now = float(self.table.state.momentum[0])
        if self._momentum is None:
            told, self._momentum = now != 0.0, now
            return [Incident(IncidentKind.MOMENTUM, -1, now, now)] if told else []
        if abs(now - self._momentum) < WORTH_TELLING:
            return []
        before, self._momentum = self._momentum, now
        return [Incident(IncidentKind.MOMENTUM, -1, before, now)]

    def _pauses(self) -> list[Incident]:
        """What a pause would cost whom, in the first round of an earlier phase that may settle on one and is to bind."""
        b, state, rules, h = self.table, self.table.state, self.table.game.rules, self.table.state.phase[0]
        is_interim = h < last_bargaining_phase(b.g) and rules.pauses[h] and not rules.provisional[h]
        if state.round[0] != state.phase_start[0] or not is_interim:
            return []
        told = []
        for p in range(len(state.present)):
            hope = hope_of_more(b, p)
            loss = float(state.fallback[p] - b.worth(p, state.package)) + hope
            told += [Incident(IncidentKind.PAUSE, p, loss)] if loss > WORTH_COUNTING else []
            told += [Incident(IncidentKind.HOPE, p, hope)] if hope > WORTH_COUNTING else []
        return sorted(told, key=lambda incident: incident.kind == IncidentKind.HOPE)

    def _threats(self) -> list[Incident]:
        rules, b = self.table.game.rules, self.table
        told = []
        if rules.leaver >= 0 and rules.deadline >= 0 and b.state.round[0] == rules.announced:
            chance = (float(b.world.leave_chance),) if rules.leave_staked else ()
            told.append(Incident(IncidentKind.ANNOUNCED, rules.leaver, rules.deadline, parts=chance))
        told += self._levers_threatened()
        for p, reckoning in enumerate(self._reckoning):
            before, now = float(b.state.untouched[p]), float(b.state.no_deal[p])
            self._reckoning[p] = abs(now - before) >= WORTH_COUNTING
            told_already = reckoning or (bool(outlooks(b)) and b.state.round[0] == 0)
            if self._reckoning[p] and not told_already:
                told.append(Incident(IncidentKind.RECKONED, p, before, now))
        return told

    def _levers_threatened(self) -> list[Incident]:
        rules, state = self.table.game.rules, self.table.state
        now = np.flatnonzero((rules.lever_threat == state.round[0]) & ~state.pulled & state.present[rules.lever_by])
        dated = np.where(rules.lever_trigger == AT_ROUND, rules.lever_at, -1)
        chances = self.table.world.lever_chance
        return [Incident(IncidentKind.THREATENED, v, float(dated[v]), parts=(float(chances[v]),)) for v in now.tolist()]

    def _slips(self) -> list[Incident]:
        """Threats whose date has come and passed: put off, or over."""
        rules, world, state, now = (
            self.table.game.rules,
            self.table.world,
            self.table.state,
            int(self.table.state.round[0]),
        )
        open_ = rules.lever_staked & (rules.lever_trigger == AT_ROUND) & ~state.pulled & ~state.withdrawn
        told = []
        for v in np.flatnonzero(open_ & state.present[rules.lever_by]).tolist():
            first, lapse = int(rules.lever_at[v]), float(world.lever_lapse[v])
            told += _missed(IncidentKind.NOT_PULLED, v, now, first, int(rules.lever_slips[v]), lapse)
        if rules.leave_staked and state.present[rules.leaver]:
            first, lapse = rules.deadline, float(world.leave_lapse)
            told += _missed(IncidentKind.STAYED, rules.leaver, now, first, rules.leave_slips, lapse)
        return told

    def _no_deals(self) -> list[Incident]:
        """No-deal values that have moved by more than a little since they were last told; the opening told all."""
        now, then, state = outlooks(self.table), self._outlook, self.table.state
        if not then:
            self._outlook = now
            return []
        moved = np.abs([a.total - b.total for a, b in zip(now, then, strict=True)]) * state.present
        if not (moved >= MOVED).any():
            return []
        told = np.flatnonzero(moved >= MOVED_TOO).tolist()
        self._outlook = tuple(now[p] if p in told else then[p] for p in range(len(then)))
        return [_moved(p, then[p], now[p]) for p in told]

    def _lines(self) -> list[Incident]:
        """Lines that began or ceased to bind; in the first round of a phase others may apply than before."""
        state, seen = self.table.state, self._seen
        if state.round[0] == 0:
            return [Incident(IncidentKind.LINE_GONE, r) for r in np.flatnonzero(self.bent).tolist()]
        new = lines_begun(self.table, seen["firmness"])
        begun = [each.subject for each in new]
        if state.round[0] == state.phase_start[0]:
            return new
        applied = seen["applies"] & state.applies
        applied[begun] = False
        gone = np.flatnonzero(applied & seen["binding"] & ~state.binding).tolist()
        back = np.flatnonzero(applied & ~seen["binding"] & state.binding).tolist()
        turned = [(IncidentKind.LINE_GONE, r) for r in gone] + [(IncidentKind.LINE_BACK, r) for r in back]
        return new + [Incident(kind, r) for kind, r in turned]

    def _reopened(self) -> list[Incident]:
        framework, package = self._seen["framework"], self.table.state.package
        changed = np.flatnonzero((framework >= 0) & (framework != package)).tolist()
        return [Incident(IncidentKind.REOPENED, i, float(framework[i]), float(package[i])) for i in changed]

    def _ratification(self, c: int) -> Incident:
        b = self.table
        kind = IncidentKind.NOT_RATIFIED if fails_at_home(b.g, b.w, b.s, c) else IncidentKind.RATIFIED
        return Incident(kind, c, float(b.world.passes[c]))
