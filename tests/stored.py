"""A small sweep as it is stored, made in this process."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from games import write_small
from sweeps import Here

from sim.files.result.store import Store
from sim.files.scenario.reader import read_scenario
from sim.files.scenario.variations import read_variations
from sim.study.design import design_of
from sim.study.manifest import OF_A_SWEEP, manifest_of
from sim.study.missing_chunks import missing, play_missing, study_of
from sim.study.plan import Plan

PATH = "parties.lower.concession.deadline"
RUNS, CHUNK = 30, 20


def command(scenario: Path, out: Path, seed: int = 1) -> list[str]:
    """What plays the rest of it."""
    return ["sweep", str(scenario), "--vary", f"{PATH}=4,8", "--runs", str(RUNS), "--chunk", str(CHUNK), "--seed", str(seed),
            "--out", str(out), "--workers", "1"]  # fmt: skip


def stored(folder: Path, seed: int = 1) -> tuple[Path, Path]:
    """A scenario, and the folder of its sweep, whole but for the figures of design points."""
    path = write_small(folder)
    loaded, plan, design = (
        read_scenario(path),
        Plan(RUNS, seed, "batch", CHUNK),
        design_of(read_variations([f"{PATH}=4,8"])),
    )
    study, out = study_of(loaded, design, plan), folder / f"out{seed}"
    with Store(out).open(asdict(manifest_of(loaded, path, plan, "sim sweep small", design, OF_A_SWEEP))) as store:
        assert not list(play_missing(missing(study, store), store, Here(study), lambda part: None))
    return path, out


def manifest_in(folder: Path) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return held


def with_manifest(folder: Path, **changes: Any) -> None:
    """Change entries of a manifest."""
    (folder / "manifest.json").write_text(json.dumps({**manifest_in(folder), **changes}))
