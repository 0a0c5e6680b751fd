"""One letter of the demo's story as the bytes of a message (RFC 5322, RFC 2045-2047, RFC 5545, RFC 3462).

Written out by hand and not by `email`, so that the same story always gives the same bytes, and so that a mail
can look as the sending systems of this world make it look.
"""

import hashlib
import html
from base64 import encodebytes
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.quoprimime import body_encode
from email.utils import encode_rfc2231, format_datetime, formataddr, getaddresses
from importlib.resources import files
from string import Template
from typing import assert_never

from graceperiod.demo.letter_kind import Encoding, Kind

_LINE_END = "\r\n"
_LONGEST_LINE = 76

_POSTMARK = "mx.postbox.example"
"""The host that the user's mail arrives at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file in a letter; what is in it is made up to its size."""

    name: str
    content_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A meeting request (RFC 5546 section 3.2.2).

    Args:
        starts_at: aware UTC.
        organizer, attendee: `local@domain`.
    """

    summary: str
    starts_at: datetime
    length: timedelta
    organizer: str
    attendee: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter, complete but for its encoding.

    Args:
        id: plain name; everything that must be unique in the message is derived from it.
        sender, recipient: as in a header, not yet encoded.
        date: aware, in the sender's zone.
        arrived_at: aware; None for what the user wrote.
        message_id: with angle brackets, None for a message without one.
        references: oldest first, the last is the parent; empty for the first of a thread.
        is_automatic: sent by a machine that says so (RFC 3834).
        bounced: the message that is returned by this one, None if it is no bounce.
    """

    id: str
    sender: str
    recipient: str
    subject: str
    date: datetime
    arrived_at: datetime | None
    message_id: str | None
    references: tuple[str, ...]
    text: str
    kind: Kind = Kind.PLAIN
    charset: str = "utf-8"
    encoding: Encoding = Encoding.AUTO
    language: str = "en"
    is_automatic: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    attachment: Attachment | None = None
    invite: Invite | None = None
    bounced: bytes | None = None

    def render(self) -> bytes:
        """The message with CRLF line ends."""
        lines = [*self._trace(), *self._origin(), *self._thread(), *self._machine()]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines.append("MIME-Version: 1.0")
        return _LINE_END.join(lines).encode("ascii") + b"\r\n" + self._content()

    @property
    def domain(self) -> str:
        """What stands behind the `@` of the sender."""
        return addr_spec(self.sender).rpartition("@")[2]

    def _trace(self) -> list[str]:
        if self.arrived_at is None:
            return []
        path = addr_spec(self.sender)
        if self.is_automatic:
            path = "" if self.bounced is not None else f"bounce-{self._token()[:8]}@{self.domain}"
        stamp = format_datetime(self.arrived_at.astimezone(UTC))
        return [
            f"Return-Path: <{path}>",
            f"Received: from out.{self.domain} by {_POSTMARK} with ESMTPS id {self._token()[8:18]};",
            f" {stamp}",
        ]

    def _origin(self) -> list[str]:
        own_id = [f"Message-ID: {self.message_id}"] if self.message_id else []
        return [
            f"Date: {format_datetime(self.date)}",
            f"From: {_addresses(self.sender)}",
            f"To: {_addresses(self.recipient)}",
            f"Subject: {_encoded(self.subject, 'Subject')}",
            *own_id,
        ]

    def _thread(self) -> list[str]:
        if not self.references:
            return []
        return [f"In-Reply-To: {self.references[-1]}", "References: " + "\r\n ".join(self.references)]

    def _machine(self) -> list[str]:
        if not self.is_automatic:
            return []
        return ["Auto-Submitted: auto-replied" if self.references else "Auto-Submitted: auto-generated"]

    def _content(self) -> bytes:
        if self.bounced is not None:
            return self._report(self.bounced)
        body = self._words()
        if self.attachment is not None:
            return self._multipart("mixed", (body, _attached(self.attachment)))
        return body

    def _words(self) -> bytes:
        plain, marked_up = self._text("plain", self.text), self._text("html", self._html())
        match self.kind:
            case Kind.PLAIN:
                parts: tuple[bytes, ...] = (plain,)
            case Kind.HTML:
                parts = (marked_up,)
            case Kind.ALTERNATIVE:
                parts = (plain, marked_up)
            case _ as unreachable:
                assert_never(unreachable)
        if self.invite is not None:
            parts = (*parts, self._calendar(self.invite))
        return parts[0] if len(parts) == 1 else self._multipart("alternative", parts)

    def _text(self, subtype: str, text: str) -> bytes:
        octets = text.replace("\n", _LINE_END).encode(self.charset)
        encoding, body = _transfer(octets, self.encoding)
        return _part([f"Content-Type: text/{subtype}; charset={self.charset}"], encoding, body)

    def _html(self) -> str:
        """The text in the frame that applicant tracking systems put around it."""
        frame = files("graceperiod.demo").joinpath("mailbox", "ats.html").read_text("utf-8")
        blocks = self.text.strip().split("\n\n")
        paragraphs = "\n".join(f"<p>{html.escape(block).replace(chr(10), '<br>')}</p>" for block in blocks)
        return Template(frame).substitute(
            language=self.language,
            charset=self.charset,
            preheader=html.escape(self.subject),
            paragraphs=paragraphs,
            sender=html.escape(self.sender),
            domain=self.domain,
        )

    def _calendar(self, invite: Invite) -> bytes:
        lines = (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Postbox//Demo//EN",
            "METHOD:REQUEST",
            "BEGIN:VEVENT",
            f"UID:{self._token()}@{self.domain}",
            f"DTSTAMP:{_stamp(self.date)}",
            f"DTSTART:{_stamp(invite.starts_at)}",
            f"DTEND:{_stamp(invite.starts_at + invite.length)}",
            f"SUMMARY:{_escaped(invite.summary)}",
            f"LOCATION:{_escaped(invite.place)}",
            f"ORGANIZER:mailto:{invite.organizer}",
            f"ATTENDEE;RSVP=TRUE:mailto:{invite.attendee}",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        )
        head = ["Content-Type: text/calendar; charset=utf-8; method=REQUEST"]
        encoding, body = _transfer(_LINE_END.join(lines).encode(), Encoding.AUTO)
        return _part(head, encoding, body)

    def _report(self, bounced: bytes) -> bytes:
        status = (
            f"Reporting-MTA: dns; {_POSTMARK}\r\n\r\n"
            "Final-Recipient: rfc822; office@saltmarshpress.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        )
        parts = (
            self._text("plain", self.text),
            b"Content-Type: message/delivery-status\r\n\r\n" + status.encode(),
            b"Content-Type: message/rfc822\r\n\r\n" + bounced,
        )
        return self._multipart("report; report-type=delivery-status", parts)

    def _multipart(self, subtype: str, parts: tuple[bytes, ...]) -> bytes:
        boundary = f"=_{subtype[:3]}_{self._token()[:20]}"
        marker = f"\r\n--{boundary}".encode()
        body = b"".join(marker + b"\r\n" + part for part in parts)
        head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n'.encode()
        return head + body + marker + b"--\r\n"

    def _token(self) -> str:
        return token(self.id)


def token(name: str) -> str:
    """Forty hexadecimal digits that look random and are always the same for the same name."""
    return hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()


def addr_spec(address: str) -> str:
    """`local@domain` of the first address."""
    return getaddresses([address])[0][1]


def _part(head: list[str], encoding: str, body: bytes) -> bytes:
    lines = [*head, f"Content-Transfer-Encoding: {encoding}", "", ""]
    return _LINE_END.join(lines).encode("ascii") + body


def _transfer(octets: bytes, encoding: Encoding) -> tuple[str, bytes]:
    """The name of the transfer encoding and the octets in it (RFC 2045 section 6)."""
    if encoding is Encoding.AUTO:
        is_plain = octets.isascii() and all(len(line) <= 998 for line in octets.split(b"\r\n"))
        encoding = Encoding.SEVEN_BIT if is_plain else Encoding.QUOTED_PRINTABLE
    return encoding.value, _TRANSFERS[encoding](octets)


def _quoted_printable(octets: bytes) -> bytes:
    text = octets.decode("latin-1").replace(_LINE_END, "\n")
    return body_encode(text, maxlinelen=_LONGEST_LINE, eol=_LINE_END).encode("ascii")


def _base64(octets: bytes) -> bytes:
    return encodebytes(octets).replace(b"\n", b"\r\n")


_TRANSFERS: Mapping[Encoding, Callable[[bytes], bytes]] = {
    Encoding.SEVEN_BIT: bytes,
    Encoding.EIGHT_BIT: bytes,
    Encoding.QUOTED_PRINTABLE: _quoted_printable,
    Encoding.BASE64: _base64,
}


def _attached(attachment: Attachment) -> bytes:
    head = [
        f"Content-Type: {attachment.content_type}; {_parameter('name', attachment.name)}",
        f"Content-Disposition: attachment; {_parameter('filename', attachment.name)}",
    ]
    opening = b"%PDF-1.4\n" if attachment.content_type.endswith("pdf") else b""
    line = b"% this page is left blank on purpose, as most of a demo is\n"
    filled = (opening + line * (attachment.size_bytes // len(line) + 1))[: attachment.size_bytes]
    return _part(head, Encoding.BASE64.value, _base64(filled))


def _parameter(name: str, value: str) -> str:
    return f'{name}="{value}"' if value.isascii() else f"{name}*={encode_rfc2231(value, 'utf-8')}"


def _addresses(header: str) -> str:
    return ", ".join(formataddr(pair, charset="utf-8") for pair in getaddresses([header]))


def _encoded(text: str, name: str) -> str:
    charset = "us-ascii" if text.isascii() else "utf-8"
    header = Header(text, charset, maxlinelen=_LONGEST_LINE, header_name=name)
    return header.encode(linesep=_LINE_END)


def _stamp(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """TEXT of RFC 5545 section 3.3.11."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
