"""What is wrong with a file of GENIUS or GeniusWeb is told with its place, and nothing is written."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from commands import sim
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.files.errors import BadInput
from sim.files.genius.reading import read_domain
from sim.files.genius.to_scenario import scenario_text

DOMAIN = """\
<negotiation_template>
  <utility_space number_of_issues="2">
    <objective index="0" name="Fair" description="" type="objective" etype="objective">
      <issue index="1" name="Stand" type="discrete" etype="discrete" vtype="discrete">
        <item index="1" value="Corner"/>
        <item index="2" value="Middle"/>
      </issue>
      <issue index="2" name="Drinks" type="discrete" etype="discrete" vtype="discrete">
        <item index="1" value="Coffee &amp; tea"/>
        <item index="2" value="Water"/>
        <item index="3" value="None"/>
      </issue>
    </objective>
  </utility_space>
</negotiation_template>
"""

PROFILE = """\
<utility_space>
  <objective index="0" name="Fair" description="" type="objective" etype="objective">
    <issue index="1" name="Stand" type="discrete" etype="discrete" vtype="discrete">
      <item index="1" value="Corner" evaluation="4"/>
      <item index="2" value="Middle" evaluation="1"/>
    </issue>
    <issue index="2" name="Drinks" type="discrete" etype="discrete" vtype="discrete">
      <item index="1" value="Coffee &amp; tea" evaluation="10"/>
      <item index="2" value="Water" evaluation="5"/>
      <item index="3" value="None" evaluation="0"/>
    </issue>
    <weight index="1" value="0.25"/>
    <weight index="2" value="0.75"/>
  </objective>
  <discount_factor value="1.0"/>
  <reservation value="0.2"/>
</utility_space>
"""

JSON_DOMAIN = """\
{
  "name": "fair",
  "issuesValues": {
    "Stand": {"values": ["Corner", "Middle"]},
    "Price": {"range": {"low": "1", "high": "2", "step": "0.5"}}
  }
}
"""

JSON_PROFILE = """\
{
  "LinearAdditiveUtilitySpace": {
    "name": "ann",
    "domain": {
      "name": "fair",
      "issuesValues": {
        "Stand": {"values": ["Middle", "Corner"]},
        "Price": {"range": {"low": "1", "high": "2", "step": "0.5"}}
      }
    },
    "issueWeights": {"Stand": 0.4, "Price": 0.6},
    "issueUtilities": {
      "Stand": {"discreteutils": {"valueUtilities": {"Corner": 1.0}}},
      "Price": {"numberutils": {"lowValue": 1, "lowUtility": 1, "highValue": 2, "highUtility": 0}}
    },
    "reservationBid": {"issuevalues": {"Stand": "Corner", "Price": "2.0"}}
  }
}
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """What an import says with a passage of one file replaced; the other files are right."""
    monkeypatch.chdir(tmp_path)

    def run(ending: str, file: str = "", old: str = "", new: str = "") -> tuple[int, str, str]:
        domain, profile = (DOMAIN, PROFILE) if ending == "xml" else (JSON_DOMAIN, JSON_PROFILE)
        texts = {"domain": domain, "ann": profile, "bob": profile.replace('"ann"', '"bob"')}
        if file:
            assert texts[file].count(old) >= 1, old
            texts[file] = texts[file].replace(old, new, 1)
        for name, text in texts.items():
            Path(f"{name}.{ending}").write_text(text, encoding="utf-8")
        return sim("import", *(f"{name}.{ending}" for name in texts), "--to", "fair.yaml")

    return run


def test_right_files_are_read(told: Callable[..., tuple[int, str, str]]) -> None:
    code, page, errors = told("xml")
    assert code == 0, errors
    assert "2 issues, 2 parties, 6 packages" in page
    assert "ann (ann.xml): no-deal value 0.2" in page
    assert "Nothing was left out" in page
    code, _, _ = sim("import", "domain.xml", "--to", "fair.yaml", "--force")
    assert code == 0


def test_right_json_is_read(told: Callable[..., tuple[int, str, str]]) -> None:
    code, page, errors = told("json")
    assert code == 0, errors
    assert "ann (ann.json): no-deal value 0.4" in page
    assert "ann.json:13:35: Stand: no utility of Middle; worth 0, as in GeniusWeb" in page
    assert 'values: {"1_0": 1.0, "1_5": 0.5, "2_0": 0.0}' in Path("fair.yaml").read_text()


XML = [
    ("ann", "<item index=\"1\" value=\"Corner\" evaluation=\"4\"/>", "<item", "ann.xml:5:7: is not XML: not well-formed"),
    ("ann", "</issue>", "", "ann.xml:14:5: is not XML: a closing tag that fits no opening one"),
    ("ann", PROFILE, "", "is neither XML nor JSON (it begins with nothing)"),
    ("ann", PROFILE, "<?xml version='1.0'?>", "is not XML: no element"),
    ("ann", "</utility_space>\n", "</utility_space>\n<more/>", "ann.xml:18:1: is not XML: something after the end"),
    ("ann", PROFILE, "<html/>", "ann.xml:1:1: is no domain or profile of GENIUS: expected <negotiation_template> or"),
    ("ann", 'name="Stand"', 'name="Stant"', "ann.xml:3:5: issue: unknown issue (got Stant); did you mean Stand?"),
    ("ann", 'value="Corner"', 'value="Cornr"', "ann.xml:4:7: Stand: unknown value (got Cornr); did you mean Corner?"),
    ("ann", 'evaluation="4"', 'evaluation="four"', "ann.xml:4:7: Stand.Corner.evaluation: must be a number of at least 0"),
    ("ann", 'evaluation="4"', 'evaluation="-1"', "must be a number of at least 0 (got -1)"),
    ("ann", 'evaluation="4"', 'evaluation="inf"', "must be a number of at least 0 (got inf)"),
    ("ann", "<weight", '<objective name="more"><issue name="Lost"/></objective><weight', "stands in another objective"),
    ("ann", "  <discount", '<objective/>  <discount', "ann.xml:15:1: objective: stands there twice; expected one"),
    ("domain", "  </utility_space>", '<objective index="9" name="more"/></utility_space>',
     "domain.xml:14:1: objective: stands there twice; expected one"),
    ("domain", "</negotiation", "<utility_space/></negotiation", "domain.xml:15:1: utility_space: stands there twice"),
    ("ann", '<weight index="1"', '<weight index="7"',
     "ann.xml:3:5: Stand: has no weight; expected <weight index='1'> (got one of index 7, which no issue has)"),
    ("ann", 'evaluation="4"', 'evaluation="1_0"', "Stand.Corner.evaluation: must be a number of at least 0 (got 1_0)"),
    ("ann", 'evaluation="4"', 'evaluation="٣"', "must be a number of at least 0 (got ٣)"),
    ("ann", 'value="0.25"/>\n    <weight index="2" value="0.75"', 'value="1e308"/><weight index="2" value="1e308"',
     "ann.xml:2:3: weight: weights sum to more than the largest number that a computer holds; expected 1"),
    ("ann", '    <weight index="1" value="0.25"/>\n', "", "ann.xml:3:5: Stand: has no weight"),
    ("ann", '<reservation value="0.2"/>', '<reservation value="2"/>', "ann.xml:16:3: reservation: must be a number from 0"),
    ("ann", "<utility_space>", '<utility_space type="nonlinear">', "ann.xml:1:1: utility_space: is not linear additive"),
    ("ann", "<weight", "<ufun/><weight", "is not linear additive"),
    ("domain", 'type="discrete" etype="discrete" vtype="discrete"', 'type="real" etype="real" vtype="real"',
     "domain.xml:4:7: Stand: only issues with discrete values are read, and whole numbers (got real)"),
    ("domain", '        <item index="2" value="Middle"/>\n', "", "domain.xml:4:7: Stand: has 1 of at least 2 values"),
    ("domain", 'value="Middle"', 'value="Corner"', "domain.xml:4:7: Stand: has 1 of at least 2 values"),
    ("domain", 'value="Middle"', 'value=" "', "domain.xml:6:9: Stand.item: is empty; expected a name"),
    ("domain", 'name="Drinks"', 'name="Stand"', "domain.xml:8:7: issue: another issue has the same name (got Stand)"),
    ("domain", 'value="Water"/>', 'value="Water"/>' + "".join(f'<item value="{k}"/>' for k in range(70)),
     "domain.xml:8:7: Drinks: has 73 values; at most 63"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), XML)
def test_faults_of_xml(file: str, old: str, new: str, said: str, told: Callable[..., tuple[int, str, str]]) -> None:
    code, _, errors = told("xml", file, old, new)
    assert code == 2
    assert said in errors
    assert not Path("fair.yaml").exists()


def test_a_nonlinear_profile_without_weights_is_told_as_such(told: Callable[..., tuple[int, str, str]]) -> None:
    nonlinear = '<utility_space type="NONLINEAR"><objective name="Fair"/><ufun><hyperRectangle/></ufun></utility_space>'
    wanted = "ann.xml:1:1: utility_space: is not linear additive; only linear additive profiles are read (got type NONLINEAR)"
    assert wanted in told("xml", "ann", PROFILE, nonlinear)[2]
    assert wanted in sim("import", "domain.xml", "--to", "fair.yaml")[2]


def test_a_profile_in_a_template_keeps_its_reserved_value(told: Callable[..., tuple[int, str, str]]) -> None:
    whole = f"<negotiation_template>{PROFILE}</negotiation_template>"
    assert "ann (ann.xml): no-deal value 0.2" in told("xml", "ann", PROFILE, whole)[1]


WHOLE = """\
<issue index="3" name="Speed" type="integer" etype="integer" vtype="integer" lowerbound="-1" upperbound="3"><more/></issue>
"""
LINE = '<evaluator ftype="linear" offset="0.4" slope="0.25"/>'


def with_speed(
    line: str, bounds: str = 'lowerbound="-1" upperbound="3"', of_domain: str = WHOLE
) -> tuple[int, str, str]:
    """An import of the fair with an issue of whole numbers; the profiles have weights of 0.25, 0.5 and 0.25."""
    issue = WHOLE.replace("<more/>", line).replace('lowerbound="-1" upperbound="3"', bounds)
    domain = DOMAIN.replace("    </objective>", f"{of_domain.replace('<more/>', '')}</objective>")
    weight = '<weight index="3" value="0.25"/>'
    profile = PROFILE.replace("  </objective>", f"{issue}{weight}</objective>").replace("0.75", "0.5")
    for file, text in (("domain.xml", domain), ("ann.xml", profile), ("bob.xml", profile)):
        Path(file).write_text(text)
    return sim("import", "domain.xml", "ann.xml", "bob.xml", "--to", "fair.yaml")


def test_whole_numbers_are_worth_what_genius_10_makes_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """EvaluatorInteger of GENIUS 10: offset + slope * (n - lowerbound), cut to 0 to 1, not divided by the largest."""
    monkeypatch.chdir(tmp_path)
    code, page, errors = with_speed(LINE)
    assert code == 0, errors
    assert "Nothing was left out" in page and "30 packages" in page
    read = read_domain(Path("domain.xml"), [Path("ann.xml"), Path("bob.xml")]).domain
    assert read.topics[2].values == ("-1", "0", "1", "2", "3")
    assert read.profiles[0].values[2] == pytest.approx((0.4, 0.65, 0.9, 1.0, 1.0))
    assert with_speed('<evaluator ftype="linear" offset="0.4" slope="-0.3"/>')[2].count("exists already") == 1
    read = read_domain(Path("domain.xml"), [Path("ann.xml"), Path("bob.xml")]).domain
    assert read.profiles[0].values[2] == pytest.approx((0.4, 0.1, 0.0, 0.0, 0.0))


@pytest.mark.parametrize(
    ("line", "bounds", "of_domain", "said"),
    [
        ("", 'lowerbound="-1" upperbound="3"', WHOLE, "Speed: expected one <evaluator"),
        (LINE.replace("linear", "constant"), 'lowerbound="-1" upperbound="3"', WHOLE, "expected one <evaluator"),
        (
            LINE.replace("offset", "parameter0"),
            'lowerbound="-1" upperbound="3"',
            WHOLE,
            "Speed: expected numbers as offset",
        ),
        (LINE, 'lowerbound="0" upperbound="3"', WHOLE, "Speed: has other bounds than the domain (got 0 to 3)"),
        (LINE, 'lowerbound="-1"', WHOLE, "Speed: upperbound must be a whole number"),
        (LINE, "", WHOLE.replace('"3">', '"3.5">'), "domain.xml:13:1: Speed: upperbound must be a whole number"),
        (
            LINE,
            "",
            WHOLE.replace('"3">', '"99">'),
            "domain.xml:13:1: Speed: has 101 values from lowerbound to upperbound",
        ),
        (LINE, "", WHOLE.replace('"3">', '"-4">'), "has 0 values from lowerbound to upperbound; expected 2 to 63"),
    ],
)
def test_faults_of_whole_numbers(
    line: str, bounds: str, of_domain: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, errors = with_speed(line, bounds, of_domain)
    assert code == 2
    assert said in errors


def test_an_evaluator_of_discrete_values_is_noted(told: Callable[..., tuple[int, str, str]]) -> None:
    page = told("xml", "ann", '<item index="1" value="Corner"', f'{LINE}<item index="1" value="Corner"')[1]
    assert "ann.xml:4:7: <evaluator> in <issue> is not read" in page


REFUSED = [
    ('<!DOCTYPE a [<!ENTITY x "y">]>\n', "ann.xml:1:1: declares a document type; entities and external"),
    ('<!DOCTYPE a SYSTEM "file:///etc/passwd">\n', "ann.xml:1:1: declares a document type"),
    ('<!DOCTYPE a [<!ENTITY % p SYSTEM "http://localhost/x.dtd"> %p;]>\n', "declares a document type"),
    ('<?xml-stylesheet href="http://localhost/x.xsl"?>\n', "has an instruction to another program"),
]


@pytest.mark.parametrize(("before", "said"), REFUSED)
def test_entities_and_external_references_are_refused(
    before: str, said: str, told: Callable[..., tuple[int, str, str]]
) -> None:
    code, _, errors = told("xml", "ann", "<utility_space>", f"{before}<utility_space>")
    assert code == 2
    assert said in errors
    assert not Path("fair.yaml").exists()


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ('value="&secret;"', "ann.xml:4:31: is not XML: an entity that XML does not have"),
        (
            'value="Corner" evaluation="4"/><xi:include href="/etc/passwd"/><item value="Corner"',
            "includes another file",
        ),
    ],
)
def test_entities_and_inclusions_inside_are_refused(
    new: str, said: str, told: Callable[..., tuple[int, str, str]]
) -> None:
    code, _, errors = told("xml", "ann", 'value="Corner"', new)
    assert code == 2
    assert said.partition(": ")[2] in errors
    assert "ann.xml:4:" in errors


def test_deep_nesting_is_refused(told: Callable[..., tuple[int, str, str]]) -> None:
    assert "is nested deeper than 40 levels" in told("xml", "ann", PROFILE, "<a>" * 50 + "</a>" * 50)[2]


def saved(text: str, declared: str, codec: str, file: str = "domain.xml") -> None:
    """Saves a file with a declaration of one encoding in another."""
    declaration = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    Path(file).write_bytes((declaration + text).encode(codec))


CODECS = [
    ("ISO-8859-1", "latin-1"), ("iso-8859-15", "iso8859-15"), ("windows-1252", "cp1252"), ("UTF-16", "utf-16"),
    ("UTF-16LE", "utf-16-le"), ("utf-16be", "utf-16-be"), ("UTF-16", "utf-16-le"), ("", "utf-16"), ("utf-8", "utf-8-sig"),
    ("GB18030", "gb18030"), ("macintosh", "mac-roman"),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "codec"), CODECS)
def test_xml_is_read_in_the_encoding_that_it_declares(
    declared: str, codec: str, told: Callable[..., tuple[int, str, str]]
) -> None:
    told("xml")
    for file, text in (("domain.xml", DOMAIN), ("ann.xml", PROFILE), ("bob.xml", PROFILE)):
        saved(text.replace("Water", "Café crème"), declared, codec, file)
    code, page, errors = sim("import", "domain.xml", "--to", "other.yaml")
    assert code == 0, errors
    assert "Nothing was left out" in page
    assert "Café crème" in Path("other.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("declared", "codec", "said"),
    [
        (
            "klingon",
            "utf-8",
            "domain.xml:1:1: declares the encoding klingon, which is not known here; save it as UTF-8",
        ),
        ("rot13", "utf-8", "declares the encoding rot13, which is not known here"),
        ("zlib", "utf-8", "declares the encoding zlib, which is not known here"),
        ("unicode_escape", "ascii", "declares the encoding unicode_escape, which is not known here"),
        ("utf-7", "utf-7", "declares the encoding utf-7, which is not known here"),
        ("UTF-16", "utf-8", "domain.xml:1:1: declares the encoding UTF-16, and is saved otherwise; save it as UTF-8"),
        ("ISO-8859-1", "utf-16-le", "declares the encoding ISO-8859-1, and is saved otherwise"),
        ("us-ascii", "latin-1", "declares the encoding us-ascii, and is saved otherwise"),
        ("cp037", "latin-1", "declares the encoding cp037, and is saved otherwise"),
        (
            "utf-8",
            "latin-1",
            "domain.xml:10:35: declares the encoding utf-8 and is not UTF-8 (byte 496 of the file is 0xE9",
        ),
        ("", "latin-1", "domain.xml:9:35: declares no encoding and is not UTF-8 (byte 457 of the file is 0xE9"),
    ],
)
def test_encodings_that_are_not_what_they_say(
    declared: str, codec: str, said: str, told: Callable[..., tuple[int, str, str]]
) -> None:
    told("xml")
    text = DOMAIN if codec in ("ascii", "utf-7") else DOMAIN.replace("Coffee", "Café")
    saved(text, declared, codec)
    code, _, errors = sim("import", "domain.xml", "--to", "other.yaml")
    assert code == 2
    assert said in errors and len(errors.splitlines()) == 1
    assert ("save it as UTF-8" in errors) == ("declares" in errors)


def test_utf_8_under_another_name_is_noted(told: Callable[..., tuple[int, str, str]]) -> None:
    """As GENIUS reads it, if not as its author meant it."""
    told("xml")
    saved(DOMAIN.replace('name="Fair"', 'name="Café"'), "ISO-8859-1", "utf-8")
    page = sim("import", "domain.xml", "--to", "other.yaml")[1]
    assert "domain.xml:1:1: declares the encoding ISO-8859-1 and looks like UTF-8; read as it declares" in page


@pytest.mark.parametrize("codec", ["utf-16", "latin-1"])
def test_other_encodings_hide_no_document_type(codec: str, told: Callable[..., tuple[int, str, str]]) -> None:
    told("xml")
    saved(f'<!DOCTYPE a [<!ENTITY x "é">]>{DOMAIN}', codec, codec)
    assert "domain.xml:2:1: declares a document type" in sim("import", "domain.xml", "--to", "other.yaml")[2]


def test_a_raw_ampersand_is_read_and_told(told: Callable[..., tuple[int, str, str]]) -> None:
    code, page, errors = told("xml", "domain", "&amp;", "&")
    assert code == 0, errors
    assert "domain.xml:9:39: a raw & is not XML; it is read as &amp;" in page
    assert 'Coffee_tea: "Coffee & tea"' in Path("fair.yaml").read_text()


def test_columns_stay_behind_a_raw_ampersand(told: Callable[..., tuple[int, str, str]]) -> None:
    code, _, errors = told(
        "xml", "ann", 'value="Coffee &amp; tea" evaluation="10"/>', 'value="a & b"/><item value="c"/>'
    )
    assert code == 2
    assert "ann.xml:8:7: Drinks: unknown value (got a & b)" in errors
    assert "ann.xml:8:38: Drinks: unknown value (got c)" in errors


def test_an_ampersand_in_a_comment_is_no_fault(told: Callable[..., tuple[int, str, str]]) -> None:
    assert "Nothing was left out" in told("xml", "ann", "<weight", "<!-- this & that --><weight")[1]


NOTES = [
    ('<discount_factor value="1.0"/>', '<discount_factor value="0.9"/>', "ann.xml:15:3: discount factor 0.9"),
    ('evaluation="4"', 'evaluation="4" cost="3.0"', "cost=3.0 of <item> is not read"),
    ("<reservation", "<deadline/><reservation", "<deadline> is not read"),
    ('description=""', 'description="a fair"', "description of <objective> is not read (a fair)"),
    ("<reservation", "words <reservation", "text between tags is not read (words)"),
    (' evaluation="4"', "", "ann.xml:3:5: Stand: no evaluation of Corner; taken as worth 0"),
    ('evaluation="4"', 'evaluation="null"', "ann.xml:3:5: Stand: no evaluation of Corner; taken as worth 0"),
    ("<reservation", '<item value="x"/><reservation', "<item> in <utility_space> is not read"),
    ('      <item index="3" value="None" evaluation="0"/>\n', "", "Drinks: no evaluation of None; taken as worth 0"),
    ('value="0.75"', 'value="0.25"', "weights sum to 0.5, not to 1: option values are multiplied by it"),
    ('value="0.75"', 'value="1.75"', "weights sum to 2, not to 1: utilities and the reserved value are divided"),
    ('value="0.75"', 'value="1.75"', "divided by it; GENIUS does not divide, and counts utilities above 1 as 1"),
    ('value="0.75"', 'value="0.7500001"', "weights sum to 1.0000001, not to 1: utilities and the reserved value"),
    ('value="0.75"', 'value="0.74999999999"', "weights sum to 0.99999999999, not to 1: option values are multiplied"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), NOTES)
def test_what_xml_has_and_we_have_not_is_listed(
    old: str, new: str, said: str, told: Callable[..., tuple[int, str, str]]
) -> None:
    code, page, errors = told("xml", "ann", old, new)
    assert code == 0, errors
    assert said in page.split("Carried over otherwise or not at all:")[1]


JSON = [
    ("ann", '"name": "ann",', '"name": "ann"', "ann.json:4:5: is not JSON: expected a comma or a closing brace (got \")"),
    ("ann", '"name"', "name", "ann.json:3:5: is not JSON: expected a key in double quotes (got name)"),
    ("ann", '"name": "ann"', '"name" "ann"', "ann.json:3:12: is not JSON: expected a colon"),
    ("ann", '"ann"', "ann", "ann.json:3:13: is not JSON: expected a value (got ann)"),
    ("ann", "0.4", "NaN", "is not JSON: expected a value (got NaN)"),
    ("ann", "0.4", "01", "is not JSON: expected a value (got 01)"),
    ("ann", '"ann"', '"a\\x"', "is not JSON: a text that is never closed in its line, or has an unknown escape"),
    ("ann", JSON_PROFILE, JSON_PROFILE[:-3], "is not JSON: expected a comma or a closing brace (got the end of the file)"),
    ("ann", JSON_PROFILE, "[" * 60, "nested deeper than 40 levels"),
    ("ann", JSON_PROFILE, "[1]", "ann.json:1:1: must be an object in braces at its top"),
    ("ann", '"name": "ann",', '"name": "ann", "name": "x",',
     "ann.json:3:20: the key name stands there twice, first in line 3, and says something else there"),
    ("ann", "LinearAdditiveUtilitySpace", "LinearAditiveUtilitySpace", "did you mean LinearAdditiveUtilitySpace?"),
    ("ann", "LinearAdditiveUtilitySpace", "SumOfGroupsUtilitySpace", "(got SumOfGroupsUtilitySpace)"),
    ("ann", "issueWeights", "issueWeight", "has no issueWeights; did you mean issueWeight?"),
    ("ann", '"Stand": 0.4', '"Stant": 0.4', "ann.json:11:5: issueWeights: has no weight of Stand; did you mean Stant?"),
    ("ann", '"Stand": 0.4', '"Stand": 0.5', "ann.json:11:5: issueWeights: sum to 1.1; expected 1"),
    ("ann", '"Stand": 0.4', '"Stand": true', "ann.json:11:31: issueWeights.Stand: must be a number from 0 to 1"),
    ("ann", '"Corner": 1.0', '"Corner": 1.5', "ann.json:13:64: Stand.Corner: must be a number from 0 to 1 (got 1.5)"),
    ("ann", '"Corner": 1.0', '"Cornr": 1.0', "ann.json:13:54: Stand: unknown value (got Cornr); did you mean Corner?"),
    ("ann", "discreteutils", "discreteutil", "did you mean discreteutils?"),
    ("ann", '"highUtility": 0', '"highUtility": 2', "Price: gives utilities that are not between 0 and 1"),
    ("ann", '"Stand": "Corner"', '"Stand": "Korner"', "Bid.Stand: unknown value (got Korner); did you mean Corner?"),
    ("ann", '"Stand": "Corner"', '"Stand": ["Corner"]', "Stand: must be a text in double quotes, or a number (got a list)"),
    ("ann", '"Stand": "Corner"', '"Stand": {"k": 1}', "must be a text in double quotes, or a number (got a mapping)"),
    ("ann", '"Stand": "Corner"', '"Stand": null', "must be a text in double quotes, or a number (got nothing)"),
    ("ann", '"Stand": "Corner"', '"Stand": true', "must be a text in double quotes, or a number (got true)"),
    ("ann", '"Price": "2.0"', '"Price": 2.1', "ann.json:16:68: reservationBid.Price: unknown value (got 2.1)"),
    ("ann", '["Middle", "Corner"]', '["Middle", "Left"]', "ann.json:4:5: domain: is another domain: Stand differs in"),
    ("domain", "issuesValues", "issueValues", "did you mean issuesValues?"),
    ("domain", '["Corner", "Middle"]', '["Corner"]', "domain.json:4:15: Stand: has 1 of at least 2 values"),
    ("domain", '["Corner", "Middle"]', '["Corner", "Corner"]', "domain.json:4:15: Stand: has 1 of at least 2 values"),
    ("domain", '["Corner", "Middle"]', '["Corner", 3]', "domain.json:4:36: Stand: must be a text in double quotes"),
    ("domain", '"step": "0.5"', '"step": "0.001"', "domain.json:5:15: Price.range: has 1001 values; expected 2 to 63"),
    ("domain", '"step": "0.5"', '"step": "0"', "must rise from low to high by a step above 0"),
    ("domain", '"low": "1"', '"low": "٣"', "domain.json:5:32: Price.range.low: must be a number"),
    ("domain", '"low": "1"', '"low": "1_0"', "domain.json:5:32: Price.range.low: must be a number"),
    ("ann", '"Corner": 1.0', '"Corner": "1_0"', "ann.json:13:64: Stand.Corner: must be a number from 0 to 1 (got 1_0)"),
    ("domain", '"step": "0.5"', '"step": "1e-999999999"', "domain.json:5:58: Price.range.step: must be a number"),
    ("domain", '"low": "1"', '"low": "one"', "domain.json:5:32: Price.range.low: must be a number"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), JSON)
def test_faults_of_json(file: str, old: str, new: str, said: str, told: Callable[..., tuple[int, str, str]]) -> None:
    code, _, errors = told("json", file, old, new)
    assert code == 2
    assert said in errors
    assert not Path("fair.yaml").exists()


def test_all_faults_of_all_files_at_once(told: Callable[..., tuple[int, str, str]]) -> None:
    told("xml")
    for file in ("ann.xml", "bob.xml"):
        Path(file).write_text(
            PROFILE.replace('evaluation="4"', 'evaluation="x"').replace('value="Water"', 'value="Wine"')
        )
    code, _, errors = sim("import", "domain.xml", "ann.xml", "bob.xml", "--to", "other.yaml")
    assert code == 2
    assert [line.split(": ")[0] for line in errors.splitlines()] == [
        "ann.xml:4:7", "ann.xml:9:7", "bob.xml:4:7", "bob.xml:9:7"
    ]  # fmt: skip


def test_a_partial_reservation_bid_is_kept_as_its_value(told: Callable[..., tuple[int, str, str]]) -> None:
    code, page, errors = told("json", "ann", '"Stand": "Corner", "Price": "2.0"', '"Stand": "Corner"')
    assert code == 0, errors
    assert "reservationBid names 1 of 2 issues; kept as what it is worth, 0.4" in page


@pytest.mark.parametrize("said", ["2", "2.0", "2.00", "2e0", '"2"', '"2.00"'])
def test_numbers_of_a_reservation_bid_count_by_value(said: str, told: Callable[..., tuple[int, str, str]]) -> None:
    code, _, errors = told("json", "ann", '"Price": "2.0"}}', f'"Price": {said}}}}}')
    assert code == 0, errors
    assert "like: {Stand: Corner, Price: " + '"2_0"}' in Path("fair.yaml").read_text()


@pytest.mark.parametrize("low", ["0", "0.0", '"0.00"'])
@pytest.mark.parametrize(("said", "place"), [("0", 0), ("0.1", 1), ("0.10", 1), ("1.0", 10), ("1", 10)])
def test_numbers_of_a_finer_range(low: str, said: str, place: int, told: Callable[..., tuple[int, str, str]]) -> None:
    """Also where the profile writes the same range otherwise, and evaluates its values one by one."""
    told("json")
    for file in ("domain.json", "ann.json", "bob.json"):
        text = Path(file).read_text().replace('"high": "2", "step": "0.5"', '"high": 1, "step": 0.1')
        Path(file).write_text(text.replace('"low": "1"', f'"low": {low if file == "domain.json" else 0}'))
    text = Path("ann.json").read_text().replace('"Price": "2.0"', f'"Price": {said}')
    line = '"numberutils": {"lowValue": 1, "lowUtility": 1, "highValue": 2, "highUtility": 0}'
    Path("ann.json").write_text(text.replace(line, '"discreteutils": {"valueUtilities": {"0": 1, "0.50": 1, "1": 1}}'))
    Path("bob.json").write_text(Path("ann.json").read_text())
    read = read_domain(Path("domain.json"), [Path("ann.json"), Path("bob.json")])
    assert read.domain.profiles[0].bid == (0, place)
    assert [k for k, worth in enumerate(read.domain.profiles[0].values[1]) if worth] == [0, 5, 10]


def test_unknown_keys_of_json_are_listed(told: Callable[..., tuple[int, str, str]]) -> None:
    code, page, _ = told("json", "ann", '"name": "ann",', '"name": "ann", "mood": {},')
    assert code == 0
    assert "ann.json:3:20: LinearAdditiveUtilitySpace.mood is not read" in page


def test_weights_of_geniusweb_that_rounding_took_from_1_are_scaled(told: Callable[..., tuple[int, str, str]]) -> None:
    code, page, errors = told("json", "ann", '"Stand": 0.4', '"Stand": 0.4000005')
    assert code == 0, errors
    assert (
        "ann.json:11:5: weights sum to 1.0000005, not to 1: utilities and the reserved value are divided by it\n"
        in page
    )


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("cy.xml", f"<!DOCTYPE a>{PROFILE}", "cy.xml:1:1: declares a document type"),
        ("cy.xml", PROFILE[:-4], "cy.xml:17:1: is not XML: a tag that is opened and never closed"),
        ("cy.xml", "", "cy.xml:1:1: is neither XML nor JSON (it begins with nothing)"),
        ("cy.XML", PROFILE.replace("Corner", "Cornr"), "cy.XML:4:7: Stand: unknown value (got Cornr)"),
        ("cy.xml", f'<?xml version="1.0" encoding="klingon"?>{PROFILE}', "cy.xml:1:1: declares the encoding klingon"),
        ("cy.xml", JSON_PROFILE, "cy.xml:1:1: must be XML, as the domain is"),
        ("cy.xml", PROFILE.replace("Stand", "Land"), "cy.xml:3:5: issue: unknown issue (got Land)"),
    ],
)
def test_no_file_beside_a_domain_is_lost(
    name: str, text: str, said: str, told: Callable[..., tuple[int, str, str]]
) -> None:
    """A party fewer changes every answer, so a file that may hold one is read or told; naming profiles leaves it out."""
    told("xml")
    Path(name).write_text(text, encoding="utf-8")
    code, _, errors = sim("import", "domain.xml", "--to", "other.yaml")
    assert code == 2
    assert said in errors
    assert [line.count("lies beside") for line in errors.splitlines()] == [1, *[0] * (len(errors.splitlines()) - 1)]
    assert errors.splitlines()[0].endswith("; it lies beside domain.xml: name the profiles, to leave it out")
    assert not Path("other.yaml").exists()
    assert sim("import", "domain.xml", "ann.xml", "bob.xml", "--to", "other.yaml")[0] == 0


def test_a_file_beside_a_domain_that_is_no_text_is_told(told: Callable[..., tuple[int, str, str]]) -> None:
    told("xml")
    saved(PROFILE.replace("Fair", "Zoé"), "", "latin-1", "cy.xml")
    code, _, errors = sim("import", "domain.xml", "--to", "other.yaml")
    assert code == 2
    assert errors.startswith("cy.xml:2:32: declares no encoding and is not UTF-8 (byte 48 of the file is 0xE9")
    assert errors.endswith("; it lies beside domain.xml: name the profiles, to leave it out\n")


def test_other_files_beside_a_domain_are_noted(told: Callable[..., tuple[int, str, str]]) -> None:
    told("xml")
    told("json")
    Path("again.xml").write_text(DOMAIN)
    Path("build.xml").write_text("<project/>")
    Path("cy.XML").write_text(PROFILE)
    Path("folder.xml").mkdir()
    code, page, errors = sim("import", "domain.xml", "--to", "other.yaml")
    assert code == 0, errors
    assert "3 parties" in page
    assert "  again.xml: lies beside domain.xml and is no profile; it is not read" in page
    assert "  again.xml: lies beside domain.xml and is no profile; it is not read; 1 more: build.xml\n" in page
    assert "Beside it and not looked at (5): ann.json, bob.json, domain.json, fair.yaml, folder.xml/\n" in page
    Path("again.json").write_text(JSON_DOMAIN)
    code, page, errors = sim("import", "domain.json", "--to", "json.yaml")
    assert code == 0, errors
    assert "  again.json: lies beside domain.json and is no profile; it is not read" in page
    Path("settings.json").write_text('{"mood": 1}')
    code, page, errors = sim("import", "domain.json", "--to", "more.yaml")
    assert code == 0, errors
    assert "  again.json: lies beside domain.json and is no profile; it is not read; 1 more: settings.json\n" in page


def test_too_few_profiles_and_mixed_forms(told: Callable[..., tuple[int, str, str]]) -> None:
    told("xml")
    told("json")
    for arguments, said in [
        (("ann.xml",), "ann.xml: needs the profiles of at least 2 parties (got ann.xml)"),
        (("domain.xml", "ann.json", "bob.xml"), "ann.json:1:1: must be XML, as the domain is"),
        (("domain.xml", "ann.xml", "domain.xml"), "domain.xml:1:1: is a domain, not a profile"),
        (("domain.xml", "anne.xml", "bob.xml"), "anne.xml: no such file; did you mean ann.xml?"),
    ]:
        code, _, errors = sim("import", *arguments, "--to", "new.yaml")
        assert code == 2
        assert said in errors
    code, _, errors = sim("import", "domain.xml", "--to", "new.yml.txt")
    assert (code, errors) == (2, "--to: new.yml.txt must end in .yaml, .yml (got .txt)\n")
    code, _, errors = sim("import", "domain.xml", "--to", "nowhere/new.yaml")
    assert code == 2 and "nowhere is no folder" in errors
    assert not Path("new.yaml").exists()


@pytest.mark.parametrize(
    "text", [PROFILE, DOMAIN, JSON_PROFILE, JSON_DOMAIN], ids=["xml", "xml domain", "json", "json domain"]
)
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_damaged_is_told_and_never_crashes(text: str, data: st.DataObject) -> None:
    """Pieces of a right file cut out, doubled or replaced: it is read, or refused with a place in the file."""
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        stray = st.sampled_from(
            ["", "&", "<", '"', "{", "}", "null", "-1", "1e999", "é", "\ud7ff", "\n", text[start:end] * 2]
        )
        text = text[:start] + data.draw(stray) + text[end:]
    with TemporaryDirectory() as folder:
        first, other = Path(folder) / "first", Path(folder) / "other"
        first.write_text(text, encoding="utf-8")
        other.write_text(PROFILE if text.lstrip().startswith("<") else JSON_PROFILE, encoding="utf-8")
        try:
            read = read_domain(first, [other, other])
        except BadInput as bad:
            assert all(str(fault).startswith((str(first), str(other))) for fault in bad.faults)
        else:
            scenario_text(read.domain, read.platform, read.files)
