"""What the sender says now: a text without quoted thread, forwarded mail, signature and disclaimer.

Cutting too much is worse than cutting too little: a rejection that was cut away is missed without a sign.
So a cut is taken back where it would leave next to nothing of a text that has more, unless the clients' own
marks leave no doubt that the rest is quoted.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from graceperiod.core.quote_marks import (
    LONGEST,
    Part,
    begins_attribution,
    header_part,
    is_attribution,
    is_banner,
    is_device_line,
    is_disclaimer,
    rule_kind,
)

_MOST_TRIES = 200
"""Lines that are tried as marks. Chosen: a long thread; bounds the time of a hostile text."""

_BLOCK_LINES = 14
"""Lines in which a repeated header must be complete. Chosen: long To and Cc lists wrap."""

_SIGNATURE_LINES = 15
"""Lines of a signature. RFC 3676 section 4.3 gives the mark, usage four lines; senders' are longer."""

_LITTLE = 20
"""Letters under which what a doubtful cut leaves is not believed (a salutation is as long)."""

_FORWARD_LITTLE = 120
"""Letters under which the words above a forwarded mail are an accompanying note, and the mail is the news."""

_PASSED_ON_LITTLE = 60
"""Letters under which the newest of a forwarded thread was only passing it on."""

_FORWARD_SUBJECT = re.compile(r"\s*(?:fwd?|fw|wg|wtr|tr|rv|enc|i|doorst)\s*:", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")
_QUOTED = re.compile(r" {0,3}>")
_QUOTE_MARK = re.compile(r"^ {0,3}> ?")
_PARAGRAPH = re.compile(r"\n[ \n]*\n")


class _Mark(Enum):
    """How an older mail was set off."""

    ATTRIBUTION = auto()
    HEADER_BLOCK = auto()
    REPLY_RULE = auto()
    FORWARD_RULE = auto()


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where an older mail begins (`line`), where its own words begin (`content`), and the mark."""

    line: int
    content: int
    mark: _Mark


def said(text: str, *, subject: str = "") -> str:
    """The sender's own words now, out of a plain text; never empty where the text is not.

    Args:
        text: as `plain_text` gives it.
        subject: tells a forwarded mail (`Fwd:`) from a reply where the body does not.
    """
    lines = text.split("\n")
    cut = _Marks(lines).first()
    is_forward = bool(_FORWARD_SUBJECT.match(subject)) or (cut is not None and cut.mark is _Mark.FORWARD_RULE)
    own = _own_lines(lines)
    if is_forward and cut is not None and _letters(own) < _FORWARD_LITTLE:
        return _kept(text, _without_tail(_forwarded(lines, cut)))
    if not _is_believable(own, lines, cut):
        own = [line for line in lines if not _QUOTED.match(line)] if cut else lines
        if _letters(own) == 0:
            own = lines
    return _kept(text, _without_tail("\n".join(own)))


def _kept(text: str, rest: str) -> str:
    return rest if _LETTERS.search(rest) or (rest and not _LETTERS.search(text)) else text


def _letters(lines: list[str]) -> int:
    """How many letters there are, counted no further than any threshold needs."""
    count = 0
    for line in lines:
        count += len(_LETTERS.findall(line))
        if count > _FORWARD_LITTLE:
            break
    return count


def _is_believable(own: list[str], lines: list[str], cut: _Cut | None) -> bool:
    left = _letters(own)
    if left == 0:
        return False
    if cut is None or left >= _LITTLE:
        return True
    return cut.mark is not _Mark.ATTRIBUTION or _quote_follows(lines, cut)


class _Marks:
    """Finds the marks of older mail in lines; what it tries is bounded over the whole text."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._tries = _MOST_TRIES

    def first(self, start: int = 0) -> _Cut | None:
        """The first unquoted mark at `start` or later; None where there is none."""
        for at in range(start, len(self._lines)):
            line = self._lines[at].strip()
            if len(line) < 4 or line[0] == ">":
                continue
            cut = self._rule(line, at) or self._block(line, at) or self._attribution(line, at)
            if cut is not None:
                return cut
        return None

    def _may_try(self) -> bool:
        self._tries -= 1
        return self._tries >= 0

    def _rule(self, line: str, at: int) -> _Cut | None:
        kind = rule_kind(line) if line[0] in "-_*" or line[-1] in ":：" else None
        if kind is None:
            return None
        mark = _Mark.FORWARD_RULE if kind == "forward" else _Mark.REPLY_RULE
        return _Cut(at, _after_header(self._lines, at + 1), mark)

    def _block(self, line: str, at: int) -> _Cut | None:
        if header_part(line) not in {Part.FROM, Part.SENT} or not self._may_try():
            return None
        content = _header_block(self._lines, at)
        return _Cut(at, content, _Mark.HEADER_BLOCK) if content else None

    def _attribution(self, line: str, end: int) -> _Cut | None:
        """An attribution that ends in this line; clients wrap it over up to three lines."""
        if line[-1] not in ":：" or not self._may_try():
            return None
        joined = ""
        found: int | None = None
        is_quote_next = end + 1 < len(self._lines) and bool(_QUOTED.match(self._lines[end + 1]))
        for start in range(end, max(-1, end - 3), -1):
            line = self._lines[start].strip()
            if not line or line[0] == ">" or len(joined) > LONGEST:
                break
            joined = f"{line} {joined}".strip()
            if (found is None or begins_attribution(line)) and is_attribution(
                joined, is_dated=not is_quote_next
            ):
                found = start
        return None if found is None else _Cut(found, end + 1, _Mark.ATTRIBUTION)


def _header_block(lines: list[str], start: int) -> int:
    """The line after a repeated header that starts here, 0 if none does.

    It must begin with the sender or the date, be without a gap of more than one line, and name sender, date,
    and recipient or subject: an invitation that says "Date:" and "To:" is not one.
    """
    if header_part(lines[start].strip()) not in {Part.FROM, Part.SENT}:
        return 0
    found: set[Part] = set()
    last = start
    for at in range(start, min(len(lines), start + _BLOCK_LINES)):
        part = header_part(lines[at].strip())
        if part is not None:
            found.add(part)
            last = at
        elif at - last > 2:
            break
    is_whole = {Part.FROM, Part.SENT} <= found and found & {Part.TO, Part.SUBJECT}
    is_named = Part.FROM in found and {Part.TO, Part.SUBJECT} <= found
    return last + 1 if is_whole or is_named else 0


def _after_header(lines: list[str], start: int) -> int:
    """The line after the header that may follow a rule."""
    for at in range(start, min(len(lines), start + 3)):
        if lines[at].strip():
            return _header_block(lines, at) or at
    return start


def _own_lines(lines: list[str]) -> list[str]:
    """Everything before the first mark, and what the sender wrote under or between the quoted lines."""
    marks = _Marks(lines)
    own: list[str] = []
    start = 0
    while (cut := marks.first(start)) is not None:
        own += _unquoted(lines[start : cut.line])
        if cut.mark in {_Mark.HEADER_BLOCK, _Mark.FORWARD_RULE} or not _quote_follows(lines, cut):
            return own
        start = cut.content
    return own + _unquoted(lines[start:])


def _quote_follows(lines: list[str], cut: _Cut) -> bool:
    following = (lines[at] for at in range(cut.content, len(lines)) if lines[at].strip())
    return bool(_QUOTED.match(next(following, "")))


def _unquoted(lines: list[str]) -> list[str]:
    return [line for line in lines if not _QUOTED.match(line)]


def _forwarded(lines: list[str], cut: _Cut) -> str:
    """The words above a forwarded mail and the mail itself, which is cut in its turn."""
    inner = lines[cut.content :]
    if _quote_follows(lines, cut):
        inner = [_QUOTE_MARK.sub("", line) for line in inner]
    content = _after_header(inner, 0)
    body = _own_lines(inner[content:])
    if _letters(body) < _PASSED_ON_LITTLE:
        body = inner[content:]
    if _letters(body) == 0:
        body = inner
    return "\n".join([*lines[: cut.line], *body])


def _without_tail(text: str) -> str:
    """The text without signature, device line, disclaimers and banner, as far as other words stay."""
    paragraphs = [p for p in _PARAGRAPH.split(_without_signature(text).strip()) if p.strip()]
    while len(paragraphs) > 1 and is_disclaimer(paragraphs[-1]):
        paragraphs.pop()
    if len(paragraphs) > 1 and is_banner(paragraphs[0]):
        paragraphs.pop(0)
    return "\n\n".join(paragraphs).strip()


def _without_signature(text: str) -> str:
    lines = text.split("\n")
    for at in range(len(lines) - 1, max(-1, len(lines) - _SIGNATURE_LINES - 2), -1):
        if lines[at].strip() == "--" and _letters(lines[:at]) >= _LITTLE:
            lines = lines[:at]
            break
    while len(lines) > 1 and (not lines[-1].strip() or is_device_line(lines[-1])):
        lines.pop()
    return "\n".join(lines)
