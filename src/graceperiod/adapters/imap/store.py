"""The `MailStore` port over one IMAP connection (RFC 9051; RFC 2177, 4315, 6154, 6851, 7162)."""

import re
import select
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BufferedReader
from itertools import islice
from typing import cast

from imapclient import IMAPClient

from graceperiod.adapters.imap.connection import READ_TIMEOUT_S, Login, connect, speaking
from graceperiod.adapters.imap.fetching import (
    HEAD_ITEMS,
    MAIL_ITEMS,
    Answer,
    fetch_head,
    fetch_mail,
    part_items,
)
from graceperiod.adapters.imap.structure import text_parts
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
_UNREADABLE = (ValueError, TypeError, IndexError, AttributeError, RecursionError)
"""What IMAPClient's parser raises over an answer that breaks the grammar."""

_TOO_LARGE = 2**63
"""Numbers of RFC 9051 have 32 bits, mod-sequences 63 (RFC 7162); the ledger takes no larger ones."""

_MOST_DIGITS = 20
_USES = {use.value.encode(): use for use in SpecialUse}
_NOT_SELECTABLE = {b"\\noselect", b"\\nonexistent"}


def open_store(login: Login, password: str, *, is_read_only: bool = False) -> "ImapStore":
    r"""A connection, logged in; raises as `connect` does.

    Args:
        is_read_only: mailboxes are opened by EXAMINE, so that not even `\Recent` changes.
    """
    return ImapStore(connect(login, password), is_read_only=is_read_only)


class ImapStore:
    """One connection, used by one thread. A mailbox is selected when a call needs another one."""

    def __init__(self, client: IMAPClient, *, is_read_only: bool = False) -> None:
        self._client = client
        self._is_read_only = is_read_only
        self._selected: str | None = None
        self._uid_validity = 0
        with speaking("CAPABILITY"):
            found = client.capabilities()
        self._capabilities = frozenset(c.decode("ascii", "replace").upper() for c in found)

    @property
    def capabilities(self) -> frozenset[str]:
        """What the server can do, in upper case, as it said after the login."""
        return self._capabilities

    def mailboxes(self) -> tuple[Mailbox, ...]:
        """All mailboxes that the server lists."""
        with speaking("LIST"):
            listed = self._client.list_folders()
        return tuple(_mailbox(flags, name) for flags, _, name in listed)

    def status(self, mailbox: str) -> MailboxStatus:
        """The mailbox as it is now, selected afresh."""
        return self._select(mailbox)

    def uids(self, mailbox: str, *, uid_validity: int, above: int, since: datetime | None) -> tuple[int, ...]:
        """Uids over `above`, ascending; with `since`, of messages that arrived on that day or later."""
        status = self._ready(mailbox, uid_validity)
        top = status.uid_next if status else 0
        since_day = ["SINCE", (since.astimezone(UTC) - timedelta(days=1)).date()] if since else []
        found: set[int] = set()
        for window in _windows(above + 1, top):
            with speaking("SEARCH"):
                found.update(self._client.search(["UID", window, *since_day]))
        return tuple(sorted(u for u in found if u > above))

    def fetch(self, mailbox: str, uids: Iterable[int], *, uid_validity: int) -> Iterator[FetchedMail]:
        """Header and text parts of each message that is still there, in the order of `uids`."""
        for batch in _batches(uids, _BATCH):
            self._ready(mailbox, uid_validity)
            try:
                mails = self._mails(batch)
            except Refused:  # one message that the server cannot give must not cost the others
                mails = [mail for uid in batch for mail in self._mail_or_nothing(uid)]
            yield from mails

    def heads(self, mailbox: str, uids: Iterable[int], *, uid_validity: int) -> tuple[FetchedHead, ...]:
        """The few header fields of each message that is still there."""
        found: list[FetchedHead] = []
        for batch in _batches(uids, _BATCH * 10):
            self._ready(mailbox, uid_validity)
            answers = self._answers(batch, HEAD_ITEMS)
            found.extend(fetch_head(uid, answers[uid]) for uid in batch if uid in answers)
        return tuple(found)

    def whole(self, mailbox: str, uid: int, *, uid_validity: int) -> bytes | None:
        """The message byte for byte; None if it is not there."""
        self._ready(mailbox, uid_validity)
        answer = self._answers((uid,), ["BODY.PEEK[]"]).get(uid)
        return answer.section("") if answer else None

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
        if "IDLE" not in self._capabilities:
            wake.wait(timeout.total_seconds())
            return True
        self._ready(mailbox, uid_validity)
        return self._idle(timeout, wake)

    def close(self) -> None:
        """Log out if the server still listens; never raises."""
        with suppress(Exception):  # whatever it is, the connection is given up
            self._client.socket().settimeout(_LOGOUT_TIMEOUT_S)
            self._client.logout()
        with suppress(Exception):  # closed already
            self._client.shutdown()

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
        with speaking("SELECT"):
            answer = self._client.select_folder(mailbox, readonly=self._is_read_only)
        permanent = {f.lower() for f in answer.get(b"PERMANENTFLAGS", ())}
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

    def _answers(self, uids: tuple[int, ...], items: list[str]) -> dict[int, Answer]:
        with speaking("FETCH"):
            try:
                fetched = self._client.fetch(list(uids), items)
            except _UNREADABLE as error:
                msg = f"FETCH: an answer that cannot be read ({type(error).__name__})"
                raise Refused(msg) from error
        return {uid: Answer(values) for uid, values in fetched.items()}

    def _mails(self, uids: tuple[int, ...]) -> list[FetchedMail]:
        """Two commands for messages of the same structure, however many there are."""
        answers = self._answers(uids, MAIL_ITEMS)
        parts = {uid: text_parts(answer.structure) for uid, answer in answers.items()}
        texts: dict[int, Answer] = {}
        for wanted in set(parts.values()) - {()}:
            alike = tuple(uid for uid in answers if parts[uid] == wanted)
            texts.update(self._answers(alike, part_items(wanted)))
        return [fetch_mail(u, answers[u], parts[u], texts.get(u)) for u in uids if u in answers]

    def _mail_or_nothing(self, uid: int) -> list[FetchedMail]:
        try:
            return self._mails((uid,))
        except Refused:  # recorded as unreadable; if it has gone meanwhile, that does no harm
            return [fetch_mail(uid, Answer({}), (), None)]

    def _trash(self) -> str | None:
        return next((m.name for m in self.mailboxes() if SpecialUse.TRASH in m.special_uses), None)

    # -- IDLE -----------------------------------------------------------------------------------------

    def _idle(self, timeout: timedelta, wake: Wake) -> bool:
        """IDLE without `idle_check`: that loses half lines and answers `[]` for ever on a dead link.

        The socket is only watched; what it holds is read by `idle_done`, with the usual time limit, so a dead
        link raises `Unreachable` there. Keep-alives (`* OK Still here`) do not end the wait.
        """
        left_s = timeout.total_seconds()
        while left_s > 0 and not wake.is_set():
            with speaking("IDLE"):
                self._client.idle()
                left_s = self._watch(left_s, wake)
                _, said = self._client.idle_done()
            if any(not _is_chatter(line) for line in said):
                return True
        return False

    def _watch(self, left_s: float, wake: Wake) -> float:
        """Wait until the socket can be read or the flag is up; returns the seconds that are left."""
        if self._has_buffered():
            return left_s
        began_s = time.monotonic()
        select.select([self._client.socket(), wake], [], [], left_s)
        return left_s - (time.monotonic() - began_s)

    def _has_buffered(self) -> bool:
        """Whether something came in the same segment as the `+` of IDLE, where no `select` would see it."""
        sock = self._client.socket()
        sock.settimeout(0.0)
        try:
            return bool(_stream(self._client).peek(1))
        except (BlockingIOError, OSError):  # nothing yet, also SSLWantReadError
            return False
        finally:
            sock.settimeout(READ_TIMEOUT_S)


def _stream(client: IMAPClient) -> BufferedReader:
    """The reader of imaplib: `file` up to Python 3.13, `_file` since 3.14."""
    inner = client._imap
    stream = getattr(inner, "_file", None) or inner.file
    return cast("BufferedReader", stream)


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


def _is_chatter(line: object) -> bool:
    """`* OK Still here` and its like: no sign of change."""
    return isinstance(line, tuple) and bool(line) and line[0] in {b"OK", b"NOOP"}


def _batches(uids: Iterable[int], size: int) -> Iterator[tuple[int, ...]]:
    """Tuples of at most `size` uids; `itertools.batched` came with Python 3.12."""
    rest = iter(uids)
    while batch := tuple(islice(rest, size)):
        yield batch
