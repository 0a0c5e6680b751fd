"""FETCH answers as values: a reduced message of header and text parts, reassembled for the one reader."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import groupby

from graceperiod.adapters.imap.structure import TextPart
from graceperiod.ports import FetchedHead, FetchedMail

_HEADER_BYTES = 128 * 1024
_PART_BYTES = 128 * 1024
"""Chosen: a letter is a few KB; what a text part has beyond that is never read."""

MAIL_ITEMS = [
    "FLAGS",
    "INTERNALDATE",
    "RFC822.SIZE",
    "BODYSTRUCTURE",
    f"BODY.PEEK[HEADER]<0.{_HEADER_BYTES}>",
]
HEAD_ITEMS = [
    "FLAGS",
    "INTERNALDATE",
    "RFC822.SIZE",
    "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID IN-REPLY-TO REFERENCES FROM TO CC BCC SUBJECT DATE)]",
]

_BOUNDARY = b"=_graceperiod_parts"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Answer:
    """The items that a server sent for one message."""

    def __init__(self, values: Mapping[bytes, object]) -> None:
        self._values = values

    def section(self, name: str) -> bytes | None:
        """What BODY[name] held. QUIRK: Courier quotes the key and others add `<0>`: matched by prefix."""
        wanted = f"BODY[{name}".encode()
        for key, value in self._values.items():
            if key.strip(b'"').replace(b'"', b"").upper().startswith(wanted.upper()):
                return value if isinstance(value, bytes) else None
        return None

    @property
    def flags(self) -> frozenset[str]:
        """System flags and keywords in lower case."""
        flags = self._values.get(b"FLAGS")
        found = flags if isinstance(flags, tuple | list) else ()
        return frozenset(f.decode("utf-8", "replace").lower() for f in found if isinstance(f, bytes))

    @property
    def internal_date(self) -> datetime:
        """Aware UTC; the epoch where the server sent none."""
        value = self._values.get(b"INTERNALDATE")
        try:
            return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else _EPOCH
        except OverflowError:  # in the first or the last day there is
            return _EPOCH

    @property
    def size_bytes(self) -> int:
        """RFC822.SIZE, 0 where the server sent none, or one of more than 63 bits (RFC 9051, `number64`)."""
        value = self._values.get(b"RFC822.SIZE")
        return value if isinstance(value, int) and value < 2**63 else 0

    @property
    def structure(self) -> object:
        """BODYSTRUCTURE as IMAPClient parsed it."""
        return self._values.get(b"BODYSTRUCTURE")


def fetch_head(uid: int, answer: Answer) -> FetchedHead:
    """The header fields of a message in Drafts or Sent."""
    return FetchedHead(
        uid=uid,
        header=answer.section("HEADER.FIELDS") or b"",
        internal_date=answer.internal_date,
        flags=answer.flags,
        size_bytes=answer.size_bytes,
    )


def part_items(parts: tuple[TextPart, ...]) -> list[str]:
    """The FETCH items for the beginning of each part."""
    return [f"BODY.PEEK[{part.section}]<0.{_PART_BYTES}>" for part in parts]


def fetch_mail(uid: int, answer: Answer, parts: tuple[TextPart, ...], texts: Answer | None) -> FetchedMail:
    """The message, reassembled from its header and its text parts."""
    header = answer.section("HEADER")
    bodies = [(part, texts.section(f"{part.section}]") or b"") for part in parts] if texts else []
    return FetchedMail(
        uid=uid,
        raw=None if header is None else reassemble(header, bodies),
        internal_date=answer.internal_date,
        flags=answer.flags,
        size_bytes=answer.size_bytes,
    )


def reassemble(header: bytes, bodies: list[tuple[TextPart, bytes]]) -> bytes:
    """A message of the header's fields, its own MIME fields aside, and the given parts (RFC 2046).

    An empty message stays empty: it must not look like one that could be read.
    """
    if not header.strip() and not any(body.strip() for _, body in bodies):
        return b""
    top = _without_mime_fields(header)
    pieces: list[bytes] = []
    for number, (alternative, group) in enumerate(groupby(bodies, lambda body: body[0].alternative)):
        parts = [_part(*body) for body in group]
        pieces += [_multipart(b"alternative", _BOUNDARY + b"_%d" % number, parts)] if alternative else parts
    if len(bodies) == 1:
        return top + _part(*bodies[0])
    return top + b"MIME-Version: 1.0\r\n" + _multipart(b"mixed", _BOUNDARY, pieces)


def _multipart(kind: bytes, boundary: bytes, parts: list[bytes]) -> bytes:
    """A part that holds our boundary would only end early: its text is bounded either way."""
    head = b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\n'
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return head + body + b"--" + boundary + b"--\r\n"


def _part(part: TextPart, body: bytes) -> bytes:
    return _part_header(part) + b"\r\n" + body


def _part_header(part: TextPart) -> bytes:
    fields = f"Content-Type: {part.content_type}\r\nContent-Transfer-Encoding: {part.encoding}\r\n"
    return fields.encode("ascii", "replace")


def _without_mime_fields(header: bytes) -> bytes:
    kept: list[bytes] = []
    is_kept = True
    for line in header.splitlines():
        if line[:1] not in {b" ", b"\t"}:
            is_kept = bool(line.strip()) and not line.lower().startswith((b"content-", b"mime-version"))
        if is_kept:
            kept.append(line + b"\r\n")
    return b"".join(kept)
