"""Text of files and names, as it may be printed: nothing in it moves, hides or reorders what a terminal shows.

Letters stay as they are, those written from right to left too. Escaped are control characters, the marks that turn the
direction of text, whatever takes no room, separators of lines and paragraphs, and halves of characters. Escapes are those of
JSON, so that data stays data. The joiners that Persian, Indic scripts and emoji need stay between such letters.
"""

import re

_LETTER = r"[^\x00-\u058f\u2000-\u206f]"
_STRAY = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    rf"|(?<!{_LETTER})[\u200c\u200d]|[\u200c\u200d](?!{_LETTER})"
)


def printable(text: str) -> str:
    """A text without what a terminal would obey instead of showing it; its lines stay lines."""
    return _STRAY.sub(lambda found: _escape(found[0]), text)


def printable_line(text: str) -> str:
    """The same on one line, and with blanks other than a space told."""
    return "".join(letter if letter.isprintable() else _escape(letter) for letter in printable(text))


def _escape(letter: str) -> str:
    if letter < " ":  # JSON has no such letters
        return letter.encode("unicode_escape").decode()
    code = letter.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{code[k : k + 4]}" for k in range(0, len(code), 4))
