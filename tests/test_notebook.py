"""The notebook in docs/ runs from top to bottom and is kept without outputs; the page beside it runs too."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playing import ROOT

from sim import LoadedScenario

NOTEBOOK, PAGE = ROOT / "docs" / "from_python.ipynb", ROOT / "docs" / "python.md"
LATER = frozenset({"set", "frame"})
"""Methods that ask nothing."""


def cells(kind: str) -> list[dict[str, Any]]:
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


def asked(text: str) -> set[str]:
    """Questions that a text puts to a scenario."""
    every = {name for name, one in vars(LoadedScenario).items() if callable(one) and not name.startswith("_")} - LATER
    return {name for name in every if f".{name}(" in text}


def test_it_is_kept_without_outputs_so_that_changes_can_be_read() -> None:
    data = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert NOTEBOOK.read_text(encoding="utf-8") == json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    assert [cell["id"] for cell in data["cells"]] == [f"cell-{k:02}" for k in range(len(data["cells"]))]
    for cell in cells("code"):
        assert cell["outputs"] == [] and cell["execution_count"] is None and cell["metadata"] == {}


def test_both_ask_all_that_can_be_asked() -> None:
    every = asked("".join(f".{name}(" for name in vars(LoadedScenario)))
    assert len(every) >= 7
    assert asked("\n".join("".join(cell["source"]) for cell in cells("code"))) == every
    assert asked(PAGE.read_text(encoding="utf-8")) == every


@pytest.mark.slow
def test_it_runs_from_top_to_bottom(tmp_path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    shown = [
        {kind for output in cell["outputs"] for kind in output.get("data", ())}
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]
    sources = ["".join(cell["source"]) for cell in cells("code")]
    for source, kinds in zip(sources, shown, strict=True):
        last = source.splitlines()[-1]
        if last.endswith(".plot()"):
            assert "image/png" in kinds, source
        elif re.fullmatch(r"[a-z_.]+(\(.*\))?(\[.*\])?", last) and not last.startswith("print("):
            assert "text/html" in kinds, source
    assert not list(tmp_path.iterdir()), "nothing is left behind"


@pytest.mark.slow
def test_the_page_runs_too(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    for body in re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        exec(compile(body, "python.md", "exec"), names)
    printed = capsys.readouterr().out
    assert (
        "did you mean russia?" in printed
        and "freeze_lines (parties.us.patience=6, parties.russia.optimism=0.7) -" in printed
    )
    assert len(names["points"]) == 4
