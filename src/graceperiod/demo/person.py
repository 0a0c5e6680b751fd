"""Somebody who reads their mail in a client beside Graceperiod, over a connection of their own (RFC 3501).

Drafts are changed as Thunderbird changes them: a new copy with a new Message-ID, the References kept, the
old copy removed by its uid. Nothing is sent anywhere: a sent draft is one that lies in Sent. Uses imaplib, so
that what demo and tests see of a mailbox does not depend on the library that Graceperiod itself uses.
"""

import imaplib
import re
import socket
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import format_datetime, parseaddr
from types import TracebackType
from typing import Self

from graceperiod.core.draft import DraftHead, message_ids, split
from graceperiod.core.subject import reply_subject

_TIMEOUT_S = 10.0
"""Chosen: a loopback server that takes longer is stuck."""

_UID = re.compile(rb"\bUID (\d+)")
_APPEND_UID = re.compile(rb"\[APPENDUID \d+ (\d+)\]")
_KEPT = (b"from:", b"to:", b"cc:", b"bcc:", b"subject:", b"in-reply-to:", b"references:")
"""Header fields that outlive an edit in Thunderbird (measured); all others are written anew or lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMail:
    """A message as it lies in a mailbox.

    Args:
        flags: system flags and keywords, in lower case.
    """

    uid: int
    raw: bytes
    flags: frozenset[str]

    @property
    def head(self) -> DraftHead:
        """Its ids, its subject, and whether it is addressed."""
        return DraftHead.parse(self.header)

    @property
    def header(self) -> bytes:
        """The header with the line end of its last field."""
        return split(self.raw)[0]

    @property
    def body(self) -> str:
        """What follows the header, decoded if it is a single text part; line ends as `\\n`."""  # noqa: D301
        fields = BytesHeaderParser(policy=compat32).parsebytes(self.raw)
        payload = fields.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
        return text.replace("\r\n", "\n")


Match = Callable[[StoredMail], bool]
"""Says whether a draft is the one that is meant."""


def answers(message_id: str) -> Match:
    """Match the drafts that reply to the mail with that Message-ID."""
    return lambda mail: message_id in mail.head.parents


def subject_has(text: str) -> Match:
    """Match the drafts whose decoded subject contains the text."""
    return lambda mail: text in mail.head.subject


class Person:
    """The user at their mail client, connected for as long as the `with` block lasts.

    Every method that takes a `Match` raises LookupError unless exactly one draft matches, and every method
    raises `imaplib.IMAP4.error` if the server says no.

    Args:
        address: how they sign, `Name <local@domain>`.
        now: the Date of what they write, and when it arrives in a mailbox; aware.
        drafts, sent: names of these mailboxes.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        user: str,
        password: str,
        address: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        drafts: str = "Drafts",
        sent: str = "Sent",
    ) -> None:
        self._address = address
        self._now = now
        self._drafts = drafts
        self._sent = sent
        self._imap = imaplib.IMAP4(host, port, timeout=_TIMEOUT_S)
        self._imap.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._imap.login(user, password)

    def close(self) -> None:
        """Log out, or at least hang up; never raises."""
        try:
            self._imap.logout()
        except (OSError, imaplib.IMAP4.error):
            self._imap.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def deliver(self, raw: bytes, mailbox: str, at: datetime, flags: tuple[str, ...] = ()) -> int | None:
        """Put a message into a mailbox as if it had arrived at `at`; its uid where the server tells it."""
        self._ok("append", self._imap.append(_quoted(mailbox), _listed(flags), _internal_date(at), raw))
        found = _APPEND_UID.search(b" ".join(_octets(self._last)))
        return int(found[1]) if found else None

    def stored(self, mailbox: str) -> tuple[StoredMail, ...]:
        """All messages of a mailbox as they are now, by uid."""
        self._ok("select", self._imap.select(_quoted(mailbox)))
        if self._last[0] in {None, b"0"}:
            return ()
        self._ok("fetch", self._imap.uid("FETCH", "1:*", "(UID FLAGS BODY.PEEK[])"))
        return tuple(sorted(_parsed(self._last), key=lambda mail: mail.uid))

    def drafts(self) -> tuple[StoredMail, ...]:
        """All drafts, by uid."""
        return self.stored(self._drafts)

    def edit_draft(self, match: Match, new_body: str | Callable[[str], str]) -> str:
        """Change the text of a draft and save it; the Message-ID of the new copy.

        Args:
            new_body: the text, or what makes it of the old text.
        """
        old = self._one(match)
        body = new_body if isinstance(new_body, str) else new_body(old.body)
        message_id = self._fresh_id()
        self.deliver(self._rewritten(old, message_id, body), self._drafts, self._now(), ("\\Draft",))
        self._remove(old)
        return message_id

    def send_draft(self, match: Match, *, recipient: str | None = None, subject: str | None = None) -> str:
        """Send a draft, which is to say move it to Sent under a new Message-ID, which is returned.

        Args:
            recipient: typed into To before sending; None to send to whom it names.
            subject: typed over the old one before sending, ASCII; None to leave it.

        Raises:
            LookupError: it names nobody, so no client would send it.
        """
        draft = self._one(match)
        if recipient is None and not draft.head.has_recipient:
            msg = "a draft without a recipient cannot be sent"
            raise LookupError(msg)
        message_id = self._fresh_id()
        typed = {"To": recipient, "Subject": subject}
        raw = self._rewritten(draft, message_id, draft.body, typed)
        self.deliver(raw, self._sent, self._now(), ("\\Seen",))
        self._remove(draft)
        return message_id

    def write_reply(self, parent: bytes, text: str) -> str:
        """Answer a mail without looking at any draft: a reply in Sent, whose Message-ID is returned."""
        fields = BytesHeaderParser(policy=compat32).parsebytes(parent)
        parent_id = DraftHead.parse(split(parent)[0]).message_id
        chain = (*message_ids(str(fields.get("References", ""))), *((parent_id,) if parent_id else ()))
        message_id = self._fresh_id()
        head = [
            f"From: {self._address}",
            f"To: {fields.get('Reply-To') or fields.get('From') or ''}",
            f"Subject: {reply_subject(DraftHead.parse(split(parent)[0]).subject)}",
        ]
        if parent_id:
            head += [f"In-Reply-To: {parent_id}", "References: " + "\r\n ".join(chain)]
        raw = self._composed(message_id, [line.encode() + b"\r\n" for line in head], text)
        self.deliver(raw, self._sent, self._now(), ("\\Seen",))
        return message_id

    def delete_draft(self, match: Match) -> None:
        """Throw a draft away."""
        self._remove(self._one(match))

    def flag(self, mailbox: str, uid: int, flag: str) -> None:
        """Set a flag on a message."""
        self._store(mailbox, uid, "+FLAGS.SILENT", flag)

    def unflag(self, mailbox: str, uid: int, flag: str) -> None:
        """Take a flag off a message."""
        self._store(mailbox, uid, "-FLAGS.SILENT", flag)

    def expunge(self, mailbox: str, uid: int) -> None:
        """Remove a message that is flagged as deleted, never another (RFC 4315)."""
        self._ok("select", self._imap.select(_quoted(mailbox)))
        self._ok("expunge", self._imap.uid("EXPUNGE", str(uid)))

    def _store(self, mailbox: str, uid: int, item: str, flag: str) -> None:
        self._ok("select", self._imap.select(_quoted(mailbox)))
        self._ok("store", self._imap.uid("STORE", str(uid), item, f"({flag})"))

    def _one(self, match: Match) -> StoredMail:
        found = [draft for draft in self.drafts() if match(draft)]
        if len(found) != 1:
            msg = f"{len(found)} drafts match, not one"
            raise LookupError(msg)
        return found[0]

    def _remove(self, mail: StoredMail) -> None:
        """Remove it from Drafts by uid, never what else is flagged (RFC 4315); Drafts is selected."""
        self._ok("store", self._imap.uid("STORE", str(mail.uid), "+FLAGS.SILENT", "(\\Deleted)"))
        self._ok("expunge", self._imap.uid("EXPUNGE", str(mail.uid)))

    def _rewritten(
        self, draft: StoredMail, message_id: str, body: str, typed: Mapping[str, str | None] | None = None
    ) -> bytes:
        new = {name: value for name, value in (typed or {}).items() if value is not None}
        names = tuple(name for name in _KEPT if name not in {f"{n}:".lower().encode() for n in new})
        fields = [field for field in _fields(draft.header) if field.lower().startswith(names)]
        fields += [f"{name}: {value}\r\n".encode() for name, value in new.items()]
        return self._composed(message_id, fields, body)

    def _composed(self, message_id: str, fields: list[bytes], body: str) -> bytes:
        head = (
            f"Message-ID: {message_id}\r\n".encode(),
            f"Date: {format_datetime(self._now())}\r\n".encode(),
            b"MIME-Version: 1.0\r\n",
            *fields,
            b"Content-Type: text/plain; charset=UTF-8; format=flowed\r\n",
            b"Content-Transfer-Encoding: 8bit\r\n\r\n",
        )
        return b"".join(head) + body.replace("\n", "\r\n").encode()

    def _fresh_id(self) -> str:
        return f"<{uuid.uuid4()}@{parseaddr(self._address)[1].rpartition('@')[2]}>"

    def _ok(self, command: str, answer: tuple[str, Sequence[object]]) -> None:
        status, self._last = answer
        if status != "OK":
            msg = f"{command}: {self._last!r}"
            raise imaplib.IMAP4.error(msg)


def _parsed(answer: Sequence[object]) -> Iterator[StoredMail]:
    """The messages in imaplib's answer to FETCH, whatever the order of the items."""
    for number, part in enumerate(answer):
        if not isinstance(part, tuple):
            continue
        after = answer[number + 1] if number + 1 < len(answer) else b""
        said = part[0] + (after if isinstance(after, bytes) else b"")
        uid = _UID.search(said)
        if uid is not None:
            flags = frozenset(flag.decode().lower() for flag in imaplib.ParseFlags(said))
            yield StoredMail(uid=int(uid[1]), raw=part[1], flags=flags)


def _fields(header: bytes) -> list[bytes]:
    """The header fields, folded lines together, each with CRLF at its end."""
    fields: list[bytes] = []
    for line in header.splitlines():
        if fields and line[:1] in {b" ", b"\t"}:
            fields[-1] += line + b"\r\n"
        else:
            fields.append(line + b"\r\n")
    return fields


def _octets(answer: Sequence[object]) -> Iterator[bytes]:
    return (part for part in answer if isinstance(part, bytes))


def _listed(flags: tuple[str, ...]) -> str:
    return f"({' '.join(flags)})"


def _quoted(mailbox: str) -> str:
    return '"' + mailbox.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _internal_date(at: datetime) -> str:
    return imaplib.Time2Internaldate(at)
