"""Letters that the usual font lacks: an installed font that has them is used, and boxes are told of in our own words."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import sim
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib.font_manager import fontManager
from test_plots import HALF

from sim.plots import boxed, likelihood_by_round, picture_bytes, scripts
from sim.plots import fonts as module
from sim.plots.page import width_of

CASE = Path(__file__).parent / "cases" / "letters_without_glyphs.yaml"
HAN = "和平谈判"


def font(path: Path, letters: str) -> Path:
    """A font in which each of some letters is a bar."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 700), (900, 700), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    names = [f"uni{ord(letter):04X}" for letter in letters]
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", *names])
    made.setupCharacterMap({ord(letter): name for letter, name in zip(letters, names, strict=True)})
    made.setupGlyf({name: pen.glyph() for name in (".notdef", *names)})
    made.setupHorizontalMetrics(dict.fromkeys((".notdef", *names), (1000, 0)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Bars Sans", "styleName": "Regular"})
    made.setupOS2(usWeightClass=400)
    made.setupPost()
    made.save(path)
    return path


@pytest.fixture
def bars(tmp_path: Path) -> Iterator[None]:
    """A font with these letters on this machine, for a while."""
    before = list(fontManager.ttflist)
    fontManager.addfont(font(tmp_path / "bars.ttf", HAN))
    module._found.cache_clear()
    yield
    fontManager.ttflist = before
    module._found.cache_clear()


@pytest.mark.filterwarnings("error")
def test_letters_that_no_font_has_are_known_and_warn_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_candidates", dict)
    module._found.cache_clear()
    figure = likelihood_by_round(HALF, f"{HAN} and \U0001f54a", "week")
    assert picture_bytes(figure, "svg")
    assert set(boxed([figure, figure])) == {*HAN, "\U0001f54a"} and len(boxed([figure])) == 5
    assert scripts(boxed([figure])) == ("CJK", "symbols")
    module._found.cache_clear()


def test_an_installed_font_that_has_them_is_used_for_these_alone(bars: None) -> None:
    figure = likelihood_by_round(HALF, HAN, "week")
    assert boxed([figure]) == ""
    assert module.families(figure) == (module.FONT, "Bars Sans")
    assert picture_bytes(figure, "svg") == picture_bytes(likelihood_by_round(HALF, HAN, "week"), "svg")
    latin = likelihood_by_round(HALF, "The river", "week")
    assert module.families(latin) == (module.FONT,)
    assert width_of("The river", 9.0) > 0


def test_pictures_of_latin_text_are_the_same_whatever_was_drawn_before(bars: None) -> None:
    first = picture_bytes(likelihood_by_round(HALF, "The river", "week"), "svg")
    likelihood_by_round(HALF, HAN, "week")
    assert picture_bytes(likelihood_by_round(HALF, "The river", "week"), "svg") == first


@pytest.mark.filterwarnings("error")
def test_a_study_says_in_our_words_what_no_font_has_and_matplotlib_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "_candidates", dict)
    module._found.cache_clear()
    code, _, told = sim("run", CASE, "--runs", "5", "--out", tmp_path / "r")
    notes = [line for line in told.splitlines() if not line.startswith("Compiling")]
    assert code == 0
    assert notes == ["note: no font on this machine has 判和平谈 (CJK); boxes stand for them in pictures"]
    assert not caplog.records
    module._found.cache_clear()


@pytest.mark.slow
def test_nothing_of_matplotlib_reaches_standard_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sim", "run", str(CASE), "--runs", "5", "--out", str(tmp_path / "r")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not any(word in done.stderr for word in ("Warning", "sim/plots", "matplotlib", "Glyph"))
