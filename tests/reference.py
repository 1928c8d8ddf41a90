"""The mechanisms once more, in plain Python from the formulas of docs/model.md: value, worth and what going on is worth.

For small games only. Nothing here is taken from the rules or the compiled game. Read are the scenario as plain data, the
numbers of a world as drawn, and the public state of the talks: the round, what holds, which levers are pulled, who is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import exp
from typing import Any

Plain = dict[str, Any]
Package = tuple[int, ...]


def highest(number: Any) -> float:
    """The most that a number may be, plain or uniform."""
    return float(number["uniform"][1] if isinstance(number, dict) else number)


def clip(x: float, low: float, high: float) -> float:
    return min(max(x, low), high)


@dataclass
class Ground:
    """One game in one world: what a deal is worth, and what it must beat."""

    plain: Plain
    world: Any
    parties: list[str] = field(init=False)
    issues: list[str] = field(init=False)
    options: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.parties, self.issues = list(self.plain["parties"]), list(self.plain["issues"])
        self.options = [list(issue["options"]) for issue in self.plain["issues"].values()]
        self.levers = self.plain.get("levers", [])
        self.phases = self.plain["phases"]
        self.start = tuple(
            o.index(i["status_quo"]) for o, i in zip(self.options, self.plain["issues"].values(), strict=True)
        )
        self.lines = [(p, line) for p in self.everybody for line in self.of(p).get("red_lines", [])]
        self.links = [(p, link) for p in self.everybody for link in self.of(p).get("linkages", [])]
        first = [self.plain["proposal"]] if "proposal" in self.plain else []
        self.proposals = [*first, *self.plain.get("proposals", [])]
        self.premium = [self.world.doubt[p] * self.gap(p) for p in self.everybody]

    @property
    def everybody(self) -> range:
        return range(len(self.parties))

    def of(self, p: int) -> Plain:
        return dict(self.plain["parties"][self.parties[p]])

    def role(self, p: int) -> str:
        return str(self.of(p)["role"])

    def belligerents(self) -> list[int]:
        return [p for p in self.everybody if self.role(p) == "belligerent"]

    def matches(self, clause: Plain, x: Sequence[int], unchanged: Sequence[int] | None = None) -> bool:
        """Whether a package falls under a clause; where it must differ from what is status quo, only by what differs."""
        for issue, named in clause.items():
            i = self.issues.index(issue)
            chosen = self.options[i][x[i]]
            listed = [named] if isinstance(named, str) else named
            if listed == ["changed"]:
                listed = [o for o in self.options[i] if o != self.options[i][self.start[i]]]
            if chosen not in listed or (unchanged is not None and x[i] == unchanged[i]):
                return False
        return True

    def over(self, terms: Plain, x: Sequence[int]) -> Package:
        """A package with some terms in place of its own."""
        y = list(x)
        for issue, option in terms.items():
            i = self.issues.index(issue)
            y[i] = self.options[i].index(option)
        return tuple(y)

    # value, worth, what lasts

    def value(self, p: int, x: Sequence[int]) -> float:
        """Face value."""
        plain = sum(self.world.value[p, i, o] for i, o in enumerate(x))
        return float(
            plain
            + sum(
                self.world.bonus[k]
                for k, (q, link) in enumerate(self.links)
                if q == p and self.matches(link["when"], x)
            )
        )

    def protected(self, p: int, x: Sequence[int]) -> float:
        """The share of the doubt that a package takes away."""
        return float(sum(self.world.protection[p, i, o] for i, o in enumerate(x)))

    def worth(self, p: int, x: Sequence[int]) -> float:
        return self.value(p, x) + float(self.premium[p]) * self.protected(p, x)

    def worth_alone(self, p: int, i: int, o: int) -> float:
        """What an option by itself is worth."""
        return float(self.world.value[p, i, o] + float(self.premium[p]) * self.world.protection[p, i, o])

    def lasting(self, x: Sequence[int]) -> float:
        return min(1.0 / (1.0 + float(self.world.doubt[p]) * (1.0 - self.protected(p, x))) for p in self.belligerents())

    def with_losses(self, p: int, value: Any, aversion: float) -> Any:
        """Values [I, O] of a belligerent with what is worse than the status quo that many times as far below it."""
        found, cease = value.copy(), self.plain.get("momentum", {}).get("ceasefire", {})
        for i, issue in enumerate(self.issues):
            for o in range(len(self.options[i])):
                short = value[i, o] - value[i, self.start[i]]
                if short < 0.0 and issue not in cease and self.role(p) == "belligerent":
                    found[i, o] = value[i, self.start[i]] + aversion * short
        return found

    # going on

    def horizon(self) -> int:
        return int(self.plain.get("momentum", {}).get("horizon", 8))

    def ahead(self, momentum: float) -> float:
        return clip(momentum + self.horizon() * self.world.drift, -1.0, 1.0)

    def fortunes(self, p: int, momentum: float, pulled: Sequence[int]) -> float:
        return float(self.ahead(momentum) + sum(self.world.tilt[v] for v in pulled) + self.world.optimism[p])

    def prospects(self, p: int, status_quo: Sequence[int]) -> list[float]:
        return [self.value(p, self.over(each.get("package", {}), status_quo)) for each in self.plain.get("futures", [])]

    def going_on(
        self, p: int, momentum: float, fought: int, pulled: Sequence[int], status_quo: Sequence[int], moved: float = 0.0
    ) -> float:
        """What going on is worth; with futures also where the fortunes of war are moved by so much."""
        w = self.world
        shifts = sum(w.shift[v, p] for v in pulled)
        if not self.plain.get("futures"):
            axis = self.ahead(momentum)
            return float(clip(w.base[p] + w.momentum_effect[p] * axis - w.cost[p] * fought + shifts, 0.0, 1.0))
        axis = self.fortunes(p, momentum, pulled) + moved
        odds = [exp(w.odds[k] + w.leans[k] * w.sharpness * axis) for k in range(len(self.plain["futures"]))]
        lottery = sum(o * v for o, v in zip(odds, self.prospects(p, status_quo), strict=True)) / sum(odds)
        return float(lottery - w.cost[p] * (fought + self.horizon()) + shifts)

    def gap(self, p: int) -> float:
        """What a pause would cost, by the worse of both signs, before round 0."""
        rearm = float(self.world.rearm[p])
        return max(self.lost(p, self.world.start, 0, [], self.start, move) for move in (rearm, -rearm))

    def lost(
        self, p: int, momentum: float, fought: int, pulled: Sequence[int], status_quo: Sequence[int], moved: float
    ) -> float:
        """What going on is worth less where the fortunes of war move by so much; without futures by momentum alone."""
        if not self.plain.get("futures"):
            return max(0.0, -float(self.world.momentum_effect[p]) * moved)
        at = p, momentum, fought, pulled, status_quo
        return max(0.0, self.going_on(*at) - self.going_on(*at, moved))

    # what is dated

    def over_by(self, lever: Plain, t: int) -> bool:
        """Whether a lever has ended by a round."""
        return bool("until" in lever and t >= lever["until"]["round"])

    def begins(self, line: Plain) -> bool:
        """Whether a red line has no firmness until an event gives it some."""
        return line["firmness"] == 0 and any(
            highest(event.get("firmness", {}).get(line["id"], 0)) > 0 for event in self.plain.get("events", [])
        )

    # threats

    def hanging(self, s: Any) -> list[int]:
        """Threats that hang over the talks: levers, and -1 for a departure."""
        t, found = s.round[0], []
        for v, lever in enumerate(self.levers):
            gone = s.pulled[v] or s.withdrawn[v] or not s.present[self.parties.index(lever["by"])]
            if "carried_out" in lever and lever["threatened"] <= t < self.world.lever_lapse[v] and not gone:
                found.append(v)
        leave = self.plain.get("walk_away", {})
        here = "carried_out" in leave and s.present[self.parties.index(leave["by"])]
        if here and leave.get("announced", 0) <= t < self.world.leave_lapse:
            found.append(-1)
        return found

    def after(self, s: Any, come: Sequence[int]) -> tuple[list[int], Package]:
        """Levers that are pulled and the status quo, if just these threats are carried out."""
        pulled = [v for v in range(len(self.levers)) if s.pulled[v] or v in come]
        if -1 in come:
            pulled = [v for v in pulled if self.levers[v]["by"] != self.plain["walk_away"]["by"]]
        status_quo: Package = tuple(s.status_quo.tolist())
        for v in pulled:
            if v in come:
                status_quo = self.over(self.levers[v].get("status_quo", {}), status_quo)
        return pulled, status_quo

    def no_deal(self, p: int, s: Any, reckon: bool = True) -> float:
        """What a deal must beat: the expectation over sets of threats that come, and the premium."""
        threats = self.hanging(s) if reckon else []
        total = 0.0
        for n in range(len(threats) + 1):
            for come in combinations(threats, n):
                odds = 1.0
                for v in threats:
                    chance = self.world.leave_chance if v < 0 else self.world.lever_chance[v]
                    odds *= chance if v in come else 1.0 - chance
                total += odds * self.going_on(p, s.momentum[0], s.fighting[0], *self.after(s, come))
        return total + float(self.premium[p])

    def pressure(self, p: int, s: Any) -> float:
        hanging, total = self.hanging(s), 0.0
        for v, lever in enumerate(self.levers):
            if self.parties.index(lever["on"]) == p:
                counts = 1.0 if s.pulled[v] else self.world.lever_chance[v] if v in hanging else 0.0
                total += counts * self.world.pressure[v]
        return min(1.0, total)
