"""What all tests of a process share, since most of them read the same few scenarios and call the same program."""

import copy
import gc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any

import pytest
import typer.testing
from ruamel.yaml import YAML
from ruamel.yaml.events import Event

from sim.files.scenario import reader
from sim.files.yaml import nodes

SHIPPED = Path(__file__).resolve().parent.parent / "scenarios"


class ScannedOnce:
    """The scanner of YAML, which scans a text once: the same files are written to hundreds of folders."""

    kept: dict[str, list[Event]] = {}  # noqa: RUF012

    def __init__(self, **how: Any) -> None:
        self.scanner = YAML(**how)

    def parse(self, text: str) -> Iterator[Event]:
        if text in self.kept:
            yield from self.kept[text]
            return
        events = []
        for event in self.scanner.parse(text):
            events.append(event)
            yield event
        self.kept[text] = events  # a text with a fault of syntax never gets here


def reads_shipped_once(read: Any) -> Any:
    """`read_scenario`, which reads a scenario of the checkout once: no test writes there."""
    kept = lru_cache(maxsize=512)(read)

    @wraps(read)
    def reading(path: Path, overrides: Sequence[Any] = ()) -> reader.Loaded:
        if not (path.is_absolute() and path.is_relative_to(SHIPPED)):
            return read(path, overrides)
        loaded = kept(path, tuple(overrides))
        return replace(loaded, plain=copy.deepcopy(loaded.plain))

    return reading


def share(patch: pytest.MonkeyPatch) -> None:
    """To be called before anybody has taken these names from their modules."""
    patch.setattr(nodes, "YAML", ScannedOnce)
    patch.setattr("sim.files.yaml.reading.keep", lambda *_: None)  # thousands of texts are read once
    patch.setattr(reader, "read_scenario", reads_shipped_once(reader.read_scenario))
    patch.setattr(typer.testing, "_get_command", cache(typer.testing._get_command))


def keep_for_good() -> None:
    """What is loaded by now stays to the end: nobody need look again and again whether it is garbage."""
    gc.collect()
    gc.freeze()
