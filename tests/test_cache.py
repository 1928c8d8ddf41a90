"""Compiled rules are kept by the hash of their sources: a changed rule is never played from an old cache."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playing import ROOT

CALLER = """
from sim.rules.compiled import compiled
from sim.rules.formulas import time_share

@compiled
def caller(elapsed):
    return time_share(elapsed, 8.0, 1.0)
"""
CALL = "from sim.rules.caller import caller; print(caller(2.0), len(caller.stats.cache_hits))"


def copied(folder: Path) -> Path:
    for part in ("sim", "scenarios", "seeds"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def python(folder: Path, code: str, cache: Path | None = None) -> str:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache or folder / "cache"), "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def change(folder: Path) -> None:
    """Let everybody come down twice as fast."""
    file = folder / "sim" / "rules" / "formulas.py"
    text = file.read_text()
    changed = text.replace("elapsed / deadline", "2.0 * elapsed / deadline")
    assert changed != text
    file.write_text(changed)


@pytest.mark.slow
def test_a_changed_source_changes_the_folder(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    tell = "from sim.rules.compiled import fingerprint; print(fingerprint())"
    seen = {python(folder, tell)}
    for k, file in enumerate(
        ("rules/formulas.py", "rules/rounds/protocols.py", "batch.py", "game.py", "analysis/exact/survey.py")
    ):
        source = folder / "sim" / file
        source.write_text(source.read_text() + "\n# changed\n")
        seen.add(python(folder, tell))
        assert len(seen) == k + 2, file


def test_what_compiles_nothing_may_change_and_all_that_is_compiled_counts() -> None:
    """Every module with compiled functions, and every module of ours that holds a type or a number which they name."""
    import sim.study.compilation  # noqa: F401  (with all of it)
    from sim.rules.compiled import _HOME, sources

    counted = {file.relative_to(_HOME).as_posix() for file in sources()}
    holding = {file.relative_to(_HOME).as_posix() for file in _HOME.rglob("*.py") if "@compiled" in file.read_text()}
    assert holding <= counted
    assert "analysis/draft/candidates.py" in counted, "its tuple is what compiled functions take"
    assert not {"analysis/summary.py", "analysis/draft/asked.py", "report/run/page.py"} & counted


@pytest.mark.slow
def test_copies_of_equal_rules_share_what_is_compiled(tmp_path: Path) -> None:
    one, other = (copied(tmp_path / name) for name in ("one", "other"))
    for folder in (one, other):
        (folder / "sim" / "rules" / "caller.py").write_text(CALLER)
    os.utime(other / "sim" / "rules" / "caller.py", (1, 1))
    cache = tmp_path / "cache"
    assert [python(folder, CALL, cache) for folder in (one, other)] == ["0.25 0", "0.25 1"]


@pytest.mark.slow
def test_a_changed_rule_changes_what_a_kept_caller_gives(tmp_path: Path) -> None:
    """numba keeps the caller and does not see that what it calls has changed."""
    folder = copied(tmp_path)
    (folder / "sim" / "rules" / "caller.py").write_text(CALLER)
    assert python(folder, CALL) == "0.25 0"
    assert python(folder, CALL) == "0.25 1"
    change(folder)
    assert python(folder, CALL) == "0.5 0"
