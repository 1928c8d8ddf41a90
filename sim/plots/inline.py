"""A picture inside a page: SVG whose text is text, with ids of its own and words for those who cannot see it."""

import re
from io import BytesIO
from xml.etree import ElementTree

from matplotlib.figure import Figure

from sim.plots.formats import SAVE, SAVE_RC, settle
from sim.plots.page import settings

_FONT = re.compile(r" ?font-family:[^;]*;?")
_SHORT_FONT = re.compile(r"font: ([^;]*?px) [^;]*")
_POINTER = re.compile(r"url\(#([^)]*)\)")
_LEFT_OUT = ("metadata", "style")
"""The page says itself who made it and how lines end: a style inside a picture would hold for the whole page."""


def inline_svg(figure: Figure, name: str, says: str) -> str:
    """A figure as an SVG element of a page; `name` tells its ids from those of other pictures, `says` is what it shows.

    Text takes the fonts of the page, so nothing is fetched for it. Equal bytes for equal figures on equal versions.
    """
    file = BytesIO()
    with settings(("DejaVu Sans",), SAVE_RC | {"svg.fonttype": "none"}):
        settle(figure)
        figure.savefig(file, format="svg", **SAVE["svg"])
    root = ElementTree.fromstring(file.getvalue())
    _clean(root, name)
    view = root.attrib["viewBox"]
    root.attrib.clear()
    root.attrib.update({"class": "picture", "viewBox": view, "role": "img", "aria-label": says})
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _clean(node: ElementTree.Element, name: str) -> None:
    """Names without their spaces, pointers inside the picture, and no font of its own; all the way down."""
    node.tag = _plain(node.tag)
    node.attrib = {_plain(key): _value(_plain(key), value, name) for key, value in node.attrib.items()}
    for child in list(node):
        if _plain(child.tag) in _LEFT_OUT:
            node.remove(child)
        else:
            _clean(child, name)


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]


def _value(key: str, value: str, name: str) -> str:
    if key == "id":
        return f"{name}-{value}"
    if key == "href" and value.startswith("#"):
        return f"#{name}-{value[1:]}"
    if key == "style":
        value = _SHORT_FONT.sub(r"font-size: \1", _FONT.sub("", value)).strip()
    return _POINTER.sub(rf"url(#{name}-\1)", value)
