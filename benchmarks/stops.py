"""Commands that are stopped at random moments, politely or not, and must leave everything as it should be.

    python benchmarks/stops.py [--stops 100] [--seed 1] [--only run,export] [--cold]

Each command is run once undisturbed. Then it is started again and again and gets SIGINT, SIGTERM, SIGHUP or SIGKILL at a
random moment, now and then a second signal shortly after. A polite stop must end in one line that says what is safe, with
exit code 130 or 143. It leaves no traceback, no file half written and no process. After any stop the same command must
end as the undisturbed one did, with the same bytes and nothing left behind. `--cold` empties the cache of compiled rules
before each start, so that stops hit the compiler too. Exit code 1 where something is not as it should be.
"""

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
FREEZE, DRAFT = (str(ROOT / "scenarios" / f"{name}.yaml") for name in ("freeze_lines", "november_draft"))
VARY = ("--vary", "parties.us.patience=2:20:4", "--runs", "1000", "--chunk", "500", "--workers", "2")
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 143, signal.SIGKILL: -9}
SAID = re.compile(r"Interrupted: [^\n]*\.")
FELLOWS = re.compile(
    r"(Compiling .*|\d+ of \d+ chunks are there already; .*|\w+: unfinished: .*|made with .*|warning: .*)"
)
"""What else a command may say beside its result."""
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", FREEZE, "--runs", "3000", "--out", "OUT"),
    "compare": ("compare", FREEZE, DRAFT, "--runs", "1000", "--out", "OUT"),
    "sweep": ("sweep", FREEZE, *VARY, "--out", "OUT"),
    "dask": ("sweep", FREEZE, *VARY, "--executor", "dask", "--out", "OUT"),
    "export": ("export", "swept", "--to", "OUT/runs.csv.gz", "--force"),
    "plot": ("plot", "swept", "--out", "OUT/curve.png"),
    "replay": ("run", "swept"),
    "zopa": ("zopa", DRAFT, "--worlds", "40", "--out", "OUT"),
    "blockers": ("blockers", FREEZE, "--runs", "200"),
    "baseline": ("baseline", FREEZE, "--runs", "1000"),
    "stances": ("stances", FREEZE, "--runs", "2000"),
}


@dataclass(frozen=True)
class Trial:
    """One command with a folder to write to, undisturbed and then under fire."""

    name: str
    home: Path
    cold: bool

    def words(self, out: Path) -> list[str]:
        filled = (word.replace("OUT", str(out)) for word in COMMANDS[self.name])
        return [sys.executable, "-m", "sim", *filled]

    def start(self, out: Path) -> psutil.Popen:
        where = dict(os.environ)
        if self.cold:
            cache = self.home / "cache"
            shutil.rmtree(cache, ignore_errors=True)
            where["NUMBA_CACHE_DIR"] = str(cache)
        where["PYTHONPATH"] = str(ROOT)
        if self.name in ("export", "plot"):
            out.mkdir(exist_ok=True)
        return psutil.Popen(
            self.words(out), cwd=self.home, env=where, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def whole(self, out: Path) -> tuple[str, dict[str, bytes]]:
        """What the command prints and leaves when nobody disturbs it."""
        program = self.start(out)
        page, errors = program.communicate()
        if program.returncode:
            sys.exit(f"{self.name} ended with {program.returncode}: {errors}")
        return page.replace(str(out), "OUT"), left_in(out)


def left_in(out: Path) -> dict[str, bytes]:
    """Every file below a folder but for what tells how and when it was made."""
    skipped = ("manifest.json", ".lock")
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in skipped
    }


def stopped(trial: Trial, out: Path, wait: float, signs: Sequence[signal.Signals]) -> list[str]:
    """Start a command and stop it; what is not as it should be."""
    program = trial.start(out)
    time.sleep(wait)
    family = _family(program)
    for sign in signs:
        if program.poll() is None:
            program.send_signal(sign)
            time.sleep(0.05)
    try:
        _, errors = program.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        program.kill()
        return ["does not end within a minute"]
    return [*_told_wrongly(program.returncode, errors, signs), *_left(family), *_half(out, signs[0])]


def _family(program: psutil.Popen) -> list[psutil.Process]:
    try:
        return program.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _told_wrongly(code: int, errors: str, signs: Sequence[signal.Signals]) -> list[str]:
    """Of two signals that come at once, either may be the first."""
    if signal.SIGKILL in signs or code == 0 or -code in signs:  # had ended, or had not begun
        return [] if "Traceback" not in errors else [errors]
    lines = [line for line in errors.splitlines() if not FELLOWS.fullmatch(line)]
    if code not in {CODES[sign] for sign in signs} or len(lines) != 1 or not SAID.fullmatch(lines[0]):
        return [f"ended with {code} after {signs[0].name} and said: {errors!r}"]
    return []


def _left(family: list[psutil.Process]) -> list[str]:
    _, left = psutil.wait_procs(family, timeout=20)
    return [f"left over: {process}" for process in left]


def _half(out: Path, sign: signal.Signals) -> list[str]:
    if sign is signal.SIGKILL:  # the next command clears what it left
        return []
    return [f"half written: {path}" for path in out.rglob(".*.part")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stops", type=int, default=100, help="of each command")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(COMMANDS))
    parser.add_argument("--cold", action="store_true")
    given = parser.parse_args()
    chance, faults = random.Random(given.seed), 0
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        made = [sys.executable, "-m", "sim", "sweep", FREEZE, *VARY, "--out", str(home / "swept")]
        subprocess.run(made, cwd=ROOT, check=True, capture_output=True)
        for command in given.only.split(","):
            faults += under_fire(Trial(command, home, given.cold), given.stops, chance)
    sys.exit(1 if faults else 0)


def under_fire(trial: Trial, stops: int, chance: random.Random) -> int:
    """Stop a command so many times; how many faults that brought to light."""
    began = time.monotonic()
    page, wanted = trial.whole(trial.home / f"{trial.name}-whole")
    usual, faults, codes = time.monotonic() - began, list[str](), list[str]()
    for k in range(stops):
        out = trial.home / f"{trial.name}-{k}"
        sign = chance.choice(list(CODES))
        signs = [sign, chance.choice(list(CODES)[:3])] if chance.random() < 0.3 else [sign]
        wait = chance.uniform(0.1, usual)
        found = stopped(trial, out, wait, signs)
        again = Trial(trial.name, trial.home, False).whole(out)
        if again[0] != page:
            found.append("the same command afterwards prints something else")
        if again[1] != wanted:
            found.append(f"the same command afterwards leaves something else: {sorted(again[1])}")
        faults += [f"{trial.name}, {sign.name} after {wait:.2f} s: {each}" for each in found]
        codes.append(sign.name)
        shutil.rmtree(out, ignore_errors=True)
    print(f"{trial.name}: {stops} stops ({', '.join(f'{codes.count(s)} {s}' for s in sorted(set(codes)))}): "
          f"{len(faults)} faults", *faults, sep="\n  ", flush=True)  # fmt: skip
    return len(faults)


if __name__ == "__main__":
    main()
