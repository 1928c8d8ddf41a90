"""Try the program on the newest libraries that pip gives on this Python, without pins, and say what moved and what broke.

`make newest` fails where something broke; `.ci/run` only shows it, since nobody here decides when a library moves.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = str(ROOT / "scenarios" / "textbook" / "fearon.yaml")
VARY = ("--vary", "parties.a.concession.deadline=10,20", "--runs", "40", "--workers", "2")
IMPORT = """
import importlib, pkgutil, sim
for module in pkgutil.walk_packages(sim.__path__, "sim."):
    if module.name != "sim.__main__":
        importlib.import_module(module.name)
"""
STEPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "import of every module": (("python", "-c", IMPORT),),
    "runs of the batch engine": (
        ("sim", "run", SCENARIO, "-n", "40", "--engine", "batch", "--out", "batch"),
        ("sim", "export", "batch", "--to", "batch.csv"),
    ),
    "the same runs by mesa": (
        ("sim", "run", SCENARIO, "-n", "40", "--engine", "mesa", "--out", "mesa"),
        ("sim", "export", "mesa", "--to", "mesa.csv"),
        ("python", "-c", "assert open('batch.csv').read() == open('mesa.csv').read(), 'the engines differ'"),
    ),
    "a sweep by local workers": (("sim", "sweep", SCENARIO, *VARY, "--out", "swept"),),
    "the same sweep by Dask": (
        ("sim", "sweep", SCENARIO, *VARY, "--out", "dasked", "--executor", "dask"),
        ("sim", "export", "swept", "--to", "swept.parquet"),
        ("sim", "export", "dasked", "--to", "dasked.parquet"),
        (
            "python",
            "-c",
            "assert open('swept.parquet', 'rb').read() == open('dasked.parquet', 'rb').read(), 'they differ'",
        ),
    ),
    "a plot": (("sim", "plot", "swept", "--out", "plot.png"),),
}
"""What is tried: commands in a folder of their own. One fails that ends with an error, or warns."""


def main() -> int:
    """Say what moved and what broke; 1 where something did."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        binaries = folder / "venv" / "bin"
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
        pip = [str(binaries / "python"), "-m", "pip", "--disable-pip-version-check"]
        done = subprocess.run(
            [*pip, "install", "--quiet", f"{ROOT}[dask]"], capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"{_end(done.stderr)}\nNEWEST VERSIONS: pip could not install them")
            return 1
        moved = list(_moved(pip))
        broken = [step for step, commands in STEPS.items() if not _holds(step, commands, folder, binaries)]
    print("Moved since the tested versions (pins.txt):", ", ".join(moved) or "nothing")
    print("NEWEST VERSIONS:", f"BROKEN: {', '.join(broken)}" if broken else f"all {len(STEPS)} steps hold")
    return bool(broken)


def _moved(pip: list[str]) -> Iterator[str]:
    """Libraries that have another version than the tested one, and newer ones that our own bounds keep out."""
    listed = subprocess.run([*pip, "list", "--format", "freeze"], capture_output=True, text=True, check=True).stdout
    tested, now = _versions((ROOT / "pins.txt").read_text()), _versions(listed)
    for name, version in now.items():
        if tested.get(name, version) != version:
            yield f"{name} {tested[name]} -> {version}"
        if name not in tested and name not in ("negotiation-simulator", "pip", "setuptools", "wheel"):
            yield f"{name} {version}, which is new"
    for name in _bounded():
        found = subprocess.run([*pip, "index", "versions", name], capture_output=True, text=True, check=False).stdout
        newest = re.search(r"\((.+?)\)", found)
        if newest and newest[1] != now[name]:
            yield f"{name} {newest[1]} is out and kept out by pyproject.toml (here {now[name]})"


def _versions(text: str) -> dict[str, str]:
    lines = (line.partition("==") for line in text.splitlines() if "==" in line)
    return {re.sub(r"[-_.]+", "-", name).lower(): version.strip() for name, _, version in lines}


def _bounded() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [re.split(r"[<>=!~ ]", line)[0] for line in project["dependencies"] if "<" in line]


def _holds(step: str, commands: tuple[tuple[str, ...], ...], folder: Path, binaries: Path) -> bool:
    """Try one step, and show the end of what it says where it fails or warns."""
    for program, *words in commands:
        line = [str(binaries / program), *words]
        done = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode or "Warning" in done.stderr:
            print(
                f"{_end(done.stderr)}\nNEWEST VERSIONS: {step}: {' '.join((program, *words))}: exit code {done.returncode}"
            )
            return False
    print(f"newest: {step}: holds", flush=True)
    return True


def _end(text: str) -> str:
    return "\n".join(text.splitlines()[-20:])


if __name__ == "__main__":
    sys.exit(main())
