"""A message as header fields and a bounded tree of parts, found by their delimiters (RFC 2046 section 5.1).

The standard library's parser is not given whole messages: it holds every attachment, takes a quarter of a
second for a megabyte of empty lines, and time in the square of the depth. Here nothing is copied until it is
read, and every search is bounded.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.message import Message as StandardMessage
from email.parser import HeaderParser
from itertools import pairwise

MOST_OCTETS = 2 * 1024 * 1024
"""Of a message that are looked at. Chosen: text comes before attachments, or is small."""

_MOST_HEADER_OCTETS = 256 * 1024
_MOST_FIELDS = 12_000
_MOST_PART_HEADER_OCTETS = 8 * 1024
_LONGEST_CONTENT_TYPE = 2_000
_MOST_PARTS = 100
_DEEPEST = 12
"""Multiparts in multiparts. Chosen: twice what lists and gateways pile up."""

_MOST_DELIMITERS = 2_000
"""Lines that begin like a delimiter and are looked at; one that goes on after the boundary is none."""

_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:(.*)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")
_GUESS = re.compile(rb"(?:\A|\n)--([^\s\"]{3,70})\r?\n(?=content-)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a message, itself perhaps of parts.

    Args:
        content_type: lower case, such as `text/plain`.
        charset, encoding: as declared, lower case; empty where nothing is.
        is_attachment: its disposition says so.
        has_name: it names a file, which a letter does not.
        octets: the body, still encoded; empty for a multipart.
        parts: what a multipart holds.
    """

    content_type: str
    charset: str = ""
    encoding: str = ""
    is_attachment: bool = False
    has_name: bool = False
    octets: bytes = b""
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message taken apart.

    Args:
        fields: bodies of header fields by lower-case name, topmost first, unfolded.
        root: the body.
        defects: in a few words each.
    """

    fields: dict[str, list[str]]
    root: Part
    defects: tuple[str, ...]


def split_message(raw: bytes) -> Message:
    """The message taken apart; never raises for what is in it."""
    splitter = _Splitter(is_cut=len(raw) > MOST_OCTETS)
    raw = raw[:MOST_OCTETS].lstrip(b"\r\n")
    header, body = _halves(raw, splitter.defects)
    fields, is_broken_off = _fields(header, splitter.defects)
    if not fields:
        splitter.defects.append("no header")
        body = raw
    elif is_broken_off:
        body = header[is_broken_off:] + b"\n\n" + body
    root = splitter.part(fields, body, depth=0, default="text/plain")
    return Message(fields=fields, root=root, defects=tuple(dict.fromkeys(splitter.defects)))


def _halves(raw: bytes, defects: list[str]) -> tuple[bytes, bytes]:
    """Header and body, parted at the first empty line."""
    ends = [(at, len(mark)) for mark in (b"\n\n", b"\n\r\n") if (at := raw.find(mark)) >= 0]
    if not ends:
        return raw[:_MOST_HEADER_OCTETS], b""
    at, length = min(ends)
    if at > _MOST_HEADER_OCTETS:
        defects.append("header too long")
    return raw[: min(at, _MOST_HEADER_OCTETS)] + b"\n", raw[at + length :]


def _fields(header: bytes, defects: list[str]) -> tuple[dict[str, list[str]], int]:
    """Fields by name, and where the header breaks off because a line is no field; 0 where it does not."""
    fields: dict[str, list[str]] = {}
    last: list[bytes] | None = None
    collected: list[tuple[str, list[bytes]]] = []
    at = 0
    for count, line in enumerate(header.splitlines(keepends=True)):
        if count >= _MOST_FIELDS:
            defects.append("too many header lines")
            at = 0
            break
        match = _FIELD.match(line)
        if line[:1] in b" \t" and last is not None:
            last.append(line)
        elif match is not None:
            last = [match[2]]
            collected.append((match[1].decode("ascii").lower(), last))
        elif not line.lstrip(b">").startswith(b"From ") and line.strip():
            if collected:
                defects.append("no empty line after the header")
            break
        at += len(line)
    else:
        at = 0
    for name, lines in collected:
        fields.setdefault(name, []).append(_unfolded(lines))
    return fields, at if fields else 0


def _unfolded(lines: Sequence[bytes]) -> str:
    octets = b"".join(lines)
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        text = octets.decode("cp1252", "replace")
    return _CONTROL.sub("", text.replace("\r\n", "").replace("\n", "").replace("\r", " ")).strip()


@dataclass(slots=True)
class _Splitter:
    """Takes bodies apart; counts what a hostile message could have too many of."""

    is_cut: bool
    defects: list[str] = field(default_factory=list)
    _parts: int = 0
    _delimiters: int = 0

    def part(self, fields: dict[str, list[str]], body: bytes, *, depth: int, default: str) -> Part:
        """The part that these fields describe."""
        self._parts += 1
        described = _described(fields)
        content_type = _content_type(described, default)
        if content_type.startswith("multipart/"):
            parts = self._inner(described, content_type, body, depth)
            if parts is not None:
                return Part(content_type=content_type, parts=parts)
            content_type = "text/plain"
        disposition = _quietly(described.get_content_disposition)
        return Part(
            content_type=content_type,
            charset=_quietly(described.get_content_charset).lower(),
            encoding=_first_word(fields.get("content-transfer-encoding", [""])[0]),
            is_attachment=disposition not in {"", "inline"},
            has_name=bool(_quietly(described.get_filename)),
            octets=body,
        )

    def _inner(
        self, described: StandardMessage, content_type: str, body: bytes, depth: int
    ) -> tuple[Part, ...] | None:
        """The parts of a multipart; None where no delimiter is found, so that it is read as one text."""
        if depth >= _DEEPEST:
            self.defects.append("parts nested too deep")
            return ()
        boundary = _quietly(described.get_boundary).encode("utf-8", "replace")
        pieces = self._pieces(body, boundary) if boundary else None
        if pieces is None:
            self.defects.append("boundary not found" if boundary else "no boundary")
            guess = _GUESS.search(body[:65_536])
            pieces = self._pieces(body, guess[1]) if guess else None
        if pieces is None:
            return None
        default = "message/rfc822" if content_type == "multipart/digest" else "text/plain"
        parts: list[Part] = []
        for piece in pieces:
            if self._parts >= _MOST_PARTS:
                self.defects.append("too many parts")
                break
            header, inner = _part_halves(piece)
            fields, _ = _fields(header, [])
            parts.append(self.part(fields, inner, depth=depth + 1, default=default))
        return tuple(parts)

    def _pieces(self, body: bytes, boundary: bytes) -> list[bytes] | None:
        """What stands between the delimiters; None where there is none."""
        mark = b"\n--" + boundary
        starts: list[tuple[int, int]] = []
        is_closed = False
        at = 0 if body.startswith(mark[1:]) else body.find(mark)
        while at >= 0 and len(starts) <= _MOST_PARTS and self._delimiters < _MOST_DELIMITERS:
            self._delimiters += 1
            after = at + len(mark) - (1 if at == 0 and body.startswith(mark[1:]) else 0)
            line_end = body.find(b"\n", after, after + 200)
            rest = body[after : line_end if line_end >= 0 else after + 200].rstrip()
            if rest in {b"", b"--"}:
                starts.append((at, line_end + 1 if line_end >= 0 else len(body)))
                is_closed = rest == b"--"
                if is_closed:
                    break
            at = body.find(mark, after)
        if not starts or (is_closed and len(starts) == 1):
            return None
        if not is_closed:
            if not self.is_cut:
                self.defects.append("multipart not closed")
            starts.append((len(body), len(body)))
        return [body[begin:end] for (_, begin), (end, _) in pairwise(starts)]


def _part_halves(piece: bytes) -> tuple[bytes, bytes]:
    if piece.startswith((b"\n", b"\r\n")):
        return b"", piece.partition(b"\n")[2]
    ends = [(at, len(mark)) for mark in (b"\n\n", b"\n\r\n") if (at := piece.find(mark)) >= 0]
    if not ends:
        return piece[:_MOST_PART_HEADER_OCTETS], b""
    at, length = min(ends)
    return piece[: min(at, _MOST_PART_HEADER_OCTETS)] + b"\n", piece[at + length :]


def _described(fields: dict[str, list[str]]) -> StandardMessage:
    lines = [
        f"{name}: {fields[name][0][:_LONGEST_CONTENT_TYPE]}"
        for name in ("content-type", "content-disposition")
        if fields.get(name)
    ]
    return HeaderParser().parsestr("\n".join(lines))


def _content_type(described: StandardMessage, default: str) -> str:
    if "content-type" not in described:
        return default
    return _quietly(described.get_content_type) or default


def _quietly(read: Callable[[], object]) -> str:
    """What `read` returns; the standard library raises many kinds of error over malformed parameters."""
    try:
        value = read()
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    return str(value or "")


def _first_word(value: str) -> str:
    words = value.split(None, 1)
    return words[0].strip(";\"'").lower()[:40] if words else ""
