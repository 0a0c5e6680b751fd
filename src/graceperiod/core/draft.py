"""The bytes of a draft: composed once by us, later changed in its header lines only (RFC 5322, RFC 2047).

Headers are written by hand, not by `email.policy`: that encodes an unfoldable Message-ID in References as an
encoded word, and would touch lines of the user's that are none of our business.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.header import Header, decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.quoprimime import body_encode
from email.utils import format_datetime, formataddr

from graceperiod.core.address import Address, one_line
from graceperiod.core.subject import is_held, without_hold

_LONGEST_LINE = 76
_MESSAGE_ID = re.compile(r"<[^\s<>]{1,996}>")
_EMPTY_GROUP = re.compile(r"(?<![^:;,])[^:;,]*+:\s*+;")
"""`undisclosed-recipients:;` and its like: no recipient (SERVERS, finding 3). It begins where a name may:
tried at every character, 13 KB without a colon took 0.8 s."""

_RECIPIENTS = (b"to", b"cc", b"bcc")


def message_ids(header: str) -> tuple[str, ...]:
    """The message ids in a References, In-Reply-To or Message-ID header, in order, each once."""
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(header)))


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftHead:
    """What the header of a message in Drafts or Sent says, as far as holds need it.

    Args:
        message_id: with angle brackets; None if missing or malformed.
        parents: ids of References and In-Reply-To, each once.
        has_recipient: To, Cc or Bcc holds anything but an empty group.
        subject: decoded, one line.
    """

    message_id: str | None
    parents: tuple[str, ...]
    has_recipient: bool
    subject: str

    @classmethod
    def parse(cls, header: bytes) -> "DraftHead":
        """Read the header fields; never raises."""
        fields = BytesHeaderParser(policy=compat32).parsebytes(header)
        own = message_ids(_field(fields, "Message-ID"))
        chain = f"{_field(fields, 'References')} {_field(fields, 'In-Reply-To')}"
        return cls(
            message_id=own[0] if own else None,
            parents=message_ids(chain),
            has_recipient=any(_names_somebody(_field(fields, n)) for n in ("To", "Cc", "Bcc")),
            subject=one_line(_decoded(_field(fields, "Subject"))),
        )

    @property
    def is_held(self) -> bool:
        """Whether the subject still has the hold prefix."""
        return is_held(self.subject)


def compose(
    *,
    message_id: str,
    date: datetime,
    sender: Address,
    recipient: Address | None,
    subject: str,
    references: tuple[str, ...],
    text: str,
) -> bytes:
    """A plain-text draft as bytes with CRLF line ends.

    Args:
        message_id: with angle brackets.
        date: aware.
        recipient: None for a sealed draft: then there is no To, Cc or Bcc at all.
        references: chain and parent, the last id is the parent's.
        text: the body, line ends as `\\n`.
    """  # noqa: D301 - the backslash is written twice so that it is read once
    lines = [
        f"Message-ID: {message_id}".encode(),
        b"Date: " + format_datetime(date).encode(),
        b"From: " + _address(sender),
    ]
    if recipient is not None:
        lines.append(b"To: " + _address(recipient))
    lines.append(b"Subject: " + _text(subject, "Subject"))
    lines.append(b"In-Reply-To: " + references[-1].encode())
    lines.append(b"References: " + b"\r\n ".join(r.encode() for r in references))
    encoding, body = _body(text)
    lines += [
        b"MIME-Version: 1.0",
        b"Content-Type: text/plain; charset=utf-8",
        b"Content-Transfer-Encoding: " + encoding,
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def readdress(raw: bytes, *, message_id: str, recipient: Address) -> bytes:
    """The draft with its recipient and subject back and an id of its own; the body byte for byte the same.

    A recipient that is there already stays as it is, and so does every other header line (promise 3).
    """
    header, line_end, body = split(raw)
    fields = _fields(header)
    has_recipient = DraftHead.parse(header).has_recipient
    result: list[bytes] = [b"Message-ID: " + message_id.encode() + line_end]
    if not has_recipient:
        result.append(b"To: " + _address(recipient).replace(b"\r\n", line_end) + line_end)
    for field in fields:
        name = field.partition(b":")[0].strip().lower()
        if name == b"message-id" or (name in _RECIPIENTS and not has_recipient):
            continue
        result.append(_without_hold(field, line_end) if name == b"subject" else field)
    return b"".join(result) + body


def split(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """Header, line end, and the rest that begins with the empty line; together the same bytes."""
    line_end = b"\r\n" if b"\r\n" in raw or b"\n" not in raw else b"\n"
    header, separator, rest = raw.partition(line_end + line_end)
    if not separator:
        return raw if raw.endswith(line_end) or not raw else raw + line_end, line_end, line_end
    return header + line_end, line_end, line_end + rest


def body_sha256(raw: bytes) -> str:
    """Hex digest of what follows the header: equal for two drafts that say the same."""
    return hashlib.sha256(split(raw)[2]).hexdigest()


def sha256_but_id(raw: bytes) -> str:
    """Hex digest of all but the Message-ID: equal for two copies that `readdress` made of one message."""
    header, _, rest = split(raw)
    fields = (field for field in _fields(header) if field.partition(b":")[0].strip().lower() != b"message-id")
    return hashlib.sha256(b"".join(fields) + rest).hexdigest()


def sha256(raw: bytes) -> str:
    """Hex digest of the whole message."""
    return hashlib.sha256(raw).hexdigest()


def _fields(header: bytes) -> list[bytes]:
    """The header fields with their folded lines, as they stand."""
    fields: list[bytes] = []
    for line in header.splitlines(keepends=True):
        if fields and line[:1] in {b" ", b"\t"}:
            fields[-1] += line
        else:
            fields.append(line)
    return fields


def _without_hold(field: bytes, line_end: bytes) -> bytes:
    value = _decoded(field.partition(b":")[2].decode("utf-8", "replace"))
    if not is_held(one_line(value)):
        return field
    return (
        b"Subject: " + _text(without_hold(one_line(value)), "Subject").replace(b"\r\n", line_end) + line_end
    )


def _names_somebody(value: str) -> bool:
    return bool(_EMPTY_GROUP.sub("", value).strip(" ,;\t\r\n"))


def _field(fields: "Message[str, str]", name: str) -> str:
    value: object = fields.get(name, "")
    return _quietly(lambda: str(value))


def _decoded(value: str) -> str:
    return _quietly(lambda: str(make_header(decode_header(value))), otherwise=value)


def _quietly(read: Callable[[], str], otherwise: str = "") -> str:
    """What `read` returns; the standard library raises a dozen kinds of error over malformed words."""
    try:
        return read()
    except (ValueError, LookupError, TypeError, AttributeError):
        return otherwise


def _address(address: Address) -> bytes:
    name = one_line(address.display_name)[:100]
    try:
        return formataddr((name, address.addr_spec), charset="utf-8").encode("ascii")
    except UnicodeEncodeError:  # an address that needs SMTPUTF8 (RFC 6531): as it is, in UTF-8 (RFC 6532)
        return address.addr_spec.encode()


def _text(value: str, name: str) -> bytes:
    value = one_line(value)
    charset = "us-ascii" if value.isascii() else "utf-8"
    return Header(value, charset, maxlinelen=_LONGEST_LINE, header_name=name).encode(linesep="\r\n").encode()


def _body(text: str) -> tuple[bytes, bytes]:
    is_plain = text.isascii() and all(len(line) <= _LONGEST_LINE for line in text.split("\n"))
    if is_plain:
        return b"7bit", text.replace("\n", "\r\n").encode()
    octets = text.encode("utf-8", "replace").decode("latin-1")
    return b"quoted-printable", body_encode(octets, maxlinelen=_LONGEST_LINE, eol="\r\n").encode("ascii")
