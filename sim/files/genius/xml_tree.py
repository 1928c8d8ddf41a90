"""XML text to a tree of elements that know their places; entities and external references are refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from sim.files.errors import BadInput, Fault, Mark
from sim.files.genius.findings import Findings
from sim.files.yaml.nodes import DEEPEST
from sim.scenario.problems import short

_RAW = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|&(?!#\d+;|#x[0-9a-fA-F]+;|[A-Za-z_:][\w:.-]*;)", re.DOTALL)
_PRIVATE = range(0xE000, 0xF900)
_WORDS = {
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "an entity that XML does not have; only &amp; &lt; &gt; &quot; &apos; are read",
    expat.errors.XML_ERROR_NO_ELEMENTS: "no element",
    expat.errors.XML_ERROR_TAG_MISMATCH: "a closing tag that fits no opening one",
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "something after the end of the outermost element",
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "an attribute that stands there twice",
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: "a tag that is opened and never closed",
}
_REFUSED = "entities and external references are not read"


@dataclass(frozen=True, slots=True)
class Element:
    """An element, its attributes, what stands directly in it, and where it begins."""

    tag: str
    attributes: dict[str, str]
    mark: Mark
    children: "list[Element]" = field(default_factory=list)

    def named(self, *tags: str) -> "list[Element]":
        """Children with one of these tags."""
        return [child for child in self.children if child.tag in tags]

    def first(self, tag: str) -> "Element | None":
        """The first child with a tag."""
        return next(iter(self.named(tag)), None)

    def all(self) -> "Iterator[Element]":
        """This element and everything in it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.all()


def read_xml(text: str, path: Path, findings: Findings) -> Element:
    """The outermost element of the text of an XML file. A raw `&` is read as such, and noted.

    Raises:
        BadInput: it is no XML, or has a document type, an entity or an external reference.
    """
    mended, stand_in, raw = _mended(text)
    for offset in raw:
        place = Mark(str(path), text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
        findings.note(place, "a raw & is not XML; it is read as &amp;")
    return _Builder(str(path), stand_in, findings).build(mended)


def _mended(text: str) -> tuple[str, str, list[int]]:
    """The text with every raw & replaced by a letter that it does not hold, so that columns stay; and where they stood."""
    stand_in = next(chr(code) for code in _PRIVATE if chr(code) not in text)
    raw = [found.start() for found in _RAW.finditer(text) if found[0] == "&"]
    return _RAW.sub(lambda found: stand_in if found[0] == "&" else found[0], text), stand_in, raw


class _Builder:
    def __init__(self, file: str, stand_in: str, findings: Findings) -> None:
        self.file, self.stand_in, self.findings = file, stand_in, findings
        self.open: list[Element] = []
        self.root: Element | None = None
        self.data = b""
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.document_type
        self.parser.ProcessingInstructionHandler = self.instruction

    def build(self, text: str) -> Element:
        self.data = text.encode()
        try:
            self.parser.Parse(self.data, True)
        except expat.ExpatError as error:
            mark = Mark(self.file, error.lineno, error.offset + 1)
            said = expat.ErrorString(error.code)
            raise BadInput([Fault(mark, "", f"is not XML: {_WORDS.get(said, said)}")]) from error
        assert self.root is not None
        return self.root

    @property
    def here(self) -> Mark:
        return Mark(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def refuse(self, message: str, mark: Mark | None = None) -> None:
        raise BadInput([Fault(mark or self.here, "", message)])

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "include":
            self.refuse(f"includes another file; {_REFUSED} (got <{short(tag)}>)")
        if len(self.open) >= DEEPEST:
            self.refuse(f"is nested deeper than {DEEPEST} levels")
        plain = {name: value.replace(self.stand_in, "&") for name, value in attributes.items()}
        element = Element(tag, plain, self.here)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, _tag: str) -> None:
        self.open.pop()

    def text(self, words: str) -> None:
        if words.strip():
            said = short(words.strip().replace(self.stand_in, "&"))
            self.findings.note(self.here, f"text between tags is not read ({said})", "text between tags", said)

    def document_type(self, name: str, _system: str | None, _public: str | None, _internal: int) -> None:
        before = self.data[: self.data.rfind(b"<!DOCTYPE", 0, self.parser.CurrentByteIndex + 1)].decode()
        mark = Mark(self.file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        said = f"declares a document type; {_REFUSED} (got <!DOCTYPE {short(name)}>); take the declaration out"
        self.refuse(said, mark)

    def instruction(self, target: str, _data: str) -> None:
        self.refuse(f"has an instruction to another program; {_REFUSED} (got <?{short(target)}?>); take it out")
