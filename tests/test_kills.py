"""Sweeps under kill -9, shortened; `python benchmarks/kills.py` is the long one."""

import os
import subprocess
import sys

import pytest
from playing import ROOT


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kill -9")
@pytest.mark.parametrize("executor", ["local", "dask"])
def test_sweeps_under_fire_end_in_the_same_bytes(executor: str) -> None:
    words = [
        sys.executable,
        "benchmarks/kills.py",
        "--kills",
        "4",
        "--runs",
        "1500",
        "--seed",
        "7",
        "--executor",
        executor,
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 kills" in done.stdout
    assert "OTHER BYTES" not in done.stdout
