"""Letters that look like plain spaces and signs of YAML are named with their places; within texts they may stand."""

import contextlib
import time
from pathlib import Path

import pytest

from sim.files.errors import BadInput, Mark
from sim.files.yaml.nodes import parse_yaml, to_plain
from sim.files.yaml.reading import read_yaml

SPACES = {
    "\u00a0": "U+00A0 (NO-BREAK SPACE)", "\u2007": "U+2007 (FIGURE SPACE)", "\u202f": "U+202F (NARROW NO-BREAK SPACE)",
    "\u3000": "U+3000 (IDEOGRAPHIC SPACE)", "\u200b": "U+200B (ZERO WIDTH SPACE)",
    "\ufeff": "U+FEFF (ZERO WIDTH NO-BREAK SPACE)",
}  # fmt: skip

PLACES = [
    ("a: 1\nround:@week\nissues:\n  x: 1\n", "2:7: has {} where a plain space is expected"),
    ("a: 1\nround:@week\n", "2:7: has {} where a plain space is expected"),
    ("round:@week\n", "1:7: has {} where a plain space is expected"),
    ("a:\n  b: 1\n  @c: 2\n", "3:3: a: has {} where a plain space, or nothing, is expected"),
    ("a:\n@@b: 1\n", "2:1: has {} where a plain space, or nothing, is expected"),
    ("a:\n  -@b\n  -@c\n", "2:4: a: has {} where a plain space is expected"),
    ("-@a: 1\n", "1:2: has {} where a plain space is expected"),
    ("a: @b\n", "1:4: a: has {} where a plain space, or nothing, is expected"),
    ("a: 0.5@\n", "1:7: a: has {} where a plain space, or nothing, is expected"),
    ("a: 0.5@# as told\n", "1:7: a: has {} where a plain space is expected"),
    ("a: 'b'@# as told\nc: 1\n", "1:7: has {} where a plain space, or nothing, is expected"),
    ("a@: 0.5\n", "1:2: has {} where a plain space, or nothing, is expected"),
    ("a: {b:@1}\n", "1:7: a: has {} where a plain space is expected"),
    ("a: [b,@c]\n", "1:7: a.1: has {} where a plain space, or nothing, is expected"),
    ("a:@\n  b: 1\n", "1:3: has {} where a plain space is expected"),
    ("a:\n  b:\n   @c: X\n    d: {e: f}\n", "3:4: has {} where a plain space, or nothing, is expected"),
    ("a:\n  -@{b: c, d: e}\n", "2:4: has {} where a plain space is expected"),
    ("a: 1@000\n", "1:5: a: has {} where a number in plain digits is expected"),
]


def told(text: str) -> str:
    with pytest.raises(BadInput) as refused:
        parse_yaml(text, Mark("f"))
    return str(refused.value)


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize(("text", "message"), PLACES)
def test_what_looks_like_a_space_is_named_with_its_place(text: str, message: str, space: str) -> None:
    assert told(text.replace("@", space)) == "f:" + message.format(SPACES[space])


SIGNS = [
    ("a: 1\ntitle\uff1a x\nb: 1\n", '2:6: has U+FF1A (FULLWIDTH COLON) where ": " is expected'),
    ("title\uff1ax\n", '1:6: has U+FF1A (FULLWIDTH COLON) where ": " is expected'),
    ("issues:\n  well\uff1a\n    title: x\n", '2:7: has U+FF1A (FULLWIDTH COLON) where ": " is expected'),
    ("issues:\n  well\uff1a\n    title\n", '2:7: issues: has U+FF1A (FULLWIDTH COLON) where ": " is expected'),
    ("a: {b\uff1a 1, c: 2}\n", '1:6: a: has U+FF1A (FULLWIDTH COLON) where ": " is expected'),
    ("a: {b: 1\uff0c c: 2}\n", '1:9: has U+FF0C (FULLWIDTH COMMA) where ", " is expected'),
    ("a:\n  \u2013 b\n  \u2013 c\n", '2:3: a: has U+2013 (EN DASH) where "- " is expected'),
    ("a: \u22125\n", "1:4: a: has U+2212 (MINUS SIGN) where a number in plain digits is expected"),
    ("a:\n\tb: 1\n\tc: 2\n", "2:1: has U+0009 (TAB) where a plain space is expected; 1 more, the next in line 3"),
    ("a: b\u2028c: d\n", "1:5: has U+2028 (LINE SEPARATOR) where a plain end of line is expected"),
]


@pytest.mark.parametrize(("text", "message"), SIGNS)
def test_what_looks_like_a_sign_is_named_with_its_place(text: str, message: str) -> None:
    assert told(text) == f"f:{message}"


@pytest.mark.parametrize(
    ("text", "place", "quote"),
    [
        ("a: \u201cb: c\u201d\n", "1:4:", "U+201C (LEFT DOUBLE QUOTATION MARK)"),
        ("a: \u201cb\u201d\n", "1:4: a:", "U+201C (LEFT DOUBLE QUOTATION MARK)"),
        ("a: \u201cb\n", "1:4: a:", "U+201C (LEFT DOUBLE QUOTATION MARK)"),
        ("a: \u20180.5\u2019\n", "1:4: a:", "U+2018 (LEFT SINGLE QUOTATION MARK)"),
        ("a: \u201eb\u201c\n", "1:4: a:", "U+201E (DOUBLE LOW-9 QUOTATION MARK)"),
        ("\u201ca\u201d: b\n", "1:1:", "U+201C (LEFT DOUBLE QUOTATION MARK)"),
        ('a: "b\u201d\nc: 1\n', "1:6:", "U+201D (RIGHT DOUBLE QUOTATION MARK)"),
        ("a: 'b\u2019\nc: 'd'\n", "1:6:", "U+2019 (RIGHT SINGLE QUOTATION MARK)"),
    ],
)
def test_typographic_quotes_are_named_where_plain_ones_are_meant(text: str, place: str, quote: str) -> None:
    assert told(text) == f"f:{place} has {quote} where a straight quote, or none, is expected"


def test_one_kind_of_letter_is_one_fault() -> None:
    text = "a:\n  b:\u00a01\n  c:\u00a02\nd:\u00a03\n"
    said = "f:2:5: has U+00A0 (NO-BREAK SPACE) where a plain space is expected; 2 more, the next in line 3"
    assert told(text) == said
    assert told("a: 1\u00a0\nb: 2\u00a0\n").endswith("; 1 more, the next in line 2")


@pytest.mark.parametrize(
    "text",
    [
        "10\u00a0000 men", "\u201cPeace\u201d plan", "it\u2019s over", "\u2019t is over", "war \u2013 and peace",
        "note\uff1a water", "\u6ce8\u610f\uff1a\u6c34", "Paix\u202f! oui",
        "\u0645\u06cc\u200c\u062e", "\U0001f468\u200d\U0001f469",
    ],
)  # fmt: skip
def test_texts_keep_such_letters(text: str) -> None:
    assert to_plain(parse_yaml(f"a: {text}\nb: '\u00a0{text}\u00a0'\nc: |\n  \u00a0{text}\n", Mark("f")))["a"] == text


def test_a_plain_mistake_is_not_blamed_on_an_odd_letter() -> None:
    assert told("a: 10\u00a0000 men\nb: 'c\n").endswith("is not YAML: a quote that is opened and never closed")
    assert told("a:\n b: x\n  c: 10\u00a0000 men: d\n").startswith("f:3:4: is not YAML")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_said_to_be_so(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes("title: \u6c34\nround: w\n".encode(codec))
    with pytest.raises(BadInput) as refused:
        read_yaml(path)
    assert str(refused.value) == f"{path}: is {codec[:6].upper()} text; save it as UTF-8"


@pytest.mark.parametrize(
    "text", ["\u00a0" * 60_000 + "x", "x" + "\u00a0 " * 10_000 + "y", "\u00a0\n" * 10_000, "- " * 50_000]
)
def test_long_rows_of_them_take_no_longer(text: str) -> None:
    started = time.perf_counter()
    for whole in (f"a: {text}\n", f"a: 'b'\n  {text}"):
        with contextlib.suppress(BadInput):
            parse_yaml(whole, Mark("f"))
    assert time.perf_counter() - started < 10
