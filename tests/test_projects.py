"""What a scenario leads to is read only in its own project folder."""

import os
from pathlib import Path

import pytest
from games import GAZETTE, SMALL, write_small

from sim.files.errors import BadInput
from sim.files.regular_files import Missing, Outside, Unreadable, read_regular
from sim.files.scenario.projects import project_of
from sim.files.scenario.reader import read_scenario

SECRET = "token: 'hush\n"


def told(path: Path) -> str:
    with pytest.raises(BadInput) as refused:
        read_scenario(path)
    assert "hush" not in str(refused.value)
    return str(refused.value)


@pytest.fixture
def guest(tmp_path: Path) -> Path:
    """A project beside a file that is none of its business."""
    (tmp_path / "secret.yaml").write_text(SECRET)
    (tmp_path / "river.yaml").write_text(SMALL)
    (tmp_path / "guest").mkdir()
    return tmp_path / "guest"


def outside(guest: Path) -> str:
    return f"lies outside {guest}, the project folder of this scenario"


@pytest.mark.parametrize("name", ["../secret.yaml", "../secrets.yaml", "../river.yaml", "../../../../etc/passwd", ".."])
def test_no_file_outside_is_used_nor_told_of(guest: Path, name: str) -> None:
    path = guest / "theirs.yaml"
    path.write_text(f"uses: [{name}]\n")
    assert told(path) == f"{path}:1:8: uses.0: {outside(guest)} (got {name})"


@pytest.mark.parametrize("link", ["inner.yaml", "folder/secret.yaml", "folder/missing.yaml", "chain.yaml"])
def test_no_link_leads_outside(guest: Path, link: str) -> None:
    (guest / "inner.yaml").symlink_to("../secret.yaml")
    (guest / "chain.yaml").symlink_to("inner.yaml")
    (guest / "folder").symlink_to("..")
    path = guest / "theirs.yaml"
    path.write_text(f"uses: [{link}]\n")
    assert told(path) == f"{path}:1:8: uses.0: {outside(guest)} (got {link})"


def test_a_used_file_leads_no_further_than_the_scenario(guest: Path) -> None:
    (guest / "deep").mkdir()
    (guest / "deep" / "used.yaml").write_text("uses: [../../secret.yaml]\n")
    path = guest / "theirs.yaml"
    path.write_text("uses: [deep/used.yaml]\n")
    assert told(path).startswith(f"{guest}/deep/used.yaml:1:8: uses.0: {outside(guest)}")


def test_no_seeds_from_outside_are_read(guest: Path) -> None:
    path = write_small(guest)
    (guest / "seeds" / "gazette.yaml").unlink()
    (guest.parent / "gazette.yaml").write_text(GAZETTE)
    (guest / "seeds" / "gazette.yaml").symlink_to("../../gazette.yaml")
    assert f"{guest}/seeds/gazette.yaml: {outside(guest)}" in told(path).splitlines()
    (guest / "seeds").rename(guest.parent / "other")
    (guest / "seeds").symlink_to("../other")
    assert told(path).splitlines()[0] == f"{guest}/seeds: {outside(guest)}"


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices have no names here")
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_nothing_is_waited_for(guest: Path, kind: str) -> None:
    path = write_small(guest)
    strange = guest / "seeds" / "strange.yaml"
    os.mkfifo(strange) if kind == "pipe" else strange.symlink_to("/dev/zero")
    said = "is not an ordinary file" if kind == "pipe" else outside(guest)
    assert f"{strange}: {said}" in told(path).splitlines()
    with pytest.raises(BadInput, match="is not an ordinary file"):
        read_scenario(Path("/dev/zero"))


def test_links_within_the_project_are_followed(guest: Path) -> None:
    write_small(guest)
    (guest / "link.yaml").symlink_to("scenarios/river.yaml")
    (guest / "scenarios" / "mine.yaml").write_text("title: Mine\nuses: [../link.yaml]\n")
    assert read_scenario(guest / "scenarios" / "mine.yaml").scenario.title == "Mine"


def test_a_scenario_may_itself_lie_behind_a_link(guest: Path) -> None:
    write_small(guest).with_name("over.yaml").write_text("title: Over\nuses: [river.yaml]\n")
    (guest.parent / "mine").symlink_to("guest")
    assert read_scenario(guest.parent / "mine" / "scenarios" / "over.yaml").scenario.title == "Over"
    (guest / "scenarios").rename(guest.parent / "elsewhere")
    (guest / "scenarios").symlink_to("../elsewhere")
    assert read_scenario(guest / "scenarios" / "over.yaml").scenario.title == "Over"


def test_which_folder_is_the_project(tmp_path: Path) -> None:
    deep = tmp_path / "data" / "scenarios" / "textbook"
    deep.mkdir(parents=True)
    assert project_of(deep / "a.yaml").within[0] == tmp_path / "data"
    assert project_of(tmp_path / "data" / "a.yaml").within[0] == tmp_path / "data"
    assert project_of(deep / "a.yaml").seeds is None
    (tmp_path / "seeds").mkdir()
    assert project_of(deep / "a.yaml").within[0] == tmp_path
    assert project_of(deep / ".." / "a.yaml").seeds == tmp_path / "seeds"


def test_the_folders_of_a_path_with_dots_are_those_above_it(tmp_path: Path) -> None:
    """A folder that the path only passes through is none above the scenario."""
    (tmp_path / "here" / "seeds").mkdir(parents=True)
    (tmp_path / "there").mkdir()
    assert project_of(tmp_path / "here" / ".." / "there" / "a.yaml").seeds is None


@pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="folders cannot be walked one by one here")
def test_a_link_that_comes_up_later_is_not_followed(guest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (guest / "folder").symlink_to("..")
    (guest / "link.yaml").symlink_to("../secret.yaml")
    monkeypatch.setattr(os.path, "realpath", str)
    for name in ("folder/secret.yaml", "link.yaml"):
        with pytest.raises(Unreadable) as refused:
            read_regular(guest / name, 100, [guest])
        assert not isinstance(refused.value, Outside)
    with pytest.raises(Missing):
        read_regular(guest / "gone.yaml", 100, [guest])
