"""Whatever stands in a scenario file, reading it gives a scenario or says what is wrong."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from games import SMALL, write_small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.batch import play_all
from sim.cli.check import inspect
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.files.errors import BadInput, Mark
from sim.files.scenario.reader import Loaded, read_scenario
from sim.files.yaml.nodes import parse_yaml, to_plain
from sim.records import End
from sim.scenario.provenance import numbers, references

PLAIN = to_plain(parse_yaml(SMALL, Mark("small")))
Way = tuple[str | int, ...]


def ways(data: Any, way: Way = ()) -> Iterator[Way]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in inner:
        yield (*way, key)
        yield from ways(part, (*way, key))


WAYS = list(ways(PLAIN))
WORDS = sorted(
    {str(step) for way in WAYS for step in way} | {"changed", "uses", "without", "value", "evidence", "like"}
)
KEYS = st.one_of(st.sampled_from(WORDS), st.text(max_size=5))
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, 0.5, 1.0, 1e15, 1e-15, "0.5", "gazette.c1", "all", "put_to", "single_text", "river.yaml"]),
    KEYS,
)
JUNK = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
CHANGES = st.tuples(st.sampled_from(["drop", "put", "rename", "repeat", "move"]), st.sampled_from(WAYS), KEYS, JUNK)


def at(data: Any, way: Way) -> Any:
    for step in way:
        data = data[step]
    return data


def change(data: Any, kind: str, way: Way, key: str, junk: Any) -> None:
    inside, step = at(data, way[:-1]), way[-1]
    if kind == "drop":
        del inside[step]
    elif kind == "put":
        inside[step] = junk
    elif isinstance(inside, list):
        inside.append(copy.deepcopy(inside[step]) if kind == "repeat" else junk)
    else:
        inside[key] = (
            inside.pop(step) if kind == "rename" else copy.deepcopy(at(data, way if kind == "repeat" else way[:1]))
        )


@st.composite
def restructured(draw: st.DrawFn) -> bytes:
    data = copy.deepcopy(PLAIN)
    for kind, way, key, junk in draw(st.lists(CHANGES, min_size=1, max_size=4)):
        try:
            change(data, kind, way, key, junk)
        except (KeyError, IndexError, TypeError, AttributeError):
            continue
    return json.dumps(data, indent=draw(st.sampled_from([None, 1]))).encode()


@st.composite
def edited(draw: st.DrawFn) -> bytes:
    text = SMALL
    snippets = st.sampled_from(
        [*"{}[]:,-#&*!|>'\"%@`\t\n ", ": ", "- ", "---\n", "&a ", "*a", "!!int ", "\\", "~", ".inf"]
    )
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.sampled_from([0, 0, 1, 5, 40]))
        text = text[:start] + draw(snippets | st.text(max_size=4)) + text[start + length :]
    return text.encode("utf-8", "surrogatepass")


@st.composite
def shuffled(draw: st.DrawFn) -> bytes:
    lines = SMALL.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        lines[one], lines[other] = lines[other], lines[one] if draw(st.booleans()) else ""
    return "".join(lines).encode()


@st.composite
def smudged(draw: st.DrawFn) -> bytes:
    data, start = SMALL.encode(), draw(st.integers(0, len(SMALL)))
    return data[:start] + draw(st.binary(min_size=1, max_size=4)) + data[start + draw(st.integers(0, 3)) :]


FILES = st.one_of(restructured(), restructured(), edited(), shuffled(), smudged(), st.binary(max_size=40))
PATHS = st.one_of(
    st.sampled_from(WAYS).map(lambda way: ".".join(map(str, way))),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(".".join),
    st.text(max_size=8),
)
VALUES = st.one_of(JUNK.map(json.dumps), st.text(max_size=8))


def read_or_refuse(path: Path, overrides: list[tuple[str, str]]) -> None:
    try:
        loaded = read_scenario(path, overrides)
    except BadInput as bad:
        assert bad.faults
        assert len(str(bad).splitlines()) == len(bad.faults)
        assert "must be something else" not in str(bad)
        assert all(fault.mark is not None and fault.message for fault in bad.faults)
        str(bad).encode()
    else:
        assert all(entry.kind != "none" for entry in numbers(loaded.scenario, loaded.overridden))
        assert references(loaded.scenario) is not None
        json.dumps(loaded.plain, allow_nan=False)
        play_or_refuse(path, loaded)


def play_or_refuse(path: Path, loaded: Loaded) -> None:
    """What can be read can be checked and played."""
    try:
        inspect(path, loaded)
    except BadInput as bad:
        assert "needs nobody's consent" in str(bad)
    game = compile_scenario(loaded.scenario)
    outcomes = play_all(game, realise(game, Uniforms(1, 0, 2)))
    assert (outcomes.end != End.RUNNING).all()
    assert np.isfinite(outcomes.value).all()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("fuzz"))


QUICK = settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=400, derandomize=False)


@QUICK
@given(FILES)
def test_any_file(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    read_or_refuse(path, [])


@QUICK
@given(st.lists(st.tuples(PATHS, VALUES), min_size=1, max_size=3))
def test_any_override(path: Path, overrides: list[tuple[str, str]]) -> None:
    path.write_text(SMALL)
    read_or_refuse(path, overrides)


@pytest.mark.slow
@LONG
@given(FILES, st.just([]) | st.lists(st.tuples(PATHS, VALUES), max_size=2))
def test_any_file_and_override_at_length(path: Path, data: bytes, overrides: list[tuple[str, str]]) -> None:
    path.write_bytes(data)
    read_or_refuse(path, overrides)
