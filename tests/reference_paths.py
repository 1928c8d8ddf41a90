"""Zones of small games by brute force, on paths of this file's own: every package, in every round, on every path."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from types import SimpleNamespace
from typing import Any

import numpy as np
from reference import Package, clip
from reference_talks import Reference

EPS = 1e-9
FAR = 1e8


@dataclass
class Paths(Reference):
    """One game in one world, without talks: only what is scheduled moves anything, and perhaps an early truce."""

    def set_out(self, levers_pulled: bool, mediator_gone: bool) -> Any:
        """Before round 0, as the talks keep it."""
        n, issues = len(self.levers), len(self.issues)
        s = SimpleNamespace(
            round=[0], phase=[0], phase_start=[0], momentum=[float(self.world.start)], fighting=[0],
            pulled=np.zeros(n, bool), withdrawn=np.zeros(n, bool), present=np.ones(len(self.parties), bool),
            status_quo=np.array(self.start), package=np.array(self.start), settled=np.zeros(issues, bool),
            framework=np.full(issues, -1), lapses=dict[int, int](), firmness=np.array(self.world.firmness),
        )  # fmt: skip
        for p in self.everybody:
            if mediator_gone and self.world.patience[p] < FAR:
                self.leave(s, p)
        for v, lever in enumerate(self.levers):
            if levers_pulled and "round" not in lever.get("when", {"round": 0}):
                self.pull(s, v)
        return s

    def leave(self, s: Any, p: int) -> None:
        s.present[p] = False
        for v, lever in enumerate(self.levers):
            if lever["by"] == self.parties[p]:
                s.pulled[v], s.withdrawn[v] = False, True

    def pull(self, s: Any, v: int) -> None:
        if s.pulled[v] or s.withdrawn[v] or not s.present[self.parties.index(self.levers[v]["by"])]:
            return
        s.pulled[v] = True
        s.status_quo = np.array(self.over(self.levers[v].get("status_quo", {}), s.status_quo))
        s.package = np.where(s.settled, s.package, s.status_quo)

    def ceases(self, x: Sequence[int]) -> bool:
        cease = self.plain["momentum"].get("ceasefire")
        return bool(cease) and self.matches(cease, x)

    def open_round(self, s: Any) -> bool:
        """What a round brings; false where a departure has ended the talks."""
        t = s.round[0]
        if t > 0:
            step = self.world.ceasefire_drift if self.ceases(s.package) else self.world.drift + self.world.steps[t]
            s.momentum[0] = clip(s.momentum[0] + step, -1.0, 1.0)
        for e, event in enumerate(self.plain.get("events", [])):
            if event["round"] == t:
                s.momentum[0] = clip(s.momentum[0] + self.world.event_momentum[e], -1.0, 1.0)
                s.firmness = np.clip(s.firmness + self.world.event_firmness[e], 0.0, 1.0)
        for i in [i for i, end in s.lapses.items() if end == t]:
            s.settled[i], s.package[i] = False, s.status_quo[i]
        for v, lever in enumerate(self.levers):
            if self.over_by(lever, t):
                s.pulled[v], s.withdrawn[v] = False, True
        for v in range(len(self.levers)):
            if t >= self.world.lever_round[v]:
                self.pull(s, v)
        leave = self.plain.get("walk_away")
        if leave and t == self.world.leave_round:
            if leave["then"] == "end":
                return False
            self.leave(s, self.parties.index(leave["by"]))
        return True

    def close_round(self, s: Any, truce: dict[int, int] | None) -> None:
        """Nothing is said; perhaps the opening phase settles on a truce."""
        for i, o in (truce or {}).items():
            s.package[i], s.settled[i] = o, True
            lasts = self.phases[0].get("lasts", {}).get(self.issues[i])
            if lasts:
                s.lapses[i] = s.round[0] + lasts
        s.fighting[0] += not self.ceases(s.package)
        s.round[0] += 1

    def walk(
        self, levers_pulled: bool, mediator_gone: bool, rounds: int, truce: Any = None, at: int = -1
    ) -> Iterator[Any]:
        """The path round by round, with a truce from the end of round `at`."""
        s = self.set_out(levers_pulled, mediator_gone)
        for t in range(rounds):
            if not self.open_round(s):
                return
            yield s
            self.close_round(s, truce if t == at else None)

    def agreed(self, s: Any, x: Package, thresholds: list[float], h: int | None) -> bool:
        """Whether all whom a package needs in phase h, or for the whole deal, would take it."""
        phase = self.last_bargaining() if h is None else h
        if self.excluded(x, phase, s.round[0]) or x == tuple(s.package.tolist()):
            return False
        accepts = []
        for p in self.everybody:
            own = [k for k, (q, line) in enumerate(self.lines) if q == p and self.matches(line["refuses"], x)]
            broken = any(self.binds(k, s, h) for k in own)
            accepts.append(bool(s.present[p]) and not broken and self.worth(p, x) >= thresholds[p] - EPS)
        later = self.phases[phase + 1 :] if h is None else []
        votes = [name for each in later for name in each.get("put_to", [])]
        return all(accepts[self.parties.index(name)] for name in votes) and self.consented(x, s.status_quo, accepts)

    def binds(self, k: int, s: Any, h: int | None) -> bool:
        p, line = self.lines[k]
        strength = s.firmness[k] - self.world.yielding[k] * self.pressure(p, s)
        return bool(self.world.z[k] < strength) and (h is None or self.applies(line, s, h))

    def opens(self, levers_pulled: bool, mediator_gone: bool) -> list[bool]:
        """Rounds in which the opening phase can settle on something."""
        later: dict[int, float] = {}
        if self.plain.get("hope"):
            s = self.set_out(levers_pulled, mediator_gone)
            later = {p: self.sought(p, s, self.last_bargaining()) for p in self.everybody}
        found = []
        for s in self.walk(levers_pulled, mediator_gone, self.phases[0]["rounds"]):
            thresholds = [self.fallback(p, s, later.get(p)) for p in self.everybody]
            found.append(any(self.agreed(s, x, thresholds, 0) for x in self.packages(0, s.package.tolist())))
        return found

    def truce(self, t: int) -> dict[int, int] | None:
        """Options by which an opening phase stops the war in a round: of each issue the first that is on its table."""
        cease = self.plain["momentum"].get("ceasefire", {})
        if self.phases[0].get("provisional") or not self.may_pause(0):
            return None
        stops = {i: [o for o, name in enumerate(self.options[i]) if name in cease[self.issues[i]]
                     and not any(list(e["when"]) == [self.issues[i]] and name in e["when"][self.issues[i]]
                                 for e in self.barring(0, t))]
                 for i in map(self.issues.index, cease) if self.on_agenda(0)[i]}  # fmt: skip
        return {i: chosen[0] for i, chosen in stops.items() if chosen}

    def zone(self) -> set[Package]:
        """Every package that is a deal in some round on some path."""
        rounds = sum(phase["rounds"] for phase in self.phases)
        replies = any({"refusals", "exposed"} & set(lever.get("when", {})) for lever in self.levers)
        goes_on = self.plain.get("walk_away", {}).get("then") == "go_on"
        impatient = goes_on and bool((self.world.patience < FAR).any())
        found: set[Package] = set()
        for path in product((False, True)[: 1 + replies], (False, True)[: 1 + impatient]):
            opens = self.opens(*path) if self.last_bargaining() > 0 else [True]
            if any(opens):
                stops = [self.truce(r) if self.last_bargaining() > 0 else None for r in range(len(opens))]
                ways = [(None, -1), *((stops[r], r) for r, can in enumerate(opens) if can and stops[r])]
                for way in ways:
                    for s in self.walk(*path, rounds, *way):
                        thresholds = [self.no_deal(p, s) for p in self.everybody]
                        candidates = self.packages(self.last_bargaining(), self.start)
                        found |= {x for x in candidates if self.agreed(s, x, thresholds, None)}
        return found
