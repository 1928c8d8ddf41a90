"""What numbers of a scenario measure, each with the range that it may take."""

from typing import Annotated

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from sim.scenario.blocks import Sourced
from sim.scenario.dated_rounds import Misdated
from sim.scenario.numbers import Number


class Share(Number):
    """A number from 0 to 1."""

    lowest, highest = 0.0, 1.0


class FixedShare(Share):
    """A fixed number from 0 to 1."""

    certain = True


class Signed(Number):
    """A number from -1 to 1."""

    lowest, highest = -1.0, 1.0


class Spread(Number):
    """A standard deviation: a fixed number from 0 to 3."""

    lowest, highest = 0.0, 3.0
    certain = True


class Chance(Share):
    """A probability from 0.01 to 1: its odds must be finite."""

    lowest = 0.01


class LogOdds(Number):
    """A logarithm of odds from -10 to 10."""

    lowest, highest = -10.0, 10.0


class Multiple(Number):
    """A factor from 1 to 10."""

    lowest, highest = 1.0, 10.0


class Exponent(Number):
    """A concession exponent from 0.01 to 100: below 1 Boulware, 1 linear, above 1 conceder."""

    lowest, highest = 0.01, 100.0


class Rounds(Number):
    """A length of time in rounds, from 0.5 to 10000."""

    lowest, highest = 0.5, 10_000.0


class Factor(Number):
    """A positive factor from 0.01 to 100."""

    lowest, highest = 0.01, 100.0


class Position(Number):
    """A place on a line: a fixed number from -100000 to 100000."""

    lowest, highest = -100_000.0, 100_000.0
    certain = True


class Worth(Number):
    """What a class is worth wherever a number names it: of weights points, of others the number; -10000 to 10000."""

    lowest, highest = -10_000.0, 10_000.0


class Capability(Number):
    """What a party could bring to bear, on any scale that all parties share: a fixed number from 0 to 100000."""

    lowest, highest = 0.0, 100_000.0
    certain = True


class Count(Number):
    """A whole number from 0 to 1000."""

    lowest, highest = 0.0, 1000.0
    whole = True
    certain = True

    def __int__(self) -> int:
        assert self.value is not None
        return int(self.value)


def _fitting(day: object) -> object:
    if isinstance(day, Misdated):
        raise ValueError(day.why)
    return day


Day = Annotated[
    str | None,
    BeforeValidator(_fitting),
    Field(description="instead of the round: a day that lies in it, as YYYY-MM-DD; the scenario needs a `date`"),
]


class Moment(Count):
    """A round from 0 to 1000, or a mapping with a `date` that lies in it."""

    date: Day = None


class Dated(Sourced):
    """A block with a `round`, or with a `date` instead: then `sim.scenario.dated_rounds` fills the round in."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        found = handler(schema)
        body = handler.resolve_ref_schema(found)
        if "round" in body.get("required", ()):
            body["required"] = [key for key in body["required"] if key != "round"]
            body["anyOf"] = [{"required": [key]} for key in ("round", "date")]
        return found


class Length(Count):
    """A whole number of rounds, or of changes, from 1 to 1000."""

    lowest = 1.0
