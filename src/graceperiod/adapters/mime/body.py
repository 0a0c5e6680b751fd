"""The readable text of a message: one of alternatives, nothing attached (RFC 2046 section 5.1.4)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graceperiod.adapters.mime.html import html_text
from graceperiod.adapters.mime.message import Message, Part
from graceperiod.adapters.mime.octets import charset_decoded, transfer_decoded
from graceperiod.core.plain_text import MOST_CHARACTERS, plain_text

_MOST_CALENDARS = 5
_LONGEST_CALENDAR = 20_000
_MOST_TEXT_PARTS = 20
_MOST_HTML_PARTS = 8
_FURTHER_HTML = 16_000
"""Characters read of every HTML part but the first. Chosen: some clients part a letter around pictures."""

_LEAST_LETTERS = 20
"""Letters under which a plain part beside HTML is a stub."""

_SHORT_LETTERS = 400
"""Letters under which a plain part that sends its reader to a browser is a stub."""

_SAME_BEGINNING = 80
"""Characters in which two parts must agree to be one text sent twice. Chosen: longer than a salutation."""

_PLAIN_TYPES = frozenset({"text/plain", "text/markdown", "text/enriched", "text/x-markdown"})
_LINK = re.compile(r"https?://\S+")
_LETTER = re.compile(r"[^\W\d_]")
_SEE_BROWSER = re.compile(
    r"""(?:view|read|open|see|display)\ .{0,40}(?:browser|online|web\ page|html)
      | (?:support|enable|read|display)\w*\ html
      | html[\ -](?:e-?mail|format|version|compatible|capable|fähig)
      | im\ browser | browser(?:ansicht|version) | dans\ (?:votre|un)\ navigateur
      | en\ (?:su|tu|el|un)\ navegador | no\ (?:seu\ )?navegador | nel\ (?:tuo\ )?browser
      | in\ (?:je|uw|de|een)\ browser""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What is read of a body; the fields are those of `Mail`."""

    text: str
    calendar: tuple[str, ...]
    defects: tuple[str, ...]


def read_body(message: Message) -> Body:
    """Text and calendar parts of a message; attachments and attached messages are never read."""
    reader = _Reader(list(message.defects))
    text = reader.text(message.root, may_have_name=False) or reader.text(message.root, may_have_name=True)
    if not text:
        reader.defects.append("no readable text")
    calendar = [reader.calendar(p) for p in _leaves(message.root) if p.content_type == "text/calendar"]
    return Body(
        text=text[:MOST_CHARACTERS],
        calendar=tuple(c for c in calendar[:_MOST_CALENDARS] if c),
        defects=tuple(dict.fromkeys(reader.defects)),
    )


def _leaves(part: Part) -> Iterator[Part]:
    if not part.content_type.startswith("multipart/"):
        yield part
    for inner in part.parts:
        yield from _leaves(inner)


class _Reader:
    """Reads parts while its budget of parts lasts."""

    def __init__(self, defects: list[str]) -> None:
        self.defects = defects
        self._text_parts = _MOST_TEXT_PARTS
        self._html_parts = _MOST_HTML_PARTS

    def text(self, part: Part, *, may_have_name: bool) -> str:
        """The text of a part and what is in it.

        Args:
            part: may be an attachment, and gives nothing then.
            may_have_name: whether text that names a file counts; some systems name their letters.
        """
        if part.content_type == "multipart/alternative":
            return self._alternative(part, may_have_name=may_have_name)
        if part.content_type == "multipart/signed":
            return self._joined(part.parts[:1], may_have_name=may_have_name)
        if part.content_type.startswith("multipart/"):
            return self._joined(part.parts, may_have_name=may_have_name)
        if part.is_attachment or (part.has_name and not may_have_name):
            return ""
        if part.content_type in _PLAIN_TYPES:
            return self._plain(part)
        return self._html(part) if part.content_type in {"text/html", "application/xhtml+xml"} else ""

    def _joined(self, parts: tuple[Part, ...], *, may_have_name: bool) -> str:
        texts: list[str] = []
        for part in parts:
            text = self.text(part, may_have_name=may_have_name)
            if text and not _is_repeated(text, texts):
                texts.append(text)
        return "\n\n".join(texts)

    def _alternative(self, part: Part, *, may_have_name: bool) -> str:
        """The plain alternative unless it is a stub; the last other one else, as the sender prefers."""
        plain = [p for p in part.parts if p.content_type in _PLAIN_TYPES]
        rich = [p for p in part.parts if p.content_type not in _PLAIN_TYPES]
        text = self._joined(tuple(plain), may_have_name=may_have_name)
        least = _worth_more_than(text)
        if least is None:
            return text
        for other in reversed(rich):
            richer = self.text(other, may_have_name=may_have_name)
            if _letters(richer) >= least:
                return richer
        return text

    def _plain(self, part: Part) -> str:
        if self._text_parts <= 0:
            return ""
        self._text_parts -= 1
        text = self._decoded(part, at_most=4 * MOST_CHARACTERS)
        if text[:300].lstrip().lower().startswith(("<!doctype html", "<html")):
            return plain_text(html_text(text))
        return plain_text(text)

    def _html(self, part: Part) -> str:
        if self._html_parts <= 0:
            return ""
        is_first = self._html_parts == _MOST_HTML_PARTS
        self._html_parts -= 1
        html = self._decoded(part, at_most=None if is_first else 4 * _FURTHER_HTML)
        return plain_text(html_text(html) if is_first else html_text(html, at_most=_FURTHER_HTML))

    def calendar(self, part: Part) -> str:
        """The text of a calendar part."""
        return plain_text(self._decoded(part, at_most=2 * _LONGEST_CALENDAR))[:_LONGEST_CALENDAR]

    def _decoded(self, part: Part, *, at_most: int | None) -> str:
        octets, defect = transfer_decoded(part.octets[:at_most], part.encoding)
        text, other = charset_decoded(octets, part.charset)
        self.defects += [d for d in (defect, other) if d]
        return text


def _is_repeated(text: str, earlier: list[str]) -> bool:
    """Whether a part says again what an earlier one says: alternatives that were sent as a sequence."""
    beginning = _words(text[:1000])[:_SAME_BEGINNING]
    return len(beginning) == _SAME_BEGINNING and any(beginning in _words(t[:2000]) for t in earlier)


def _words(text: str) -> str:
    return " ".join(text.split())


def _letters(text: str) -> int:
    return len(_LETTER.findall(_LINK.sub("", text[:20_000])))


def _worth_more_than(plain: str) -> int | None:
    """The letters that another alternative must have to count instead; None where the plain one is good."""
    if len(plain) > 20_000:
        return None
    letters = _letters(plain)
    if letters < _LEAST_LETTERS:
        return letters + 1
    return _LEAST_LETTERS if letters < _SHORT_LETTERS and _SEE_BROWSER.search(plain) else None
