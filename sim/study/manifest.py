"""What tells a result from any other, and is enough to play it again."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

from sim import __version__
from sim.files.printable import printable
from sim.files.result.manifest import DISTRIBUTION, FIGURES, digest
from sim.files.scenario.reader import Loaded
from sim.records import Asked, ComparisonManifest, Design, Manifest
from sim.study.fingerprint import rules_hash
from sim.study.plan import Plan

LIBRARIES = ("mesa", "numba", "numpy", "scipy", "pydantic", "pyarrow")


OF_A_RUN, OF_A_SWEEP = FIGURES[:2], FIGURES[2:]


def manifest_of(
    loaded: Loaded,
    path: Path,
    plan: Plan,
    command: str,
    design: Design | None = None,
    figures: Sequence[str] = (),
    watched: int | None = None,
) -> Manifest:
    """Enough to run a study again, and to tell it from any other."""
    varied = design or Design()
    return Manifest(
        **asdict(_asked(loaded, plan, command)),
        scenario=loaded.plain,
        scenario_file=printable(str(path)),
        scenario_hash=digest(loaded.plain),
        evidence_hash=evidence_hash(loaded),
        paths=list(varied.paths),
        points=[list(point) for point in varied.points],
        figures=list(figures),
        watched=watched,
    )


def comparison_manifest(
    compared: Mapping[str, Loaded], files: Mapping[str, Path], plan: Plan, command: str
) -> ComparisonManifest:
    """What tells a comparison from any other. `compared` and `files` by the name of the scenario, in their order."""
    first = next(iter(compared.values()))
    return ComparisonManifest(
        **asdict(_asked(first, plan, command)),
        scenarios=list(compared),
        files={name: printable(str(path)) for name, path in files.items()},
        scenario_hashes={name: digest(loaded.plain) for name, loaded in compared.items()},
        evidence_hashes={name: evidence_hash(loaded) for name, loaded in compared.items()},
    )


def versions() -> dict[str, str]:
    """Of the interpreter, of this program as its source has it, and of every library that results depend on."""
    libraries = {name: metadata.version(name) for name in LIBRARIES}
    return {"python": platform.python_version(), DISTRIBUTION: __version__, **libraries}


def parts_of_program(engine: str) -> dict[str, str]:
    """What must be alike where runs of one study are played: versions, and the rules themselves."""
    return {**versions(), "rules": rules_hash(engine)[:16]}


def _asked(loaded: Loaded, plan: Plan, command: str) -> Asked:
    return Asked(
        overrides=dict(loaded.overridden),
        runs=plan.runs,
        seed=plan.seed,
        engine=plan.engine,
        chunk=plan.chunk,
        versions=versions(),
        command=printable(command),
        rules_hash=rules_hash(plan.engine),
    )


def evidence_hash(loaded: Loaded) -> str:
    """Hash of everything that the seeds of a scenario hold."""
    return digest(loaded.evidence.model_dump(mode="json", by_alias=True))
