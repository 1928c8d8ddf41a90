"""Domains of GENIUS and GeniusWeb written and read back, alone and by way of a scenario; what is lost is listed."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from commands import sim
from games import changed, write_small
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.compiling import compile_scenario
from sim.draws import stated_world
from sim.files.genius.domain import Domain, Profile, Topic, worth
from sim.files.genius.from_scenario import domain_of
from sim.files.genius.labels import ids_of, labels_of
from sim.files.genius.reading import read_domain
from sim.files.genius.to_scenario import scenario_text
from sim.files.genius.writing import genius_files, geniusweb_files
from sim.files.scenario.reader import read_scenario
from sim.scenario.names import seen_as

ROOT = Path(__file__).resolve().parents[1]
WRITERS = {"genius": genius_files, "geniusweb": geniusweb_files}

names = st.text(st.sampled_from("abAB 1.&<>\"'$%:#{}[]é雪-_\u2028"), min_size=1, max_size=8).filter(
    lambda text: bool(text.strip())
)


@st.composite
def domains(draw: st.DrawFn, with_bids: bool = False, seen: Callable[[str], str] = str) -> Domain:
    """Domains whose names differ; by more than the eye passes over, where `seen` leaves that out."""
    topics = tuple(
        Topic(name, tuple(draw(st.lists(names, min_size=2, max_size=4, unique_by=seen))))
        for name in draw(st.lists(names, min_size=1, max_size=3, unique_by=seen))
    )
    profiles = []
    for name in draw(st.lists(names, min_size=2, max_size=3, unique_by=seen)):
        raw = [draw(st.integers(0, 9)) for _ in topics]
        raw[0] += 1
        weights = tuple(part / sum(raw) for part in raw)
        values = tuple(tuple(draw(st.floats(0, 1)) for _ in topic.values) for topic in topics)
        values = ((1.0, *values[0][1:]), *values[1:])
        profile = Profile(name, weights, values, draw(st.floats(0, 1)))
        if with_bids:
            bid = tuple(draw(st.integers(0, len(topic.values) - 1)) for topic in topics)
            profile = Profile(name, weights, values, worth(profile, bid), bid)
        profiles.append(profile)
    return Domain("the domain", topics, tuple(profiles))


def written(domain: Domain, write: Callable[[Domain], dict[str, str]], folder: Path) -> list[Path]:
    texts = write(domain)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def through_files(domain: Domain, form: str) -> Domain:
    with TemporaryDirectory() as folder:
        first, *others = written(domain, WRITERS[form], Path(folder))
        return read_domain(first, others).domain


def through_a_scenario(domain: Domain) -> Domain:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        files = [Path(f"{k}.xml") for k in range(len(domain.profiles))]
        path.write_text(scenario_text(domain, "GENIUS", files), encoding="utf-8")
        return domain_of(read_scenario(path).scenario)


def compiled(domain: Domain) -> tuple[np.ndarray, np.ndarray]:
    """Utilities of every package, and no-deal values, as the compiled scenario has them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(scenario_text(domain, "GENIUS", [Path("a.xml")] * len(domain.profiles)), encoding="utf-8")
        world = stated_world(compile_scenario(read_scenario(path).scenario)).at(0)
    issues = np.arange(len(domain.topics))
    packages = product(*(range(len(topic.values)) for topic in domain.topics))
    return np.array([world.value[:, issues, list(package)].sum(axis=1) for package in packages]), world.base


def utilities(domain: Domain) -> np.ndarray:
    """Of every package to every party."""
    packages = list(product(*(range(len(topic.values)) for topic in domain.topics)))
    return np.array([[worth(profile, package) for profile in domain.profiles] for package in packages])


def is_same(one: Domain, other: Domain) -> bool:
    assert one.topics == other.topics
    assert np.allclose(utilities(one), utilities(other), rtol=0, atol=1e-12)
    reserved = [[profile.reserved for profile in domain.profiles] for domain in (one, other)]
    return np.allclose(*reserved, rtol=0, atol=1e-12)


@given(domains())
@settings(max_examples=25, deadline=None)
def test_genius_files_hold_a_domain(domain: Domain) -> None:
    assert is_same(domain, through_files(domain, "genius"))


@given(domains(with_bids=True))
@settings(max_examples=25, deadline=None)
def test_geniusweb_files_hold_a_domain(domain: Domain) -> None:
    found = through_files(domain, "geniusweb")
    assert is_same(domain, found)
    assert [profile.bid for profile in found.profiles] == [profile.bid for profile in domain.profiles]
    assert [profile.name for profile in found.profiles] == [profile.name for profile in domain.profiles]


@pytest.mark.parametrize("with_bids", [False, True])
@given(st.data())
@settings(max_examples=12, deadline=None)
def test_a_scenario_holds_a_domain(with_bids: bool, data: st.DataObject) -> None:
    domain = data.draw(domains(with_bids, seen_as))
    found = through_a_scenario(domain)
    assert is_same(domain, found)
    assert found.name == domain.name
    assert [(each.name, each.bid) for each in found.profiles] == [(each.name, each.bid) for each in domain.profiles]


@pytest.mark.parametrize("total", [1 - 4e-7, 1 - 1e-11, 1 + 1e-11, 1 + 4e-7, 1 - 1e-3, 1 + 1e-3])
def test_weights_close_to_1_keep_utilities_and_what_is_acceptable(total: float) -> None:
    """A sum S below 1 keeps every utility, to 1e-9, once compiled too; a sum above 1 divides utilities and reserved value."""
    topics = (Topic("a", ("x", "y")), Topic("b", ("x", "y")), Topic("c", ("x", "y")))
    shares = (total / 3,) * 3
    profiles = tuple(Profile(name, shares, ((1.0, 0.25),) * 3, 2 / 3 * total) for name in ("ann", "bob"))
    domain = Domain("close", topics, profiles)
    found = compiled(through_files(domain, "genius"))
    scale = max(total, 1.0)
    assert np.allclose(found[0], utilities(domain) / scale, rtol=0, atol=1e-9)
    assert np.allclose(found[1], 2 / 3 * total / scale, rtol=0, atol=1e-9)


def test_what_is_exported_is_what_plays(tmp_path: Path) -> None:
    """Weights of a scenario that sum to nearly 1 are written as they play: summing to 1."""
    text = scenario_text(Domain("near", (Topic("a", ("x", "y")), Topic("b", ("x", "y"))), (
        Profile("ann", (0.5, 0.5000008), ((1.0, 0.0), (1.0, 0.0))), Profile("bob", (0.5, 0.5), ((1.0, 0.0), (1.0, 0.0))),
    )), "GENIUS", [Path("a.xml"), Path("b.xml")])  # fmt: skip
    (tmp_path / "near.yaml").write_text(text)
    assert sum(domain_of(read_scenario(tmp_path / "near.yaml").scenario).profiles[0].weights) == pytest.approx(
        1, abs=1e-15
    )


@given(domains(seen=seen_as), st.sampled_from(sorted(WRITERS)))
@settings(max_examples=12, deadline=None)
def test_writing_again_changes_nothing(domain: Domain, form: str) -> None:
    """Once read, a domain goes through files and scenario as often as one likes: only last digits may move."""
    first = through_files(domain, form)
    assert is_same(first, through_files(through_a_scenario(first), form))


@given(st.lists(names, min_size=1, max_size=5, unique=True))
def test_ids_are_different_and_found_again(texts: list[str]) -> None:
    ids = ids_of(texts)
    assert len(set(ids)) == len(ids)
    assert ids_of(ids) == ids
    assert labels_of(ids, ids) == ids


@pytest.mark.parametrize("form", sorted(WRITERS))
@pytest.mark.parametrize("name", ["freeze_lines", "textbook/scorable_7", "textbook/fearon"])
def test_our_scenarios_keep_their_ids_and_utilities(name: str, form: str) -> None:
    scenario = read_scenario(ROOT / "scenarios" / f"{name}.yaml").scenario
    domain = domain_of(scenario)
    found = through_files(domain, form)
    assert found.topics == domain.topics
    assert ids_of([topic.name for topic in found.topics]) == tuple(scenario.issues)
    for topic, issue in zip(found.topics, scenario.issues.values(), strict=True):
        assert ids_of(topic.values) == tuple(issue.options)
    package = tuple(len(topic.values) - 1 for topic in domain.topics)
    for one, other in zip(domain.profiles, found.profiles, strict=True):
        assert worth(one, package) == pytest.approx(worth(other, package), abs=1e-12)


def test_export_lists_all_that_is_lost(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    code, page, _ = sim("export", path, "--to", tmp_path / "out")
    assert code == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "domain.xml", "judge.xml", "lower.xml", "upper.xml"
    ]  # fmt: skip
    told = (
        "red lines: no_loss", "red lines: bank_kept, no_cap_with_toll", "linkages: peace", "phases: opening, talks",
        "levers: dam", "events: flood", "momentum", "walk_away", "ratification: council", "trust", "protections", "proposal",
        "who must consent", "status quo: bank=disputed", "order of options: bank", "good_faith", "patience", "bias",
        "no_deal.momentum", "lower: no_deal.like", "sources of numbers", "what options mean",
    )  # fmt: skip
    lost = page.split("Not carried over:")[1]
    assert [words for words in told if words not in lost] == []


def test_geniusweb_names_packages_where_genius_has_numbers(tmp_path: Path) -> None:
    linkage = "      - {id: peace, says: sharing pays with a cap, when: {bank: shared, fish: capped}, bonus: 0.1}\n"
    path = write_small(tmp_path, changed("    linkages:\n" + linkage, ""))
    code, page, _ = sim("export", path, "--to", tmp_path / "out", "--as", "geniusweb")
    assert code == 0
    assert "upper: no-deal value 0.3 (GeniusWeb can only name a package" in page
    assert '"bank": "disputed"' in (tmp_path / "out" / "lower.json").read_text()


def test_nothing_is_overwritten_unless_told(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    assert sim("export", path, "--to", tmp_path / "out")[0] == 0
    code, _, errors = sim("export", path, "--to", tmp_path / "out")
    assert code == 2
    assert errors.count("exists already; --force overwrites it") == 4
    assert sim("export", path, "--to", tmp_path / "out", "--force")[0] == 0
    target = tmp_path / "back.yaml"
    command = ("import", tmp_path / "out" / "domain.xml", "--to", target)
    assert sim(*command)[0] == 0
    assert sim(*command)[2] == f"--to: {target} exists already; --force overwrites it\n"
    assert sim(*command, "--force")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--table", "runs"), "--table: goes with a result"),
        (("--as", "excel"), "excel"),
    ],
)
def test_options_that_do_not_fit_a_scenario(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    code, _, errors = sim("export", write_small(tmp_path), "--to", tmp_path / "out", *arguments)
    assert code == 2
    assert said in errors
    assert not (tmp_path / "out").exists()


def test_as_does_not_fit_a_result(tmp_path: Path) -> None:
    code, _, errors = sim("export", tmp_path, "--to", tmp_path / "out.csv", "--as", "genius")
    assert code == 2
    assert "--as: goes with a scenario, and" in errors
