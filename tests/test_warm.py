"""What is compiled ahead, and what is known to be there; `test_wheel` holds that nothing is left to compile after it."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from commands import sim as typed
from playing import ROOT

import sim.rules.compiled as rules
from sim.rules.compiled import note_kept
from sim.study.compilation import ENTRIES, CompiledPart, compile_ahead, needed_by, to_compile


@pytest.fixture
def nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder for what is compiled."""
    monkeypatch.setattr("sim.rules.compiled.FOLDER", tmp_path)
    return tmp_path


class TestWhatIsThere:
    def test_in_a_fresh_folder_all_is_left_to_compile(self, nothing_kept: Path) -> None:
        assert to_compile() == list(ENTRIES.values())

    def test_what_is_noted_is_there_and_the_rest_is_not(self, nothing_kept: Path) -> None:
        note_kept("reasons")
        assert {entry.name for entry in to_compile()} == set(ENTRIES) - {"reasons"}
        assert [entry.name for entry in to_compile(("reasons", "playing"))] == ["playing"]

    def test_a_folder_is_of_the_versions_and_the_processor_that_compiled(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """numba keeps the code of one version at a time, so two would compile anew by turns."""
        assert rules.FOLDER.name == f"rules-{rules.fingerprint()}-{rules.machine()}"
        before = rules.machine()
        rules.machine.cache_clear()
        monkeypatch.setattr("llvmlite.binding.get_host_cpu_name", lambda: "another")
        assert rules.machine() != before
        monkeypatch.undo()
        rules.machine.cache_clear()

    def test_entries_are_named_once_and_commands_ask_for_those_there_are(self) -> None:
        assert all(name == entry.name for name, entry in ENTRIES.items())
        assert {*needed_by("batch"), *needed_by("mesa"), *needed_by("zone")} < set(ENTRIES)
        asked = re.compile(r"ready\(([^()]*)\)")
        for file in (ROOT / "sim" / "cli").glob("*.py"):
            for names in asked.findall(file.read_text()):
                assert set(re.findall(r'"(\w+)"', names)) <= set(ENTRIES), file


def test_what_cannot_be_compiled_is_told_and_the_rest_is_compiled() -> None:
    unknown = CompiledPart("nobody knows", "what nobody knows", lambda: None)
    assert dict(compile_ahead([unknown, ENTRIES["stances"]])) == {unknown: False, ENTRIES["stances"]: True}
    assert ENTRIES["stances"].is_there()


class TestCommand:
    @pytest.fixture(autouse=True)
    def three(self, monkeypatch: pytest.MonkeyPatch) -> list[CompiledPart]:
        """Three entries are left, and compiling takes no time."""
        left = list(ENTRIES.values())[:3]
        monkeypatch.setattr("sim.study.compilation.to_compile", lambda names=(): left)
        monkeypatch.setattr("sim.study.compilation.compile_ahead", lambda entries: ((one, True) for one in entries))
        return left

    def test_it_says_what_is_compiled_of_how_many_and_that_all_is(self) -> None:
        code, out, err = typed("warm")
        assert code == 0
        assert re.fullmatch(rf"All {len(ENTRIES)} are compiled, in \d+ s: no command waits for it any more.\n", out)
        assert [line[:8] for line in err.splitlines()[1:]] == ["  1 of 3", "  2 of 3", "  3 of 3"]

    def test_where_all_is_there_it_is_done_at_once(self, three: list[CompiledPart]) -> None:
        three.clear()
        code, out, err = typed("warm")
        assert (code, err) == (0, "")
        assert out.startswith(f"All {len(ENTRIES)} are compiled already.")

    def test_what_fails_is_named_with_exit_code_3(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            "sim.study.compilation.compile_ahead", lambda entries: ((one, one.name != "reasons") for one in entries)
        )
        code, _, err = typed("warm")
        assert code == 3
        assert err.splitlines()[-1] == "could not be compiled: reasons of failure"

    def test_other_commands_say_what_they_wait_for_in_one_line(self) -> None:
        code, _, err = typed("check", ROOT / "scenarios" / "textbook" / "fearon.yaml")
        assert code == 0
        assert err.startswith("Compiling playing, checks of scenarios and reasons of failure: once on this machine")
        assert err.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupt_ends_it_in_one_line_and_leaves_no_process(tmp_path: Path) -> None:
    environment = {**os.environ, "SIM_CACHE_DIR": str(tmp_path)}
    environment.pop("NUMBA_CACHE_DIR", None)
    program = [sys.executable, "-c", "from sim.cli import main; main()", "warm"]
    with subprocess.Popen(program, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as started:
        assert started.stderr is not None
        assert started.stderr.readline().startswith(f"Compiling {len(ENTRIES)} of {len(ENTRIES)}")
        own = psutil.Process(started.pid)
        while not own.children():
            time.sleep(0.05)
        compilers = own.children()
        started.send_signal(signal.SIGINT)
        said = started.stderr.read()
    assert started.returncode == 130
    assert said == f"Interrupted: 0 of {len(ENTRIES)} are compiled; the same command goes on from there.\n"
    assert not any(one.is_running() for one in compilers)
