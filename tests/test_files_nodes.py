from pathlib import Path

import pytest

from sim.files.errors import BadInput, Fault, Mark
from sim.files.yaml.nodes import Node, parse_yaml, to_plain
from sim.files.yaml.reading import read_yaml
from sim.files.yaml.scalars import resolved

FILE = Mark("f.yaml")

REFUSED = [
    ("a: 1\na: 2\n", "f.yaml:2:1: a: stands there twice, first in line 1"),
    ("a: {b: 1, b: 2}\n", "f.yaml:1:11: a.b: stands there twice, first in line 1"),
    ("a: &x 1\n", "f.yaml:1:4: a: has an anchor; anchors and aliases are not used here (got &x)"),
    ("a: *x\n", "f.yaml:1:4: a: is an alias; write the value out (got *x)"),
    ("a: !secret 1\n", "f.yaml:1:4: a: has a tag; tags are not used here (got !secret)"),
    ("a: !!str 1\n", "f.yaml:1:4: a: has a tag; tags are not used here (got tag:yaml.org,2002:str)"),
    ("%YAML 1.1\n---\na: yes\n", "f.yaml:1:1: has a directive; files are YAML 1.2 (got %YAML 1.1)"),
    ("# top\n%YAML 9.9\n---\na: 1\n", "f.yaml:2:1: has a directive; files are YAML 1.2 (got %YAML 9.9)"),
    ("%TAG ! tag:x,2000:\n---\na: 1\n", "f.yaml:1:1: has a directive; files are YAML 1.2 (got %TAG ! tag:x,2000:)"),
    ("a: .inf\n", "f.yaml:1:4: a: must be a finite number (got .inf)"),
    ("a: [1, -.INF]\n", "f.yaml:1:8: a.1: must be a finite number (got -.INF)"),
    ("a: .nan\n", "f.yaml:1:4: a: must be a finite number (got .nan)"),
    ("a: 1e999\n", "f.yaml:1:4: a: is too large a number (got 1e999)"),
    ("a: 99999999999999999\n", "f.yaml:1:4: a: is too large a number (got 99999999999999999)"),
    (f"a: {'9' * 5000}\n", f"f.yaml:1:4: a: is too large a number (got {'9' * 20}...)"),
    (f"{'[' * 41}", "f.yaml:1:41: is nested deeper than 40 levels"),
    ("a: 1\n---\nb: 2\n", "f.yaml:2:1: holds a second document; a file is one document"),
    ("", "f.yaml: is empty"),
    ("# only a comment\n", "f.yaml: is empty"),
    ("1: a\n", "f.yaml:1:1: a key must be text; put it in quotes (got 1)"),
    ("a: {null: b}\n", "f.yaml:1:5: a: a key must be text; put it in quotes (got null)"),
    ("? [a]\n: b\n", "f.yaml:1:3: a key must be text"),
    ("a:\n\t- b\n", "f.yaml:2:1: has U+0009 (TAB) where a plain space is expected"),
    ("a: [1, 2\nb: 3\n", "f.yaml:2:2: is not YAML: a list opened with '[' needs ',' or ']' here"),
    ("a: {b: 1\n", "f.yaml:2:1: is not YAML: a mapping opened with '{' needs ',' or '}' here"),
    ("a: 1\nb: 'open\nc: 2\n", "f.yaml:2:4: is not YAML: a quote that is opened and never closed"),
    ("a: @x\n", "f.yaml:1:4: is not YAML: a character that cannot begin a plain word; put the text in quotes"),
    (
        "a: b: c\n",
        "f.yaml:1:5: is not YAML: a ':' where none can stand; quote text with ': ' in it, or check the indentation",
    ),
    ("  a: 1\n b: 2\n", "f.yaml:2:2: is not YAML: this fits nothing above; check the indentation"),
    ("a:\n  - b\n  c: 1\n", "f.yaml:3:3: is not YAML: the indentation does not fit the lines above"),
    ("a: 1\nb\n", "f.yaml:3:1: is not YAML: a key without ':'"),
    ('a: "\\q"\n', "f.yaml:1:6: is not YAML: an unknown escape in double quotes; use single quotes"),
    ("a: \x01b\n", "f.yaml:1:4: holds the control character U+0001"),
    ('a: "\\e[31m"\n', "f.yaml:1:4: a: holds a control character"),
    ('a: "\\ud800"\n', "f.yaml:1:4: a: holds a control character"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused_with_place_and_reason(text: str, message: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_yaml(text, FILE)
    assert str(refused.value) == message


def test_forty_levels_are_not_too_deep() -> None:
    assert parse_yaml(f"{'[' * 40}{']' * 40}", FILE)


def test_several_faults_of_one_file_in_its_order() -> None:
    with pytest.raises(BadInput) as refused:
        parse_yaml("b: 1\nb: .inf\na: &x 2\n", FILE)
    assert [fault.mark for fault in refused.value.faults] == [
        Mark("f.yaml", 2, 1),
        Mark("f.yaml", 2, 4),
        Mark("f.yaml", 3, 4),
    ]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("", None), ("~", None), ("null", None), ("true", True), ("FALSE", False), ("7", 7), ("-7", -7), ("0o17", 15),
        ("0x1F", 31), ("1e5", 1e5), ("1.", 1.0), (".5", 0.5), ("+0.5E-1", 0.05),
        ("NO", "NO"), ("yes", "yes"), ("on", "on"), ("1_000", "1_000"), ("12:30", "12:30"),
        ("2025-04-23", "2025-04-23"), ("0b1", "0b1"), ("1e", "1e"), (".", "."),
    ],
)  # fmt: skip
def test_core_schema(word: str, value: object) -> None:
    found = resolved(word)
    assert found == value and type(found) is type(value)


def test_quoted_words_stay_text() -> None:
    assert to_plain(parse_yaml("a: '1'\nb: \"true\"\nc: |\n  2\n", FILE)) == {"a": "1", "b": "true", "c": "2\n"}


def test_marks_of_values_and_keys() -> None:
    root = parse_yaml("a:\n  - b: 1\n", FILE)
    assert isinstance(root.value, dict)
    items = root.value["a"]
    assert items.key == Mark("f.yaml", 1, 1)
    assert isinstance(items.value, list) and isinstance(items.value[0].value, dict)
    assert items.value[0].value["b"] == Node(1, Mark("f.yaml", 2, 8), Mark("f.yaml", 2, 5))


def test_windows_lines_and_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: [x]\r\n")
    assert to_plain(read_yaml(path)) == {"a": 1, "b": ["x"]}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a: \xff\n", ":1:4: is not UTF-8 text (byte 0xFF); save it as UTF-8"),
        (b"a: 1\nb\xc3\xa9: \xe9\n", ":2:5: is not UTF-8 text (byte 0xE9); save it as UTF-8"),
        (b"a: \x00\n", ": is not a text file"),
        (b"#" * (256 * 1024 + 1), ": is larger than 256 kB"),
        (b"- a\n", ":1:1: must hold keys and values at its top"),
    ],
)
def test_files_that_are_no_scenario(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(data)
    with pytest.raises(BadInput) as refused:
        read_yaml(path)
    assert str(refused.value) == f"{path}{message}"


def test_paths_that_are_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "river.yaml").touch()
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path)
    for path, message in [
        (tmp_path / "seeds", "seeds: is a folder, not a file"),
        (tmp_path / "rivers.yaml", "rivers.yaml: no such file; did you mean river.yaml?"),
        (tmp_path / "river.yaml" / "x", "river.yaml/x: no such file"),
        (tmp_path / ("x" * 300), f"{'x' * 300}: cannot be read: file name too long"),
        (Path("/dev/null"), "/dev/null: is not an ordinary file"),
    ]:
        with pytest.raises(BadInput) as refused:
            read_yaml(path)
        assert str(refused.value) == message


def test_a_fault_is_one_line() -> None:
    assert str(Fault(FILE, "a", "got x\ny\x1b[31m")) == "f.yaml: a: got x\\ny\\x1b[31m"
    assert str(Fault(None, "", "text")) == "text"
    assert str(BadInput([Fault(Mark("g", 1, 1), "", "b"), Fault(FILE, "", "a"), Fault(FILE, "", "a")])) == (
        "f.yaml: a\ng:1:1: b"
    )


def test_a_tree_that_was_kept_is_the_tree_that_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every file that ships, with all its places; a file that was damaged is read anew."""
    from playing import ROOT

    from sim.files.yaml import kept_trees

    monkeypatch.setattr(kept_trees, "_folder", lambda: tmp_path)
    for path in (*ROOT.glob("scenarios/common/*.yaml"), *ROOT.glob("seeds/*.yaml")):
        text, mark = path.read_text(), Mark("elsewhere.yaml")
        read = parse_yaml(text, mark)
        kept_trees.keep(text, read)
        assert kept_trees.kept(text, mark) == (read if len(text) >= kept_trees.SHORTEST else None)
    for file in tmp_path.iterdir():
        file.write_text(file.read_text()[:-5])
    assert kept_trees.kept(text, mark) is None
    assert not list(tmp_path.glob("*.part"))
