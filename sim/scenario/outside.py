"""The outside view: what others say or have counted about such talks. It stands beside a headline and plays no part in it."""

from collections.abc import Iterable
from typing import Self

from pydantic import Field, model_validator

from sim.evidence import is_later
from sim.scenario.numbers import Sourced


class OutsideView(Sourced):
    """What others say, or have counted, about talks like these: a base rate, a forecast. No number of the model."""

    id: str
    says: str = Field(min_length=3, description="one sentence with its figure, and who gives it")
    until: str | None = Field(
        None,
        pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        description="the last date of a scenario that it is told beside; left out: beside any",
    )

    @model_validator(mode="after")
    def _cited(self) -> Self:
        if not self.evidence:
            raise ValueError("needs `evidence`: an outside view is what others say, so a claim must give it")
        return self


def beside(views: Iterable[OutsideView], date: str | None) -> tuple[OutsideView, ...]:
    """Those that are told beside a scenario of a date: all but what was out of date by then."""
    return tuple(view for view in views if view.until is None or date is None or not is_later(date, view.until))
