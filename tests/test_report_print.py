"""Reports in a real browser: what is asked for, what is said, and what comes out of a printer."""

import shutil
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from commands import sim
from playing import FREEZE, ROOT

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium here: apt-get install chromium"),
]

MOST_PAGES, MOST_OF_A_BRIEF = 8, 2

NOVEMBER = ROOT / "scenarios" / "november_draft.yaml"
PAGES = {
    "whole": ["report", FREEZE, "--out"],
    "brief": ["report", FREEZE, "--brief", "--out"],
    "seat": ["report", FREEZE, "--role", "ukraine", "--out"],
    "phases": ["report", NOVEMBER, "--runs", "300", "--out"],
    "comparison": ["compare", FREEZE, NOVEMBER, "--runs", "200", "--report"],
    "zone": ["zopa", NOVEMBER, "--worlds", "40", "--report"],
    "draft": ["ask", FREEZE, "--worlds", "100", "--report"],
}
"""Commands that write a page; where to comes last."""

CUT = """() => {
  const found = [];
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push("the page is too wide");
  for (const picture of document.querySelectorAll("svg.picture")) {
    const around = picture.getBoundingClientRect();
    for (const text of picture.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      if (box.left < around.left - 2 || box.right > around.right + 2 || box.top < around.top - 2
          || box.bottom > around.bottom + 2) found.push("cut: " + text.textContent);
    }
  }
  return found;
}"""
"""What of a page stands beyond its edges, and what text of a picture beyond those of the picture."""


def plain(text: str) -> str:
    """A text without its blanks, and without letters that a printer ties together."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module", params=PAGES)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("printed")
    path = folder / f"{request.param}.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        code, _, errors = sim(*PAGES[request.param], path)
    assert code == 0, errors
    return request.param, path


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_is_asked_for_and_nothing_is_cut(browser: Any, written: tuple[str, Path], width: int) -> None:
    _, path = written
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert asked == [path.as_uri()]
    assert said == []
    for letters in ("sans-serif", "serif"):
        page.add_style_tag(content=f"svg.picture text {{ font-family: {letters} }}")
        assert page.evaluate(CUT) == [], letters
    page.close()


def test_it_prints_on_few_pages_and_whole(browser: Any, written: tuple[str, Path]) -> None:
    from pypdf import PdfReader

    name, path = written
    page = browser.new_page()
    page.goto(path.as_uri())
    reader = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    most = {"brief": MOST_OF_A_BRIEF}.get(name, MOST_PAGES)
    assert len(reader.pages) <= most
    printed = plain("".join(each.extract_text() for each in reader.pages))
    for heading in page.locator("main h2").all_inner_texts():
        assert plain(heading) in printed, heading
    for cell in page.locator("main section > table th").all_inner_texts():
        assert plain(cell) in printed, cell
    page.close()


def test_a_number_opens_where_it_is_pointed_at(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "freeze.html"
    assert sim("report", FREEZE, "--runs", "300", "--out", path)[0] == 0
    page = browser.new_page()
    page.goto(path.as_uri())
    link = page.locator("a[href^='#number-']").first
    target = link.get_attribute("href")
    link.click()
    page.locator(f"{target} > summary").wait_for(state="visible")
    page.close()
