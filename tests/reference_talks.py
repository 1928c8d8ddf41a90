"""The mechanisms once more, from docs/model.md: what a phase asks, where talks start, what is given, and whose to give."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np
from reference import Ground, Package, Plain, clip


class Reference(Ground):
    """One game in one world, as its talks go."""

    def last_bargaining(self) -> int:
        return max(h for h, phase in enumerate(self.phases) if phase.get("protocol") != "put_to")

    def on_agenda(self, h: int) -> list[bool]:
        agenda = self.phases[h].get("agenda", "all")
        return [agenda == "all" or issue in agenda for issue in self.issues]

    def packages(self, h: int, holds: Sequence[int]) -> Iterator[Package]:
        """What phase h may settle, the rest as it holds."""
        agenda = self.on_agenda(h)
        yield from product(*(range(len(o)) if agenda[i] else [holds[i]] for i, o in enumerate(self.options)))

    def may_pause(self, h: int) -> bool:
        """Whether a phase may settle on a ceasefire at all; other issues are as at the start, or as levers make them."""
        cease, agenda = self.plain.get("momentum", {}).get("ceasefire"), self.on_agenda(h)
        if not cease or not any(agenda[self.issues.index(issue)] for issue in cease):
            return False
        starts = [self.start, *(self.over(lever.get("status_quo", {}), self.start) for lever in self.levers)]
        reach = (x for holds in product(*(set(o) for o in zip(*starts, strict=True))) for x in self.packages(h, holds))
        over = sum(phase["rounds"] for phase in self.phases[: h + 1])
        return any(self.matches(cease, x) and not self.excluded(x, h, over - 1) for x in reach)

    def excluded(self, x: Sequence[int], h: int, t: int) -> bool:
        return any(self.matches(entry["when"], x) for entry in self.barring(h, t))

    def barring(self, h: int, t: int) -> list[Plain]:
        """What is off the table in a round of a phase."""
        listed = [*self.plain.get("off_the_table", []), *self.phases[h].get("off_the_table", [])]
        return [entry for entry in listed if "until" not in entry or t < entry["until"]["round"]]

    def rules(self) -> list[Plain]:
        """Rules of consent: every belligerent, and what the scenario adds."""
        return [{"all_of": [self.parties[p] for p in self.belligerents()]}, *self.plain.get("consent", [])]

    def consented(self, x: Sequence[int], status_quo: Sequence[int], accepts: Sequence[bool]) -> bool:
        """Whether all rules that the package falls under are satisfied by those who accept."""

        def met(rule: Any) -> bool:
            if isinstance(rule, str):
                return bool(accepts[self.parties.index(rule)])
            members = rule.get("all_of") or rule.get("any_of") or rule["of"]
            needed = rule.get("at_least") or (len(members) if "all_of" in rule else 1)
            return sum(met(member) for member in members) >= needed

        live = [rule for rule in self.rules() if self.matches(rule.get("when", {}), x, status_quo)]
        return all(met(rule) for rule in live)

    def off_the_table(self, x: Sequence[int], h: int, s: Any) -> bool:
        return self.excluded(x, h, s.round[0]) or not self.consented(x, s.status_quo, s.present)

    def fallback(self, p: int, s: Any, later_goal: float | None = None) -> float:
        h = int(s.phase[0])
        d = self.no_deal(p, s)
        if h >= self.last_bargaining() or self.phases[h].get("provisional"):
            return d
        b = self.worth(p, s.package)
        if self.may_pause(h):
            pulled, status_quo = self.after(s, [])
            b += self.lost(p, s.momentum[0], s.fighting[0], pulled, status_quo, self.pause(h))
        if later_goal is not None and self.has_say(p):
            b -= self.world.hope * max(0.0, later_goal - d) / 2.0
        return b

    def pause(self, h: int) -> float:
        """How far a ceasefire for all rounds of a phase moves the fortunes of war."""
        return float(self.phases[h]["rounds"] * (self.world.ceasefire_drift - self.world.drift))

    def has_say(self, p: int) -> bool:
        """Whether its consent may count in the last phase of bargaining, or it votes later."""

        def named(rule: Any) -> list[str]:
            members = [rule] if isinstance(rule, str) else rule.get("all_of") or rule.get("any_of") or rule["of"]
            return [rule] if isinstance(rule, str) else [name for member in members for name in named(member)]

        votes = [name for phase in self.phases[self.last_bargaining() + 1 :] for name in phase["put_to"]]
        return self.parties[p] in votes or any(self.parties[p] in named(rule) for rule in self.rules())

    # positions

    def position(self, p: int, t: int = 0) -> Plain:
        """What it has put forward by a round: what events change, and its own documented proposals, laid over it.

        Of proposals of the start the first; in one round proposals come after events.
        """
        found = {i: o if isinstance(o, str) else o["option"] for i, o in self.of(p).get("position", {}).items()}
        if not found:
            return found
        own = [proposal for proposal in self.proposals if proposal["by"] == self.parties[p]]
        at_the_start = [proposal for proposal in own if not proposal.get("round")][:1]
        for k in range(t + 1):
            for event in self.plain.get("events", []):
                if event["round"] == k:
                    found = {**found, **event.get("positions", {}).get(self.parties[p], {})}
            for proposal in own if k else at_the_start:
                if proposal.get("round", 0) == k:
                    found = {**found, **proposal["terms"]}
        return found

    def moves_on(self, p: int, s: Any, firmness: Sequence[float]) -> bool:
        """Whether what p asks first is out of date in this round; `firmness` [R] is that of the round before."""
        t = int(s.round[0])
        begun = [
            k for k, (q, line) in enumerate(self.lines)
            if q == p and self.begins(line) and firmness[k] <= 0.0 < s.firmness[k]
        ]  # fmt: skip
        if t == s.phase_start[0]:
            return bool(begun)
        comes = any(entry.get("until", {}).get("round") == t for entry in self.plain.get("off_the_table", []))
        return comes or bool(begun) or self.position(p, t) != self.position(p, t - 1)

    def adversaries(self, p: int) -> list[int]:
        if p not in self.belligerents():
            return []
        return [q for q in self.belligerents() if q != p and self.position(q)]

    def stand(self, p: int, s: Any, h: int) -> Package:
        """Its position as a package of a phase; where that is silent, as it holds."""
        kept = {**self.cut(p, s, h), **self.framework(s)}
        return tuple(kept.get(i, o) for i, o in enumerate(s.package.tolist()))

    def framework(self, s: Any) -> dict[int, int]:
        return {i: int(o) for i, o in enumerate(s.framework) if o >= 0}

    def cut(self, p: int, s: Any, h: int) -> dict[int, int]:
        """Its position, cut to the agenda of a phase; in place of what is off the table, the next best that is on it."""
        stated = {self.issues.index(issue): option for issue, option in self.position(p, s.round[0]).items()}
        named = {i: self.options[i].index(option) for i, option in stated.items() if self.on_agenda(h)[i]}
        asked = {i: self.asked(p, i, o, h, s) for i, o in named.items()}
        return {i: o for i, o in asked.items() if o is not None}

    def asked(self, p: int, i: int, o: int, h: int, s: Any) -> int | None:
        if not self.barred(i, o, h, s):
            return o
        alone = [self.worth_alone(p, i, k) for k in range(len(self.options[i]))]
        left = [k for k in range(len(alone)) if not self.barred(i, k, h, s) and alone[k] <= alone[o]]
        return max(left, key=lambda k: (alone[k], -k), default=None)

    def barred(self, i: int, o: int, h: int, s: Any) -> bool:
        """Whether an option is off the table by itself."""
        return all(self.off_the_table(x, h, s) for x in self.packages(h, s.package) if x[i] == o)

    def best(self, p: int, s: Any, h: int, kept: dict[int, int]) -> float:
        """The most that p could have of a phase, some options kept, within its declared lines."""
        found = -np.inf
        for x in self.packages(h, s.package):
            breaks = self.breaks_declared(p, x, s, h)
            if all(x[i] == o for i, o in kept.items()) and not breaks and not self.off_the_table(x, h, s):
                found = max(found, self.worth(p, x))
        return found

    def applies(self, line: Plain, s: Any, h: int) -> bool:
        """Whether every issue that a line names is on the agenda or settled."""
        agenda = self.on_agenda(h)
        return all(agenda[i] or s.settled[i] for i in map(self.issues.index, line["refuses"]))

    def breaks_declared(self, p: int, x: Sequence[int], s: Any, h: int) -> bool:
        own = [
            line for k, (q, line) in enumerate(self.lines)
            if q == p and line.get("declared", True) and self.applies(line, s, h)
            and (s.firmness[k] > 0.0 or not self.begins(line))
        ]  # fmt: skip
        return any(self.matches(line["refuses"], x) for line in own)

    def sought(self, p: int, s: Any, h: int) -> float:
        """The goal of a phase, before the fallback is looked at."""
        framework = self.framework(s)
        best = self.best(p, s, h, framework)
        if best == -np.inf:
            best = self.best(p, s, h, {})
        if not self.position(p):
            return best
        stand, u = self.stand(p, s, h), float(self.world.opening[p])
        filled = self.best(p, s, h, {**self.cut(p, s, h), **framework})
        filled = filled if filled > -np.inf else self.worth(p, stand)
        return min(best, (1.0 - u) * self.worth(p, stand) + u * filled)

    # give and take

    def given(self, goal: float, hoped: float, most: float | None) -> float:
        """How much an adversary has come: by the best that it has offered and what its position is worth."""
        if goal <= hoped:
            return 1.0
        return 0.0 if most is None else clip((most - hoped) / (goal - hoped), 0.0, 1.0)

    def aspiration(self, p: int, s: Any, goal: float, fallback: float, given: float) -> float:
        h = int(s.phase[0])
        total = sum(phase["rounds"] for phase in self.phases)
        deadline = self.world.deadline[p] * self.phases[h]["rounds"] / total
        k = min(1.0, (s.round[0] - s.phase_start[0]) / deadline) ** (1.0 / self.world.exponent[p])
        rho = self.world.reciprocity[p] if self.adversaries(p) else 0.0
        return float(goal - (goal - fallback) * ((1.0 - rho) * k + rho * given))

    # theirs to give

    def givers(self, i: int, o: int) -> list[str]:
        """Whom the scenario names as giving an option; nobody where it is everybody's."""
        gives, issue, option = self.plain.get("gives", {}), self.issues[i], self.options[i][o]
        if not gives:
            return []
        found = list(gives.get(f"{issue}.{option}", []))
        found += gives.get(issue, []) if o != self.start[i] else []
        for rule in self.plain.get("consent", []):
            when = rule.get("when", {})
            if list(when) == [issue] and o != self.start[i] and self.matches(when, [o] * len(self.issues)):
                found += rule.get("all_of") or rule.get("any_of") or rule["of"]
        return found

    def may_table(self, p: int, i: int, o: int, s: Any, text: Sequence[int] | None) -> bool:
        givers = self.givers(i, o)
        own = self.position(p, s.round[0]).get(self.issues[i]) == self.options[i][o]
        stands = text is not None and text[i] == o
        if not givers or self.parties[p] in givers or own or stands or o in (s.status_quo[i], s.package[i]):
            return True
        return self.part(p, i, o) > self.part(p, i, int(s.status_quo[i]))

    def part(self, p: int, i: int, o: int) -> float:
        """What an option adds to worth."""
        return float(self.world.value[p, i, o] + self.premium[p] * self.world.protection[p, i, o])

    # terms

    def terms(self, p: int, x: Sequence[int], face: bool) -> float:
        others = [q for q in self.belligerents() if q != p and self.position(q)]
        if not self.position(p) or not others:
            return float("nan")
        measure = self.value if face else self.worth
        own = measure(p, self.over(self.position(p), self.start))
        other = min(measure(p, self.over(self.position(q), self.start)) for q in others)
        return (measure(p, x) - other) / (own - other) if own - other >= 0.01 else float("nan")
