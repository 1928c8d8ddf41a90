"""Pages in as many columns as the terminal has, from 60 to 120; what is kept or piped has 80."""

import os
import re
import sys
from pathlib import Path

import pytest
from commands import sim
from games import write_small
from sweeps import FAITH, PATIENCE, over, result, river

from sim.cli import common
from sim.report.sweep.page import sweep_page
from sim.report.sweep.report import SweepReport
from sim.report.wording.layout import command, folded, in_parts, page_width, wide

WIDTHS = (60, 80, 100, 120)


class Terminal:
    """Standard output as a terminal of so many columns."""

    def __init__(self, columns: int | None) -> None:
        self.columns = columns

    def isatty(self) -> bool:
        return self.columns is not None

    def fileno(self) -> int:
        return 1


@pytest.mark.parametrize(("columns", "has"), [(40, 60), (60, 60), (97, 97), (120, 120), (300, 120), (None, 80)])
def test_pages_are_as_wide_as_the_terminal(columns: int | None, has: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(common.sys, "stdout", Terminal(columns))
    monkeypatch.setattr(sys, "__stdout__", Terminal(columns))
    monkeypatch.setattr(os, "get_terminal_size", lambda _=1: os.terminal_size((columns or 0, 24)))
    assert common.page_width() == has


def test_columns_of_the_environment_count_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(common.sys, "stdout", Terminal(72))
    assert common.page_width() == 100
    monkeypatch.setattr(common.sys, "stdout", Terminal(None))
    assert common.page_width() == 80


def test_nobody_elses_page_changes_its_width() -> None:
    with wide(60):
        assert page_width() == 60
    assert page_width() == 80


def shown(*arguments: str | Path, columns: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(common, "page_width", lambda: columns)
    code, said, told = sim(*arguments)
    assert code == 0, told
    return said.split("\nWritten to")[0]


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", ["run", "zopa", "blockers", "baseline", "check"])
def test_no_line_is_longer_than_the_page(
    name: str, columns: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undrawn: None
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write_small(tmp_path).relative_to(tmp_path)
    more = {"run": ["--runs", "40", "--out", "r"], "zopa": ["-w", "5"], "check": ["--stances"]}.get(
        name, ["--runs", "40"]
    )
    page = shown(name, path, *more, columns=columns, monkeypatch=monkeypatch)
    lines = page.splitlines()[1:] if name == "check" else page.splitlines()  # its verdict is a message on one line
    assert lines and max(map(len, lines)) <= columns
    assert not re.search(r"\w\.\.\.", page)  # nothing is cut


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_sweep_has_all_its_figures_at_every_width(columns: int) -> None:
    made = result(over({PATIENCE: [4, 8, 12], FAITH: [0, 0.5, 1]}), lambda p, f: p / 12 * f)
    with wide(columns):
        page = folded(sweep_page(SweepReport("river", river(), made.design, made.rows, 200, 1)))
    assert max(map(len, page.splitlines())) <= columns
    assert all(f"[{path}]" in page for path in (PATIENCE, FAITH))


def test_a_table_that_is_too_wide_goes_on_below() -> None:
    heads, rows = (
        ["", *(f"column {k}" for k in range(9))],
        [[f"row {r}", *(f"{r}.{k}" for k in range(9))] for r in range(2)],
    )
    with wide(60):
        lines = list(in_parts(heads, rows))
    assert max(map(len, lines)) <= 60 and len(lines) == 6
    assert all(f"{r}.{k}" in " ".join(lines) for r in range(2) for k in range(9))
    with wide(120):
        assert len(list(in_parts(heads, rows))) == 3


def test_a_command_can_be_pasted_whatever_the_width() -> None:
    text = "sim sweep 'a folder/river.yaml' --vary parties.judge.patience=2:20:10 --runs 200 --workers 2"
    with wide(60):
        lines = command(text, "  ")
    assert max(map(len, lines)) <= 60 and len(lines) == 2
    assert " ".join(line.rstrip("\\").strip() for line in lines) == text and lines[0].endswith(" \\")
