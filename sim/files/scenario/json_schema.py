"""The JSON Schema of scenario files, for editors."""

from typing import Any

from sim.scenario import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FILE_KEYS = {
    "uses": "files of the project that this one builds on, relative to its folder; what it says itself is laid over them",
    "without": "dotted paths of inherited parts to leave out, list items by id",
}


def scenario_schema() -> dict[str, Any]:
    """A schema of one scenario file; nothing is required, as a file may leave parts to those that it uses."""
    schema = _partial(Scenario.model_json_schema(by_alias=True))
    texts = {"type": "array", "items": {"type": "string"}}
    extra = {key: {**texts, "description": words} for key, words in _FILE_KEYS.items()}
    about = {"$schema": DIALECT, "title": "Scenario", "description": "A negotiation scenario, or a part of one."}
    return {**about, **schema, **about, "properties": {**extra, **schema["properties"]}}


def _partial(schema: Any) -> Any:
    """Without what asks for completeness: required keys, and least numbers of keys."""
    if isinstance(schema, list):
        return [_partial(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    asks = [key for key in ("required", "minProperties") if not isinstance(schema.get(key), dict)]
    return {key: _partial(part) for key, part in schema.items() if key not in asks}
