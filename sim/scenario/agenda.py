"""What there is to settle: issues, their options, and clauses over them."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from sim.scenario.numbers import Block

CHANGED = "changed"
"""In a clause: any option but the status quo."""

MOST_OPTIONS = 63


class Issue(Block):
    """One thing to settle."""

    title: str
    status_quo: str | None = Field(
        None, description="the option that holds while nothing is agreed; a textbook game may leave it out"
    )
    options: dict[str, str] = Field(
        min_length=2, max_length=MOST_OPTIONS, description="option id: what it means in practice, in one line"
    )


def _as_tuple(data: object) -> object:
    return (data,) if isinstance(data, str) else data


Choice = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_tuple, json_schema_input_type=str | list[str]),
    Field(min_length=1, description="one option, a list of options, or `changed`: any but the status quo"),
]

Clause = Annotated[dict[str, Choice], Field(min_length=1, description="issue: options; all issues named must match")]

Terms = Annotated[dict[str, str], Field(min_length=1, description="issue: option")]
