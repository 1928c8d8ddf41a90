"""The pages in docs/ say what the program does: generated ones are current, names exist, examples work."""

import ast
import re
import shlex
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import generate_schema
import pytest
from commands import sim

from sim.files.errors import Mark
from sim.files.scenario.reader import read_scenario
from sim.files.yaml.nodes import parse_yaml

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "results" / "README.md"])

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAME = re.compile(r"`(sim(?:\.\w+)+)`")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    """Fenced blocks of one language."""
    return [body for kind, body in FENCED.findall(text(page)) if kind == language]


def prose(page: Path) -> str:
    return FENCED.sub("", text(page))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of the how-to, each named in its first line."""
    folder = tmp_path_factory.mktemp("howto")
    for body in blocks(DOCS / "howto.md", "yaml"):
        named = re.match(r"# (\w+/[\w-]+\.yaml)\n", body)
        if named:
            (folder / named[1]).parent.mkdir(exist_ok=True)
            (folder / named[1]).write_text(body, encoding="utf-8")
    return folder


def test_the_reference_is_what_the_models_say() -> None:
    assert text(DOCS / "schema.md") == generate_schema.page(), "run: python docs/generate_schema.py"


def test_the_reference_has_a_section_for_every_block_it_links_to() -> None:
    page = generate_schema.page()
    headings = {line.lstrip("# ").lower() for line in page.splitlines() if line.startswith("#")}
    assert set(re.findall(r"\]\(#([\w-]+)\)", page)) <= headings


@cache
def defined(module: Path) -> frozenset[str]:
    """Functions, classes, methods and constants of a source file, without importing it."""
    found: set[str] = set()
    for node in ast.parse(text(module)).body:
        match node:
            case ast.FunctionDef(name=name):
                found.add(name)
            case ast.ClassDef(name=name, body=body):
                found |= {name, *(f"{name}.{part.name}" for part in body if isinstance(part, ast.FunctionDef))}
            case ast.Assign(targets=targets):
                found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return frozenset(found)


def exists(dotted: str) -> bool:
    """Whether a dotted name is a package, a module, or something that a module defines."""
    steps = dotted.split(".")
    for n in range(len(steps), 0, -1):
        folder, rest = ROOT.joinpath(*steps[:n]), ".".join(steps[n:])
        module = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
        if module.is_file():
            return not rest or rest in defined(module)
    return False


def test_names_that_are_looked_up() -> None:
    assert exists("sim.batch") and exists("sim.rules") and exists("sim.draws.streams.Uniforms.stream")
    assert (
        not exists("sim.batch.nothing")
        and not exists("sim.nothing")
        and not exists("sim.draws.streams.Uniforms.nothing")
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_name_of_the_program_on_a_page_exists(page: Path) -> None:
    missing = [name for name in NAME.findall(prose(page)) if not exists(name)]
    assert not missing


def test_the_model_page_names_its_functions() -> None:
    assert len(set(NAME.findall(prose(DOCS / "model.md")))) > 40


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    return {slug(line.lstrip("#")) for line in prose(page).splitlines() if re.match(r"#+ ", line)}


def broken(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    return not file.exists() or (file.suffix == ".md" and bool(anchor) and anchor not in anchors(file))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    targets = [target for target in LINK.findall(prose(page)) if not re.match(r"[a-z]+:", target)]
    assert not [target for target in targets if broken(page, target)]


def test_the_list_of_pages_has_all_of_them() -> None:
    contents = DOCS / "README.md"
    listed = {(DOCS / target.partition("#")[0]).resolve() for target in LINK.findall(text(contents))}
    assert set(PAGES) - {contents} <= listed


def test_the_snippets_of_the_reference_are_yaml() -> None:
    """Where a snippet shows several values for one key, each line is one."""
    for body in blocks(DOCS / "schema.md", "yaml"):
        lines = body.splitlines()
        alternatives = len({line.split(":")[0] for line in lines}) < len(lines)
        for part in lines if alternatives else [body]:
            parse_yaml(part, Mark("schema.md"))


def test_the_scenarios_of_the_how_to_are_whole(example: Path) -> None:
    names = sorted(path.stem for path in (example / "scenarios").iterdir())
    assert names == ["reservoir", "reservoir_in_a_hurry", "valley_in_july"]
    for name in names:
        loaded = read_scenario(example / "scenarios" / f"{name}.yaml")
        assert set(loaded.scenario.parties) == {"hill", "plain", "province"}


def overrides(page: Path, scenario: str) -> list[list[str]]:
    """The overrides of each command on a page that plays a scenario."""
    lines = [line for body in blocks(page, "console") for line in body.splitlines() if scenario in line]
    words = [shlex.split(line) for line in lines]
    return [[b for a, b in pairwise(line) if a == "--set"] for line in words]


def test_the_overrides_of_the_how_to_are_taken(example: Path) -> None:
    given = [one for one in overrides(DOCS / "howto.md", "scenarios/reservoir.yaml") if one]
    assert len(given) == 4
    for one in given:
        assert len(read_scenario(example / "scenarios" / "reservoir.yaml", one).overridden) == len(one)


def test_the_overrides_of_the_reference_are_taken() -> None:
    given = [one for line in overrides(DOCS / "schema.md", "scenarios/freeze_lines.yaml") for one in line]
    assert len(read_scenario(ROOT / "scenarios" / "freeze_lines.yaml", given).overridden) == 2


def section(page: Path, heading: str) -> str:
    return text(page).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_the_runs_are_read_elsewhere_as_the_how_to_says(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], undrawn: None
) -> None:
    """The very blocks of the page, on a small result in the place of its made-up name."""
    monkeypatch.chdir(example)
    code, _, errors = sim("run", "scenarios/reservoir.yaml", "--runs", "60", "--out", "results/reservoir-1a2b3c4d")
    assert code == 0, errors
    found = FENCED.findall(section(DOCS / "howto.md", "Take the runs elsewhere"))
    (command,) = (body for kind, body in found if kind == "console")
    assert sim(*shlex.split(command)[1:])[0] == 0
    snippets = [body for kind, body in found if kind == "python"]
    assert [body.split()[1] for body in snippets] == ["pandas", "polars", "duckdb"]
    for body in snippets:
        assert len([line for line in body.splitlines() if line]) == 3
        exec(compile(body, "howto.md", "exec"), {})
        printed = capsys.readouterr().out
        assert "agreement" in printed and "hill" in printed


def test_the_sweep_from_python_runs_as_the_how_to_says(
    example: Path, monkeypatch: pytest.MonkeyPatch, at_hand: None
) -> None:
    monkeypatch.chdir(example)
    found = FENCED.findall(section(DOCS / "howto.md", "Sweep"))
    (command,) = (body for kind, body in found if kind == "console")
    (snippet,) = (body for kind, body in found if kind == "python")
    names: dict[str, Any] = {}
    exec(compile(snippet, "howto.md", "exec"), names)
    assert len(names["points"]) == 9
    assert names["points"]["runs"].tolist() == [500] * 9
    code, _, said = sim(*shlex.split(command)[1:], "--out", "results/deadline")
    assert code == 0
    assert "already; nothing is left to play" in said, "the command and the block are one sweep"


def test_domains_are_exchanged_as_their_page_says(
    example: Path, monkeypatch: pytest.MonkeyPatch, undrawn: None
) -> None:
    monkeypatch.chdir(example)
    found = FENCED.findall(section(DOCS / "domains.md", "Example"))
    Path("fair").mkdir()
    for body in (body for kind, body in found if kind == "xml"):
        named = re.match(r"<!-- (fair/\w+\.xml) -->\n", body)
        assert named
        Path(named[1]).write_text(body, encoding="utf-8")
    (commands,) = (body for kind, body in found if kind == "console")
    (said,) = (body for kind, body in found if kind == "text")
    taken, _, *exported = [sim(*shlex.split(line)[1:]) for line in commands.splitlines()]
    assert taken[:2] == (0, said)
    assert [code for code, _, _ in exported] == [0, 0]
    Path("scenarios/fair.yaml").unlink()
