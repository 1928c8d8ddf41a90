"""The YAML parser's complaints in the words of someone who writes scenario files."""

from collections.abc import Iterator

from ruamel.yaml.error import MarkedYAMLError

from sim.files.yaml.lookalikes import Odd, in_text

_UNCLOSED, _TAB = "unexpected end of stream", "'\\t' that cannot start"

_WORDS = (
    (
        "mapping values are not allowed",
        "a ':' where none can stand; quote text with ': ' in it, or check the indentation",
    ),
    ("expected <block end>", "the indentation does not fit the lines above"),
    ("expected '<document start>'", "this fits nothing above; check the indentation"),
    (_UNCLOSED, "a quote that is opened and never closed"),
    ("expected ',' or ']'", "a list opened with '[' needs ',' or ']' here"),
    ("expected ',' or '}'", "a mapping opened with '{' needs ',' or '}' here"),
    ("could not find expected ':'", "a key without ':'"),
    ("that cannot start any token", "a character that cannot begin a plain word; put the text in quotes"),
    ("unknown escape character", "an unknown escape in double quotes; use single quotes"),
)


def directives(text: str) -> Iterator[tuple[int, str]]:
    """Lines before the document that begin with %, and their numbers from 0."""
    for number, line in enumerate(text.splitlines()):
        if line.startswith("%"):
            yield number, line
        elif line.strip() and not line.lstrip().startswith("#"):
            return


def plain_words(error: MarkedYAMLError) -> str:
    """What keeps a text from being YAML."""
    found = str(error.problem or error.context or "")
    for part, words in _WORDS:
        if part in found:
            return f"is not YAML: {words}"
    return f"is not YAML: {found or 'the text breaks off'}"


def where(error: MarkedYAMLError) -> tuple[int, int]:
    """Line and column, from 0, of what to look at: of a quote never closed its beginning, not the end of the file."""
    mark = error.context_mark if _is_unclosed(error) else error.problem_mark or error.context_mark
    return (mark.line, mark.column) if mark else (0, 0)


def odd_letter(error: MarkedYAMLError, text: str, start: int) -> Odd | None:
    """A letter that keeps a text from being YAML and does not look like it; what lies before `start` was understood."""
    mark = error.context_mark if _is_unclosed(error) else error.problem_mark or error.context_mark
    if mark is None:
        return None
    if _TAB in str(error.problem):
        return Odd(mark.index, "\t", "a plain space")
    end = text.find("\n", mark.index)
    return in_text(text, min(start, mark.index), end if end >= 0 else len(text), "flow" in str(error.context))


def _is_unclosed(error: MarkedYAMLError) -> bool:
    return bool(error.context_mark and _UNCLOSED in str(error.problem))
