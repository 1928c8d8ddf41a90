"""Caches are read as code, so they lie where nobody else can write."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sim.caches import is_private, private_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes of folders")

UNWRITABLE = "/dev/null/home"
ASK = """
import subprocess, sys
from sim.caches import private_folder
print(private_folder("rules"), flush=True)
if len(sys.argv) == 1:
    subprocess.run([sys.executable, __file__, "child"])
"""
DRAW = """
import sim.plots, matplotlib, matplotlib.font_manager as fonts
print(matplotlib.get_configdir(), matplotlib.get_cachedir(), len(fonts.fontManager.ttflist) > 0)
"""


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def temporary(folder: Path) -> Path:
    """A temporary folder as all users of a machine share it."""
    shared = folder / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    return shared


def own(shared: Path) -> Path:
    return shared / f"negotiation-simulator-{os.getuid()}"


def python(code: str, shared: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Python of a user whose home cannot be written to."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "MPL", "SIM_", "NUMBA_"))}
    environment = {**kept, "HOME": UNWRITABLE, "TMPDIR": str(shared), **variables}
    file = shared.parent / "asks.py"
    file.write_text(code)
    line = [sys.executable, "-P", str(file), *words]
    return subprocess.run(line, cwd="/", env=environment, capture_output=True, text=True, check=True)


class TestPrivate:
    def test_is_a_folder_that_is_made_for_the_user_alone(self, tmp_path: Path) -> None:
        before = os.umask(0o002)
        try:
            folder = private_folder("rules", str(tmp_path / "a" / "b"))
        finally:
            os.umask(before)
        assert folder == tmp_path / "a" / "b" / "rules"
        assert [mode(step) for step in (folder, folder.parent, folder.parent.parent)] == [0o700] * 3

    @pytest.mark.parametrize("bits", [0o770, 0o777, 0o750, 0o705])
    def test_is_none_that_others_may_enter(self, tmp_path: Path, bits: int) -> None:
        (tmp_path / "rules").mkdir()
        (tmp_path / "rules").chmod(bits)
        assert not is_private(tmp_path / "rules")

    @pytest.mark.parametrize(("bits", "private"), [(0o755, True), (0o1777, True), (0o777, False), (0o770, False)])
    def test_hangs_on_who_may_rename_it(self, tmp_path: Path, bits: int, private: bool) -> None:
        (tmp_path / "home").mkdir()
        (tmp_path / "home").chmod(bits)
        assert is_private(tmp_path / "home" / "rules") is private

    def test_is_no_link_and_nothing_is_made_behind_one(self, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
        assert not is_private(tmp_path / "link" / "rules")
        assert not list((tmp_path / "elsewhere").iterdir())

    @pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root can give a folder away")
    def test_is_none_of_another_user(self, tmp_path: Path) -> None:
        for name in ("theirs", "theirs/rules"):
            (tmp_path / name).mkdir(mode=0o700)
        os.chown(tmp_path / "theirs" / "rules", 65534, 65534)
        assert not is_private(tmp_path / "theirs" / "rules")
        os.chown(tmp_path / "theirs", 65534, 65534)
        os.chown(tmp_path / "theirs" / "rules", 0, 0)
        assert not is_private(tmp_path / "theirs" / "rules")

    def test_is_not_what_the_user_states_where_others_write(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        monkeypatch.delenv("SIM_CACHE_DIR", raising=False)
        (tmp_path / "open").mkdir()
        (tmp_path / "open").chmod(0o777)
        assert not private_folder("rules", str(tmp_path / "open")).is_relative_to(tmp_path / "open")


class TestWithoutAHome:
    def test_the_folder_is_the_users_own_in_the_temporary_one(self, tmp_path: Path) -> None:
        shared = temporary(tmp_path)
        found = python(ASK, shared).stdout.split()
        assert found == [str(own(shared) / "rules")] * 2
        assert mode(own(shared)) == 0o700

    @pytest.mark.parametrize("taken", ["link", "open"])
    def test_it_is_fresh_where_somebody_was_first_and_goes_with_the_program_and_its_workers(
        self, tmp_path: Path, taken: str
    ) -> None:
        shared = temporary(tmp_path)
        if taken == "link":
            own(shared).symlink_to(tmp_path)
        else:
            own(shared).mkdir()
            own(shared).chmod(0o777)
        first, second = python(ASK, shared).stdout.split()
        assert first == second
        assert not first.startswith(str(own(shared)) + "/")
        assert first.startswith(str(shared))
        assert list(shared.iterdir()) == [own(shared)]

    def test_matplotlib_says_nothing_and_finds_its_fonts_again(self, tmp_path: Path) -> None:
        shared = temporary(tmp_path)
        done = python(DRAW, shared)
        folder = own(shared) / "matplotlib"
        assert done.stderr == ""
        assert done.stdout.split() == [str(folder), str(folder), "True"]
        assert list(folder.glob("fontlist-*.json"))

    def test_matplotlib_keeps_its_own_folders_where_they_will_do(self, tmp_path: Path) -> None:
        done = python(DRAW, temporary(tmp_path), HOME=str(tmp_path))
        assert done.stdout.split()[:2] == [str(tmp_path / kind / "matplotlib") for kind in (".config", ".cache")]
