"""Results from a stranger: words say what is wrong; nothing hangs, swells, prints raw signs or ends in a traceback."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mutating
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from commands import sim
from stored import CHUNK, RUNS, command, manifest_in, stored, with_manifest

from sim.files.errors import BadInput
from sim.files.result.chunk_files import chunk_bytes
from sim.files.result.chunks import MOST_ROWS, Chunks
from sim.files.result.manifest import digest, study_id
from sim.files.result.plain_json import NotPlain, decoded
from sim.files.result.reader import read_result

pytestmark = pytest.mark.usefixtures("at_hand", "undrawn")
RAW = "\x1b\x00\u202e\u200b\u2028\ud800"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return stored(tmp_path_factory.mktemp("real"))


@pytest.fixture
def folder(real: tuple[Path, Path], tmp_path: Path) -> Path:
    shutil.copytree(real[1], tmp_path / "r")
    return tmp_path / "r"


def first_chunk(folder: Path) -> Path:
    return folder / "chunks" / "chunk-000000.parquet"


def told(*words: str | Path) -> str:
    """What a command says of bad input."""
    code, page, said = sim(*words)
    assert (code, page) == (2, ""), (code, said)
    return said


def checked(code: int, page: str, said: str) -> None:
    """A command that ended as it should, whatever it was given."""
    assert code in (0, 2, 3, 4), said
    assert not any(sign in page + said for sign in RAW)
    assert "Traceback" not in said and "Warning" not in said
    assert len(said.splitlines()) <= 8, said


def commands(scenario: Path, folder: Path) -> list[list[str]]:
    out = str(folder)
    return [["show", out], ["show", out, "--json"], ["plot", out], ["export", out, "--to", f"{out}.csv", "--force"],
            ["export", out, "--to", f"{out}.json", "--table", "points", "--force"], ["run", out],
            command(scenario, folder)]  # fmt: skip


def spoil(folder: Path, luck: random.Random) -> None:
    """Change something in a result, as a disk, a careless hand or an ill-willed one would."""
    text, file = folder / "manifest.json", luck.choice(sorted((folder / "chunks").iterdir()))
    manifest, part = manifest_in(folder), Chunks(2, RUNS, CHUNK).named(file.name)
    how = luck.randrange(7)
    if how == 0:
        text.write_bytes(mutating.spoilt_text(text.read_bytes(), luck))
    elif how == 1:
        text.write_bytes(mutating.as_json(mutating.mutated(manifest, luck)))
    elif how == 2:
        study = {name: manifest[name] for name in ("scenario", "points", "paths")}
        claimed_by(folder, {**manifest, **mutating.mutated(study, luck)})
    elif how == 3:
        file.write_bytes(mutating.flipped(file.read_bytes(), luck))
    elif how == 4:
        file.write_bytes(mutating.scrambled(file.read_bytes(), luck))
    elif how == 5:
        file.write_bytes(mutating.resealed(mutating.flipped(file.read_bytes(), luck)))
    else:
        file.write_bytes(chunk_bytes(mutating.odd_table(pq.read_table(file), luck), str(study_id(manifest)), part))


def claimed_by(folder: Path, manifest: dict[str, Any]) -> None:
    """Another manifest, and all hashes made to fit it."""
    try:
        manifest["scenario_hash"] = digest(manifest["scenario"])
        parts = Chunks(len(manifest["points"]), RUNS, CHUNK)
        for file in (folder / "chunks").iterdir():
            part = parts.named(file.name)
            if part is not None:
                file.write_bytes(chunk_bytes(pq.read_table(file), str(study_id(manifest)), part))
    except (TypeError, KeyError, ValueError, RecursionError):
        pass  # no such manifest has a hash at all
    (folder / "manifest.json").write_bytes(mutating.as_json(manifest))


@pytest.mark.parametrize(
    "seed", [*range(12), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(100, 200))]
)
def test_whatever_is_changed_every_command_ends_with_words(seed: int, real: tuple[Path, Path], folder: Path) -> None:
    luck = random.Random(seed)
    spoil(folder, luck)
    words = commands(real[0], folder)
    for each in words if seed >= 100 else luck.sample(words, 2):
        began = time.monotonic()
        checked(*sim(*each))
        assert time.monotonic() - began < 60


class TestManifest:
    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"runs": 10**12}, "runs: must be a whole number from 1 to 10,000,000 (got 1000000000000)"),
            ({"runs": 10**7, "chunk": 1}, "chunk: 20,000,000 chunks are too many"),
            ({"runs": True}, "runs: must be a whole number"),
            ({"points": [["4"], ["4", "8"]]}, "points.1: must have a value for each of 1 paths (got 2)"),
            ({"points": [["4"]] * 100_001}, "points: must be a list of 1 to 100,000 design points"),
            ({"overrides": {"a": 1}}, "overrides: must be texts by path"),
            ({"versions": None}, "versions: must be texts by name (got nothing)"),
            ({"rules_hash": "x"}, "rules_hash: must be a hash of 64 digits (got x)"),
            ({"figures": ["/etc/passwd"]}, "figures: must be some of summary.json"),
            ({"watched": -1}, "watched: must be a run, or nothing (got -1)"),
            ({"command": "sim x; curl evil"}, "command: must be a command of sim"),
            ({"command": "rm -rf /"}, "command: must be a command of sim"),
            ({"command": "sim \x1b[2J"}, "command: holds the character U+001B"),
            ({"command": "sim \ud800"}, "command: holds the character U+D800"),
            ({"sead": 1}, "unknown key sead; did you mean seed?; was it made by a newer version?"),
            ({"scenario": {"a": mutating.nested(70)}}, "is nested deeper than 60 levels"),
            ({"scenario": {"title": "other"}}, "scenario: is not the one that was played"),
            ({"scenario": {"a": [0] * 200_000}}, "scenario: must be a scenario of at most 100,000 entries"),
            ({"scenario": {"a": 10**400}}, "scenario.a: is a number beyond all that are used here"),
            ({"seed": float("nan")}, "holds NaN, which is no number"),
        ],
    )
    def test_is_told_with_its_path_and_key(self, folder: Path, changes: dict[str, Any], message: str) -> None:
        with_manifest(folder, **changes)
        said = told("show", folder)
        assert said.startswith(f"{folder / 'manifest.json'}: {message}"), said
        assert len(said.splitlines()) == 1
        with pytest.raises(BadInput):
            read_result(folder)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (b"", "is not JSON (line 1, column 1)"),
            (b'{"a": 1, "a": 2}', "holds the key a twice"),
            (b'{"a": "\xff"}', "is not UTF-8 text"),
            (b"[" * 1_000_000, "holds more than 400,000 lists"),
            (b'{"a":' * 100_000, "is nested deeper than 60 levels"),
            (b"[" + b"1," * 5_000_000 + b"1]", "or 4,000,000 values"),
            (b"9" * 10_000, "a number with too many digits"),
            (b"[1e999]", "is a number beyond"),
            (b"-Infinity", "holds -Infinity"),
        ],
    )
    def test_text_is_bounded_before_it_is_built(self, text: bytes, message: str) -> None:
        with pytest.raises(NotPlain) as raised:
            decoded(text)
        assert message in str(raised.value)

    def test_every_entry_that_is_written_has_a_form(self, folder: Path) -> None:
        from dataclasses import fields

        from sim.files.result.manifest import _FORMS
        from sim.records import Manifest

        assert {field.name for field in fields(Manifest)} == set(_FORMS)


class TestFiles:
    @pytest.mark.skipif(os.name != "posix", reason="pipes and links")
    @pytest.mark.parametrize("name", ["manifest.json", "chunks/chunk-000000.parquet"])
    @pytest.mark.parametrize("kind", ["pipe", "device", "folder", "huge", "dangling"])
    def test_only_ordinary_ones_are_read(self, folder: Path, name: str, kind: str) -> None:
        file = folder / name
        file.unlink()
        if kind == "pipe":
            os.mkfifo(file)
        elif kind == "folder":
            file.mkdir()
        elif kind == "huge":
            with file.open("wb") as stream:
                stream.truncate(3 * 2**30)
        else:
            file.symlink_to("/dev/zero" if kind == "device" else "nowhere")
        for words in (["show", folder], ["export", folder, "--to", folder / "a.csv"]):
            assert len(told(*words).splitlines()) == 1

    def test_a_lock_that_leads_elsewhere_is_not_taken(self, real: tuple[Path, Path], folder: Path) -> None:
        (folder / "precious").write_text("long work")
        (folder / ".lock").unlink(missing_ok=True)
        (folder / ".lock").symlink_to("precious")
        assert sim("show", folder)[0] == 0
        code, _, said = sim(*command(real[0], folder))
        assert (code, said) == (2, f"--out: {folder / '.lock'} is not an ordinary file; remove it\n")
        assert (folder / "precious").read_text() == "long work"

    def test_names_of_no_chunk_are_told(self, real: tuple[Path, Path], folder: Path) -> None:
        for name in (
            "chunk-abc.parquet",
            "chunk-00000٣.parquet",
            "chunk-9\x1b[31m\u202e.parquet",
            "chunk-000099.parquet",
        ):
            shutil.copy(first_chunk(folder), folder / "chunks" / name)
        said = told("show", folder)
        assert said.count("is no chunk of this result; remove it") == 4 and "\\x1b[31m\\u202e" in said
        code, _, said = sim(*command(real[0], folder))
        assert code == 4 and "(and 3 more)" in said

    def test_of_many_damaged_ones_a_few_are_told(self, tmp_path: Path) -> None:
        _, out = stored(tmp_path)
        with_manifest(out, chunk=4)
        for number in range(16):
            (out / "chunks" / f"chunk-{number:06d}.parquet").write_bytes(b"")
        said = told("show", out)
        assert said.count("is damaged") == 5 and "11 more files in it are no better" in said


def bombs() -> Iterator[tuple[str, Any]]:
    """Tables of a few kilobytes that unpack to gigabytes."""

    def long_text(table: pa.Table) -> pa.Table:
        """A word of 100 MB in every row: 2 GB."""
        words = pa.DictionaryArray.from_arrays(pa.array([0] * len(table)), pa.array(["x" * 100_000_000]))
        return table.set_column(table.column_names.index("why"), "why", words)

    def many_rows(table: pa.Table) -> pa.Table:
        cells = {name: pa.array([table[name][0].as_py()] * 1_000_000, table.schema.field(name).type)
                 for name in table.column_names}  # fmt: skip
        return pa.table(cells)

    def many_columns(table: pa.Table) -> pa.Table:
        return pa.table({**{name: table[name] for name in table.column_names},
                         **{f"c{k}": pa.array([1] * len(table)) for k in range(20_000)}})  # fmt: skip

    yield from {"long text": long_text, "many rows": many_rows, "many columns": many_columns}.items()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory")
@pytest.mark.parametrize("name", [name for name, _ in bombs()])
def test_a_bomb_is_refused_before_it_goes_off(name: str, folder: Path) -> None:
    manifest, file = manifest_in(folder), first_chunk(folder)
    table = dict(bombs())[name](pq.read_table(file))
    file.write_bytes(chunk_bytes(table, str(study_id(manifest)), Chunks(2, RUNS, CHUNK)[0]))
    assert file.stat().st_size < 4_000_000
    for words in (["show"], ["export", "--to", str(folder / "a.csv")]):
        peak = [sys.executable, "-c", PEAK, words[0], str(folder), *words[1:]]
        done = subprocess.run(peak, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 2, done.stderr
        assert "is damaged" in done.stderr
        assert int(done.stdout.split()[-1]) < 500_000


PEAK = """
import pathlib, re
from sim.cli.program import app
try:
    app()
finally:
    print(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
"""
"""Peak memory of the program alone, not of its parent."""


def test_a_text_that_would_stand_in_every_row_is_not_even_read(folder: Path) -> None:
    """The same on a small scale: the check takes no more than the file may hold."""
    table = pq.read_table(first_chunk(folder))
    long = table.set_column(table.column_names.index("why"), "why", pa.array(["x" * 1_000_000] * len(table)))
    first_chunk(folder).write_bytes(chunk_bytes(long, str(study_id(manifest_in(folder))), Chunks(2, RUNS, CHUNK)[0]))
    before = pa.total_allocated_bytes()
    assert "is damaged" in told("show", folder)
    assert pa.total_allocated_bytes() - before < 1_000_000


def test_studies_of_too_many_chunks_are_refused_before_any_work(real: tuple[Path, Path], tmp_path: Path) -> None:
    words = ["--vary", "parties.lower.concession.deadline=4,8", "--runs", "1000000", "--chunk", "1", "--yes", "--out"]
    said = told("sweep", real[0], *words, tmp_path / "o")
    assert said == "chunk: 2,000,000 chunks are too many; at most 1,000,000, so give a larger --chunk\n"
    assert not (tmp_path / "o").exists()
    assert len(Chunks(100_000, 10_000_000, MOST_ROWS)) == MOST_ROWS


def test_json_stays_json_whatever_is_in_it(folder: Path) -> None:
    manifest = manifest_in(folder)
    scenario = {
        **manifest["scenario"],
        "title": "The \u202eriver\u200b \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    }
    claimed_by(folder, {**manifest, "scenario": scenario})
    code, page, _ = sim("show", folder, "--json")
    assert code == 0 and "\u202e" not in page and "\\u202eriver\\u200b" in page
    assert json.loads(page)["title"] == scenario["title"]
    code, page, _ = sim("show", folder)
    assert "The \\u202eriver\\u200b \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645" in page
