"""A mail server in memory that treats our drafts as real ones do, and fails at the worst moment.

`HostileStore` is one connection to it and passes the contract of every `MailStore`. What differs from server
to server is a `Trait`; what goes wrong, and what somebody else does in the midst of a sweep, an `Incident`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum, StrEnum, auto
from threading import Condition

from graceperiod.core.draft import DraftHead, split
from graceperiod.core.mailbox import Mailbox, MailboxStatus, MarkMethod, SpecialUse
from graceperiod.demo.person import StoredMail
from graceperiod.errors import Refused, Resync, Unreachable
from graceperiod.ports import FetchedHead, FetchedMail, Wake

_MOST_TEXT = 100_000
_HEAD = {"message-id", "in-reply-to", "references", "from", "to", "cc", "bcc", "subject", "date"}
_BOUNDARY = re.compile(rb'boundary="?([^";\r\n]+)', re.IGNORECASE)


class Trait(StrEnum):
    """What a server lacks or does of its own accord (SERVERS)."""

    NO_UIDPLUS = auto()
    NO_MOVE = auto()
    NO_IDLE = auto()
    NO_SPECIAL_USE = auto()
    NO_KEYWORDS = auto()
    """Dropped in silence."""
    REFUSES_KEYWORDS = auto()
    DROPS_TWINS = auto()
    """Gmail: a second copy of the same Message-ID is taken and not kept; keywords are labels."""
    RECODES = auto()
    """Proton: a message comes back in other bytes than it was given."""
    NO_TRASH = auto()
    SHOWS_LATE = auto()
    """What a connection has stored it does not see itself; the next one does."""


class Maker(Enum):
    """Who stored a message."""

    PROGRAM = auto()
    SOMEBODY = auto()


class Strike(Enum):
    """What goes wrong with one call of the store; after the first three the connection is dead."""

    CUT_BEFORE = auto()
    CUT_WITHIN = auto()
    """Between the commands of one call: `remove` has flagged the message and not expunged it."""
    CUT_AFTER = auto()
    """What was asked has happened, and the answer is lost."""
    REFUSED = auto()
    REFUSED_THOUGH_DONE = auto()
    LATE = auto()
    """The connection is cut; what was asked happens later, when `late_arrives` says so."""


@dataclass(frozen=True)
class Incident:
    """What befalls the call with that number, from 1: a strike, or something done by others before it."""

    call: int
    strike: Strike | None = None
    act: Callable[[], object] | None = None


@dataclass
class Message:
    """A stored message; its bytes never change under its uid (RFC 9051 section 2.3.1.1)."""

    uid: int
    raw: bytes
    flags: set[str]
    internal_date: datetime
    maker: Maker

    @property
    def head(self) -> DraftHead:
        return DraftHead.parse(split(self.raw)[0])

    @property
    def body(self) -> bytes:
        return split(self.raw)[2]

    @property
    def is_there(self) -> bool:
        """Not flagged for deletion."""
        return "\\deleted" not in self.flags


@dataclass
class Box:
    """One mailbox."""

    name: str
    uses: frozenset[SpecialUse]
    uid_validity: int
    uid_next: int = 1
    modseq: int = 1
    messages: dict[int, Message] = field(default_factory=dict)

    def add(self, raw: bytes, flags: Iterable[str], at: datetime, maker: Maker) -> Message:
        message = Message(self.uid_next, raw, {f.lower() for f in flags}, at, maker)
        self.messages[message.uid] = message
        self.uid_next += 1
        self.modseq += 1
        return message


class HostileMailbox:
    """The server's side of one account.

    Args:
        now: the server's clock, aware; it is always right.
        drafts: what the mailbox for drafts is called; None where there is none.
        traits: what the server lacks or does.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        traits: frozenset[Trait] = frozenset(),
        drafts: str | None = "Drafts",
    ) -> None:
        self.now = now
        self.traits = traits
        self.boxes: dict[str, Box] = {}
        # Called for what the program stores and removes, before it happens.
        self.on_append: Callable[[Box, bytes], object] = lambda box, raw: None
        self.on_remove: Callable[[Box, Message], object] = lambda box, message: None
        self.incidents: dict[int, Incident] = {}
        self.calls = 0
        self.late: list[Callable[[], object]] = []
        self.changed = Condition()
        self._validity = 1000
        self._open("INBOX")
        self._open("Sent", SpecialUse.SENT)
        self._open("Archive")
        if drafts:
            self._open(drafts, SpecialUse.DRAFTS)
        if Trait.NO_TRASH not in traits:
            self._open("Trash", SpecialUse.TRASH)

    def _open(self, name: str, *uses: SpecialUse) -> None:
        self._validity += 1
        known = frozenset() if Trait.NO_SPECIAL_USE in self.traits else frozenset(uses)
        self.boxes[name] = Box(name, known, self._validity)

    @property
    def capabilities(self) -> frozenset[str]:
        lacks = {
            "UIDPLUS": Trait.NO_UIDPLUS,
            "MOVE": Trait.NO_MOVE,
            "IDLE": Trait.NO_IDLE,
            "SPECIAL-USE": Trait.NO_SPECIAL_USE,
        }
        has = {name for name, trait in lacks.items() if trait not in self.traits}
        gmail = {"X-GM-EXT-1"} if Trait.DROPS_TWINS in self.traits else set()
        return frozenset(has | gmail | {"IMAP4REV1"})

    def store(
        self, name: str, raw: bytes, flags: Iterable[str] = (), *, at: datetime | None = None, maker: Maker
    ) -> int:
        """Store a message; its uid, or what the uid would have been where the server drops it."""
        box = self.boxes[name]
        if Trait.RECODES in self.traits:
            raw = recoded(raw)
        own = DraftHead.parse(split(raw)[0]).message_id
        if Trait.DROPS_TWINS in self.traits and own and name != "INBOX":
            twin = next((m for m in box.messages.values() if m.is_there and m.head.message_id == own), None)
            if twin is not None:
                return twin.uid
        message = box.add(raw, flags, at or self.now(), maker)
        with self.changed:
            self.changed.notify_all()
        return message.uid

    def expunge(self, name: str, uid: int) -> None:
        box = self.boxes[name]
        if box.messages.pop(uid, None) is not None:
            box.modseq += 1

    def renumber(self, name: str) -> None:
        """UIDVALIDITY changes: a mailbox that was restored, its messages in the same order."""
        box = self.boxes[name]
        self._validity += 1
        box.uid_validity, box.uid_next = self._validity, 1
        kept = [m for _, m in sorted(box.messages.items())]
        box.messages = {}
        for message in kept:
            message.uid = box.uid_next
            box.messages[message.uid] = message
            box.uid_next += 1

    def late_arrives(self) -> None:
        """What the server still had to read of a connection that was cut is done now."""
        late, self.late = self.late, []
        for do in late:
            do()

    def snapshot(self) -> dict[str, object]:
        """All that a client can see."""
        return {
            name: (
                box.uid_validity,
                box.uid_next,
                tuple((u, m.raw, frozenset(m.flags)) for u, m in sorted(box.messages.items())),
            )
            for name, box in self.boxes.items()
        }

    def connect(self, *incidents: Incident, is_read_only: bool = False) -> "HostileStore":
        """A new connection, with what will befall it."""
        self.calls = 0
        self.incidents = {incident.call: incident for incident in incidents}
        return HostileStore(self, is_read_only=is_read_only)


def recoded(raw: bytes) -> bytes:
    """The same message in other bytes; what is recoded once stays as it is."""
    header, line_end, rest = split(raw)
    lines = [line.rstrip(b" \t") for line in rest.split(line_end)]
    if b"X-Recoded:" not in header:
        header = b"X-Recoded: yes" + line_end + header
    return header + line_end.join(lines)


class HostileStore:
    """One connection. Implements `ports.MailStore`."""

    def __init__(self, server: HostileMailbox, *, is_read_only: bool = False) -> None:
        self._server = server
        self._is_read_only = is_read_only
        self._is_dead = False
        self._unseen: set[tuple[int, int]] = set()

    @property
    def capabilities(self) -> frozenset[str]:
        return self._server.capabilities

    def mailboxes(self) -> tuple[Mailbox, ...]:
        self._call("LIST")
        boxes = self._server.boxes.values()
        return tuple(Mailbox(name=b.name, special_uses=b.uses, is_selectable=True) for b in boxes)

    def status(self, mailbox: str) -> MailboxStatus:
        self._call("SELECT")
        box = self._server.boxes.get(mailbox)
        if box is None:
            msg = "SELECT: no such mailbox"
            raise Refused(msg, code="NONEXISTENT")
        traits = self._server.traits
        return MailboxStatus(
            uid_validity=box.uid_validity,
            uid_next=box.uid_next,
            highest_modseq=box.modseq,
            exists=len(box.messages),
            accepts_keywords=not traits & {Trait.NO_KEYWORDS, Trait.REFUSES_KEYWORDS},
            is_read_only=self._is_read_only,
        )

    def uids(self, mailbox: str, *, uid_validity: int, above: int, since: datetime | None) -> tuple[int, ...]:
        self._call("SEARCH")
        found = self._box(mailbox, uid_validity).messages
        day = since.astimezone(UTC).date() if since else None
        return tuple(
            u
            for u, m in sorted(found.items())
            if u > above
            and (uid_validity, u) not in self._unseen
            and (day is None or m.internal_date.astimezone(UTC).date() >= day)
        )

    def fetch(self, mailbox: str, uids: Iterable[int], *, uid_validity: int) -> Iterator[FetchedMail]:
        for uid in tuple(uids):
            self._call("FETCH")
            message = self._box(mailbox, uid_validity).messages.get(uid)
            if message is not None:
                yield FetchedMail(
                    uid=uid,
                    raw=text_only(message.raw),
                    internal_date=message.internal_date,
                    flags=frozenset(message.flags),
                    size_bytes=len(message.raw),
                )

    def heads(self, mailbox: str, uids: Iterable[int], *, uid_validity: int) -> tuple[FetchedHead, ...]:
        self._call("FETCH")
        found = self._box(mailbox, uid_validity).messages
        there = [found[uid] for uid in uids if uid in found]
        return tuple(
            FetchedHead(
                uid=m.uid,
                header=_few_fields(split(m.raw)[0]),
                internal_date=m.internal_date,
                flags=frozenset(m.flags),
                size_bytes=len(m.raw),
            )
            for m in there
        )

    def whole(self, mailbox: str, uid: int, *, uid_validity: int) -> bytes | None:
        self._call("FETCH")
        message = self._box(mailbox, uid_validity).messages.get(uid)
        return message.raw if message else None

    def mark(self, mailbox: str, uid: int, keyword: str, *, uid_validity: int, method: MarkMethod) -> bool:
        self._call("STORE")
        box = self._box(mailbox, uid_validity)
        if Trait.REFUSES_KEYWORDS in self._server.traits:
            msg = "STORE: no keywords here"
            raise Refused(msg)
        message = box.messages.get(uid)
        if message is None or Trait.NO_KEYWORDS in self._server.traits or self._is_read_only:
            return False
        message.flags.add(keyword)
        box.modseq += 1
        return True

    def marks(self, mailbox: str, uids: Iterable[int], *, uid_validity: int) -> Mapping[int, frozenset[str]]:
        self._call("FETCH")
        found = self._box(mailbox, uid_validity).messages
        return {uid: frozenset(found[uid].flags) for uid in uids if uid in found}

    def append(self, mailbox: str, raw: bytes, *, flags: tuple[str, ...], uid_validity: int) -> int | None:
        box = self._box(mailbox, uid_validity)

        def stored() -> int:
            self._server.on_append(box, raw)
            return self._server.store(mailbox, raw, flags, maker=Maker.PROGRAM)

        uid = self._call("APPEND", stored)
        if uid is not None and Trait.SHOWS_LATE in self._server.traits:
            self._unseen.add((uid_validity, uid))
        return uid if "UIDPLUS" in self.capabilities else None

    def remove(self, mailbox: str, uid: int, *, uid_validity: int) -> bool:
        box = self._box(mailbox, uid_validity)
        self._call("EXPUNGE", lambda: self._flag_and_expunge(box, uid), lambda: self._flag(box, uid))
        message = box.messages.get(uid)
        return message is None or not message.is_there

    def _flag(self, box: Box, uid: int) -> None:
        message = box.messages.get(uid)
        if message is not None and not self._is_read_only:
            if message.is_there:
                self._server.on_remove(box, message)
            message.flags.add("\\deleted")
            box.modseq += 1

    def _flag_and_expunge(self, box: Box, uid: int) -> None:
        self._flag(box, uid)
        message = box.messages.get(uid)
        if message is None or self._is_read_only:
            return
        trash = self._server.boxes.get("Trash")
        if "UIDPLUS" in self.capabilities:
            self._server.expunge(box.name, uid)
        elif "MOVE" in self.capabilities and trash is not None and trash.uses:
            self._server.expunge(box.name, uid)
            trash.add(message.raw, message.flags, message.internal_date, message.maker)

    def wait(self, mailbox: str, *, uid_validity: int, timeout: timedelta, wake: Wake) -> bool:
        self._box(mailbox, uid_validity)
        before = self._server.boxes[mailbox].modseq
        left_s = timeout.total_seconds()
        while left_s > 0 and not wake.is_set() and self._server.boxes[mailbox].modseq == before:
            with self._server.changed:
                self._server.changed.wait(0.01)
            left_s -= 0.01
        return True

    def close(self) -> None:
        self._is_dead = True

    def _box(self, mailbox: str, uid_validity: int) -> Box:
        box = self._server.boxes.get(mailbox)
        if box is None:
            msg = "SELECT: no such mailbox"
            raise Refused(msg, code="NONEXISTENT")
        if box.uid_validity != uid_validity:
            msg = "UIDVALIDITY changed"
            raise Resync(msg)
        return box

    def _call(
        self,
        command: str,
        do: Callable[[], int | None] = lambda: None,
        half: Callable[[], object] = lambda: None,
    ) -> int | None:
        """Do it, with whatever befalls it."""
        if self._is_dead:
            msg = "the connection is gone"
            raise Unreachable(msg)
        server = self._server
        server.calls += 1
        incident = server.incidents.pop(server.calls, None)
        strike = incident.strike if incident else None
        if incident and incident.act:
            incidents, calls = server.incidents, server.calls
            incident.act()
            server.incidents, server.calls = incidents, calls
        if strike is Strike.LATE:
            server.late.append(do)
        elif strike is Strike.CUT_WITHIN:
            half()
        if strike in {Strike.CUT_BEFORE, Strike.CUT_WITHIN, Strike.LATE}:
            self._die(command)
        if strike is Strike.REFUSED:
            msg = f"{command}: not now"
            raise Refused(msg)
        result = do()
        if strike is Strike.CUT_AFTER:
            self._die(command)
        if strike is Strike.REFUSED_THOUGH_DONE:
            msg = f"{command}: no, though it was done"
            raise Refused(msg)
        return result

    def _die(self, command: str) -> None:
        self._is_dead = True
        msg = f"{command}: the connection was lost"
        raise Unreachable(msg)


class SomebodyAtTheServer:
    """The user beside us, as the contract suite needs one (see `demo.person.Person`)."""

    def __init__(self, server: HostileMailbox) -> None:
        self._server = server

    def __enter__(self) -> "SomebodyAtTheServer":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def deliver(self, raw: bytes, mailbox: str, at: datetime, flags: tuple[str, ...] = ()) -> int:
        return self._server.store(mailbox, raw, flags, at=at, maker=Maker.SOMEBODY)

    def stored(self, mailbox: str) -> tuple[StoredMail, ...]:
        found = sorted(self._server.boxes[mailbox].messages.items())
        return tuple(StoredMail(uid=u, raw=m.raw, flags=frozenset(m.flags)) for u, m in found)

    def drafts(self) -> tuple[StoredMail, ...]:
        return self.stored("Drafts")


def fields_of(header: bytes) -> list[bytes]:
    """The header fields, folded lines together, as they stand."""
    return [f for f in re.split(rb"(?<=\n)(?![ \t])", header) if f]


def _few_fields(header: bytes) -> bytes:
    wanted = (f for f in fields_of(header) if f.partition(b":")[0].strip().lower().decode("latin-1") in _HEAD)
    return b"".join(wanted) + b"\r\n"


def text_only(raw: bytes) -> bytes:
    """Header and text parts, attachments and attached messages left out, long text cut."""
    header, line_end, rest = split(raw)
    content_type = _named(header, b"content-type")
    if not content_type.lower().startswith(b"multipart/"):
        return header + rest[:_MOST_TEXT]
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        return header + line_end
    mark = line_end + b"--" + boundary[1]
    parts = (rest.split(mark + b"--")[0]).split(mark + line_end)[1:]
    kept = [text_only(part) for part in parts if _is_text(split(part)[0])]
    alternatives = content_type.lower().startswith(b"multipart/alternative")
    body = b"".join(mark + line_end + part for part in (kept[:2] if alternatives else kept))
    return header + body + mark + b"--" + line_end


def _is_text(header: bytes) -> bool:
    content_type = _named(header, b"content-type").lower() or b"text/plain"
    is_attached = _named(header, b"content-disposition").lower().startswith(b"attachment")
    return content_type.startswith((b"text/", b"multipart/")) and not is_attached


def _named(header: bytes, name: bytes) -> bytes:
    found = (f.partition(b":")[2] for f in fields_of(header) if f.lower().startswith(name + b":"))
    return next(found, b"").strip()
