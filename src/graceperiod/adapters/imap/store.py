"""The `MailStore` port over one IMAP connection (RFC 9051; RFC 2177, 4315, 6154, 6851, 7162)."""

import re
import select
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, cast

from graceperiod.adapters.imap.client import Client, has_sign
from graceperiod.adapters.imap.connection import Flooded, Login, connect, speaking
from graceperiod.adapters.imap.fetching import (
    HEAD_ITEMS,
    MAIL_ITEMS,
    Answer,
    fetch_head,
    fetch_mail,
    part_items,
)
from graceperiod.adapters.imap.structure import text_parts
from graceperiod.adapters.imap.wire import Limits
from graceperiod.core.mailbox import Mailbox, MailboxStatus, MarkMethod, SpecialUse
from graceperiod.errors import Refused, Resync
from graceperiod.ports import FetchedHead, FetchedMail, Wake

_BATCH = 50
"""Measured: 50 headers a command is 85 % of the speed of 500, with a tenth of the memory (SERVERS)."""

_SEARCH_WINDOW = 20_000
"""Chosen: an answer of 20,000 uids stays under 200 KB a line."""

_MOST_WINDOWS = 200
_LOGOUT_TIMEOUT_S = 2.0
_APPEND_UID = re.compile(rb"\[APPENDUID (\d+) (\d+)\]", re.IGNORECASE)
_QUIET_S = 1.0
"""Chosen: between two IDLEs of one wait, so that a server that always has something to say keeps us idle."""

_MOST_UID = 2**32 - 1
_TOO_LARGE = 2**63
"""Numbers of RFC 9051 have 32 bits, mod-sequences 63 (RFC 7162); the ledger takes no larger ones."""

_MOST_DIGITS = 20
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_USES = {use.value.encode(): use for use in SpecialUse}
_NOT_SELECTABLE = {b"\\noselect", b"\\nonexistent"}


def open_store(
    login: Login, password: str, *, is_read_only: bool = False, limits: Limits | None = None
) -> "ImapStore":
    r"""A connection, logged in; raises as `connect` does.

    Args:
        is_read_only: mailboxes are opened by EXAMINE, so that not even `\Recent` changes.
        limits: None for the usual ones.
    """
    return ImapStore(lambda: connect(login, password, limits), is_read_only=is_read_only)


class ImapStore:
    """One connection, used by one thread. A mailbox is selected when a call needs another one.

    Args:
        connect: a logged-in client; called again where a server floods a connection over one message.
    """

    def __init__(self, connect: Callable[[], Client], *, is_read_only: bool = False) -> None:
        self._connect = connect
        self._client = connect()
        self._is_read_only = is_read_only
        self._selected: str | None = None
        self._uid_validity = 0
        try:
            with speaking("CAPABILITY"):
                found = self._client.capabilities()
        except BaseException:
            self._hang_up()
            raise
        self._capabilities = frozenset(c.decode("ascii", "replace").upper() for c in found)

    @property
    def capabilities(self) -> frozenset[str]:
        """What the server can do, in upper case, as it said after the login."""
        return self._capabilities

    def mailboxes(self) -> tuple[Mailbox, ...]:
        """All mailboxes that the server lists."""
        with speaking("LIST"):
            return tuple(_mailbox(flags, name) for flags, _, name in self._client.list_folders())

    def status(self, mailbox: str) -> MailboxStatus:
        """The mailbox as it is now, selected afresh."""
        return self._select(mailbox)

    def unseen(self, mailbox: str) -> int:
        """How many messages nobody has read; the mailbox is not opened (STATUS, RFC 9051 section 6.3.11)."""
        with speaking("STATUS"):
            answer = self._client.folder_status(mailbox, ["UNSEEN"])
        return _number(answer.get(b"UNSEEN")) or 0

    def uids(self, mailbox: str, *, uid_validity: int, above: int, since: datetime | None) -> tuple[int, ...]:
        """Uids over `above`, ascending; with `since`, of messages that arrived on that day or later."""
        status = self._ready(mailbox, uid_validity)
        top = status.uid_next if status else 0
        since_day = ["SINCE", _day(since.astimezone(UTC) - timedelta(days=1))] if since else []
        found: set[int] = set()
        for window in _windows(above + 1, top):
            with speaking("SEARCH"):
                found |= self._client.search_uids(["UID", window, *since_day])
        return tuple(sorted(u for u in found if above < u <= _MOST_UID))

    def fetch(self, mailbox: str, uids: Iterable[int], *, uid_validity: int) -> Iterator[FetchedMail]:
        """Header and text parts of each message that is still there, in the order of `uids`.

        One that the server cannot give, or floods us over, must not cost the others: its `raw` is None.
        """
        for batch in _batches(uids, _BATCH):
            self._ready(mailbox, uid_validity)
            mails: Iterable[FetchedMail]
            try:
                mails = self._mails(batch)
            except Refused:
                mails = self._one_by_one(mailbox, batch, uid_validity)
            except Flooded:
                self._renew()
                mails = self._one_by_one(mailbox, batch, uid_validity)
            yield from mails

    def heads(self, mailbox: str, uids: Iterable[int], *, uid_validity: int) -> tuple[FetchedHead, ...]:
        """The few header fields of each message that is still there; none of one that floods us."""
        found: list[FetchedHead] = []
        for batch in _batches(uids, _BATCH * 10):
            self._ready(mailbox, uid_validity)
            try:
                answers = self._answers(batch, HEAD_ITEMS)
            except Flooded:
                self._renew()
                answers = self._answers_one_by_one(mailbox, batch, uid_validity)
            found.extend(fetch_head(uid, answers[uid]) for uid in batch if uid in answers)
        return tuple(found)

    def whole(self, mailbox: str, uid: int, *, uid_validity: int) -> bytes | None:
        """The message byte for byte; None if it is not there, `Refused` if it is too long."""
        self._ready(mailbox, uid_validity)
        most_bytes = self._client.limits.draft_bytes
        try:
            answer = self._answers((uid,), ["BODY.PEEK[]"], literal_bytes=most_bytes).get(uid)
        except Flooded as error:
            self._renew()
            msg = f"FETCH: the message is longer than {most_bytes} octets"
            raise Refused(msg) from error
        return answer.section("]") if answer else None

    def mark(self, mailbox: str, uid: int, keyword: str, *, uid_validity: int, method: MarkMethod) -> bool:
        """Set the mark and read it back: True only if it is seen to be there."""
        self._ready(mailbox, uid_validity)
        match method:
            case MarkMethod.KEYWORD:
                with speaking("STORE"):
                    self._client.add_flags([uid], [keyword], silent=True)
                return keyword in self.marks(mailbox, [uid], uid_validity=uid_validity).get(uid, frozenset())
            case MarkMethod.GMAIL_LABEL:
                with speaking("STORE"):
                    self._client.add_gmail_labels([uid], [keyword], silent=True)
                    seen = self._client.get_gmail_labels([uid]).get(uid, ())
                return keyword in {_text(s) for s in seen}
            case MarkMethod.COPY | MarkMethod.NONE:
                return False

    def marks(self, mailbox: str, uids: Iterable[int], *, uid_validity: int) -> Mapping[int, frozenset[str]]:
        """Flags and keywords, lower case, of each message that is still there."""
        self._ready(mailbox, uid_validity)
        found: dict[int, frozenset[str]] = {}
        for batch in _batches(uids, 1000):
            answers = self._answers(batch, ["FLAGS"])
            found.update({uid: answer.flags for uid, answer in answers.items()})
        return found

    def append(self, mailbox: str, raw: bytes, *, flags: tuple[str, ...], uid_validity: int) -> int | None:
        """Add a message and return its uid, None where the server did not say."""
        self._ready(mailbox, uid_validity)
        with speaking("APPEND"):
            answer = self._client.append(mailbox, raw, flags=flags)
        said = _APPEND_UID.search(answer if isinstance(answer, bytes) else str(answer).encode())
        if said is None or int(said[1]) != uid_validity:
            return None
        return int(said[2])

    def remove(self, mailbox: str, uid: int, *, uid_validity: int) -> bool:
        r"""Remove one message by its uid: True if it was seen to be gone afterwards.

        With UIDPLUS by UID EXPUNGE, else by UID MOVE to Trash, else only flagged `\Deleted` (promise 4).
        """
        self._ready(mailbox, uid_validity)
        with speaking("STORE"):
            self._client.add_flags([uid], [rb"\Deleted"], silent=True)
        if "UIDPLUS" in self._capabilities:
            with speaking("UID EXPUNGE"):
                self._client.uid_expunge([uid])
        elif "MOVE" in self._capabilities and (trash := self._trash()) is not None:
            with speaking("MOVE"):
                self._client.move([uid], trash)
        flags = self.marks(mailbox, [uid], uid_validity=uid_validity).get(uid)
        return flags is None or "\\deleted" in flags

    def wait(self, mailbox: str, *, uid_validity: int, timeout: timedelta, wake: Wake) -> bool:
        """Wait for a sign of change; True if there may be something new. A hint only."""
        until_s = time.monotonic() + timeout.total_seconds()
        if "IDLE" in self._capabilities:
            self._ready(mailbox, uid_validity)
            try:
                return self._idle(until_s, wake)
            except Refused:  # said to be there, but not for us
                self._capabilities -= {"IDLE"}
        wake.wait(max(0.0, until_s - time.monotonic()))
        return True

    def close(self) -> None:
        """Log out if the server still listens; never raises."""
        with suppress(Exception):  # whatever it is, the connection is given up
            self._client.wire.command_s = _LOGOUT_TIMEOUT_S
            self._client.logout()
        self._hang_up()

    # -- one connection, one selected mailbox ---------------------------------------------------------

    def _ready(self, mailbox: str, uid_validity: int) -> MailboxStatus | None:
        """Select the mailbox if another is; `Resync` if its uids do not mean what they meant."""
        status = None
        if self._selected != mailbox:
            status = self._select(mailbox)
        if self._uid_validity != uid_validity:
            msg = "UIDVALIDITY changed"
            raise Resync(msg)
        return status

    def _select(self, mailbox: str) -> MailboxStatus:
        self._selected = None
        try:
            answer = self._select_as(mailbox, is_read_only=self._is_read_only)
        except Refused as error:  # a mailbox that we may only read is read (RFC 9051 section 6.3.2)
            if error.code != "READ-ONLY":
                raise
            answer = self._select_as(mailbox, is_read_only=True)
        permanent = {f.lower() for f in answer.get(b"PERMANENTFLAGS", ()) if isinstance(f, bytes)}
        modseq = answer.get(b"HIGHESTMODSEQ")
        status = MailboxStatus(
            uid_validity=_number(answer.get(b"UIDVALIDITY")) or 0,
            uid_next=_number(answer.get(b"UIDNEXT")) or 0,
            highest_modseq=_number(modseq),
            exists=_number(answer.get(b"EXISTS")) or 0,
            accepts_keywords=b"\\*" in permanent,
            is_read_only=bool(answer.get(b"READ-ONLY")),
        )
        if not status.uid_validity or not status.uid_next:
            msg = "SELECT: the server gives no stable uids (UIDVALIDITY, UIDNEXT)"
            raise Refused(msg)
        self._selected, self._uid_validity = mailbox, status.uid_validity
        return status

    def _select_as(self, mailbox: str, *, is_read_only: bool) -> Mapping[bytes, Any]:
        with speaking("SELECT"):
            answer: Mapping[bytes, Any] = self._client.select_folder(mailbox, readonly=is_read_only)
            return answer

    def _renew(self) -> None:
        """A new connection in the place of one that was given up; no mailbox is selected."""
        self._selected = None
        self._hang_up()
        self._client = self._connect()

    def _hang_up(self) -> None:
        with suppress(Exception):  # closed already, or as broken as it may be
            self._client.shutdown()

    def _answers(
        self, uids: tuple[int, ...], items: list[str], *, literal_bytes: int | None = None
    ) -> dict[int, Answer]:
        with speaking("FETCH"):
            fetched = self._client.fetch(uids, items, literal_bytes=literal_bytes)
        return {uid: Answer(values) for uid, values in fetched.items()}

    def _answers_one_by_one(
        self, mailbox: str, uids: tuple[int, ...], uid_validity: int
    ) -> dict[int, Answer]:
        found: dict[int, Answer] = {}
        for uid in uids:
            self._ready(mailbox, uid_validity)
            try:
                found.update(self._answers((uid,), HEAD_ITEMS))
            except Flooded:
                self._renew()
                found[uid] = Answer({})
        return found

    def _mails(self, uids: tuple[int, ...]) -> list[FetchedMail]:
        """Two commands for messages of the same structure, however many there are."""
        answers = self._answers(uids, MAIL_ITEMS)
        parts = {uid: text_parts(answer.structure) for uid, answer in answers.items()}
        texts: dict[int, Answer] = {}
        for wanted in set(parts.values()) - {()}:
            alike = tuple(uid for uid in answers if parts[uid] == wanted)
            texts.update(self._answers(alike, part_items(wanted)))
        return [fetch_mail(u, answers[u], parts[u], texts.get(u)) for u in uids if u in answers]

    def _one_by_one(self, mailbox: str, uids: tuple[int, ...], uid_validity: int) -> Iterator[FetchedMail]:
        """One command a message; of one that cannot be had, only that it is there.

        If it has gone meanwhile, that does no harm.
        """
        for uid in uids:
            self._ready(mailbox, uid_validity)
            try:
                yield from self._mails((uid,))
            except Refused:
                yield fetch_mail(uid, Answer({}), (), None)
            except Flooded:
                self._renew()
                yield fetch_mail(uid, Answer({}), (), None)

    def _trash(self) -> str | None:
        return next((m.name for m in self.mailboxes() if SpecialUse.TRASH in m.special_uses), None)

    # -- IDLE -----------------------------------------------------------------------------------------

    def _idle(self, until_s: float, wake: Wake) -> bool:
        """IDLE without `idle_check`: that loses half lines and answers `[]` for ever on a dead link.

        The socket is only watched; what it holds is read by `end_idle`, with the usual time limit, so a dead
        link raises `Unreachable` there. Keep-alives (`* OK Still here`) do not end the wait.
        """
        while (left_s := until_s - time.monotonic()) > 0 and not wake.is_set():
            with speaking("IDLE"):
                said = self._client.begin_idle()
                if not has_sign(said) and not self._client.wire.has_unread:
                    self._watch(left_s, wake)
                said += self._client.end_idle()
            if has_sign(said):
                return True
            wake.wait(min(_QUIET_S, left_s))
        return False

    def _watch(self, left_s: float, wake: Wake) -> None:
        """Wait until the socket can be read, the flag is up, or the server has to give a sign of life."""
        select.select([self._client.socket(), wake], [], [], min(left_s, self._client.limits.idle_s))


def _windows(low: int, high: int) -> Iterator[str]:
    """UID ranges for SEARCH that keep each answer short; the last one is open, for what comes meanwhile."""
    step = max(_SEARCH_WINDOW, (high - low) // _MOST_WINDOWS + 1)
    while low + step < high:
        yield f"{low}:{low + step - 1}"
        low += step
    yield f"{low}:*"


def _mailbox(flags: tuple[bytes, ...], name: str) -> Mailbox:
    lower = {flag.lower() for flag in flags}
    return Mailbox(
        name=name,
        special_uses=frozenset(_USES[f] for f in lower if f in _USES),
        is_selectable=not lower & _NOT_SELECTABLE,
    )


def _number(value: object) -> int | None:
    if isinstance(value, list | tuple) and value:
        value = value[0]
    if isinstance(value, bytes) and value.isdigit():
        value = int(value[:_MOST_DIGITS])
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return cast("int", value) if is_number and 0 <= cast("int", value) < _TOO_LARGE else None


def _text(value: object) -> str:
    return value.decode("utf-8", "replace").lower() if isinstance(value, bytes) else str(value).lower()


def _day(at: datetime) -> str:
    """A date as SEARCH has it, whatever the language of this machine (RFC 9051, `date-text`)."""
    return f"{at.day}-{_MONTHS[at.month - 1]}-{at.year:04}"


def _batches(uids: Iterable[int], size: int) -> Iterator[tuple[int, ...]]:
    """Tuples of at most `size` uids; `itertools.batched` came with Python 3.12."""
    rest = iter(uids)
    while batch := tuple(islice(rest, size)):
        yield batch
