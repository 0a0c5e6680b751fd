r"""Text of mail made plain: line ends as `\n`, nothing invisible, nothing that could break a header.

Invisible characters are dropped since senders pad previews and break up words with them; what is dropped is
Unicode's General Punctuation controls and the blank letters that fonts draw as nothing.
"""

import re

MOST_CHARACTERS = 200_000
"""Characters of text that are read. Chosen: thirty times a long letter."""

MOST_LINES = 10_000
"""Lines of text that are read. Chosen: bounds the time of everything that goes line by line."""

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WIDE_SPACE = re.compile(r"[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SPACES = re.compile(r" {3,}")
_LINE_TAIL = re.compile(r" {1,2}\n")
_BLANK_LINES = re.compile(r"\n{3,}")


def plain_text(text: str) -> str:
    r"""The text with `\n` line ends, ordinary spaces, no invisible or control characters, bounded."""
    text = _LINE_END.sub("\n", text[: 2 * MOST_CHARACTERS])
    text = _WIDE_SPACE.sub(" ", _INVISIBLE.sub("", _CONTROL.sub("", text)))
    text = _SPACES.sub("  ", _SURROGATE.sub("\ufffd", text))
    text = _BLANK_LINES.sub("\n\n", _LINE_TAIL.sub("\n", text)).strip()
    return "\n".join(text.split("\n", MOST_LINES)[:MOST_LINES])[:MOST_CHARACTERS].rstrip()


def plain_line(text: str, *, at_most: int) -> str:
    """The text as one line that can stand in a header, at most so many characters."""
    text = _LINE_END.sub(" ", text[: 4 * at_most])
    text = _INVISIBLE.sub("", _CONTROL.sub(" ", text))
    return " ".join(_SURROGATE.sub("\ufffd", text).split())[:at_most].rstrip()


def is_plain(text: str) -> bool:
    """Whether there is nothing invisible, no control character and no lone surrogate in it."""
    return not any(bad.search(text) for bad in (_LINE_END, _CONTROL, _INVISIBLE, _SURROGATE))
