"""The wheel in an empty folder: what ships is found, played, copied and begun anew there, and a result says where from.

All that needs rules compiled anew shares one such folder, so the tests of this file go to one process.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from dataclasses import asdict
from pathlib import Path

import pytest
from playing import FREEZE, ROOT

from sim import __version__
from sim.files.result.store import default_folder
from sim.files.scenario.reader import read_scenario
from sim.files.yaml.nodes import to_plain
from sim.files.yaml.reading import read_yaml
from sim.rules.compiled import FOLDER
from sim.study import Plan
from sim.study.compilation import ENTRIES
from sim.study.manifest import manifest_of

COMMANDS = (
    "check freeze_lines --stances",
    "run freeze_lines --runs 300 --out run",
    "run freeze_lines --runs 5 --engine mesa --out mesa",
    "run textbook/scorable_7 --runs 30 --out scorable",
    "run run",
    "sweep freeze_lines --vary parties.us.patience=2,8 --runs 40 --out sweep",
    "sweep freeze_lines --vary parties.us.patience=2,8 --runs 4 --engine mesa --out steps",
    "sweep freeze_lines --vary parties.us.patience=2,8 --runs 4 --analysis zone --out zones",
    "compare freeze_lines november_draft --runs 30 --out compare",
    "baseline freeze_lines --runs 30",
    "blockers november_draft --runs 30",
    "stances --runs 30",
    "ask freeze_lines --worlds 30",
    "zopa freeze_lines",
    "zopa november_draft --worlds 0 --out answers",
    "zopa donetsk_two_stage",
    "zopa large.yaml --worlds 5",
    "plot run --kind dance",
    "plot run --kind frontier",
    "report freeze_lines --runs 30 --out page.html",
    "report scorable",
    "report sweep",
    "zopa freeze_lines --worlds 5 --report zone.html",
)


class Installed:
    """The program as pip installed it, with the libraries of this one, in an empty folder."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.home, self.here = folder / "env", folder / "empty"
        self.here.mkdir()
        venv.create(self.home, with_pip=False)
        python = self.home / "bin" / "python"
        _done(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet", wheel)
        packages = next(self.home.glob("lib/python*/site-packages"))
        shared = [path for path in sys.path if path.endswith("site-packages")]
        (packages / "shared.pth").write_text("\n".join(shared))
        self.cache = folder / "cache"
        shutil.copytree(FOLDER, self.cache / FOLDER.name)  # equal rules share what is compiled, wherever they lie

    def sim(self, *arguments: str | Path, here: str = ".") -> str:
        """What a command prints, in the empty folder or in one below it."""
        return self.run(*arguments, here=here).stdout

    def run(self, *arguments: str | Path, here: str = ".") -> subprocess.CompletedProcess[str]:
        """The same, with what it says on standard error."""
        environment = {**os.environ, "NUMBA_CACHE_DIR": str(self.cache)}
        environment.pop("PYTHONPATH", None)
        return _done(self.home / "bin" / "sim", *arguments, cwd=self.here / here, env=environment)


def compiled(cache: Path) -> dict[str, int]:
    """What numba keeps, and when it was written."""
    return {str(file): file.stat().st_mtime_ns for file in cache.rglob("*.nb[ic]")}


def _done(
    *command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done


def large(file: Path) -> None:
    """A scenario of more packages than are visited one by one."""
    issues = [f"i{k}" for k in range(20)]
    options = "{a: A, b: B, c: C}"
    lines = ["title: Large", "assumed: made up", "summary: More than a hundred million packages.", "issues:"]
    lines += [f"  {i}: {{title: {i}, status_quo: a, options: {options}}}" for i in issues]
    lines += ["parties:"]
    for party, (low, high) in {"x": (0, 1), "y": (1, 0)}.items():
        lines += [f"  {party}:", f"    name: {party}", "    role: belligerent", "    priorities:"]
        lines += [f"      {i}: {{weight: 0.05, values: {{a: {low}, b: {high}, c: 0.6}}}}" for i in issues]
        lines += ["    no_deal: {base: 0.2}", "    concession: {exponent: 1.0, deadline: 5.0}"]
    file.write_text("\n".join([*lines, "phases: [{id: talks, rounds: 5}]", ""]))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution."""
    folder = tmp_path_factory.mktemp("dist")
    _done(sys.executable, "-m", "hatchling", "build", "-d", folder)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("wheel"), next(built.glob("*.whl")))


def files_of(*folders: str) -> set[str]:
    return {str(file.relative_to(ROOT)) for folder in folders for file in (ROOT / folder).rglob("*.yaml")}


@pytest.mark.slow
def test_every_scenario_and_seed_is_in_both_distributions(built: Path) -> None:
    wheel = set(zipfile.ZipFile(next(built.glob("*.whl"))).namelist())
    assert {f"sim/shipped/{file}" for file in files_of("scenarios", "seeds")} <= wheel
    assert not [name for name in wheel if name.startswith(("scenarios", "seeds", "tests"))]
    assert {f"sim/report/html/templates/report.{kind}" for kind in ("html", "css")} <= wheel
    assert "sim/py.typed" in wheel
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert files_of("scenarios", "seeds") <= held


ONE_BY_ONE = """
import sys
from typer.testing import CliRunner
from sim.cli.program import app
for line in sys.stdin:
    done = CliRunner().invoke(app, line.split())
    assert done.exit_code == 0, (line, done.stdout, done.stderr, done.exception)
    assert "ompiling" not in done.stderr, line
"""
"""All commands in one process, so that the libraries are loaded once."""


@pytest.mark.slow
def test_after_warm_no_command_compiles(tmp_path: Path) -> None:
    """With a copy of what is compiled for this checkout already: to compile all of it anew takes minutes."""
    here, cache = tmp_path / "played", tmp_path / "cache"
    here.mkdir()
    shutil.copytree(FOLDER, cache / FOLDER.name)
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    _done(sys.executable, "-m", "sim", "warm", cwd=here, env=environment)
    again = _done(sys.executable, "-m", "sim", "warm", cwd=here, env=environment)
    assert again.stdout.startswith(f"All {len(ENTRIES)} are compiled already")
    before = compiled(cache)
    large(here / "large.yaml")
    told = "\n".join(COMMANDS)
    done = subprocess.run(
        [sys.executable, "-c", ONE_BY_ONE],
        input=told,
        cwd=here,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    now = compiled(cache)
    assert now == before, sorted(set(now.items()) - set(before.items()))


@pytest.mark.slow
def test_in_an_empty_folder_everything_can_be_played(installed: Installed) -> None:
    rows = {row["name"]: row for row in json.loads(installed.sim("scenarios", "--json"))}
    assert rows["freeze_lines"]["ships"] and not any(row["fault"] for row in rows.values())
    assert str(installed.home) in rows["freeze_lines"]["path"], "not those of the checkout"
    assert "Freeze along the present front" in installed.sim("scenarios")
    installed.sim("run", "freeze_lines", "--runs", "40")
    (folder,) = (installed.here / "results").iterdir()
    manifest = (folder / "manifest.json").read_text()
    assert json.loads(manifest)["scenario_file"] == "freeze_lines"
    assert json.loads(manifest)["command"] == "sim run freeze_lines --runs 40"
    assert str(installed.home) not in manifest
    assert "equal, byte for byte" in installed.sim("run", f"results/{folder.name}")
    by_path = asdict(manifest_of(read_scenario(FREEZE), FREEZE, Plan(40, 1), "in the checkout"))
    assert default_folder("freeze_lines", by_path).name == folder.name


@pytest.mark.slow
def test_in_an_empty_folder_projects_are_begun(installed: Installed) -> None:
    installed.sim("new", "talks", "--parties", "4", "--issues", "2")
    assert "well-formed, no warnings" in installed.sim("check", "talks", here="talks")
    assert "Likelihood of agreement" in installed.sim("run", "talks", "--runs", "20", here="talks")
    installed.sim("new", "freeze", "--from", "freeze_lines")
    assert "well-formed" in installed.sim("check", "freeze_lines", here="freeze")
    for folder, scenario in (("freeze", "freeze_lines"), (".", "freeze_lines")):
        installed.sim("run", scenario, "--runs", "30", "--out", "same", here=folder)
    chunk = Path("same", "chunks", "chunk-000000.parquet")
    assert (installed.here / "freeze" / chunk).read_bytes() == (installed.here / chunk).read_bytes()


def test_the_citation_and_the_project_say_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    cited = to_plain(read_yaml(ROOT / "CITATION.cff"))
    assert cited["cff-version"] == "1.2.0"
    assert (cited["version"], cited["license"]) == (project["version"], project["license"])
    assert project["version"] == __version__
    assert (cited["authors"], cited["keywords"]) == (project["authors"], project["keywords"])


def test_what_the_tests_use_is_pinned() -> None:
    pinned = {line.partition("==")[0].lower() for line in (ROOT / "pins.txt").read_text().splitlines()[1:]}
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["dev"]
    assert {re.split(r"[>=]", one)[0].lower() for one in extra} <= pinned
