"""A document as the text of one HTML file, which asks for nothing from anywhere. Jinja2 lives here."""

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sim import __version__
from sim.files.printable import printable
from sim.report.html.document import Document

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATE, STYLE = "report.html", "report.css"
MARK = '<meta name="generator" content="negotiation-simulator'
"""What a file of ours begins with, among its first letters."""


def html_of(document: Document, brief: bool = False) -> str:
    """The whole file; the same bytes for the same document on equal versions."""
    shown = document.briefly() if brief else document
    style = files("sim.report.html").joinpath("templates", STYLE).read_text(encoding="utf-8")
    text = _template().render(document=shown, brief=brief, style=style, version=__version__, mark=MARK)
    return printable(text.replace("\r", "")).replace(" %", "\u00a0%")  # a figure and its per cent sign stay on one line


@lru_cache(maxsize=1)
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("sim.report.html"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template(TEMPLATE)
