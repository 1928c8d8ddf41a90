"""Scenarios of version 0.1 rewritten for this one, and results of 0.1, which can be read and not played."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from commands import sim

from sim import __version__
from sim.files.errors import Mark
from sim.files.result.manifest import DISTRIBUTION, read_manifest
from sim.files.result.store import Mismatch, Store
from sim.files.scenario.migration import NOTE, migrated, migrated_file
from sim.files.yaml.nodes import parse_yaml, to_plain

OLD = Path(__file__).parent / "of_0_1"
"""A scenario of version 0.1, and what `sim run` and `sim sweep` of that version made of it, without pictures."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    shutil.copytree(OLD, tmp_path / "old")
    return tmp_path / "old"


def plain(text: str) -> object:
    return to_plain(parse_yaml(text, Mark("text")))


class TestFile:
    def test_says_what_it_would_change_and_writes_nothing(self, old: Path) -> None:
        before = (old / "mill.yaml").read_bytes()
        code, page, _ = sim("migrate", old / "mill.yaml")
        assert code == 0
        for said in (
            "parties.miller.heed: dropped",
            "lasting: dropped",
            "firmness_correlation: dropped",
            "levers.dam.carried_out: added: 0.6",
            "To look at",
        ):
            assert said in page
        assert "Nothing was written" in page
        assert (old / "mill.yaml").read_bytes() == before

    def test_keeps_comments_and_layout_and_the_rest_of_every_line(self, old: Path) -> None:
        before = (old / "mill.yaml").read_text().splitlines()
        after = migrated_file(old / "mill.yaml").text.splitlines()
        lost = [line for line in before if line not in after]
        assert len(lost) == 1 + 3 + 5 + 1 + 2  # two heeds, lasting, the correlation, and two lines that got a key more
        assert [line.strip() for line in after if line not in before] == [
            'carried_out: {value: 0.6, assumed: "taken over from heed"}',
            "- {id: suit, says: The farmer goes to law, by: farmer, on: miller, threatened: 0, "
            'carried_out: {value: 0.382, assumed: "taken over from heed"}, no_deal: {miller: -0.05}}',
            'walk_away: {by: priest, deadline: 6, carried_out: {value: 0.491, assumed: "taken over from heed"}, '
            "announced: 1, then: go_on}",
            f"# {NOTE}",
        ]
        for comment in ("# A scenario as version 0.1 had it.", "# slow", "# He is in good faith.", "# The end."):
            assert any(comment in line for line in after)

    def test_what_is_written_is_checked_and_needs_nothing_more(self, old: Path) -> None:
        assert sim("migrate", old / "mill.yaml", "--out", old / "new.yaml")[0] == 0
        assert sim("check", old / "new.yaml")[0] == 0
        before = (old / "new.yaml").read_bytes()
        code, page, _ = sim("migrate", old / "new.yaml", "--in-place")
        assert (code, (old / "new.yaml").read_bytes()) == (0, before)
        assert "nothing to do" in page

    def test_overwrites_only_when_told(self, old: Path) -> None:
        code, _, error = sim("migrate", old / "mill.yaml", "--out", old / "mill.yaml")
        assert code == 2
        assert "--out: " in error
        assert "exists already" in error
        assert "lasting:" in (old / "mill.yaml").read_text()
        assert sim("migrate", old / "mill.yaml", "--in-place")[0] == 0
        assert "lasting:" not in (old / "mill.yaml").read_text()
        assert sim("migrate", old / "mill.yaml", "--in-place", "--out", old / "x.yaml")[0] == 2

    def test_of_several_files_each_is_told(self, old: Path) -> None:
        (old / "late.yaml").write_text("uses: [mill.yaml]\nwalk_away: {deadline: 8}\nparties: {miller: {heed: 0.2}}\n")
        code, page, _ = sim("migrate", old / "late.yaml", "--json")
        data = json.loads(page)
        assert code == 0
        assert data["others"] == [str(old / "mill.yaml")]
        assert [change["path"] for change in data["changes"]] == ["parties", "walk_away.carried_out"]
        for name in ("late", "mill"):
            assert sim("migrate", old / f"{name}.yaml", "--in-place")[0] == 0
        assert sim("check", old / "late.yaml")[0] == 0


LAYOUTS = {
    "first in braces": ("parties: {a: {heed: 0.3, patience: 2}}\n", "parties: {a: {patience: 2}}\n"),
    "last in braces": ("parties: {a: {patience: 2, heed: 0.3}}\n", "parties: {a: {patience: 2}}\n"),
    "alone": ("parties:\n  a: {heed: 0.3}\n  b: {patience: 2}\n", "parties:\n  b: {patience: 2}\n"),
    "at the end of the file": ("parties:\n  a:\n    patience: 2\n    heed: 0.3", "parties:\n  a:\n    patience: 2\n"),
    "with other ends of lines": (
        "parties:\r\n  a:\r\n    heed: 0.3 # why\r\n    patience: 2\r\n", "parties:\r\n  a:\r\n    patience: 2\r\n",
    ),
    "folded": (
        "parties:\n  a:\n    heed:\n      value: 0.3\n      assumed: >-\n        a\n        b\n    # on\n    patience: 2\n",
        "parties:\n  a:\n    # on\n    patience: 2\n",
    ),
    "in what is dropped": (
        "uses: [x.yaml]\nwithout: [parties.a.heed, parties.b]\n", "uses: [x.yaml]\nwithout: [parties.b]\n",
    ),
    "in a list of lines": (
        "uses: [x.yaml]\nwithout:\n  - lasting\n  - levers.x.threatened  # gone\n",
        "uses: [x.yaml]\nwithout:\n  - levers.x.threatened  # gone\n  - levers.x.carried_out\n",
    ),
    "a lever in lines": (
        "levers:\n  - id: x\n    threatened: 2  # soon\n    by: a\n",
        "levers:\n  - id: x\n    threatened: 2  # soon\n"
        '    carried_out: {value: 0.5, assumed: "even, as no heed was stated"}\n    by: a\n',
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_stays_as_it_was(layout: str, tmp_path: Path) -> None:
    before, after = LAYOUTS[layout]
    path = tmp_path / "part.yaml"
    path.write_bytes(before.encode())
    done = migrated_file(path)
    assert done.text == after
    assert plain(done.text) == migrated(plain(before))


class TestResult:
    @pytest.mark.parametrize("name", ["run", "sweep"])
    def test_is_shown_with_its_figures(self, old: Path, name: str) -> None:
        code, page, _ = sim("show", old / name, "--json")
        data = json.loads(page)
        assert code == 0
        assert data["versions"][DISTRIBUTION] == "0.1.0"
        if name == "sweep":
            assert data["points"] == json.loads((old / "sweep/points.json").read_text())["points"]

    def test_is_exported_without_columns_that_it_has_not(self, old: Path) -> None:
        assert sim("export", old / "sweep", "--to", old / "runs.parquet")[0] == 0
        names = pq.read_schema(old / "runs.parquet").names
        assert "parties.miller.heed" in names
        assert "value.miller" in names
        assert not [name for name in names if name.startswith(("worth.", "terms.")) or name == "reversals"]

    @pytest.mark.parametrize("kind", ["curve", "ends", "settlement"])
    def test_is_drawn(self, old: Path, kind: str) -> None:
        assert sim("plot", old / "sweep", "--kind", kind, "--out", old / "picture.png")[0] == 0

    @pytest.mark.parametrize("arguments", [("run", "run"), ("run", "sweep"), ("plot", "run", "--kind", "dance")])
    def test_is_not_played_again(self, old: Path, arguments: tuple[str, ...]) -> None:
        command, name, *rest = arguments
        code, page, error = sim(command, old / name, *rest)
        assert (code, page, error.count("\n")) == (4, "", 1)
        assert "version 0.1.0" in error

    @pytest.mark.parametrize("resume", [True, False])
    def test_is_not_finished_with_other_rules(self, old: Path, resume: bool) -> None:
        held = read_manifest(old / "sweep")
        assert held is not None
        now = {**held, "versions": {**held["versions"], DISTRIBUTION: __version__}}
        with pytest.raises(Mismatch, match=r"version 0\.1\.0.*name another --out"):
            Store(old / "sweep").open(now, resume)
        assert read_manifest(old / "sweep") == held
