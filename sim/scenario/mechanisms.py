"""The parts of the model that can be switched off, and a scenario as it plays without them."""

from typing import Any, Literal, TypeVar, get_args

from sim.scenario.blocks import Block

B = TypeVar("B", bound=Block)

Mechanism = Literal[
    "futures", "types", "trust", "positions", "give_and_take", "losses", "givers", "threats", "hope"
]  # fmt: skip
MECHANISMS: tuple[Mechanism, ...] = get_args(Mechanism)

OF_SCENARIO: dict[Mechanism, tuple[str, ...]] = {
    "futures": ("futures",), "givers": ("gives",), "hope": ("hope",)
}  # fmt: skip
OF_PARTY: dict[Mechanism, tuple[str, ...]] = {
    "futures": ("optimism", "confident"),
    "types": ("confident",),
    "trust": ("trust", "rearm", "protections"),
    "positions": ("position", "opening", "reciprocity"),
    "give_and_take": ("reciprocity",),
    "losses": ("loss_aversion",),
}
OF_LEVER: dict[Mechanism, tuple[str, ...]] = {"futures": ("tilt",), "threats": ("carried_out", "slips")}
OF_EVENT: dict[Mechanism, tuple[str, ...]] = {"positions": ("positions",)}
OF_MOMENTUM: dict[Mechanism, tuple[str, ...]] = {"futures": ("sharpness",)}
OF_DEPARTURE: dict[Mechanism, tuple[str, ...]] = {"threats": ("carried_out", "slips")}


def mechanism_of(path: str) -> Mechanism | None:
    """The mechanism that a number belongs to, by its path; the narrowest of several."""
    first, *rest = path.split(".")
    tables = {"parties": OF_PARTY, "every_party": OF_PARTY, "levers": OF_LEVER, "momentum": OF_MOMENTUM,
              "walk_away": OF_DEPARTURE}  # fmt: skip
    table, steps = tables.get(first, OF_SCENARIO), rest if first in tables else [first]
    if first in ("parties", "levers"):
        steps = rest[1:]
    found = [name for name in MECHANISMS if steps[:1] and steps[0] in table.get(name, ())]
    return found[-1] if found else None


def stated(scenario: Any) -> list[Mechanism]:
    """The mechanisms of which a scenario states any key, and that play."""

    def playing(switches: dict[Mechanism, str]) -> Any:
        played = as_played(scenario.model_copy(update={"mechanisms": switches}))
        return played.model_copy(update={"mechanisms": {}})

    now = dict(scenario.mechanisms)
    return [name for name in MECHANISMS if playing({**now, name: "off"}) != playing(now)]


def _without(block: B, keys: set[str]) -> B:
    fields = type(block).model_fields
    given = keys & block.model_fields_set
    blank: dict[str, Any] = {key: fields[key].get_default(call_default_factory=True) for key in given}
    return block.model_copy(update=blank) if blank else block


def _keys(off: set[Mechanism], table: dict[Mechanism, tuple[str, ...]]) -> set[str]:
    return {key for mechanism in off for key in table.get(mechanism, ())}


def as_played(scenario: B) -> B:
    """The scenario less all that mechanisms which are off would read: the same as one that never stated it."""
    whole: Any = scenario
    off = {name for name, switch in whole.mechanisms.items() if switch == "off"}
    if not off:
        return scenario
    party, lever = _keys(off, OF_PARTY), _keys(off, OF_LEVER)
    momentum, departure, event = _keys(off, OF_MOMENTUM), _keys(off, OF_DEPARTURE), _keys(off, OF_EVENT)
    less = _without(whole, _keys(off, OF_SCENARIO))
    return less.model_copy(  # type: ignore[no-any-return]
        update={
            "parties": {name: _without(each, party) for name, each in less.parties.items()},
            "every_party": less.every_party and _without(less.every_party, party),
            "levers": tuple(_without(each, lever) for each in less.levers),
            "events": tuple(_without(each, event) for each in less.events),
            "momentum": less.momentum and _without(less.momentum, momentum),
            "walk_away": less.walk_away and _without(less.walk_away, departure),
        }
    )
