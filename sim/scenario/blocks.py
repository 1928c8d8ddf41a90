"""Blocks of a scenario file, and the source that a block may name."""

from collections.abc import Mapping
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from sim.scenario.problems import seen


class Block(BaseModel):
    """A frozen block of a scenario file; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)

    plain_key: ClassVar[str | None] = None
    """The key of which the value may stand alone, without the block around it."""


def or_plain(
    kind: type[Block], schema: CoreSchema, handler: GetJsonSchemaHandler, plain: JsonSchemaValue
) -> JsonSchemaValue:
    """The JSON Schema of a block that may be written as a plain value too."""
    block = handler(schema)
    body = handler.resolve_ref_schema(block)
    mapping = dict(body)
    body.clear()
    body.update({"title": kind.__name__, "description": kind.__doc__, "anyOf": [plain, mapping]})
    return block


class OneText(Block):
    """A block that may be written as one text alone, which then is its `plain_key`."""

    wanted: ClassVar[str]
    """What may stand there, in words."""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, data: object) -> object:
        if isinstance(data, str):
            return {cls.plain_key: data}
        if not isinstance(data, Mapping | cls):
            quotes = "; put it in quotes" if isinstance(data, int | float) and not isinstance(data, bool) else ""
            raise ValueError(f"must be {cls.wanted} (got {seen(data)}){quotes}")
        return data

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return or_plain(cls, schema, handler, {"type": "string"})


class Sourced(Block):
    """A block that may name its source; it then covers every number below that names none of its own."""

    evidence: tuple[str, ...] = Field((), description="claims that it rests on, each as `article.claim`")
    assumed: str | None = Field(None, min_length=3, description="why it is assumed, where no claim gives it")
    convention: str | None = Field(
        None,
        min_length=3,
        description="the rule of the coders that makes a figure of a class; claims are for the class",
    )

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if self.evidence and self.assumed:
            raise ValueError("cites evidence and says assumed; keep one")
        if self.convention and self.assumed:
            raise ValueError("says convention and assumed; keep one")
        return self
