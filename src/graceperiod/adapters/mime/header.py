"""Header fields of a mail as safe values (RFC 5322 section 3.6, RFC 2047, RFC 3834); mail-parser's one file.

The structure of a field is read before its encoded words are decoded (RFC 2047 section 6.2), so that a
display name that decodes to a comma or an address adds nobody. Of a field that may stand only once, the
topmost counts.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime

import mailparser

from graceperiod.core.address import Address
from graceperiod.core.plain_text import is_plain, plain_line

logging.getLogger("mailparser").setLevel(logging.CRITICAL + 1)
"""mail-parser logs the text of mail on every level; none of it may reach a log (promise 5)."""

_LONGEST_SUBJECT = 998
"""Characters: the line limit of RFC 5322 section 2.1.1."""

_LONGEST_NAME = 200
_MOST_IDS = 50
"""Ids kept of the end of References, besides the first. Chosen: a thread of fifty mails."""

_MOST_ADDRESSES = 100
_LONGEST_ADDRESSES = 8_000
"""Characters read of an address field. Chosen: as many addresses of usual length; bounds mail-parser."""

_LONGEST_FIELD = 4_000
"""Characters read of any other field but References."""

_ONCE = ("from", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references")
_ADDRESS_FIELDS = ("from", "reply-to", "to", "cc")
_LIST_FIELDS = ("list-id", "list-post", "list-unsubscribe")

NAMES = frozenset((*_ONCE, *_LIST_FIELDS, "auto-submitted", "precedence", "return-path"))
"""The fields that are read, in lower case."""

_MESSAGE_ID = re.compile(r"<[^\s<>]{1,996}>")
_TOKEN = re.compile(r"[a-z][a-z0-9-]{0,39}")
_DEFECT_WORDS = {
    "AddressHeaderDefect": "malformed address field",
    "DateHeaderDefect": "malformed Date",
}

Fields = Mapping[str, Sequence[str]]
"""Field bodies by lower-case name, topmost first, unfolded, as they stand in the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the header says, in the terms of `Mail`."""

    message_id: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    senders: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    date_header: datetime | None
    auto_submitted: str
    precedence: str
    is_list: bool
    has_null_sender: bool
    defects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decoded:
    """What a library makes of the fields that need one; names and subject are not yet safe."""

    subject: str
    date: datetime | None
    addresses: Mapping[str, Sequence[tuple[str, str]]]
    defects: tuple[str, ...] = ()


def read_header(fields: Fields) -> Header:
    """The header as values; never raises for what the fields say."""
    first = {name: _bounded(name, bodies[0]) for name, bodies in fields.items() if bodies}
    decoded = _decoded(first)
    addresses = {name: _addresses(decoded.addresses.get(name, ())) for name in _ADDRESS_FIELDS}
    ids = message_ids(first.get("message-id", ""))
    return Header(
        message_id=ids[0] if ids else None,
        in_reply_to=message_ids(first.get("in-reply-to", ""))[:_MOST_IDS],
        references=_chain(message_ids(first.get("references", ""))),
        senders=addresses["from"],
        reply_to=addresses["reply-to"],
        to=addresses["to"],
        cc=addresses["cc"],
        subject=plain_line(decoded.subject, at_most=_LONGEST_SUBJECT),
        date_header=decoded.date,
        auto_submitted=_keyword(first.get("auto-submitted", "")),
        precedence=_keyword(first.get("precedence", "")),
        is_list=any(name in first for name in _LIST_FIELDS),
        has_null_sender="".join(first.get("return-path", "").split()) == "<>",
        defects=(*_defects(fields, first, addresses, has_id=bool(ids)), *decoded.defects),
    )


def message_ids(field: str) -> tuple[str, ...]:
    """The message ids of a field in order, each once; phrases and comments between them are passed over.

    An id has angle brackets, no white space, at most 998 characters (RFC 5322 section 3.6.4). Obsolete and
    careless forms without `@` are taken, since other mails refer to them; control characters never are.
    """
    return tuple(dict.fromkeys(i for i in _MESSAGE_ID.findall(field) if is_plain(i)))


def _chain(ids: tuple[str, ...]) -> tuple[str, ...]:
    return ids if len(ids) <= _MOST_IDS + 1 else (ids[0], *ids[-_MOST_IDS:])


def _bounded(name: str, body: str) -> str:
    if name == "references":
        return body
    if name not in _ADDRESS_FIELDS:
        return body[:_LONGEST_FIELD]
    if len(body) <= _LONGEST_ADDRESSES:
        return body
    return body[:_LONGEST_ADDRESSES].rpartition(",")[0]  # half an address is another address


def _keyword(body: str) -> str:
    match = _TOKEN.match(body.strip().lower())
    return match[0] if match else ""


def _decoded(first: Mapping[str, str]) -> _Decoded:
    try:
        decoded = _by_mail_parser(first)
    except Exception:  # whatever a library raises over hostile mail, the mail is still read
        return _by_standard_library(first)
    if decoded.date is None and first.get("date"):
        return replace(decoded, date=_date(first["date"]))
    return decoded


def _by_mail_parser(first: Mapping[str, str]) -> _Decoded:
    names = [n for n in (*_ADDRESS_FIELDS, "subject", "date") if first.get(n)]
    block = "".join(f"{name}: {first[name]}\n" for name in names)
    parser = mailparser.parse_from_bytes((block + "\n").encode("utf-8", "replace"))
    return _Decoded(
        subject=parser.subject if first.get("subject") else "",
        date=_aware(parser.date),
        addresses={
            "from": parser.from_,
            "reply-to": parser.reply_to,
            "to": parser.to,
            "cc": parser.cc,
        },
        defects=tuple(
            words for name in sorted(parser.defects_categories) if (words := _DEFECT_WORDS.get(name))
        ),
    )


def _by_standard_library(first: Mapping[str, str]) -> _Decoded:
    found = {
        name: [(_words(a.display_name), a.addr_spec) for a in Address.parse(first.get(name, ""))]
        for name in _ADDRESS_FIELDS
    }
    return _Decoded(
        subject=_words(first.get("subject", "")),
        date=_date(first.get("date", "")),
        addresses=found,
        defects=("header read leniently",),
    )


def _words(body: str) -> str:
    try:
        return str(make_header(decode_header(body)))
    except (ValueError, LookupError, TypeError, AttributeError, MessageError):
        return body


def _date(body: str) -> datetime | None:
    try:
        return _aware(parsedate_to_datetime(body))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _aware(value: datetime | None) -> datetime | None:
    """The instant in UTC; a date without zone is taken as UTC (`-0000`, RFC 5322 section 3.3)."""
    if value is None:
        return None
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _addresses(pairs: Sequence[tuple[str, str]]) -> tuple[Address, ...]:
    found: dict[str, Address] = {}
    for name, spec in pairs[:_MOST_ADDRESSES]:
        parsed = Address.parse(spec) if is_plain(spec) else ()
        if len(parsed) == 1 and parsed[0].addr_spec.lower() == spec.lower():
            address = replace(parsed[0], display_name=plain_line(name, at_most=_LONGEST_NAME))
            found.setdefault(address.addr_spec, address)
    return tuple(found.values())


def _defects(
    fields: Fields, first: Mapping[str, str], addresses: Mapping[str, tuple[Address, ...]], *, has_id: bool
) -> tuple[str, ...]:
    defects = [f"several {name.title()} fields" for name in _ONCE if len(fields.get(name, ())) > 1]
    if not has_id:
        defects.append("malformed Message-ID" if first.get("message-id") else "no Message-ID")
    if not addresses["from"]:
        defects.append("no readable From")
    return tuple(defects)
