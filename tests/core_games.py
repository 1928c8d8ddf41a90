"""Small games at random that state the keys of chosen mechanisms, as plain data; and what the reference may read of them."""

from itertools import combinations
from typing import Any

import numpy as np

Plain = dict[str, Any]

EVERY = ("futures", "types", "trust", "positions", "give_and_take", "losses", "givers", "threats", "hope")
NEEDS = {"types": {"futures"}, "give_and_take": {"positions"}}
SETS = [
    frozenset({*names, *(need for name in names for need in NEEDS.get(name, set()))})
    for names in [(), *((name,) for name in EVERY), *combinations(EVERY, 2), EVERY]
]
"""No mechanism, each, each pair, and all of them."""


class Maker:
    """Draws one game from a generator of random numbers."""

    def __init__(self, seed: int, on: frozenset[str]) -> None:
        self.rng, self.on = np.random.default_rng(seed), on
        self.later = np.random.default_rng([seed, 1])
        self.issues = {f"i{k}": [f"o{j}" for j in range(self.whole(2, 4))] for k in range(self.whole(3, 4))}
        self.now = {issue: self.one(options) for issue, options in self.issues.items()}
        roles = [
            "belligerent",
            *(self.one(["belligerent", "belligerent", "mediator", "stakeholder"]) for _ in range(3)),
        ]
        self.roles = {f"p{k}": roles[k] for k in range(self.whole(2, 4))}
        if "hope" in on or "give_and_take" in on:
            self.roles["p1"] = "belligerent"
        self.mediators = [p for p, role in self.roles.items() if role == "mediator"]

    def whole(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def one(self, names: Any) -> Any:
        return list(names)[self.whole(0, len(names) - 1)]

    def some(self, names: Any, least: int = 1, most: int | None = None) -> list[Any]:
        names = list(names)
        count = self.whole(least, min(most or len(names), len(names)))
        return [names[k] for k in sorted(self.rng.permutation(len(names))[:count])]

    def number(self, low: float, high: float) -> Any:
        """A number, fixed or drawn in each run."""
        a, b = sorted(round(float(self.rng.uniform(low, high)), 3) for _ in range(2))
        return {"uniform": [a, b]} if b > a and self.chance(0.5) else a

    def terms(self, least: int = 1, most: int | None = None) -> Plain:
        return {issue: self.one(self.issues[issue]) for issue in self.some(self.issues, least, most)}

    def clause(self, most: int = 2) -> Plain:
        return {i: self.some(self.issues[i], 1, len(self.issues[i]) - 1) for i in self.some(self.issues, 1, most)}

    def change(self, most: int = 2) -> Plain:
        """A clause that the status quo does not match."""
        return {i: self.some([o for o in self.issues[i] if o != self.now[i]]) for i in self.some(self.issues, 1, most)}

    def game(self) -> Plain:
        self.cease = self.change(1) if self.chance(0.8) or "hope" in self.on else None
        phases, mechanisms = self.phases(), self.on
        rounds = sum(phase["rounds"] for phase in phases)
        momentum = {"favours": "p0", "start": self.number(-0.5, 0.5), "drift": self.number(-0.05, 0.05), "sd": 0.1}
        momentum["horizon"] = self.whole(0, 8)
        if self.cease:
            momentum |= {"ceasefire": self.cease, "ceasefire_drift": self.number(-0.05, 0.05)}
        if "futures" in mechanisms and self.chance(0.8):
            momentum["sharpness"] = self.number(0.5, 2.5)
        found: Plain = {
            "title": "A game", "summary": "Made up by chance.", "assumed": "a made-up game for tests",
            "issues": {
                issue: {"title": issue, "status_quo": self.now[issue], "options": {o: o for o in options}}
                for issue, options in self.issues.items()
            },
            "parties": {p: self.party(p) for p in self.roles},
            "phases": phases, "momentum": momentum, "consent": self.consent(), "levers": self.levers(rounds),
            "every_party": {"weights_sd": 0.2, "insight": 0.6},
        }  # fmt: skip
        if self.chance(0.4):
            found["off_the_table"] = [{"says": "no sense", "when": self.change(2)}]
            for phase in phases:  # or nothing might be left to settle
                phase.pop("off_the_table", None)
        elif self.chance(0.6):
            found["proposal"] = {"by": self.one(self.roles), "terms": self.change_terms()}
        if self.chance(0.3):
            found["events"] = [
                {"id": "e", "says": "e", "round": self.whole(0, rounds), "momentum": self.number(-0.4, 0.4)}
            ]
        if self.chance(0.3):
            one = {"id": "second", "by": self.one(self.roles), "round": self.whole(0, rounds - 1)}
            found["proposals"] = [{**one, "terms": self.change_terms()}]
        if self.mediators and self.chance(0.6):
            found["walk_away"] = self.departure(rounds)
        if "futures" in mechanisms:
            found["futures"] = self.futures()
        if "givers" in mechanisms:
            found["gives"] = self.gives()
        if "hope" in mechanisms:
            found["hope"] = self.number(0.0, 1.0)
        self.rng = self.later
        self.date(found, rounds)
        return found

    def date(self, found: Plain, rounds: int) -> None:
        """What has a date: positions that change, red lines that begin, levers and exclusions that end."""
        events = found.setdefault("events", [])
        for k in range(self.whole(0, 2)):
            event: Plain = {"id": f"later{k}", "says": "later", "round": self.whole(0, rounds - 1)}
            holders = [p for p, party in found["parties"].items() if party.get("position")]
            if holders and self.chance(0.8):
                event["positions"] = {p: self.terms() for p in self.some(holders)}
            lines = [line for party in found["parties"].values() for line in party.get("red_lines", [])]
            if lines and self.chance(0.5):
                line = self.one(lines)
                line["firmness"] = 0 if self.chance(0.7) else line["firmness"]
                event["firmness"] = {line["id"]: self.number(0.2, 0.9)}
            if len(event) > 3:
                events.append(event)
        for lever in found["levers"]:
            first = max(lever.get("when", {}).get("round", 0), lever.get("threatened", 0)) + 1
            if first < rounds and self.chance(0.4):
                lever["until"] = {"round": self.whole(first, rounds - 1)}
        free = not any("off_the_table" in phase for phase in found["phases"])  # or nothing might be left to settle
        if rounds > 1 and free and self.chance(0.5) and "proposal" not in found and "proposals" not in found:
            entry = {"says": "not yet", "when": self.change(2), "until": {"round": self.whole(1, rounds - 1)}}
            found["off_the_table"] = [*found.get("off_the_table", []), entry]

    def change_terms(self) -> Plain:
        return {issue: options[0] for issue, options in self.change(3).items()}

    def party(self, p: str) -> Plain:
        on, fights = self.on, self.roles[p] == "belligerent"
        cares = self.some(self.issues, 2)
        weights = self.rng.dirichlet([1.0] * len(cares))
        found: Plain = {
            "name": p, "role": self.roles[p],
            "priorities": {
                i: {"weight": float(weight), "values": {o: round(float(self.rng.random()), 2) for o in self.issues[i]}}
                for i, weight in zip(cares, weights, strict=True)
            },
            "no_deal": {"base": self.number(0.1, 0.5), "cost": self.number(0, 0.02),
                        "momentum": self.number(0 if p == "p0" else -0.3, 0.3)},
            "concession": {"exponent": self.number(0.4, 2.0), "deadline": self.number(2.0, 12.0)},
            "red_lines": [self.line(p, k) for k in range(self.whole(0, 2))],
            "linkages": [
                {"id": f"{p}_link", "says": "together", "bonus": self.number(-0.1, 0.1),
                 "when": {i: self.some(self.issues[i], 1, 1) for i in self.some(self.issues, 2, 2)}}
            ] * self.whole(0, 1),
        }  # fmt: skip
        if "futures" in on:
            found["no_deal"] = {"cost": self.number(0, 0.02)}
            found["optimism"] = self.number(-0.5, 0.5)
        if "types" in on and self.chance(0.7):
            found["confident"] = {"share": self.number(0.2, 0.8), "optimism": self.number(-0.8, 0.8)}
        if "trust" in on and self.chance(0.8):
            found["trust"] = self.number(0.3, 0.95)
            if self.chance(0.8):
                found["rearm"] = self.number(0.1, 0.6)
                found["protections"] = {
                    i: {"adds": {o: self.number(0.0, 0.24) for o in self.some(self.issues[i])}}
                    for i in self.some(self.issues, 1, 3)
                }
        if "positions" in on and self.chance(0.8):
            found["position"], found["opening"] = self.terms(), self.number(0.0, 1.0)
        if "give_and_take" in on:
            found["reciprocity"] = self.number(0.05, 0.95)
        if "losses" in on and fights:
            found["loss_aversion"] = self.number(1.0, 2.3)
        if self.chance(0.2):
            found["good_faith"], found["exposed_after"] = self.number(0.0, 1.0), self.whole(1, 2)
        if self.roles[p] == "mediator":
            if self.chance(0.3):
                return {"name": p, "role": "mediator", "red_lines": found["red_lines"]}
            if self.chance(0.3):
                found["patience"] = self.number(1.0, 6.0)
        return found

    def line(self, p: str, k: int) -> Plain:
        line = {"id": f"{p}_line{k}", "says": "a line", "refuses": self.clause(2), "firmness": self.number(0.0, 1.0)}
        return {**line, "yield": self.number(0.0, 1.0), "declared": self.chance(0.8)}

    def phases(self) -> list[Plain]:
        protocol: Plain = {"protocol": "alternating"}
        if self.mediators and self.chance(0.5):
            protocol = {"protocol": "single_text", "mediator": self.mediators[0]}
            protocol["consults"] = self.one(["all", "alternate"])
        talks = {"id": "talks", "rounds": self.whole(3, 6), **protocol}
        kind = "opening" if "hope" in self.on else self.one(["single", "single", "opening", "framework", "vote"])
        if kind == "single":
            return [talks]
        if kind == "vote":
            return [talks, {"id": "vote", "rounds": 1, "protocol": "put_to", "put_to": self.some(self.roles)}]
        names = set(self.some(self.issues, 1, len(self.issues) - 1)) | set(self.cease or {})
        first: Plain = {"id": "first", "rounds": self.whole(2, 4), "agenda": [i for i in self.issues if i in names]}
        if kind == "framework":
            return [{**first, "provisional": True}, talks]
        if self.chance(0.3):
            issue = self.one(first["agenda"])
            first["off_the_table"] = [{"says": "not yet", "when": {issue: self.some(self.issues[issue], 1, 1)}}]
        if self.chance(0.2):
            middle = {**talks, "id": "middle", "agenda": self.some(self.issues, 1, len(self.issues) - 1)}
            return [first, middle, talks]
        if self.chance(0.5):
            first["lasts"] = {i: self.whole(1, 4) for i in self.some(first["agenda"])}
        return [first, talks]

    def consent(self) -> list[Plain]:
        found = []
        for _ in range(self.whole(0, 2)):
            form, members = self.one(["all_of", "any_of"]), self.some(self.roles, 1, 2)
            found.append({form: members, "when": self.change(self.whole(1, 2))})
        return found

    def levers(self, rounds: int) -> list[Plain]:
        found: list[Plain] = []
        for k in range(self.whole(0, 3) if "threats" not in self.on else self.whole(1, 3)):
            by, on = (list(self.roles)[j] for j in self.rng.permutation(len(self.roles))[:2])
            at = self.whole(0, rounds - 1)
            when = self.one([{"round": at}, {"round": at}, {"refusals": self.whole(1, 4)}, None])
            lever: Plain = {"id": f"lever{k}", "says": "a lever", "by": by, "on": on, "pressure": self.number(0, 0.8)}
            lever["no_deal"] = {p: self.number(-0.2, 0.2) for p in self.some(self.roles)}
            if when:
                lever["when"] = when
            if self.chance(0.4):
                lever["status_quo"] = self.terms(1, 1)
            if "futures" in self.on and self.chance(0.6):
                lever["tilt"] = self.number(-0.5, 0.5)
            if "threats" in self.on and when != {"round": 0}:
                lever["threatened"] = self.whole(0, at - 1) if when and "round" in when and at > 0 else 0
                lever["carried_out"] = self.number(0.1, 0.9)
                if when and "round" in when and self.chance(0.6):
                    lever["slips"] = self.whole(1, 2)
            found.append(lever)
        return found

    def departure(self, rounds: int) -> Plain:
        found = {"by": self.mediators[0], "then": self.one(["end", "go_on"]), "announced": 0}
        found["deadline"] = self.whole(1, rounds)
        if "threats" in self.on:
            found["carried_out"] = self.number(0.1, 0.9)
            if self.chance(0.5):
                found["slips"] = self.whole(1, 2)
        return found

    def futures(self) -> list[Plain]:
        names = self.some(["advance", "stalemate", "reverse", "other"], 2)
        leans = {"advance": 1, "stalemate": 0, "reverse": -1, "other": 0.5}
        return [
            {"id": name, "says": name, "package": self.terms() if self.chance(0.8) else {}, "leans": leans[name],
             **({"odds": self.number(-1.0, 1.0)} if self.chance(0.7) else {})}
            for name in names
        ]  # fmt: skip

    def gives(self) -> Plain:
        found: Plain = {}
        for issue in self.some(self.issues):
            key = issue if self.chance(0.5) else f"{issue}.{self.one(self.issues[issue])}"
            found[key] = self.some(self.roles, 1, 2)
        return found
