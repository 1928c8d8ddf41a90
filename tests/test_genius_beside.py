"""Folders of domains as they are found: what belongs to no party is noted in few lines, and no party is lost in silence."""

import json
import os
from pathlib import Path

import pytest
from commands import sim

from sim.files.genius.domain import worth
from sim.files.genius.reading import MOST, read_domain

ITEMS = {"Place": ("Gate", "Yard"), "Hours": ("Short", "Long")}
ANN, BOB = {"Gate": 4, "Yard": 1, "Short": 2, "Long": 2}, {"Gate": 1, "Yard": 3, "Short": 0, "Long": 5}


def xml(evaluations: dict[str, float] | None = None, more: str = "") -> str:
    """A kiosk with two issues, which have the indices 2 and 3 as their objective has 1; a profile where values are given."""
    lines = []
    for index, (issue, values) in enumerate(ITEMS.items(), 2):
        lines.append(f'<issue index="{index}" name="{issue}" type="discrete" etype="discrete" vtype="discrete">')
        for k, value in enumerate(values, 1):
            said = f' evaluation="{evaluations[value]}"' if evaluations else ""
            lines.append(f'  <item index="{k}" value="{value}"{said}/>')
        lines.append("</issue>")
    if evaluations:
        lines += ['<weight index="2" value="0.7"/>', '<weight index="3" value="0.3"/>']
    objective = "\n".join([
        '<objective index="1" name="Kiosk" type="objective" etype="objective">', *lines, more, "</objective>",
    ])  # fmt: skip
    space = f"<utility_space>\n{objective}\n</utility_space>"
    return space if evaluations else f"<negotiation_template>{space}</negotiation_template>"


def web(name: str = "", place: str = "place") -> dict:
    """The same in JSON; a profile where a name is given."""
    issues = {place: {"values": ["gate", "yard"]}, f"{place} hours": {"values": ["short", "long"]}}
    domain = {"name": "kiosk", "issuesValues": issues}
    utilities = {
        issue: {"discreteutils": {"valueUtilities": dict(zip(body["values"], (1, 0.2), strict=True))}}
        for issue, body in issues.items()
    }
    weights = dict(zip(issues, (0.7, 0.3), strict=True))
    space = {"issueUtilities": utilities, "issueWeights": weights, "domain": domain, "name": name}
    return {"LinearAdditiveUtilitySpace": space} if name else domain


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A domain of each platform in a folder of its own, the working one, with two profiles each."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"domain": xml(), "ann": xml(ANN), "bob": xml(BOB)}.items():
        Path(f"{name}.xml").write_text(text)
    for name, data in {"kiosk": web(), "a": web("a"), "b": web("b")}.items():
        Path(f"{name}.json").write_text(json.dumps(data))
    return tmp_path


def imported(domain: str) -> str:
    code, page, errors = sim("import", domain, "--to", "out.yaml", "--force")
    assert code == 0, errors
    return page


def refused(domain: str) -> str:
    code, _, errors = sim("import", domain, "--to", "out.yaml", "--force")
    assert code == 2
    return errors


def test_a_weight_of_no_issue_is_noted(folder: Path) -> None:
    Path("ann.xml").write_text(xml(ANN, '<weight index="1" value="1.0"/>'))
    assert "  ann.xml:13:1: the weight of index 1 belongs to no issue and is not read\n" in imported("domain.xml")
    ann = read_domain(Path("domain.xml")).domain.profiles[0]
    assert ann.weights == (0.7, 0.3)
    assert worth(ann, (0, 1)) == pytest.approx(1.0) and worth(ann, (1, 0)) == pytest.approx(0.475)
    body = web("a")
    body["LinearAdditiveUtilitySpace"]["issueWeights"]["mood"] = 0.0
    Path("a.json").write_text(json.dumps(body))
    assert "issueWeights: the weight of mood belongs to no issue and is not read\n" in imported("kiosk.json")


def test_a_weight_twice_must_say_the_same(folder: Path) -> None:
    Path("ann.xml").write_text(xml(ANN, '<weight index="2" value="0.7"/>'))
    imported("domain.xml")
    Path("ann.xml").write_text(xml(ANN, '<weight index="2" value="0.6"/>'))
    assert "ann.xml:13:1: weight: another weight has the same index (got 2)" in refused("domain.xml")


def test_a_value_twice_must_be_worth_the_same(folder: Path) -> None:
    again = '<item index="2" value="Long" evaluation="2"/></issue>\n<weight index="2"'
    Path("domain.xml").write_text(xml().replace("</issue>\n\n", '<item value="Long"/></issue>\n\n'))
    Path("ann.xml").write_text(xml(ANN).replace('</issue>\n<weight index="2"', again))
    page = imported("domain.xml")
    assert "  domain.xml:10:1: Hours: Long stands there twice and is read once; 1 more: ann.xml:10:1\n" in page
    ann = read_domain(Path("domain.xml")).domain.profiles[0]
    assert worth(ann, (1, 0)) == pytest.approx(0.475)
    Path("ann.xml").write_text(Path("ann.xml").read_text().replace(again, again.replace('"2"/></', '"1"/></')))
    said = "Hours.Long.evaluation: stands there twice, with another evaluation before (got 1)"
    assert f"ann.xml:10:1: {said}" in refused("domain.xml")


def test_a_key_of_json_twice_must_say_the_same(folder: Path) -> None:
    text = json.dumps(web("a")).replace('"gate": 1', '"gate": 1, "gate": 1')
    Path("a.json").write_text(text)
    assert "the key gate stands there twice and is read once" in imported("kiosk.json")
    Path("a.json").write_text(text.replace('"gate": 1, ', '"gate": 0.5, ', 1))
    assert "the key gate stands there twice, first in line 1, and says something else there" in refused("kiosk.json")
    Path("a.json").write_text(json.dumps(web("a")).replace('["gate", "yard"]', '["gate", "yard", "yard"]'))
    imported("kiosk.json")


def test_what_is_no_profile_is_noted_in_a_line(folder: Path) -> None:
    texts = {
        "facts": '{"packages": 4, "best": {"place": "gate"}}', "results": '{"a": NaN, "b": [1, Infinity]}', "list": "[1, 2]",
        "lines": '{"x": 1}\n{"y": 2}\n', "large": json.dumps({"log": "x" * 300_000}), "copy": json.dumps(web()),
        "nested": json.dumps({"profiles": {"a": web("a")}}),
    }  # fmt: skip
    for name, text in texts.items():
        Path(f"{name}.json").write_text(text)
    Path("zeros.json").write_bytes(bytes(1000))
    page = imported("kiosk.json")
    assert "2 parties" in page
    said = "copy.json: lies beside kiosk.json and is no profile; it is not read; 7 more: facts.json, large.json, lines.json"
    assert f"  {said} and so on\n" in page


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices have no names here")
def test_pipes_and_devices_beside_are_not_waited_for(folder: Path) -> None:
    os.mkfifo("pipe.json")
    Path("zero.json").symlink_to("/dev/zero")
    Path("lost.json").symlink_to("nowhere.json")
    said = "lost.json: lies beside kiosk.json and is no profile; it is not read; 2 more: pipe.json, zero.json"
    assert said in imported("kiosk.json")


def test_files_and_folders_of_other_kinds_are_counted(folder: Path) -> None:
    for name in ("README.md", ".DS_Store", "._a.json"):
        Path(name).write_bytes(b"\0\1")
    Path("profiles").mkdir()
    said = "Beside it and not looked at (7): ._a.json, .DS_Store, README.md, ann.xml, bob.xml and so on"
    line = next(line for line in imported("kiosk.json").splitlines() if line.startswith("Beside"))
    assert sorted(line.replace(",", "").split()) == sorted(said.replace(",", "").split())
    for name in ("a.json", "b.json"):
        Path(name).rename(Path("profiles") / name)
    assert refused("kiosk.json") == (
        "kiosk.json: needs the profiles of at least 2 parties (got none); name their files too; "
        "not looked into: profiles/\n"
    )


def test_profiles_of_other_domains_are_noted(folder: Path) -> None:
    for name, data in {"shop": web(place="shop"), "shop_a": web("a", place="shop"), "alone": web("x", "hut")}.items():
        Path(f"{name}.json").write_text(json.dumps(data))
    variant = json.dumps(web()).replace("yard", "back"), json.dumps(web("v")).replace("yard", "back")
    Path("variant.json").write_text(variant[0])
    Path("variant_v.json").write_text(variant[1])
    page = imported("kiosk.json")
    said = "alone.json: lies beside kiosk.json and is a profile of another domain; it is not read; 2 more: shop_a.json"
    assert f"{said}, variant_v.json\n" in page
    Path("variant.json").unlink()
    assert "variant_v.json:1:" in refused("kiosk.json")  # it may as well be a slip in a profile of this one


@pytest.mark.parametrize(
    "text",
    ["", "{", json.dumps(web("a"))[:200], json.dumps(web("a")).replace("LinearAdditive", "SumOfGroups")],
    ids=["empty", "opened", "cut", "of another kind"],
)
def test_what_may_be_a_profile_is_never_passed_over(folder: Path, text: str) -> None:
    if text == "{":
        text = json.dumps(web("a")).replace(": ", " ")
    Path("c.json").write_text(text)
    assert "it lies beside kiosk.json: name the profiles, to leave it out" in refused("kiosk.json")


def test_more_profiles_than_can_play_ask_for_names(folder: Path) -> None:
    for k in range(MOST):
        Path(f"p{k:02}.json").write_text(json.dumps(web(f"p{k}")))
    said = refused("kiosk.json")
    assert said.startswith(
        "kiosk.json: has 18 profiles beside it; at most 16 can play: name those that do, as in "
        "sim import kiosk.json a.json b.json (got a.json, b.json, p00.json,"
    )
    assert said.endswith("p15.json)\n")


@pytest.mark.parametrize(
    "said", ['type="real" etype="real" vtype="real"', 'etype="real"', 'type="discrete" etype="real"']
)
def test_an_issue_with_real_numbers_is_one_fault(folder: Path, said: str) -> None:
    old = 'name="Place" type="discrete" etype="discrete" vtype="discrete"'
    for file in ("ann.xml", "bob.xml"):
        Path(file).write_text(Path(file).read_text().replace(old, f'name="Place" {said}'))
    assert len(refused("domain.xml").splitlines()) == 1
    Path("domain.xml").write_text(
        xml().replace(old, f'name="Place" {said}').replace('<item index="1" value="Gate"/>', "")
    )
    found = refused("domain.xml")
    assert found.startswith(
        "domain.xml:3:1: Place: only issues with discrete values are read, and whole numbers (got real)"
    )
    assert len(found.splitlines()) == 1


def test_the_same_note_is_one_line(folder: Path) -> None:
    for file in ("ann.xml", "bob.xml"):
        text = Path(file).read_text().replace("</objective>", '</objective>\n<discount_factor value="0.9"/>')
        Path(file).write_text(
            text.replace('evaluation="1"', 'evaluation="1" cost="3"').replace("<item", '<item mood="x"')
        )
    page = imported("domain.xml")
    notes = [line for line in page.splitlines() if line.startswith(("  ann.xml", "  bob.xml"))]
    assert notes == [
        '  ann.xml:4:3: mood=x of <item> is not read; 7 more: ann.xml:5:3, ann.xml:8:3, ann.xml:9:3 and so on',
        "  ann.xml:5:3: cost=3 of <item> is not read; 1 more: bob.xml:4:3",
        "  ann.xml:15:1: discount factor 0.9: a scenario has no discounting; 1 more: bob.xml:15:1",
    ]  # fmt: skip


def test_xml_that_is_not_utf_8_and_says_nothing_of_it_is_told_how_to_be_saved(folder: Path) -> None:
    Path("domain.xml").write_bytes(xml().replace("Long", "9 €").encode("cp1252"))
    place = xml().index("Long") + 3
    assert refused("domain.xml") == (
        f"domain.xml:9:28: declares no encoding and is not UTF-8 (byte {place} of the file is 0x80, which in windows-1252 "
        'is €); save it as UTF-8, or name its encoding in the first line: <?xml version="1.0" encoding="windows-1252"?>\n'
    )


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-32"])
def test_json_that_is_not_utf_8_is_told_to_be_so(folder: Path, codec: str) -> None:
    Path("kiosk.json").write_bytes(json.dumps(web()).encode(codec))
    assert refused("kiosk.json") == f"kiosk.json: is {codec[:6].upper()} text; save it as UTF-8\n"
