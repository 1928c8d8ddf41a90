"""Only regular files of bounded size are read, and nothing else is waited for."""

import os
from pathlib import Path

import pytest

from sim.files.regular_files import Missing, Unreadable, opened, read_regular


def test_a_regular_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 1024)
    (tmp_path / "link").symlink_to(file)
    assert read_regular(file, 1024) == read_regular(tmp_path / "link", 1024) == b"x" * 1024
    with pytest.raises(Unreadable, match=r"^is larger than 1023 bytes$"):
        read_regular(file, 1023)


def test_a_large_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    with (tmp_path / "hole").open("wb") as stream:
        stream.truncate(2**40)
    with pytest.raises(Unreadable, match=r"^is larger than 256 kB$"), opened(tmp_path / "hole", 256 * 1024):
        pass
    with pytest.raises(Unreadable, match=r"^is larger than 1\.5 GB$"):
        read_regular(tmp_path / "hole", 3 * 2**29)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no such files here")
def test_a_file_that_hides_its_size_is_read_up_to_its_limit() -> None:
    with pytest.raises(Unreadable, match=r"^is larger than 16 bytes$"):
        read_regular(Path("/proc/self/maps"), 16)


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices have no names here")
def test_nothing_else_is_opened_or_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    (tmp_path / "circle").symlink_to("circle")
    said = {
        "pipe": "is not an ordinary file", "device": "is not an ordinary file", ".": "is a folder, not a file",
        "circle": "cannot be read: too many levels of symbolic links", "a\0b": "cannot be read: embedded null byte",
    }  # fmt: skip
    for name, words in said.items():
        with pytest.raises(Unreadable, match=rf"^{words}"):
            read_regular(tmp_path / name, 10)
    with pytest.raises(Missing, match=r"^no such file$"):
        read_regular(tmp_path / "gone", 10)


@pytest.mark.skipif(os.name != "posix", reason="pipes have no names here")
def test_a_pipe_that_takes_the_name_of_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, pipe = tmp_path / "file", tmp_path / "pipe"
    file.write_text("x")
    os.mkfifo(pipe)
    found = file.stat()
    monkeypatch.setattr(Path, "stat", lambda *_: found)
    with pytest.raises(Unreadable, match=r"^is not an ordinary file$"):
        read_regular(pipe, 10)
