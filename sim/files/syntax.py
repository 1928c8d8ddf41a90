"""The YAML parser's complaints in the words of someone who writes scenario files."""

from collections.abc import Iterator

from ruamel.yaml.error import MarkedYAMLError

_UNCLOSED = "unexpected end of stream"

_WORDS = (
    ("'\\t' that cannot start", "a tab cannot indent; use spaces"),
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
    unclosed = error.context_mark and _UNCLOSED in str(error.problem)
    mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
    return (mark.line, mark.column) if mark else (0, 0)
