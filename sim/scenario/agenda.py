"""What there is to settle: issues, their options, and clauses over them."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from sim.scenario.blocks import Block, OneText, Sourced
from sim.scenario.names import spoken
from sim.scenario.quantities import Position

CHANGED = "changed"
"""In a clause: any option but the status quo."""

MOST_OPTIONS = 63

ROOM = 36
"""Letters of a label for which tables and pictures have room."""


class Scale(Sourced):
    """Where the options of an issue stand on a line. Only `sim baseline` reads it; parties go by their values."""

    unit: str = Field(min_length=1, description="what the line is measured in, as a plural noun")
    at: dict[str, Position] = Field(description="option: where it stands; several may stand at one place")


class Option(OneText):
    """One way to settle an issue: a text that says what it means, or a mapping with a label as well."""

    plain_key = "says"
    wanted = "text, or a mapping with `says` and `label`"

    says: str = Field(description="what it means in practice, in one line")
    label: str | None = Field(
        None, description="a few words for pages, pictures and tables; without it, its id with blanks for underscores"
    )


class Issue(Block):
    """One thing to settle."""

    title: str
    status_quo: str | None = Field(
        None, description="the option that holds while nothing is agreed; a textbook game may leave it out"
    )
    options: dict[str, Option] = Field(
        min_length=2, max_length=MOST_OPTIONS, description="option id: what it means in practice, in one line"
    )
    scale: Scale | None = Field(None, description="where its options stand on a line; only `sim baseline` reads it")

    def label(self, option: str) -> str:
        """What an option is called on pages, in pictures and in tables; the one place that says so."""
        known = self.options.get(option)
        return (known.label if known else None) or spoken(option)


def _as_tuple(data: object) -> object:
    return (data,) if isinstance(data, str) else data


Choice = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_tuple, json_schema_input_type=str | list[str]),
    Field(min_length=1, description="one option, a list of options, or `changed`: any but the status quo"),
]

Clause = Annotated[dict[str, Choice], Field(min_length=1, description="issue: options; all issues named must match")]

Terms = Annotated[dict[str, str], Field(min_length=1, description="issue: option")]
