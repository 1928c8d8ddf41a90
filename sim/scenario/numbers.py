"""Numbers that say where they come from, fixed or uncertain."""

import math
from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import Field, GetJsonSchemaHandler, field_validator, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from sim.scenario.blocks import Block, Sourced, or_plain
from sim.scenario.problems import seen

Real = Annotated[float, Field(strict=True, allow_inf_nan=False)]

FORMS = ("value", "triangular", "beta", "normal", "lognormal", "uniform")
"""The ways to give a number; it has exactly one."""


class Misfit(str):
    """The name of a class that does not fit where it stands, and why."""

    why: str

    def __new__(cls, name: str, why: str) -> "Misfit":
        """A name with the reason."""
        own = super().__new__(cls, name)
        own.why = why
        return own


class Beta(Block):
    """A beta distribution on [0, 1] by its mean and standard deviation."""

    mean: Real = Field(gt=0, lt=1)
    sd: Real = Field(ge=1e-6)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.sd * self.sd >= self.mean * (1 - self.mean):
            raise ValueError(f"no beta distribution with mean {self.mean} has sd {self.sd}; the sd is too large")
        return self


class Normal(Block):
    """A normal distribution truncated at `low` and `high`: what lies beyond them is never drawn."""

    mean: Real
    sd: Real = Field(gt=0)
    low: Real
    high: Real

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low < self.high:
            raise ValueError("low must be below high")
        return self


class LogNormal(Block):
    """A lognormal distribution by its median and the sd of its logarithm; truncated at ten times its median either way."""

    median: Real = Field(gt=0)
    sd: Real = Field(gt=0)


class Number(Sourced):
    """A number of the model: a plain number, or a mapping with one value or distribution and its source."""

    plain_key = "value"

    lowest: ClassVar[float] = -math.inf
    highest: ClassVar[float] = math.inf
    whole: ClassVar[bool] = False
    certain: ClassVar[bool] = False

    class_: str | None = Field(
        None, alias="class", description="the class that it belongs to; what that is worth stands in `classes`"
    )
    value: Real | None = Field(None, description="the number itself")
    triangular: tuple[Real, Real, Real] | None = Field(None, description="low, mode, high")
    beta: Beta | None = None
    normal: Normal | None = None
    lognormal: LogNormal | None = None
    uniform: tuple[Real, Real] | None = Field(None, description="low, high")
    range: tuple[Real, Real] | None = Field(
        None, description="low, high: what other coders might make of a convention's class; never drawn in runs"
    )

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, data: object) -> object:
        if isinstance(data, str | bool) or data is None:
            raise ValueError(f"must be a number (got {seen(data)})")
        return data if isinstance(data, Mapping | Number) else {"value": data}

    @field_validator("class_", mode="before")
    @classmethod
    def _class_that_fits(cls, name: object) -> object:
        if isinstance(name, Misfit):
            raise ValueError(name.why)
        return name

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if len(self.forms()) != 1:
            raise ValueError(f"needs exactly one of {', '.join(FORMS)}, or a class")
        if self.certain and self.value is None:
            raise ValueError("must be a fixed value")
        if self.whole and self.value is not None and self.value != int(self.value):
            raise ValueError(f"must be a whole number (got {self.value:g})")
        ends = self.triangular or self.uniform
        if ends is not None and (list(ends) != sorted(ends) or ends[0] == ends[-1]):
            raise ValueError("must rise from low to high")
        return self

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        middle = self.lognormal.median if self.lognormal is not None else None
        if middle is not None and not self.lowest <= middle <= self.highest:
            raise ValueError(f"its median must be {_range(self.lowest, self.highest)} (got {middle:g})")
        low, high = self.support()
        if low < self.lowest or high > self.highest:
            got = f"{low:g}" if low == high else f"{low:g} to {high:g}"
            of = f", as class {self.class_} is worth" if self.class_ else ""
            raise ValueError(f"must be {_range(self.lowest, self.highest)} (got {got}{of})")
        return self

    @model_validator(mode="after")
    def _range_of_a_convention(self) -> Self:
        if self.range is None:
            return self
        low, high = self.range
        if self.convention is None:
            raise ValueError("says range but no convention beside it: a range says what else a convention might give")
        if not low < high:
            raise ValueError(f"its range must rise from low to high (got {low:g} to {high:g})")
        if low < self.lowest or high > self.highest:
            raise ValueError(f"its range must be {_range(self.lowest, self.highest)} (got {low:g} to {high:g})")
        if not low <= self.middle() <= high:
            raise ValueError(f"must lie in its range {low:g} to {high:g} (got {self.middle():g})")
        return self

    def middle(self) -> float:
        """Its value, or of a distribution the mode, median or mean that it names."""
        if self.value is not None:
            return self.value
        if self.lognormal is not None:
            return self.lognormal.median
        spread = self.beta or self.normal
        if spread is not None:
            return spread.mean
        ends = self.triangular or self.uniform
        assert ends is not None
        return ends[1] if self.triangular else sum(ends) / 2

    def forms(self) -> list[str]:
        """Names of the forms that are given (one, in a valid number)."""
        return [name for name in FORMS if getattr(self, name) is not None]

    def support(self) -> tuple[float, float]:
        """Lowest and highest value that a draw can take; a lognormal is truncated at ten times its median either way."""
        if self.value is not None:
            return self.value, self.value
        if self.beta is not None:
            return 0.0, 1.0
        if self.normal is not None:
            return self.normal.low, self.normal.high
        if self.lognormal is not None:
            return max(self.lowest, self.lognormal.median / 10), min(self.highest, self.lognormal.median * 10)
        ends = self.triangular or self.uniform
        assert ends is not None
        return ends[0], ends[-1]

    def uncertain(self) -> bool:
        """Whether it is drawn anew in each run."""
        return self.value is None

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        plain: JsonSchemaValue = {"type": "integer" if cls.whole else "number"}
        if cls.lowest > -math.inf:
            plain["minimum"] = cls.lowest
        if cls.highest < math.inf:
            plain["maximum"] = cls.highest
        return or_plain(cls, schema, handler, plain)


def _range(low: float, high: float) -> str:
    if low == -math.inf:
        return f"at most {high:g}"
    return f"at least {low:g}" if high == math.inf else f"between {low:g} and {high:g}"
