"""XML text in the encoding that it declares (XML 1.0, section 4.3.3), where Python knows it and it is plain text."""

import codecs
import re
from pathlib import Path

from sim.files.errors import BadInput, Fault, Mark
from sim.files.genius.findings import Findings
from sim.files.text_files import SAVE, byte_mark, read_bytes, utf8, wide_encoding
from sim.scenario.problems import short

_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.-]*)["']""", re.ASCII)
_ESCAPED = {"utf_7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"}
"""Codecs whose text means something else than its letters."""
_USUAL = "windows-1252"
"""What undeclared files of these platforms mostly are in."""

_BEGINNINGS = {
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}


def read_xml_text(path: Path, findings: Findings) -> str:
    """The text of a file, by its first bytes, else by what it declares, else as UTF-8; JSON declares nothing.

    Raises:
        BadInput: it cannot be read, is in an encoding that is not known, or in another one than it declares.
    """
    data = read_bytes(path)
    if wide_encoding(data) == "UTF-32":
        return utf8(data, path)  # which refuses it
    wide = next((codec for begins, codec in _BEGINNINGS.items() if data.startswith(begins)), "")
    declared = _declared(data.replace(b"\0", b"") if wide else data)
    if not wide and declared.lower() in ("", "utf-8", "utf8"):
        if data.lstrip()[:1] == b"<" and not wide_encoding(data):
            _check_utf8(data, declared, path)
        return utf8(data, path)
    if declared and not _is_plain(declared):
        raise _bad(path, f"declares the encoding {short(declared)}, which is not known here")
    text = _decoded(data, wide or declared)
    if wide and text is not None and text.lstrip()[:1] in ("{", "["):
        return utf8(data, path)
    named = codecs.lookup(declared).name if declared else "utf-16"
    if text is None or not text.lstrip().startswith("<") or (wide and not named.startswith("utf-16")):
        raise _bad(path, f"declares the encoding {short(declared or 'UTF-16')}, and is saved otherwise")
    if not data.isascii() and not wide and _decoded(data, "utf-8") is not None:
        said = f"declares the encoding {declared} and looks like UTF-8; read as it declares, letters may be wrong"
        findings.note(Mark(str(path), 1, 1), said)
    return text


def _check_utf8(data: bytes, declared: str, path: Path) -> None:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start
        said = f"declares {f'the encoding {declared}' if declared else 'no encoding'} and is not UTF-8"
        letter = data[at : at + 1].decode(_USUAL, "replace")
        remedy = f'{SAVE}, or name its encoding in the first line: <?xml version="1.0" encoding="{_USUAL}"?>'
        told = f"{said} (byte {at + 1} of the file is 0x{data[at]:02X}, which in {_USUAL} is {letter}); {remedy}"
        raise BadInput([Fault(byte_mark(data, at, path), "", told)]) from error


def _declared(data: bytes) -> str:
    found = _DECLARED.match(data)
    return found[1].decode() if found else ""


def _is_plain(name: str) -> bool:
    """Whether Python has a codec of that name that turns bytes into the letters of a text."""
    try:
        "<".encode(name)
    except (LookupError, UnicodeError):
        return False
    return codecs.lookup(name).name.replace("-", "_") not in _ESCAPED


def _decoded(data: bytes, codec: str) -> str | None:
    """The text; none where the bytes are none of that codec."""
    try:
        return data.decode(codec).removeprefix("\ufeff")
    except UnicodeError:
        return None


def _bad(path: Path, message: str) -> BadInput:
    remedy = "save it as UTF-8, and take its encoding out of the first line"
    return BadInput([Fault(Mark(str(path), 1, 1), "", f"{message}; {remedy}")])
