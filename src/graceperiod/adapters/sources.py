"""Mail in files, for `scan`: an mbox (RFC 4155), a Maildir, a directory of `.eml` files, or one `.eml`.

A source is indexed first, by date and place only, and then read mail by mail, so that a hundred thousand
messages take bounded memory. Nothing is ever written to it.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from graceperiod.errors import SourceError

MOST_OCTETS = 25 * 1024 * 1024
"""Octets of one mail that are read into memory. Chosen: what large providers accept as a message."""

_HEAD_OCTETS = 64 * 1024
"""Octets that the date is looked for in. Chosen: the topmost Received stands on top."""

_LONGEST_LINE = 64 * 1024
"""Octets of an mbox line read at a time: a file of one endless line must not fill the memory."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FROM_LINE = re.compile(
    rb"From (?P<sender>\S*|\".{0,200}\"\S*|.{0,200}?) +(?P<date>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .{0,80})"
)
_CTIME = re.compile(
    r"\w{3},? +(\w{3}) +(\d{1,2}) +(\d\d:\d\d(?::\d\d)?) +"
    r"(?:[A-Z]{1,5} +)?(?:([+-]\d{4}) +)?(\d{4})(?: +([+-]\d{4}))?"
)
_UNDATED_FROM_LINE = re.compile(rb"From (?:- ?)?\r?\n")
"""QUIRK: newer versions of Thunderbird write no date; only the whole line is taken for one."""

_FIELDS = {
    name: re.compile(rb"\n" + name + rb"[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)", re.IGNORECASE)
    for name in (b"received", b"date", b"status", b"x-status", b"x-keywords")
}

_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_FLAGS = {
    "S": "\\seen",
    "R": "\\answered",
    "F": "\\flagged",
    "D": "\\draft",
    "T": "\\deleted",
    "P": "$forwarded",
}
"""Maildir's info letters as flags of IMAP; `P` (passed on) has a registered keyword."""

_STATUS_FLAGS = {"R": "\\seen", "A": "\\answered", "F": "\\flagged", "T": "\\draft", "D": "\\deleted"}
"""Letters of the Status and X-Status fields that mbox programs write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMail:
    """One mail of a source, or why it could not be read.

    Args:
        name: where it is: the file, or the file and the number in it.
        raw: the message; empty where `reason` says why it could not be read.
        arrived_at: aware UTC: the topmost Received field, else Date, else the mbox line, else the file's
            time; None where none of them can be read.
        flags: system flags and keywords in lower case, as far as the source keeps them.
        size_bytes: of the whole message.
        reason: empty where the mail could be read.
    """

    name: str
    raw: bytes
    arrived_at: datetime | None
    flags: frozenset[str] = frozenset()
    size_bytes: int = 0
    reason: str = ""


class Source(Protocol):
    """A place with mail."""

    @property
    def total(self) -> int | None:
        """How many mails there are; None where that is not known before they are read."""
        ...

    def __iter__(self) -> Iterator[SourceMail]:
        """Every mail, oldest first, one at a time; those without any date come first."""
        ...


def open_source(path: str | Path) -> Source:
    """The mail at that place, indexed and in order.

    Raises:
        SourceError: there is nothing, or nothing that is mail; says what was expected.
    """
    place = Path(path).expanduser()
    try:
        if place.is_dir():
            return _open_directory(place)
        if place.is_file():
            return _open_file(place)
    except OSError as error:
        msg = f"{place}: cannot be read ({_why(error)})"
        raise SourceError(msg) from error
    what = "is neither a file nor a directory" if place.exists() else "does not exist"
    msg = f"{place} {what}; expected an mbox file, a Maildir, a directory of .eml files or one .eml file"
    raise SourceError(msg)


def _open_directory(place: Path) -> Source:
    if any((place / name).is_dir() for name in ("cur", "new")):
        return _Files(_maildir_entries(place))
    entries = [_file_entry(p) for p in _eml_files(place)]
    if not entries:
        msg = f"{place}: no Maildir (no `cur` or `new` in it) and no .eml files below it"
        raise SourceError(msg)
    return _Files(entries)


def _open_file(place: Path) -> Source:
    if place.suffix.lower() == ".eml":
        return _Files([_file_entry(place)])
    with place.open("rb") as file:
        start = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if not start or start.startswith(b"From "):
        return _Mbox(place)
    if re.match(rb"[!-9;-~]{1,100}[ \t]*:", start):
        return _Files([_file_entry(place)])
    msg = (
        f"{place}: neither an mbox (it would begin with `From `) nor a message (it would begin with a header)"
    )
    raise SourceError(msg)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A mail in a file of its own."""

    at: datetime | None
    path: str
    flags: frozenset[str]
    reason: str = ""


class _Files:
    """Mails in files of their own."""

    def __init__(self, entries: list[_Entry]) -> None:
        self._entries = sorted(entries, key=lambda e: (e.at or _EPOCH, e.path))

    @property
    def total(self) -> int | None:
        return len(self._entries)

    def __iter__(self) -> Iterator[SourceMail]:
        for entry in self._entries:
            yield _read_file(entry)


def _read_file(entry: _Entry) -> SourceMail:
    if entry.reason:
        return SourceMail(
            name=entry.path, raw=b"", arrived_at=entry.at, flags=entry.flags, reason=entry.reason
        )
    try:
        with Path(entry.path).open("rb") as file:
            raw = file.read(MOST_OCTETS)
            size = max(os.fstat(file.fileno()).st_size, len(raw))
    except OSError as error:
        reason = f"cannot be read ({_why(error)})"
        return SourceMail(name=entry.path, raw=b"", arrived_at=entry.at, flags=entry.flags, reason=reason)
    return SourceMail(name=entry.path, raw=raw, arrived_at=entry.at, flags=entry.flags, size_bytes=size)


def _file_entry(path: Path, flags: frozenset[str] = frozenset()) -> _Entry:
    try:
        with path.open("rb") as file:
            at = _arrival(file.read(_HEAD_OCTETS))
            if at is None:
                at = _from_timestamp(os.fstat(file.fileno()).st_mtime)
    except OSError as error:
        return _Entry(None, str(path), flags, f"cannot be read ({_why(error)})")
    return _Entry(at, str(path), flags)


def _eml_files(place: Path) -> Iterator[Path]:
    """All `.eml` files below a directory; links to directories are not followed."""
    for parent, _, names in os.walk(place):
        for name in names:
            if name.lower().endswith(".eml"):
                yield Path(parent, name)


def _maildir_entries(place: Path) -> list[_Entry]:
    entries = []
    for part in ("cur", "new"):
        if not (place / part).is_dir():
            continue
        with os.scandir(place / part) as files:
            entries += [_file_entry(Path(f.path), _maildir_flags(f.name)) for f in files if _is_mail(f)]
    return entries


def _is_mail(file: os.DirEntry[str]) -> bool:
    return not file.name.startswith(".") and not file.is_dir()


def _maildir_flags(name: str) -> frozenset[str]:
    letters = re.search(r"[:;!]2,([A-Za-z]*)$", name)
    return frozenset(_FLAGS[c] for c in letters[1] if c in _FLAGS) if letters else frozenset()


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a mail stands in an mbox."""

    at: datetime | None
    number: int
    begin: int
    end: int


class _Mbox:
    """An mbox. A line that begins with `From ` and has a date begins a mail, if an empty line is before it.

    Quoted lines (`>From `, `>>From `) lose one mark, as in mboxrd, which is what today's programs write.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            spans = list(_spans(file))
            if not spans and file.tell():
                msg = f"{path}: begins with `From `, but no line in it begins a mail as an mbox has it"
                raise SourceError(msg)
        self._spans = sorted(spans, key=lambda s: (s.at or _EPOCH, s.number))

    @property
    def total(self) -> int | None:
        return len(self._spans)

    def __iter__(self) -> Iterator[SourceMail]:
        try:
            with self._path.open("rb") as file:
                for span in self._spans:
                    yield self._read(file, span)
        except OSError as error:
            msg = f"{self._path}: cannot be read any more ({_why(error)})"
            raise SourceError(msg) from error

    def _read(self, file: BinaryIO, span: _Span) -> SourceMail:
        name = f"{self._path}#{span.number}"
        file.seek(span.begin)
        raw = file.read(min(span.end - span.begin, MOST_OCTETS))
        if not raw.strip():
            return SourceMail(name=name, raw=b"", arrived_at=span.at, reason="it is empty")
        return SourceMail(
            name=name,
            raw=_QUOTED_FROM.sub(rb"\1", raw),
            arrived_at=span.at,
            flags=_status_flags(raw[:_HEAD_OCTETS]),
            size_bytes=span.end - span.begin,
        )


def _spans(file: BinaryIO) -> Iterator[_Span]:
    """The mails of an mbox by their offsets; one line at a time is in memory."""
    offset = number = begin = 0
    from_date: datetime | None = None
    head = bytearray()
    is_after_blank = is_line_start = True
    is_in_mail = False
    while line := file.readline(_LONGEST_LINE):
        if is_after_blank and line.startswith(b"From ") and _is_from_line(line):
            if is_in_mail:
                yield _Span(_arrival(bytes(head)) or from_date, number, begin, offset)
            number += 1
            begin, from_date, is_in_mail = offset + len(line), _from_date(line), True
            head.clear()
        elif len(head) < _HEAD_OCTETS:
            head += line
        offset += len(line)
        is_after_blank = is_line_start and not line.strip(b"\r\n")
        is_line_start = line.endswith(b"\n")
    if is_in_mail:
        yield _Span(_arrival(bytes(head)) or from_date, number, begin, offset)


def _is_from_line(line: bytes) -> bool:
    return bool(_FROM_LINE.match(line[:400]) or _UNDATED_FROM_LINE.fullmatch(line))


def _from_date(line: bytes) -> datetime | None:
    match = _FROM_LINE.match(line[:400])
    return _ctime(match["date"]) if match else None


def _status_flags(head: bytes) -> frozenset[str]:
    header = _header(head)
    letters = _topmost(header, b"status")[:20] + _topmost(header, b"x-status")[:20]
    keywords = _topmost(header, b"x-keywords").lower().split()[:50]
    flags = {_STATUS_FLAGS[c] for c in letters if c in _STATUS_FLAGS}
    return frozenset({*flags, *(k for k in keywords if re.fullmatch(r"[!-~]{1,60}", k))})


def _arrival(head: bytes) -> datetime | None:
    """When the mail arrived: the topmost Received field, else the Date field."""
    header = _header(head)
    return _date(_topmost(header, b"received").rpartition(";")[2]) or _date(_topmost(header, b"date"))


def _header(head: bytes) -> bytes:
    """The header, each field after a line end."""
    end = re.search(rb"\r?\n\r?\n", head)
    return b"\n" + (head[: end.start()] if end else head)


def _topmost(header: bytes, name: bytes) -> str:
    """The body of the first field of that name, unfolded; empty where there is none."""
    match = _FIELDS[name].search(header)
    return " ".join(match[1].decode("ascii", "replace").split()) if match else ""


def _date(text: str) -> datetime | None:
    text = " ".join(text[:200].split())
    if not text:
        return None
    try:
        value = parsedate_to_datetime(text)
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _ctime(octets: bytes) -> datetime | None:
    """The date of an mbox line, `Tue Nov 24 09:00:00 2026`, UTC where it names no zone (RFC 4155)."""
    text = octets.decode("ascii", "replace").strip()
    match = _CTIME.match(text)
    if match is None:
        return _date(text)
    month, day, clock, zone, year, late_zone = match.groups()
    return _date(f"{day} {month} {year} {clock} {zone or late_zone or '+0000'}")


def _from_timestamp(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
